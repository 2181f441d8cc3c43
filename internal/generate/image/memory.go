package image

import (
	"context"

	"github.com/marquetry/marquetry/internal/media"
)

// bytesPerPixel is what the embedded painters take for each pixel of a target, as measured.
const bytesPerPixel = 80

// mostPixels is the area of the largest result: a picture that keeps its shape is made smaller than that.
const mostPixels = 4 * mostSide * mostSide

// reserve waits until there is memory for a source and its largest target.
func (m *maker) reserve(ctx context.Context, source media.Info, targets []Target) (giveBack func(), err error) {
	largest := 0
	for _, t := range targets {
		largest = max(largest, min(t.Width*t.Height, mostPixels))
	}
	return m.Memory.Take(ctx, source.Cost+int64(largest)*bytesPerPixel)
}
