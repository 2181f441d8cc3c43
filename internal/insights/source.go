package insights

import (
	"context"
	"fmt"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/store"
)

// written says who wrote the generated texts of editions: embedded, or llm:<model>. Its keys are a creative's id and the hash of a text.
type written map[[2]string]string

// writtenIn reads who wrote the texts of the editions among some objects: one store call, and none where there are no editions.
func writtenIn(ctx context.Context, tx store.Tx, objects map[string]*store.Object) (written, error) {
	ids := map[string]bool{}
	for _, o := range objects {
		if o.Type == edition.Type {
			for _, id := range edition.AssetIDs(o) {
				ids[id] = true
			}
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	assets, err := tx.Objects(ctx, missing(map[string]bool{}, ids))
	if err != nil {
		return nil, fmt.Errorf("insights: read generated assets: %w", err)
	}
	all := written{}
	for _, a := range assets {
		source := a.Text("generator")
		if model := a.Text("model"); model != "" {
			source = "llm:" + model
		}
		all[[2]string{a.Text("creative_id"), a.Text("sha256")}] = source
	}
	return all, nil
}

// source is who wrote a text of an edition, original for the advertiser; "" for what is no text, or of a creative that generates nothing.
func (w written) source(home *store.Object, a creative.Asset) string {
	if home == nil || home.Type != edition.Type || a.Text == "" {
		return ""
	}
	return or(w[[2]string{home.Text("creative_id"), edition.Sum(a.Text)}], "original")
}
