package generate

import (
	"context"
	"errors"

	"github.com/marquetry/marquetry/internal/store"
)

// Waits reports whether nothing of a creative may be shown yet: it opted in, no edition was made, and its texts are still being made or
// some of them, pending, have not been looked at. One for which nothing could be made shows the advertiser's own text.
func Waits(creative *store.Object, pending bool) bool {
	return generates(creative.Data) && creative.Text("edition_id") == "" && (pending || creative.Status == inProcess)
}

// Content is what the slots of an exposure that names an object refer to: all that an edition showed, and of a creative what it shows
// by itself. It never changes.
func Content(o *store.Object) map[string]any {
	if o.Type == "adcreative" {
		return Own(o.Data)
	}
	return o.Data
}

// Own is a creative's data as the advertiser sent it, without anything generated. It shares what it does not change.
func Own(data map[string]any) map[string]any {
	if !generates(data) {
		return data
	}
	return own(data)
}

// Shown is what the ads of a creative show: its edition, or the creative itself where it has none.
func Shown(ctx context.Context, tx store.Tx, creative *store.Object) (*store.Object, error) {
	id := creative.Text("edition_id")
	if id == "" {
		return creative, nil
	}
	edition, err := tx.Object(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return creative, nil
	}
	return edition, err
}
