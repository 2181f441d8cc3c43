package pages

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// mostAdsPosts bounds the posts for ads that one Page lists: so many of its own and so many of creatives, the newest.
const mostAdsPosts = 1000

// tellStory notes in whose name a new creative speaks, so that the Page can list the post that it amounts to. A Page that is not here lists none.
func tellStory(ctx context.Context, w *graph.Write) error {
	id := object.Text(object.Members(w.Data, "object_story_spec"), "page_id")
	if !w.Creating() || id == "" {
		return nil
	}
	found, err := w.Tx.Objects(ctx, []string{id})
	if page := found[id]; page != nil && page.Type == "page" {
		w.Data["story_page_id"] = id
	}
	return err
}

// findStory finds the post that a creative amounts to.
func findStory(ctx context.Context, tx store.Tx, id string) (*store.Object, error) {
	page, creative, ok := strings.Cut(id, "_")
	if !ok || page == "" || page == "act" {
		return nil, store.ErrNotFound
	}
	o, err := tx.Object(ctx, creative)
	if err == nil && (o.Type != "adcreative" || object.Text(object.Members(o.Data, "object_story_spec"), "page_id") != page) {
		err = store.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return storyOf(o), nil
}

// storyOf makes the post of a creative: what its story says, or else the first assets of its feed. It belongs to the creative's ad account,
// so that whoever may not see the one does not see the other.
func storyOf(o *store.Object) *store.Object {
	spec, feed := object.Members(o.Data, "object_story_spec"), object.Members(o.Data, "asset_feed_spec")
	page := object.Text(spec, "page_id")
	said := map[string]any{}
	for _, kind := range []string{"link_data", "photo_data", "video_data", "text_data", "template_data"} {
		if said = object.Members(spec, kind); said != nil {
			break
		}
	}
	data := map[string]any{"page_id": page, "ads_page_id": page, "creative_id": o.ID, "unpublished": true}
	put := func(name string, values ...any) {
		for _, v := range values {
			if v != nil && v != "" {
				data[name] = v
				return
			}
		}
	}
	button := object.Members(said, "call_to_action")
	put("message", said["message"], said["caption"], first(feed, "bodies", "text"))
	put("link", said["link"], object.Members(button, "value")["link"], first(feed, "link_urls", "website_url"))
	put("name", said["name"], said["title"], first(feed, "titles", "text"))
	put("description", said["description"], said["link_description"], first(feed, "descriptions", "text"))
	put("image_hash", said["image_hash"], first(feed, "images", "hash"))
	put("picture", said["picture"], said["image_url"], said["url"])
	put("video_id", said["video_id"], first(feed, "videos", "video_id"))
	put("child_attachments", said["child_attachments"])
	if button != nil {
		data["call_to_action"] = button
	} else if kinds := object.IDs(feed["call_to_action_types"]); len(kinds) > 0 {
		data["call_to_action"] = map[string]any{"type": kinds[0]}
	}
	return &store.Object{ID: page + "_" + o.ID, Type: "pagepost", AccountID: o.AccountID, Seq: o.Seq, Created: o.Created, Updated: o.Created, Data: data}
}

// first is a member of the first asset of a kind.
func first(feed map[string]any, kind, name string) any {
	if list := object.Listed(feed, kind); len(list) > 0 {
		asset, _ := list[0].(map[string]any)
		return asset[name]
	}
	return nil
}

// adsPosts lists a Page's unpublished posts, the newest first.
func adsPosts(ctx context.Context, call *graph.Call, tx store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	newest := store.Page{Limit: mostAdsPosts}
	list, err := tx.List(ctx, store.Listing{Type: "pagepost", Field: "ads_page_id", To: call.Node.ID}, newest)
	if err != nil {
		return nil, err
	}
	creatives, err := tx.List(ctx, store.Listing{Type: "adcreative", Field: "story_page_id", To: call.Node.ID}, newest)
	for _, o := range creatives {
		list = append(list, storyOf(o))
	}
	list = slices.DeleteFunc(list, func(o *store.Object) bool { return !madeIn(call, o) })
	slices.SortFunc(list, func(a, b *store.Object) int { return cmp.Compare(b.Seq, a.Seq) })
	return &graph.Rows{Objects: list, Total: len(list)}, err
}

// keepStory refuses to delete the post of a creative: it is the creative.
func keepStory(_ context.Context, _ *graph.Call, _ store.Tx, o *store.Object) error {
	if object.Text(o.Data, "creative_id") != "" {
		return ownedByCreative(o)
	}
	return nil
}

// ownedByCreative is the fault of changing what a creative amounts to.
func ownedByCreative(o *store.Object) *object.Fault {
	return object.Broken("post.creative", 0, "the post is what the creative "+object.Text(o.Data, "creative_id")+" amounts to, and cannot be changed apart from it")
}
