package edition

import (
	"slices"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Names among the styles of a feed's backgrounds that no painter gives.
const (
	OriginalStyle = "original" // an item's own picture
	PlainStyle    = "plain"    // that of a feature which has one way only
)

// IsVariant reports whether a feature's pictures are tested against the original, rather than shown in its place.
func IsVariant(feature string) bool {
	return feature == "image_templates" || feature == "image_brightness_and_contrast"
}

// InFeed reports whether an asset stands in the asset feed: a text, a variant or a background's style.
func InFeed(asset *store.Object) bool {
	return asset.Text("kind") != Image || IsVariant(asset.Text("feature"))
}

// withPictures adds variants to a feed's images, behind the advertiser's own, and styles to its backgrounds, behind the original.
func withPictures(feed, content map[string]any, assets []*store.Object) {
	var variants, styles []any
	for _, a := range latest(assets) {
		switch {
		case a.Text("kind") == Background:
			styles = append(styles, map[string]any{"style": a.Text("style"), "recipe": a.Text("recipe"), "feature": a.Text("feature")})
		case a.Text("kind") == Image && InFeed(a):
			variants = append(variants, map[string]any{"hash": a.Text("image_hash")})
		}
	}
	if len(variants) > 0 {
		feed["images"] = slices.Concat(ownImages(content), variants)
	}
	if len(styles) > 0 {
		feed["backgrounds"] = slices.Concat([]any{map[string]any{"style": OriginalStyle}}, styles)
	}
}

// latest leaves out backgrounds that are asked for in another way since, such as in other colours of the brand, and what was said while there were none.
func latest(assets []*store.Object) []*store.Object {
	later := map[string]bool{}
	var kept []*store.Object
	for _, a := range slices.Backward(assets) {
		feature, style := a.Text("feature"), a.Text("style")
		if a.Text("kind") == Background {
			if later[feature+" "+style] || style == "" && later[feature] {
				continue
			}
			later[feature], later[feature+" "+style] = true, true
		}
		kept = append(kept, a)
	}
	slices.Reverse(kept)
	return kept
}

// ownImages are the pictures of a creative's own content as a feed lists them: those that the feed has, and before them that of the story.
func ownImages(content map[string]any) []any {
	sent := object.Listed(object.Members(content, "asset_feed_spec"), "images")
	listed := map[string]bool{}
	for _, elem := range sent {
		one, _ := elem.(map[string]any)
		listed[object.Text(one, "hash")], listed[object.Text(one, "url")] = true, true
	}
	var own []any
	for _, p := range Originals(content) {
		if !listed[p.Ref()] {
			own = append(own, p.elem())
		}
	}
	return append(own, sent...)
}

// Original is a picture of a creative's own content, as it was sent: by its hash or by its address.
type Original struct{ Hash, URL string }

// Ref is what names the picture in the creative.
func (o Original) Ref() string {
	if o.Hash != "" {
		return o.Hash
	}
	return o.URL
}

// elem is the picture as an element of a feed's images.
func (o Original) elem() map[string]any {
	if o.Hash != "" {
		return map[string]any{"hash": o.Hash}
	}
	return map[string]any{"url": o.URL}
}

// Originals are the pictures of a creative's own content, each once, in the order in which package creative has them.
func Originals(content map[string]any) []Original {
	feed, err := creative.FeedOf(content)
	if err != nil {
		return nil // nothing of its own to show
	}
	var all []Original
	for _, pool := range feed.Pools {
		for _, asset := range pool.Assets {
			if asset.Slot == creative.Image {
				all = append(all, Original{asset.Hash, asset.URL})
			}
		}
	}
	return all
}
