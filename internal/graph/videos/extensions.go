package videos

import (
	"github.com/marquetry/marquetry/internal/fetch"
	"github.com/marquetry/marquetry/internal/graph"
)

// Config is what the objects need of the rest of the program.
type Config struct {
	Fetch *fetch.Fetcher // gets videos from addresses that callers gave
}

// New provides what the declarations of these objects name.
func New(Config) graph.Extensions {
	return graph.Extensions{}
}
