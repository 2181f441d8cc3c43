package pages

import (
	"time"

	"github.com/marquetry/marquetry/internal/fetch"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/store"
)

// Config is what the objects need of the rest of the program.
type Config struct {
	Fetch  *fetch.Fetcher // gets pictures from addresses that callers gave
	Memory *media.Budget  // of the pictures of uploads; nil for no limit
}

// service holds what the actions share.
type service struct{ Config }

// New provides what the declarations of these objects name.
func New(c Config) graph.Extensions {
	s := &service{c}
	return graph.Extensions{
		Hooks:   map[string]graph.Hook{"pagepost": post, "adcreative.story": tellStory},
		Deletes: map[string]graph.DeleteHook{"pagepost": keepStory},
		Finders: map[string]graph.Finder{"pagepost": findStory},
		Fields: map[string]graph.FieldResolver{
			"utc.created":      graph.Each(func(_ *graph.Call, o *store.Object) any { return utc(o.Created) }),
			"utc.updated":      graph.Each(func(_ *graph.Call, o *store.Object) any { return utc(o.Updated) }),
			"page.name":        graph.Each(func(_ *graph.Call, o *store.Object) any { return o.Data["name"] }),
			"page.picture":     graph.Each(pictureField),
			"post.id":          graph.Each(func(_ *graph.Call, o *store.Object) any { return o.ID }),
			"post.picture":     graph.Each(postPicture),
			"post.published":   graph.Each(func(call *graph.Call, o *store.Object) any { return published(o, call.Now) }),
			"post.scheduled":   graph.Each(scheduledFor),
			"post.permalink":   graph.Each(permalink),
			"post.status_type": graph.Each(statusType),
			"post.from":        from,
			"photo.images":     graph.Each(photoImages),
			"photo.picture":    graph.Each(photoPicture),
		},
		Edges: map[string]graph.EdgeResolver{
			"page.nothing":     nothing,
			"page.ads_posts":   adsPosts,
			"post.attachments": attachments,
		},
		Filters: map[string]graph.RowFilter{"posts.published": publishedIn, "posts.scheduled": scheduledIn},
		Actions: map[string]graph.Action{
			"page.add_photo":    addPhoto,
			"page.picture":      pagePicture,
			"page.set_picture":  setPicture,
			"post.refuse":       refuse,
			"business.add_page": addPage,
		},
		Prepare: map[string]graph.Preparation{"page.add_photo": s.readyPicture("url"), "page.set_picture": s.readyPicture("picture")},
	}
}

// utc writes a time as posts, photos and videos show it: never in an ad account's zone.
func utc(at int64) string { return time.Unix(at, 0).UTC().Format("2006-01-02T15:04:05-0700") }
