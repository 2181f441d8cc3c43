package deliver

import (
	"github.com/marquetry/marquetry/internal/generate"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// generated is what was generated for creatives, while a catalog is built.
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

// intact reports whether every text of an edition is the advertiser's own or exactly what was approved. An edition that lost one is not
// shown at all: positions of what was shown before would mean other texts.
func (g generated) intact(made, edition *store.Object) bool {
	return generate.Intact(made, edition, g.assets)
}
