package videos

import (
	"github.com/marquetry/marquetry/internal/fetch"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/media"
)

// Config is what the objects need of the rest of the program.
type Config struct {
	Fetch  *fetch.Fetcher // gets videos and pictures from addresses that callers gave
	Memory *media.Budget  // of the pictures of uploads; nil for no limit
}

// service holds what the actions share.
type service struct{ Config }

// New provides what the declarations of these objects name.
func New(c Config) graph.Extensions {
	s := &service{c}
	return graph.Extensions{
		Hooks:   map[string]graph.Hook{"advideo": complete},
		Deletes: map[string]graph.DeleteHook{"advideo": abandon},
		Fields: map[string]graph.FieldResolver{
			"advideo.status":    graph.Each(status),
			"advideo.format":    graph.Each(format),
			"advideo.source":    graph.Each(source),
			"advideo.embed":     graph.Each(embed),
			"advideo.picture":   graph.Each(picture),
			"advideo.published": graph.Each(published),
			"advideo.from":      from,
		},
		Edges:   map[string]graph.EdgeResolver{"advideo.thumbnails": thumbnails},
		Filters: map[string]graph.RowFilter{"advideos": chosen},
		Actions: map[string]graph.Action{
			"advideos.upload":       upload,
			"advideos.delete":       remove,
			"advideo.add_thumbnail": addThumbnail,
		},
		Prepare: map[string]graph.Preparation{
			"advideos.upload":       s.readyUpload,
			"advideo.add_thumbnail": s.readyThumbnail,
		},
	}
}
