package marquetry

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"io"
	"sync"
	"time"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/generate"
	"github.com/marquetry/marquetry/internal/generate/text"
	"github.com/marquetry/marquetry/internal/generate/text/rewrite"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// openGeneration makes the service that has texts written and pictures painted for creatives which opt in.
func (s *Server) openGeneration(registry *object.Registry) error {
	model, err := s.settings.model()
	if err != nil {
		return err
	}
	paint, err := s.settings.maker()
	if err != nil {
		return err
	}
	for _, file := range []string{s.settings.Generation.exposed, s.settings.Images.exposed} {
		if file != "" {
			s.settings.Logger.Warn("others can read or change the file with the key of the model's server", "file", file)
		}
	}
	typ := registry.Type("adcreative")
	s.generate, err = generate.New(generate.Config{
		DB: s.db, Write: writing(model, s.settings.Generation.Fallback), Slow: model != nil, Patience: s.settings.Generation.Patience,
		Lease: s.settings.Generation.lease(), Painting: s.settings.Images.patience(),
		Paint: paint, Painter: s.settings.Images.name(), SlowPics: s.settings.Images.Backend != "embedded", Fetch: s.fetchPicture(),
		History: (&pasts{known: map[string]past{}}).of, Now: s.settings.Now, Logger: s.settings.Logger,
		Refs:   func(o *store.Object) []store.Ref { return graph.References(typ, o) },
		Random: func() uint64 { return randomNumber(s.settings.Random) },
	})
	return err
}

// writing asks a model, if there is one, and the rules where it falls short. The rules are read with the first text that is wanted: most
// commands want none.
func writing(model text.Generator, fallback string) generate.Write {
	embedded := sync.OnceValues(rewrite.New)
	return func(ctx context.Context, r text.Request) (text.Result, error) {
		w := text.Writer{Remote: model}
		if model == nil || fallback == "embedded" {
			rules, err := embedded()
			if err != nil {
				return text.Result{}, err
			}
			w.Embedded = rules
		}
		return w.Write(ctx, r)
	}
}

// Writer is what a server with these settings writes texts with. It opens nothing; random is where a model's prompts draw from.
func (g Generation) Writer(now func() time.Time, random io.Reader) (func(ctx context.Context, r text.Request) (text.Result, error), error) {
	g, err := g.complete()
	if err != nil {
		return nil, err
	}
	model, err := settings{Config: Config{Generation: g, Now: now, Random: random}}.model()
	return writing(model, g.Fallback), err
}

// randomNumber draws a number. What it spreads may as well not be spread, so that a source that fails is no error.
func randomNumber(random io.Reader) uint64 {
	var b [8]byte
	_, _ = io.ReadFull(random, b[:])
	return binary.BigEndian.Uint64(b[:])
}

// generation is what the declarations name of generating texts and reviewing them.
func (s *Server) generation() graph.Extensions {
	return graph.Extensions{
		Hooks:   map[string]graph.Hook{"adcreative.generation": s.orderAssets, "ad.generation": s.approveByActivation},
		Actions: map[string]graph.Action{"adcreative.generation": s.reviewText},
		Fields:  map[string]graph.FieldResolver{"adcreative.generation": generations, "productitem.generated_background_images": generatedBackgrounds},
	}
}

// generations are how far the assets of creatives are; nil for one that has none made.
func generations(ctx context.Context, call *graph.Call, tx store.Tx, made []*store.Object, _ *graph.Selection) ([]any, error) {
	ids := make([]string, len(made))
	for i, o := range made {
		ids[i] = o.ID
	}
	all, err := generate.Generations(ctx, tx, ids)
	values := make([]any, len(made))
	for i, id := range ids {
		if g, ok := all[id]; ok {
			values[i] = generationOf(g, call.Caller.Can(object.Admin))
		}
	}
	return values, err
}

// generationOf is the value of the field; what is not known is left out, and so is what went wrong inside for whoever is no operator.
func generationOf(g generate.Generation, operator bool) map[string]any {
	value := map[string]any{"state": g.State}
	if !operator {
		g.Error, g.Fallback = "", ""
	}
	for name, text := range map[string]string{"error": g.Error, "language": g.Language, "button": g.Button, "fallback": g.Fallback} {
		if text != "" {
			value[name] = text
		}
	}
	if len(g.Rejected) > 0 {
		value["rejected"] = g.Rejected
	}
	if len(g.Flags) > 0 {
		value["flags"] = g.Flags
	}
	if p := g.Progress; p != nil {
		value["progress"] = map[string]any{"done": p.Done, "total": p.Total, "eligible": p.Eligible, "ineligible": p.Ineligible, "failed": p.Failed, "examples": examples(p.Examples)}
	}
	return value
}

// examples are some items of which nothing could be made.
func examples(list []generate.Example) []any {
	all := make([]any, len(list))
	for i, e := range list {
		all[i] = map[string]any{"product_item_id": e.Item, "feature": e.Feature, "code": e.Code, "reason": e.Reason}
	}
	return all
}

// actor is a caller as reviews know it.
func actor(c graph.Caller) generate.Actor {
	person := c.Kind == store.UserToken || c.Kind == store.SystemToken
	return generate.Actor{ID: c.UserID, Name: c.Name, Person: person, Reviewer: c.Can(object.CreativeReview)}
}

// approveByActivation lets setting an ad ACTIVE count as the advertiser's approval of what was generated for its creative, as far as the
// account has it so. A creative that an ACTIVE ad gets without that shows what is approved of it already, and nothing before.
func (s *Server) approveByActivation(ctx context.Context, w *graph.Write) error {
	id := object.Text(w.Data, "creative_id")
	if object.Text(w.Data, "status") != object.Active || id == "" {
		return nil
	}
	before := !w.Creating() && object.Text(w.Old.Data, "creative_id") == id && w.Old.Status == object.Active
	if w.Sent["status"] == object.Active {
		w.After = append(w.After, func(adID string) error { return s.activate(ctx, w, generate.Ad{ID: adID, Before: before}) })
		return nil
	}
	if w.Creating() || before {
		return nil
	}
	made, err := w.Tx.Object(ctx, id)
	if err != nil {
		return err
	}
	if edition.Waits(made, true) {
		w.Warnings = append(w.Warnings, object.Warning{Rule: "ad.waits", Path: []string{"creative"},
			Message: "the ad shows nothing before what was generated for its new creative is approved, by setting it ACTIVE or one by one"})
	}
	w.After = append(w.After, func(adID string) error { return s.generate.Exchanged(ctx, w.Tx, made, adID, w.Now) })
	return nil
}

// activate approves what an ad's creative has pending.
func (s *Server) activate(ctx context.Context, w *graph.Write, ad generate.Ad) error {
	made, err := w.Tx.Object(ctx, object.Text(w.Data, "creative_id"))
	if err != nil {
		return err
	}
	return s.generate.Activate(ctx, w.Tx, actor(w.Caller), w.Account, made, ad, w.Now)
}

// reviewText carries out a POST on a creative's generation.
func (s *Server) reviewText(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	verdict := generate.Verdict{AssetID: object.Text(call.Args, "asset_id"), Action: generate.Action(object.Text(call.Args, "action"))}
	done, err := reviews{s.generate}.Review(ctx, tx, actor(call.Caller), call.Account, call.Node, verdict, call.Now)
	if err != nil {
		return nil, err
	}
	if done.JobID != "" {
		s.awaitAssets(call, call.Node.ID)
	}
	return object.Ordered{{Name: "success", Value: true}, {Name: "id", Value: done.Asset.ID}, {Name: "state", Value: edition.State(done.Asset)}}, nil
}

// reviews is the service for people, through the Graph API and the console alike: what they decide is in the account's audit as well.
type reviews struct{ *generate.Service }

// Review is the service's, with a line in the audit.
func (r reviews) Review(ctx context.Context, tx store.Tx, who generate.Actor, account, c *store.Object, v generate.Verdict, now int64) (generate.Reviewed, error) {
	done, err := r.Service.Review(ctx, tx, who, account, c, v, now)
	if err != nil {
		return done, err
	}
	changes, err := json.Marshal(map[string]string{"asset_id": done.Asset.ID, "action": string(v.Action)})
	if err != nil {
		return done, err
	}
	return done, tx.Audit(ctx, &store.Audit{At: now, AccountID: c.AccountID, Actor: who.Name, ActorID: who.ID, Object: c.ID, Type: c.Type, Action: "review", Changes: string(changes)})
}

// tryPictures is what previews ask of creatives that are stored nowhere.
func (s *Server) tryPictures(account string, content map[string]any, feature, placement string) []edition.Transformation {
	return s.generate.Try(account, content, feature, placement)
}
