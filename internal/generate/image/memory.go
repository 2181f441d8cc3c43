package image

import (
	"context"

	"github.com/marquetry/marquetry/internal/media"
)

// Bytes that are taken for each pixel, as measured: of a source while it is decoded, and of a target while the embedded painter expands to it.
const (
	bytesPerSource = 16
	bytesPerTarget = 80
)

// reserve waits until there is memory for a source and its largest target. What is larger than all there is waits until it is alone.
func (m *maker) reserve(ctx context.Context, source media.Info, targets []Target) (free func(), err error) {
	largest := 0
	for _, t := range targets {
		largest = max(largest, t.Width*t.Height)
	}
	weight := min(m.Memory, int64(source.Width)*int64(source.Height)*bytesPerSource+int64(largest)*bytesPerTarget)
	if err := m.memory.Acquire(ctx, weight); err != nil {
		return nil, err
	}
	return func() { m.memory.Release(weight) }, nil
}
