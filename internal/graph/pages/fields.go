package pages

import (
	"context"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// mediaURL is where a picture is served.
func mediaURL(call *graph.Call, hash string) string {
	return call.Base.JoinPath("media", hash).String()
}

// postPicture reads the address of a post's picture: one of ours, or the one that was sent.
func postPicture(call *graph.Call, o *store.Object) any {
	if hash := object.Text(o.Data, "image_hash"); hash != "" {
		return mediaURL(call, hash)
	}
	return o.Data["picture"]
}

// scheduledFor reads when a post is to be published, in unix seconds as the platform answers it.
func scheduledFor(_ *graph.Call, o *store.Object) any {
	if at := object.Whole(o.Data, "scheduled_publish_time"); at != 0 {
		return float64(at)
	}
	return nil
}

// permalink reads the address of a post: its own path.
func permalink(call *graph.Call, o *store.Object) any { return call.Base.JoinPath(o.ID).String() }

// statusType reads what kind of post it is.
func statusType(_ *graph.Call, o *store.Object) any {
	switch {
	case o.Data["video_id"] != nil:
		return "added_video"
	case o.Data["link"] != nil || o.Data["child_attachments"] != nil:
		return "shared_story"
	case o.Data["photo_ids"] != nil || o.Data["image_hash"] != nil:
		return "added_photos"
	}
	return "mobile_status_update"
}

// from reads the Pages that said posts, with one store call. Without a selection it is name and id.
func from(ctx context.Context, _ *graph.Call, tx store.Tx, objs []*store.Object, sub *graph.Selection) ([]any, error) {
	ids := make([]string, len(objs))
	for i, o := range objs {
		ids[i] = object.Text(o.Data, "page_id")
	}
	pages, err := tx.Objects(ctx, ids)
	values := make([]any, len(objs))
	for i, id := range ids {
		switch page := pages[id]; {
		case page == nil:
		case sub == nil:
			values[i] = object.Ordered{{Name: "name", Value: page.Text("name")}, {Name: "id", Value: page.ID}}
		default:
			values[i] = page
		}
	}
	return values, err
}

// attachments lists what a post carries; cards are below one row, as are several photos.
func attachments(_ context.Context, call *graph.Call, _ store.Tx, sub *graph.Selection) (*graph.Rows, error) {
	o := call.Node
	picture, _ := postPicture(call, o).(string)
	row := attachment(kindOf(o), o.Data, picture)
	var below []any
	for _, card := range object.Listed(o.Data, "child_attachments") {
		members, _ := card.(map[string]any)
		below = append(below, attachment("share", members, cardPicture(call, members)))
	}
	if photos := object.Listed(o.Data, "photos"); len(photos) > 1 {
		for _, photo := range photos {
			members, _ := photo.(map[string]any)
			below = append(below, attachment("photo", members, cardPicture(call, members)))
		}
	}
	if below != nil {
		row = append(row, object.Member{Name: "subattachments", Value: object.Ordered{{Name: "data", Value: below}}})
	}
	if len(row) == 1 && below == nil { // nothing but its type
		return &graph.Rows{}, nil
	}
	return &graph.Rows{Data: []any{selected(sub, row)}, Total: 1}, nil
}

// kindOf is what a post carries, in the platform's words.
func kindOf(o *store.Object) string {
	switch {
	case o.Data["video_id"] != nil:
		return "video_inline"
	case o.Data["child_attachments"] != nil:
		return "multi_share"
	case len(object.Listed(o.Data, "photo_ids")) > 1:
		return "album"
	case o.Data["link"] != nil:
		return "share"
	}
	return "photo"
}

// attachment is one row: its type, and what is known of it.
func attachment(kind string, data map[string]any, picture string) object.Ordered {
	row := object.Ordered{}
	put := func(name string, value any) {
		if value != nil && value != "" {
			row = append(row, object.Member{Name: name, Value: value})
		}
	}
	put("title", data["name"])
	put("description", data["description"])
	if picture != "" {
		put("media", object.Ordered{{Name: "image", Value: object.Ordered{{Name: "src", Value: picture}}}})
	}
	if id := object.Text(data, "video_id"); id != "" {
		put("target", object.Ordered{{Name: "id", Value: id}})
	}
	put("url", data["link"])
	return append(row, object.Member{Name: "type", Value: kind})
}

// cardPicture is the address of a card's picture.
func cardPicture(call *graph.Call, card map[string]any) string {
	if hash := object.Text(card, "image_hash"); hash != "" {
		return mediaURL(call, hash)
	}
	return object.Text(card, "picture")
}

// selected cuts a row down to what was asked for.
func selected(sub *graph.Selection, row object.Ordered) object.Ordered {
	if sub == nil {
		return row
	}
	cut := object.Ordered{}
	for _, s := range sub.Fields {
		for _, m := range row {
			if m.Name == s.Name {
				cut = append(cut, object.Member{Name: s.As, Value: m.Value})
			}
		}
	}
	return cut
}
