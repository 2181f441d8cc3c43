package media

import (
	"context"

	"golang.org/x/sync/semaphore"
)

// Budget is memory that those who work on pictures share: as many work at once as their pictures allow, be they few large ones or many small.
type Budget struct {
	bytes int64
	left  *semaphore.Weighted
}

// NewBudget makes a budget of so many bytes.
func NewBudget(bytes int64) *Budget {
	return &Budget{bytes, semaphore.NewWeighted(bytes)}
}

// Take waits for memory, first come, first served, and says how to give it back. Who needs more than there is gets all of it, and so works
// alone. An error means that ctx ended first. A nil budget has no limit. [Info.Cost] is what decoding takes; painting takes more, which
// painters know.
func (b *Budget) Take(ctx context.Context, bytes int64) (giveBack func(), err error) {
	if b == nil {
		return func() {}, ctx.Err()
	}
	bytes = min(max(bytes, 0), b.bytes)
	if err := b.left.Acquire(ctx, bytes); err != nil {
		return nil, err
	}
	return func() { b.left.Release(bytes) }, nil
}

// Decoding takes what it costs to decode a picture's file. The error may be about the file, too.
func (b *Budget) Decoding(ctx context.Context, data []byte) (giveBack func(), err error) {
	info, err := Inspect(data)
	if err != nil {
		return nil, err
	}
	return b.Take(ctx, info.Cost)
}
