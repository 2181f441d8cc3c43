package ads

import (
	"context"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/store"
)

// generatedSource is the primary text that generated texts were made from; nil for pictures.
func generatedSource(ctx context.Context, _ *graph.Call, tx store.Tx, assets []*store.Object, _ *graph.Selection) ([]any, error) {
	creatives, err := above(ctx, tx, assets, "creative_id")
	values := make([]any, len(assets))
	for i, asset := range assets {
		if made := creatives[asset.Text("creative_id")]; made != nil && asset.Text("text") != "" {
			values[i] = some(creative.Message(made.Data))
		}
	}
	return values, err
}

// reviewState is what the review of an asset came to, by its bytes.
func reviewState(_ *graph.Call, asset *store.Object) any { return edition.State(asset) }

// generatedURL is the address of a generated picture; nil for what is none.
func generatedURL(call *graph.Call, asset *store.Object) any {
	if hash := asset.Text("image_hash"); hash != "" {
		return mediaURL(call.Base, hash, 0)
	}
	return nil
}
