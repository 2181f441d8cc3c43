package pages

import (
	"time"

	"github.com/marquetry/marquetry/internal/fetch"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/store"
)

// Config is what the objects need of the rest of the program.
type Config struct {
	Fetch *fetch.Fetcher // gets pictures from addresses that callers gave
}

// New provides what the declarations of these objects name.
func New(Config) graph.Extensions {
	return graph.Extensions{
		Fields: map[string]graph.FieldResolver{
			"utc.created": graph.Each(func(_ *graph.Call, o *store.Object) any { return utc(o.Created) }),
			"utc.updated": graph.Each(func(_ *graph.Call, o *store.Object) any { return utc(o.Updated) }),
		},
	}
}

// utc writes a time as posts, photos and videos show it: never in an ad account's zone.
func utc(at int64) string { return time.Unix(at, 0).UTC().Format("2006-01-02T15:04:05-0700") }
