package previews

import (
	"context"
	"errors"
	"fmt"
	"html"
	"log/slog"
	"time"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Path is where previews are served.
const Path = "/preview"

// shareable is how long the links live that name an ad.
const shareable = 30 * 24 * time.Hour

// codeImpossible is the platform's code for what cannot be previewed.
const codeImpossible = 2606

// Config is what previews need.
type Config struct {
	Key    []byte // of signatures, from [Key]
	DB     *store.DB
	Now    func() time.Time
	Logger *slog.Logger
	Memory *media.Budget // that pictures of previews are decoded in; nil for no limit

	// Shows reports whether a feature changes pictures in a placement, and Try what it makes of a creative of an account that is stored nowhere: one
	// Pending until it was made. Without them nothing is changed.
	Shows func(feature, placement string) bool
	Try   func(account string, content map[string]any, feature, placement string) []edition.Transformation
}

// Service makes previews and serves them.
type Service struct {
	config   Config
	painting chan struct{} // has room for those who paint
}

// New makes the service.
func New(config Config) *Service {
	return &Service{config, make(chan struct{}, painters)}
}

// Extensions provides what the declarations name.
func (s *Service) Extensions() graph.Extensions {
	return graph.Extensions{
		Edges: map[string]graph.EdgeResolver{
			"adcreative.previews": s.ofCreative, "ad.previews": s.ofAd, "adaccount.generatepreviews": s.ofSpec,
		},
		Fields:  map[string]graph.FieldResolver{"ad.preview_link": s.shareableLinks},
		Actions: map[string]graph.Action{"root.generatepreviews": s.anywhere},
	}
}

// ofCreative previews a stored creative.
func (s *Service) ofCreative(ctx context.Context, call *graph.Call, tx store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	sub, err := subjectOf(ctx, tx, call.Node)
	if err != nil {
		return nil, err
	}
	return s.preview(ctx, call, tx, sub)
}

// ofAd previews what an ad shows.
func (s *Service) ofAd(ctx context.Context, call *graph.Call, tx store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	c, err := tx.Object(ctx, object.Text(call.Node.Data, "creative_id"))
	if err != nil {
		return nil, err
	}
	sub, err := subjectOf(ctx, tx, c)
	if err != nil {
		return nil, err
	}
	return s.preview(ctx, call, tx, sub)
}

// ofSpec previews a creative that the caller describes, or names by its id; nothing is stored.
func (s *Service) ofSpec(ctx context.Context, call *graph.Call, tx store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	sub, err := described(ctx, call, tx)
	if err != nil {
		return nil, err
	}
	return s.preview(ctx, call, tx, sub)
}

// anywhere is ofSpec without an account.
func (s *Service) anywhere(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	rows, err := s.ofSpec(ctx, call, tx, nil)
	if err != nil {
		return nil, err
	}
	return object.Ordered{{Name: "data", Value: rows.Data}}, nil
}

// preview answers one row: an iframe of the asked size, and beside it what the feature that is asked for makes of the creative.
func (s *Service) preview(ctx context.Context, call *graph.Call, tx store.Tx, sub subject) (*graph.Rows, error) {
	format, ok := object.Preview(object.Text(call.Args, "ad_format"))
	if !ok {
		return nil, object.Broken("preview.format", 0, "(#100) The parameter ad_format is required", "ad_format")
	}
	feature := object.Text(call.Args, "creative_feature")
	if feature != "" {
		if !creative.IsFeature(feature) {
			return nil, object.Broken("preview.feature", 0, "(#100) Param creative_feature must name a feature of creative_features_spec", "creative_feature")
		}
		sub.spec = sub.own()
	}
	st, err := s.staging(ctx, call, tx, sub.spec, format)
	if err != nil {
		return nil, err
	}
	made, err := st.scene(ctx, tx, sub.spec)
	if errors.Is(err, creative.ErrNoAssets) {
		return nil, impossible("the creative shows something that is not part of it, such as a post or a catalogue, and there is nothing here to draw it from")
	}
	if err != nil {
		return nil, err
	}
	if err := made.mark(ctx, tx, sub); err != nil {
		return nil, err
	}
	row, err := s.row(call, made, format)
	if err == nil && feature != "" {
		err = s.transform(ctx, call, tx, sub, made, st, row)
	}
	return &graph.Rows{Data: []any{row}, Total: 1}, err
}

// transform adds the member transformation_spec to a row, unless there is nothing to say.
func (s *Service) transform(ctx context.Context, call *graph.Call, tx store.Tx, sub subject, made scene, st staging, row map[string]any) error {
	feature := object.Text(call.Args, "creative_feature")
	changes, err := s.changes(ctx, tx, sub, made, st, feature)
	if err != nil || len(changes) == 0 {
		return err
	}
	nodes := make([]any, len(changes))
	for i, c := range changes {
		node, err := s.row(call, c.scene, st.format)
		if err != nil {
			return err
		}
		delete(node, "layout_of") // the row says it
		node["status"] = c.status
		if c.style != "" {
			node["optimization_type_description"] = c.style
		}
		if c.reason != "" {
			node["reason"] = c.reason
		}
		nodes[i] = node
	}
	row["transformation_spec"] = map[string]any{feature: nodes}
	return nil
}

// row is the answer for a scene: its frame, and what we add to it.
func (s *Service) row(call *graph.Call, made scene, format object.PreviewFormat) (map[string]any, error) {
	made.look(call.Args)
	made.Until = ending(call.Now)
	width, height := format.Width, format.Height
	if w := object.Whole(call.Args, "width"); w > 0 {
		width = int(min(w, mostPixels))
	}
	if h := object.Whole(call.Args, "height"); h > 0 {
		height = int(min(h, mostPixels))
	}
	src, err := s.link(call, made)
	if err != nil {
		return nil, err
	}
	row := map[string]any{"body": fmt.Sprintf(`<iframe src="%s" width="%d" height="%d" scrolling="yes" style="border: none;"></iframe>`, html.EscapeString(src), width, height)}
	if format.Nearest != "" {
		row["layout_of"] = format.Nearest
	}
	if object.Text(call.Args, "render_type") == "png" {
		made.Wide, made.High = min(width, mostPaintedWide), min(height, mostPaintedHigh)
		row["image"], err = s.link(call, made)
	}
	return row, err
}

// look reads how the caller wants to see it.
func (s *scene) look(args graph.Args) {
	s.Dark, _ = args["dark"].(bool)
	s.Safe, _ = args["safe_areas"].(bool)
	s.Stress = object.Text(args, "stress")
}

// day is what links are made for, in seconds: within one, the same scene has the same address.
const day = 24 * 60 * 60

// ending is when a link that is made now ends: with the day after this one, so that it lives for at least 24 hours.
func ending(now int64) int64 { return (now/day + 2) * day }

// mostPixels bounds a side of the frame.
const mostPixels = 4096

// impossible is the platform's answer to what cannot be shown.
func impossible(why string) *object.Fault {
	return &object.Fault{Code: codeImpossible, Rule: "preview.impossible", Path: []string{"creative"}, Title: "No preview", Message: "no preview can be made: " + why}
}

// link is the address of a scene.
func (s *Service) link(call *graph.Call, made scene) (string, error) {
	token, err := pack(s.config.Key, made)
	return call.Base.JoinPath(Path).String() + "?d=" + token, err
}

// shareableLinks are the preview pages of ads that can be given to others.
func (s *Service) shareableLinks(_ context.Context, call *graph.Call, _ store.Tx, ads []*store.Object, _ *graph.Selection) ([]any, error) {
	values := make([]any, len(ads))
	for i, ad := range ads {
		link, err := s.link(call, scene{Ad: ad.ID, Until: call.Now + int64(shareable/time.Second)})
		if err != nil {
			return nil, err
		}
		values[i] = link
	}
	return values, nil
}
