package deliver

import (
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// generated is what was generated for creatives, while an index is built.
type generated struct {
	assets   map[string]*store.Object
	editions map[string]*store.Object
	pending  map[string]bool // by creative id: some text has not been looked at
}

// newGenerated is empty.
func newGenerated() generated {
	return generated{map[string]*store.Object{}, map[string]*store.Object{}, map[string]bool{}}
}

// asset takes a generated text.
func (g generated) asset(o *store.Object) {
	g.assets[o.ID] = o
	if text(o.Data, "state") == object.AssetPending {
		g.pending[text(o.Data, "creative_id")] = true
	}
}
