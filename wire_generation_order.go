package marquetry

import (
	"context"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/generate"
	"github.com/marquetry/marquetry/internal/generate/image"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
)

// orderAssets has made for a new creative what it opts in to, once it is committed. The opt-in is for this creative alone. A feature that has nothing to
// work on there is warned of; one that is not performed is kept and not spoken of.
func (s *Server) orderAssets(ctx context.Context, w *graph.Write) error {
	if !w.Creating() || w.Existing != nil {
		return nil
	}
	var orders []generate.Order
	if wanted(w, "text_generation", unwritable) {
		orders = append(orders, generate.Order{Kind: generate.Texts})
	}
	features := map[generate.Kind][]image.Feature{}
	for _, feature := range image.Performed() {
		kind, why := generate.Images, unpaintable
		if image.OfItems(feature) {
			kind, why = generate.Backgrounds, noItems
		}
		if wanted(w, string(feature), why) {
			features[kind] = append(features[kind], feature)
		}
	}
	for _, kind := range []generate.Kind{generate.Images, generate.Backgrounds} {
		if len(features[kind]) > 0 {
			orders = append(orders, generate.Order{Kind: kind, Features: features[kind]})
		}
	}
	if len(orders) > 0 {
		w.After = append(w.After, func(id string) error { return s.enqueue(ctx, w, id, orders) })
	}
	return nil
}

// enqueue leaves the jobs of a new creative in its transaction.
func (s *Server) enqueue(ctx context.Context, w *graph.Write, id string, orders []generate.Order) error {
	for _, o := range orders {
		o.Actor, o.Creative, o.Base, o.Now = actor(w.Caller), w.Row, w.Base.String(), w.Now
		if _, err := s.generate.Enqueue(ctx, w.Tx, o); err != nil {
			return err
		}
	}
	s.awaitAssets(w.Call, id)
	return nil
}

// wanted reports whether a creative opts in to a feature that has something to work on; if it has nothing, that is warned of.
func wanted(w *graph.Write, feature string, nothing func(data map[string]any, feature string) string) bool {
	if !edition.Enrolled(w.Data, feature) {
		return false
	}
	why := nothing(w.Data, feature)
	if why != "" {
		w.Warnings = append(w.Warnings, object.Warning{Rule: "generation.nothing", Message: "nothing is generated: " + why,
			Path: []string{"degrees_of_freedom_spec", "creative_features_spec", feature}})
	}
	return why == ""
}

// unwritable says why there are no texts to write for a creative, "" when there are.
func unwritable(data map[string]any, _ string) string {
	switch message := creative.Message(data); {
	case strings.ContainsRune(message, '\uFFFD'):
		return "the message has characters that were no UTF-8 when it was sent"
	case message == "":
		return "text_generation varies the message of link_data, video_data or template_data, and there is none"
	case len(object.Listed(object.Members(data, "asset_feed_spec"), "bodies")) > 0:
		return "asset_feed_spec brings bodies of its own"
	}
	return ""
}

// unpaintable says why a feature has no picture of a creative's own to work on, "" when it has one.
func unpaintable(data map[string]any, feature string) string {
	feed, err := creative.FeedOf(data)
	has := func(slot creative.Slot) bool {
		return slices.ContainsFunc(feed.Pools, func(p creative.Pool) bool {
			return slices.ContainsFunc(p.Assets, func(a creative.Asset) bool { return a.Slot == slot })
		})
	}
	switch {
	case object.Text(data, "product_set_id") != "":
		return feature + " works on pictures of the creative's own, and this one shows those of a product set"
	case err == nil && feed.Format == "CAROUSEL":
		return feature + " works on single pictures, and this creative is a carousel"
	case err == nil && !has(creative.Image) && has(creative.Video):
		return feature + " works on pictures, and this creative shows a video"
	case err != nil || !has(creative.Image):
		return feature + " works on a picture, and there is none: image_hash in link_data or photo_data gives it"
	}
	return ""
}

// noItems says why a feature has no items of a product set to work on, "" when it may have some.
func noItems(data map[string]any, feature string) string {
	if object.Text(data, "product_set_id") == "" {
		return feature + " works on the items of a product set, and there is no product_set_id"
	}
	return ""
}

// awaitAssets lets a request end with what was made in the meantime, if that does not take long.
func (s *Server) awaitAssets(call *graph.Call, creativeID string) {
	call.Later(func(ctx context.Context, _ graph.Deferred) error {
		ctx, stop := context.WithTimeout(ctx, s.settings.Generation.Patience-s.settings.Now().Sub(call.Arrived()))
		defer stop()
		if err := s.generate.Await(ctx, creativeID); err != nil {
			s.settings.Logger.ErrorContext(ctx, "assets are made later", "creative", creativeID, "error", err)
		}
		return nil
	})
}
