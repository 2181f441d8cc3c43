package ads

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// place is where a spec names an image or a video.
type place struct {
	path []string
	name string         // hash or id
	in   map[string]any // what has it as a member
	typ  string         // "adimage" or "advideo"
}

// id is that of the object that the place names.
func (p place) id(w *graph.Write) string {
	if p.typ == "adimage" {
		return imageID(w.Account, p.name)
	}
	return p.name
}

// shown checks that images and videos exist in the account's library and can be shown, and keeps their ids as references.
func shown(ctx context.Context, w *graph.Write, normal creative.Normalised) error {
	places := places(w.Data, nil)
	var wanted []string
	for _, p := range places {
		wanted = append(wanted, p.id(w))
	}
	found, err := w.Tx.Objects(ctx, wanted)
	if err != nil {
		return err
	}
	refs := map[string][]any{}
	for _, p := range places {
		o := found[p.id(w)]
		if o == nil || o.Type != p.typ || w.Account == nil || o.AccountID != w.Account.AccountID || o.Status == object.Deleted {
			w.Fault(absent(p, normal, len(found) > 0))
			continue
		}
		if problem := object.Text(o.Data, "problem"); problem != "" { // only videos have one
			w.Fault(object.Broken("creative.video_failed", 0, "video "+p.name+" cannot be shown: "+problem+"; upload another file", normal.SentPath(p.path)...))
			continue
		}
		if p.typ == "adimage" {
			outside(w, normal, p, o)
		}
		if !slices.Contains(refs[p.typ], any(o.ID)) {
			refs[p.typ] = append(refs[p.typ], o.ID)
		}
	}
	for typ, field := range map[string]string{"adimage": "image_ids", "advideo": "video_ids"} {
		if len(refs[typ]) > 0 {
			w.Data[field] = refs[typ]
		}
	}
	return nil
}

// posted checks that the post that a creative shows exists, if its Page is here: one of the Page's own, or what another creative amounts to.
func posted(ctx context.Context, w *graph.Write) error {
	id := object.Text(w.Data, "object_story_id")
	page, rest, _ := strings.Cut(id, "_")
	if id == "" {
		return nil
	}
	found, err := w.Tx.Objects(ctx, []string{page, id, rest})
	if err != nil || found[page] == nil || found[page].Type != "page" {
		return err
	}
	made := found[rest]
	amounts := made != nil && made.Type == "adcreative" && object.Text(object.Members(made.Data, "object_story_spec"), "page_id") == page
	if found[id] == nil && (!amounts || !w.Caller.Sees(made)) {
		w.Fault(object.Broken("creative.post", 1885557, "there is no post "+id, "object_story_id"))
	}
	return nil
}

// absent is the fault of naming what the library does not have. One of several images of a feed can be left out where others are there.
func absent(p place, normal creative.Normalised, others bool) *object.Fault {
	if p.typ == "advideo" {
		return object.Broken("creative.video", 0, "video "+p.name+" is not in the account's library; upload it to advideos first", normal.SentPath(p.path)...)
	}
	f := object.Broken("creative.image", 1487212, "image "+p.name+" is not in the account's library; upload it to adimages first", normal.SentPath(p.path)...)
	if n := len(p.path); n == 4 && others { // asset_feed_spec.images.0.hash
		return drop(f, normal.SentPath(p.path[:n-1])...)
	}
	return f
}

// outside refuses crops that reach beyond their image.
func outside(w *graph.Write, normal creative.Normalised, p place, image *store.Object) {
	width, height := object.Whole(image.Data, "width"), object.Whole(image.Data, "height")
	crops := object.Members(p.in, "image_crops")
	for _, name := range slices.Sorted(maps.Keys(crops)) {
		box, ok := creative.Crop(crops[name])
		if ok && (int64(box[2]) > width || int64(box[3]) > height) {
			path := append(slices.Clone(p.path[:len(p.path)-1]), "image_crops", name)
			w.Fault(object.Broken("creative.crop", 0, fmt.Sprintf("the crop reaches to %d, %d, but the image has %dx%d pixels", box[2], box[3], width, height), normal.SentPath(path)...).Without())
		}
	}
}

// places finds every image and video that a spec names, wherever the platform lets it: under hash, image_hash, thumbnail_hash and video_id.
func places(v any, path []string) []place {
	var found []place
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			at := append(slices.Clone(path), name)
			switch text, _ := v[name].(string); {
			case text == "":
			case name == "hash" || name == "image_hash" || name == "thumbnail_hash":
				found = append(found, place{at, text, v, "adimage"})
			case name == "video_id":
				found = append(found, place{at, text, v, "advideo"})
			}
			found = append(found, places(v[name], at)...)
		}
	case []any:
		for i, elem := range v {
			found = append(found, places(elem, append(slices.Clone(path), digits(i)))...)
		}
	}
	return found
}
