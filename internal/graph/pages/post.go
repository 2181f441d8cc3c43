package pages

import (
	"context"
	"fmt"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// When a post can be published later, in seconds from now.
const (
	soonest = 10 * 60
	latest  = 30 * 24 * 60 * 60
)

// Cards of a post to leaf through.
const (
	fewestCards = 2
	mostCards   = 10
)

// post is the hook of every post. The data holds "unpublished" for a post that waits, with or without a time.
func post(ctx context.Context, w *graph.Write) error {
	if w.Old != nil && object.Text(w.Old.Data, "creative_id") != "" {
		w.Fault(ownedByCreative(w.Old))
		return nil
	}
	if w.Creating() {
		page := object.Text(w.Data, "page_id")
		w.Named = func(digits string) string { return page + "_" + digits }
	}
	if err := attach(ctx, w); err != nil {
		return err
	}
	publish(w)
	if cards := object.Listed(w.Sent, "child_attachments"); cards != nil && (len(cards) < fewestCards || len(cards) > mostCards) {
		f := object.Broken("post.cards", 0, fmt.Sprintf("child_attachments has %d cards, %d to %d are allowed", len(cards), fewestCards, mostCards), "child_attachments")
		f.Sent, f.Limit = len(cards), mostCards
		w.Fault(f)
	}
	if object.Text(w.Data, "message") == "" && object.Text(w.Data, "link") == "" && w.Data["photo_ids"] == nil && w.Data["child_attachments"] == nil && w.Data["place"] == nil {
		w.Fault(object.Broken("post.empty", 0, "the post is empty: it needs a message, a link or attached_media", "message"))
	}
	return nil
}

// publish works out whether the post is published, now or later. Unpublished posts without a time are those that ads show.
func publish(w *graph.Write) {
	at, scheduling := w.Sent["scheduled_publish_time"].(int64)
	switch {
	case w.Sent["is_published"] == true:
		w.Data["unpublished"], w.Data["scheduled_publish_time"] = nil, nil
	case w.Sent["is_published"] == false && w.Data["unpublished"] == nil:
		w.Fault(object.Broken("post.published", 0, "a published post cannot be unpublished; is_hidden hides it", "is_published"))
	case w.Creating() && w.Data["published"] == false:
		w.Data["unpublished"] = true
	}
	switch {
	case !scheduling:
	case w.Data["unpublished"] == nil || w.Old != nil && published(w.Old, w.Now):
		f := object.Broken("post.schedule", 0, "scheduled_publish_time needs published=false", "scheduled_publish_time")
		f.Fixes = []object.Fix{{Path: []string{"published"}, Value: false}}
		w.Fault(f)
	case at < w.Now+soonest || at > w.Now+latest:
		w.Fault(object.Broken("post.schedule", 0, "scheduled_publish_time must lie 10 minutes to 30 days ahead", "scheduled_publish_time"))
	}
	w.Data["ads_page_id"], w.Data["is_published"] = nil, nil
	if w.Data["unpublished"] != nil && w.Data["scheduled_publish_time"] == nil {
		w.Data["ads_page_id"] = w.Data["page_id"]
	}
}

// attach looks the attached photos up, which have to be the Page's. What the post shows of them is kept with it: a list of posts is read
// without looking photos up again.
func attach(ctx context.Context, w *graph.Write) error {
	media := object.Listed(w.Sent, "attached_media")
	if media == nil {
		return nil
	}
	ids := make([]string, len(media))
	for i, m := range media {
		members, _ := m.(map[string]any)
		ids[i] = object.Text(members, "media_fbid")
	}
	found, err := w.Tx.Objects(ctx, ids)
	if err != nil {
		return err
	}
	var photos, shown []any
	for i, id := range ids {
		photo := found[id]
		if photo == nil || photo.Type != "photo" || object.Text(photo.Data, "page_id") != object.Text(w.Data, "page_id") {
			w.Fault(object.Broken("post.media", 0, fmt.Sprintf("there is no photo %q of this Page", id), "attached_media", fmt.Sprint(i), "media_fbid"))
			continue
		}
		photos = append(photos, id)
		shown = append(shown, map[string]any{"image_hash": photo.Data["hash"], "name": photo.Data["name"]})
		if i == 0 {
			w.Data["image_hash"] = photo.Data["hash"]
		}
	}
	w.Data["photo_ids"], w.Data["photos"] = photos, shown
	return nil
}

// published reports whether a post is published at a time.
func published(o *store.Object, now int64) bool {
	if o.Data["unpublished"] != true {
		return true
	}
	at := object.Whole(o.Data, "scheduled_publish_time")
	return at != 0 && at <= now
}

// publishedIn is the filter of published posts.
func publishedIn(call *graph.Call) (func(*store.Object) bool, error) {
	return func(o *store.Object) bool { return published(o, call.Now) && madeIn(call, o) }, nil
}

// scheduledIn is the filter of posts that wait for their time.
func scheduledIn(call *graph.Call) (func(*store.Object) bool, error) {
	return func(o *store.Object) bool {
		return !published(o, call.Now) && object.Whole(o.Data, "scheduled_publish_time") != 0 && madeIn(call, o)
	}, nil
}

// madeIn reports whether a post was made in the time that was asked for.
func madeIn(call *graph.Call, o *store.Object) bool {
	since, bounded := call.Args["since"].(int64)
	until, limited := call.Args["until"].(int64)
	return (!bounded || o.Created >= since) && (!limited || o.Created < until)
}

// nothing lists what there is none of.
func nothing(context.Context, *graph.Call, store.Tx, *graph.Selection) (*graph.Rows, error) {
	return &graph.Rows{}, nil
}

// refuse answers what people would do with a post.
func refuse(context.Context, *graph.Call, store.Tx) (any, error) {
	f := object.Broken("not_emulated", 0, "(#3) Nobody likes, shares or comments on posts here: that exists on the platform and is not emulated by Marquetry")
	f.Code = 3
	return nil, f
}
