package insights

import (
	"context"
	"fmt"

	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/store"
)

// Fold keeps the rollups of an event log. The same events give the same rows, however the log is ordered and cut into batches.
// Apply must not run twice at the same time.
type Fold struct {
	directory *directory
}

// NewFold returns a fold that knows nothing yet.
func NewFold() *Fold { return &Fold{directory: newDirectory()} }

// Name names the fold's checkpoint.
func (f *Fold) Name() string { return "rollups" }

// Reset empties the rollups.
func (f *Fold) Reset(ctx context.Context, tx store.Tx) error {
	for _, t := range tables() {
		if _, err := tx.Exec(ctx, "DELETE FROM "+t.name); err != nil {
			return fmt.Errorf("insights: empty %s: %w", t.name, err)
		}
	}
	return nil
}

// Apply adds consecutive events to the rollups.
func (f *Fold) Apply(ctx context.Context, tx store.Tx, events []eventlog.Event) error {
	ads, creatives, accounts := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for i := range events {
		e := &events[i]
		if e.Exposure != nil {
			ads[e.Exposure.AdID], creatives[e.Exposure.CreativeID] = true, true
		}
		if e.Outcome != nil {
			accounts[e.Outcome.AccountID] = true
		}
	}
	if err := f.directory.learn(ctx, tx, ads, creatives, accounts); err != nil {
		return err
	}
	b := newBatch(f.directory)
	for i := range events {
		b.add(&events[i])
	}
	if err := b.writeTouches(ctx, tx); err != nil {
		return err
	}
	if err := b.settleOpen(ctx, tx); err != nil {
		return err
	}
	if err := b.write(ctx, tx); err != nil {
		return err
	}
	if err := b.sweep(ctx, tx); err != nil {
		return err
	}
	return b.prune(ctx, tx)
}
