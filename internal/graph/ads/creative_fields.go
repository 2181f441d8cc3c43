package ads

import (
	"cmp"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// first is the first asset of a pool; the zero Asset when the creative has none.
func first(data map[string]any, pool string) creative.Asset {
	feed, err := creative.FeedOf(data)
	if err != nil {
		return creative.Asset{} // it shows something that is not part of it, such as a post
	}
	for _, p := range feed.Pools {
		if p.Name == pool {
			return p.Assets[0]
		}
	}
	return creative.Asset{}
}

// firstText is the text of a pool's first asset.
func firstText(data map[string]any, pool string) string { return first(data, pool).Text }

// firstAsset reads the content of a pool's first asset: its text, hash or type.
func firstAsset(pool string) func(*graph.Call, *store.Object) any {
	return func(_ *graph.Call, o *store.Object) any {
		a := first(o.Data, pool)
		return some(cmp.Or(a.Text, a.Hash, a.Type))
	}
}

// sentOr prefers what the caller sent under the field's own name.
func sentOr(name string, derive func(*graph.Call, *store.Object) any) func(*graph.Call, *store.Object) any {
	return func(call *graph.Call, o *store.Object) any {
		if v := o.Data[name]; v != nil {
			return v
		}
		return derive(call, o)
	}
}

// some is nil for the empty string, which leaves the field out of the answer.
func some(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// creativeImage is the address of the first image.
func creativeImage(call *graph.Call, o *store.Object) any {
	a := first(o.Data, "image")
	hash := cmp.Or(a.Hash, object.Text(o.Data, "image_hash"))
	if hash == "" {
		return some(a.URL)
	}
	return mediaURL(call.Base, hash, 0)
}

// creativeThumbnail is the address of a small copy of the first image, at least as wide as the caller wants.
func creativeThumbnail(call *graph.Call, o *store.Object) any {
	a := first(o.Data, "image")
	hash := cmp.Or(a.Hash, object.Text(o.Data, "image_hash"))
	if hash == "" {
		return some(a.URL)
	}
	wanted := object.Whole(map[string]any(call.Params), "thumbnail_width")
	for _, width := range widths() {
		if wanted <= int64(width) {
			return mediaURL(call.Base, hash, width)
		}
	}
	return mediaURL(call.Base, hash, 0)
}

// objectType is the kind of post that a creative amounts to.
func objectType(_ *graph.Call, o *store.Object) any {
	story := object.Members(o.Data, "object_story_spec")
	switch {
	case story["video_data"] != nil || first(o.Data, "image").VideoID != "":
		return "VIDEO"
	case story["photo_data"] != nil:
		return "PHOTO"
	case story["text_data"] != nil:
		return "STATUS"
	}
	return "SHARE"
}

// storyID is the post behind the ad: the one that was given, or the unpublished one that the creative amounts to.
func storyID(_ *graph.Call, o *store.Object) any {
	if id := object.Text(o.Data, "object_story_id"); id != "" {
		return id
	}
	if page := object.Text(object.Members(o.Data, "object_story_spec"), "page_id"); page != "" {
		return page + "_" + o.ID
	}
	return nil
}

// authorization is what the caller stated; nothing is reviewed here.
func authorization(_ *graph.Call, o *store.Object) any {
	return cmp.Or(object.Text(o.Data, "authorization_category"), "NONE")
}

// isDynamic reports whether a creative is dynamic creative proper, whose ad set has to be dynamic too.
func isDynamic(data map[string]any) bool {
	feed := object.Members(data, "asset_feed_spec")
	kind := object.Text(feed, "optimization_type")
	return feed != nil && (kind == "" || kind == "REGULAR")
}

// setKind is the ad set's side of it.
func setKind(adset *store.Object) creative.SetKind {
	if adset == nil {
		return creative.AnySet
	}
	if dynamic, _ := adset.Data["is_dynamic_creative"].(bool); dynamic {
		return creative.DynamicSet
	}
	return creative.OrdinarySet
}

// live reports whether an object is neither deleted nor archived.
func live(o *store.Object) bool {
	return o.Status != object.Deleted && o.Status != object.Archived
}
