package previews

import (
	"context"
	"slices"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// backgroundPlace is the one placement in which pictures of items are shown before another background.
const backgroundPlace = "MOBILE_FEED_STANDARD"

// change is what a feature makes of a scene.
type change struct {
	scene
	status string // edition.Eligible, edition.Pending or edition.Ineligible
	style  string // of a background
	reason string // why there is nothing, in words
}

// changes are what a feature makes of a creative, beside the untouched scene; none for one that is not eligible.
func (s *Service) changes(ctx context.Context, tx store.Tx, sub subject, untouched scene, st staging, feature string) ([]change, error) {
	if sub.row == nil {
		if may, err := st.mayTry(ctx, tx, sub.spec); err != nil || !may || s.config.Try == nil {
			return nil, err
		}
		return untouched.changes(ctx, tx, st, s.config.Try(st.account, sub.spec, feature, st.placement()))
	}
	assets, err := edition.Assets(ctx, tx, sub.row.ID)
	if err != nil {
		return nil, err
	}
	if kind := kindOf(feature); kind != "" {
		return untouched.written(sub.row, assets, feature, kind), nil
	}
	if s.config.Shows == nil || !s.config.Shows(feature, st.placement()) {
		return nil, nil
	}
	return untouched.changes(ctx, tx, st, edition.Transformations(sub.row, assets, feature, st.placement()))
}

// mayTry reports whether pictures may be made of a creative that is stored nowhere: for an account, and of items that the caller sees.
func (st staging) mayTry(ctx context.Context, tx store.Tx, spec map[string]any) (bool, error) {
	set := object.Text(spec, "product_set_id")
	if st.account == "" || set == "" {
		return st.account != "", nil
	}
	found, err := tx.Objects(ctx, []string{set})
	return found[set] != nil && found[set].Type == "productset" && st.sees(found[set]), err
}

// changes lays out what was made: a form that pictures take is one change with all of them, a variant and a background are one each.
func (s scene) changes(ctx context.Context, tx store.Tx, st staging, made []edition.Transformation) ([]change, error) {
	var list []change
	forms := s.copy()
	taken := false
	for _, t := range made {
		switch {
		case t.Status == edition.Pending:
			waiting := change{scene: s.copy(), status: t.Status}
			waiting.Sample = t.Feature == "image_background_gen"
			list = append(list, waiting)
		case t.Recipe != "" && t.Status == edition.Eligible:
			dressed := change{scene: s.copy(), status: t.Status, style: t.Style}
			if any, err := dressed.dress(ctx, tx, t, st); err != nil {
				return nil, err
			} else if any {
				list = append(list, dressed)
			}
		case t.Status == edition.Ineligible && (t.Source == "" || s.shows(t.Source)):
			list = append(list, change{scene: s.copy(), status: t.Status, reason: t.Reason})
		case t.Status == edition.Eligible && edition.IsVariant(t.Feature):
			variant := change{scene: s.copy(), status: t.Status}
			if variant.replace(t) {
				list = append(list, variant)
			}
		case t.Status == edition.Eligible:
			taken = forms.replace(t) || taken
		}
	}
	if taken {
		list = slices.DeleteFunc(list, func(c change) bool { return c.status == edition.Ineligible })
		list = append(list, change{scene: forms, status: edition.Eligible})
	}
	if list == nil && len(st.items) > 0 {
		return s.undressed(ctx, tx, made, st)
	}
	return list, nil
}

// undressed is what is said of backgrounds that no item in the scene has: pending until the turn of each has come, then why the first has none.
func (s scene) undressed(ctx context.Context, tx store.Tx, made []edition.Transformation, st staging) ([]change, error) {
	style := slices.IndexFunc(made, func(t edition.Transformation) bool { return t.Recipe != "" })
	if style < 0 {
		return nil, nil
	}
	known, err := edition.Backdrops(ctx, tx, st.items, made[style].Feature, made[style].Recipe, st.now)
	bare := change{scene: s.copy(), status: edition.Pending}
	bare.Sample = true
	if refused := known[st.items[0].ID]; len(known) == len(st.items) && len(refused) > 0 {
		bare.status, bare.reason, bare.Sample = edition.Ineligible, refused[0].Reason, false
	}
	return []change{bare}, err
}

// copy is a scene whose cards can be changed.
func (s scene) copy() scene {
	s.Cards = slices.Clone(s.Cards)
	return s
}

// shows reports whether a picture of the creative is in the scene.
func (s scene) shows(ref string) bool {
	return slices.ContainsFunc(s.Cards, func(c card) bool { return c.ref == ref })
}

// replace puts what was made of a picture in its place, and reports whether the picture is in the scene.
func (s *scene) replace(t edition.Transformation) (any bool) {
	for i := range s.Cards {
		if s.Cards[i].ref == t.Source && t.Source != "" {
			s.Cards[i].hang(t.Hash, int(t.Width), int(t.Height))
			any = true
		}
	}
	s.AI = s.AI || any && edition.IsLabelled(t.Origin)
	return any
}

// hang gives a card another picture.
func (c *card) hang(hash string, width, height int) {
	c.Hash, c.URL, c.Width, c.Height, c.Box = hash, "", width, height, [4]int{}
}

// dress puts the pictures of items in a style, by t.Recipe, in the place of their own, and reports whether there was any.
func (s *scene) dress(ctx context.Context, tx store.Tx, t edition.Transformation, st staging) (any bool, err error) {
	made, err := edition.Backdrops(ctx, tx, st.items, t.Feature, t.Recipe, st.now)
	if err != nil {
		return false, err
	}
	for i := range s.Cards[:min(len(s.Cards), len(st.items))] {
		for _, b := range made[st.items[i].ID] {
			if b.Hash != "" && b.Style == t.Style {
				s.Cards[i].hang(b.Hash, b.Width, b.Height)
				s.AI = s.AI || edition.IsLabelled(b.Type)
				any = true
			}
		}
	}
	return any, nil
}

// backgroundOf is a style of a feed's backgrounds by its name.
func backgroundOf(spec map[string]any, style string) edition.Transformation {
	for _, elem := range object.Listed(object.Members(spec, "asset_feed_spec"), "backgrounds") {
		b, _ := elem.(map[string]any)
		if style != "" && object.Text(b, "style") == style {
			return edition.Transformation{Feature: object.Text(b, "feature"), Recipe: object.Text(b, "recipe"), Style: style}
		}
	}
	return edition.Transformation{}
}

// renew puts the forms that an edition has of its pictures for a placement in their place.
func (s *scene) renew(spec map[string]any, placement string) {
	for i := range s.Cards {
		if t, ok := edition.Rendition(spec, s.Cards[i].ref, placement); ok && s.Cards[i].ref != "" {
			s.Cards[i].hang(t.Hash, int(t.Width), int(t.Height))
		}
	}
}

// mark marks a scene of a creative in which a picture stands that a model made.
func (s *scene) mark(ctx context.Context, tx store.Tx, sub subject) error {
	if sub.row == nil || !edition.Generates(sub.row.Data) {
		return nil
	}
	assets, err := edition.Assets(ctx, tx, sub.row.ID)
	for _, a := range assets {
		for _, c := range s.Cards {
			s.AI = s.AI || c.Hash != "" && c.Hash == a.Text("image_hash") && edition.IsLabelled(a.Text("digital_source_type"))
		}
	}
	return err
}

// kindOf is the kind of texts that a feature writes, "" for one that writes none.
func kindOf(feature string) string {
	return map[string]string{"text_generation": "body", "text_optimizations": "headline", "description_automation": "description"}[feature]
}

// written is the scene with each text in turn that was written for a creative.
func (s scene) written(c *store.Object, assets []*store.Object, feature, kind string) (list []change) {
	if !edition.Enrolled(c.Data, feature) {
		return nil
	}
	for _, a := range assets {
		if a.Text("kind") != kind || a.Status == object.AssetRejected {
			continue
		}
		one := change{scene: s.copy(), status: edition.Eligible}
		text := clipped(a.Text("text"))
		if kind == "body" {
			one.Body = text
		}
		for i := range one.Cards {
			switch kind {
			case "headline":
				one.Cards[i].Title = text
			case "description":
				one.Cards[i].Description = text
			}
		}
		list = append(list, one)
	}
	if list == nil && c.Status == edition.InProcess {
		list = []change{{scene: s.copy(), status: edition.Pending}}
	}
	return list
}
