package edition

import (
	"context"
	"errors"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// InProcess is the status of a creative whose texts are being made.
const InProcess = "IN_PROCESS"

// Enrolled reports whether a creative's data is opted in to a feature.
func Enrolled(data map[string]any, feature string) bool {
	return object.Text(object.Members(data, "degrees_of_freedom_spec", "creative_features_spec", feature), "enroll_status") == "OPT_IN"
}

// OptedIn reports whether a creative's data enrols in text generation and has a primary text to vary.
func OptedIn(data map[string]any) bool {
	return Enrolled(data, "text_generation") && creative.Message(data) != ""
}

// Waits reports whether nothing of a creative may be shown yet: it generates, no edition was made, and its texts are still being made or
// some of them, pending, have not been looked at. One for which nothing could be made shows the advertiser's own text.
func Waits(c *store.Object, pending bool) bool {
	return Generates(c.Data) && c.Text("edition_id") == "" && (pending || c.Status == InProcess)
}

// Content is what the slots of an exposure that names an object refer to: all that an edition showed, and of a creative what it shows
// by itself. It never changes.
func Content(o *store.Object) map[string]any {
	if o.Type == "adcreative" {
		return Own(o.Data)
	}
	return o.Data
}

// Shown is what the ads of a creative show: its edition, or the creative itself where it has none.
func Shown(ctx context.Context, tx store.Tx, c *store.Object) (*store.Object, error) {
	id := c.Text("edition_id")
	if id == "" {
		return c, nil
	}
	e, err := tx.Object(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return c, nil
	}
	return e, err
}
