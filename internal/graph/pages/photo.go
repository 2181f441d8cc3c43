package pages

import (
	"context"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// addPhoto answers POST on a Page's photos. A published photo has a post of its own, with the photo's digits.
func addPhoto(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	p, _ := call.Ready.(picture)
	page := call.Node.ID
	id, seq, err := tx.NextID(ctx)
	if err != nil {
		return nil, err
	}
	photo := &store.Object{ID: id, Type: "photo", Seq: seq, Created: call.Now, Updated: call.Now, Data: map[string]any{"page_id": page},
		Refs: []store.Ref{{Field: "page_id", To: page}}}
	for field, arg := range map[string]string{"name": "caption", "alt_text_custom": "alt_text_custom"} {
		if text := object.Text(call.Args, arg); text != "" {
			photo.Data[field] = text
		}
	}
	if err := p.keep(ctx, tx, photo.Data, ""); err != nil {
		return nil, err
	}
	answer := object.Ordered{{Name: "id", Value: id}}
	if call.Args["published"] != false {
		story, err := photoPost(ctx, call, tx, photo)
		if err != nil {
			return nil, err
		}
		photo.Data["page_story_id"] = story
		answer = append(answer, object.Member{Name: "post_id", Value: story})
	}
	return answer, tx.Insert(ctx, photo)
}

// photoPost publishes a photo.
func photoPost(ctx context.Context, call *graph.Call, tx store.Tx, photo *store.Object) (string, error) {
	_, seq, err := tx.NextID(ctx)
	if err != nil {
		return "", err
	}
	page := call.Node.ID
	o := &store.Object{ID: page + "_" + photo.ID, Type: "pagepost", Seq: seq, Created: call.Now, Updated: call.Now,
		Data: map[string]any{"page_id": page, "photo_ids": []any{photo.ID}, "image_hash": photo.Data["hash"]},
		Refs: []store.Ref{{Field: "page_id", To: page}, {Field: "photo_ids", To: photo.ID}}}
	if text := object.Text(photo.Data, "name"); text != "" {
		o.Data["message"] = text
	}
	return o.ID, tx.Insert(ctx, o)
}

// photoPicture reads the address of a photo.
func photoPicture(call *graph.Call, o *store.Object) any {
	return mediaURL(call, object.Text(o.Data, "hash"))
}

// photoImages reads the sizes of a photo.
func photoImages(call *graph.Call, o *store.Object) any {
	return []any{object.Ordered{{Name: "height", Value: o.Data["height"]}, {Name: "source", Value: photoPicture(call, o)}, {Name: "width", Value: o.Data["width"]}}}
}
