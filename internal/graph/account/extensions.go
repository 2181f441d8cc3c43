package account

import "github.com/marquetry/marquetry/internal/graph"

// New provides what the declarations of these objects name.
func New() graph.Extensions {
	return graph.Extensions{
		Edges: map[string]graph.EdgeResolver{
			"activities": activities,
		},
	}
}
