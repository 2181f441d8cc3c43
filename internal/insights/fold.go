package insights

import (
	"context"
	"fmt"
	"slices"

	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/store"
)

// Fold keeps the rollups of an event log. The same log gives the same rows, however it is cut into batches.
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
	viewers := map[int64]bool{}
	for i := range events {
		e := &events[i]
		if e.Exposure != nil {
			ads[e.Exposure.AdID], creatives[e.Exposure.CreativeID] = true, true
		}
		if e.Outcome != nil {
			accounts[e.Outcome.AccountID], viewers[converter(e)] = true, true
		}
	}
	if err := f.directory.learn(ctx, tx, ads, creatives, accounts); err != nil {
		return err
	}
	known, err := lastTouches(ctx, tx, viewers)
	if err != nil {
		return err
	}
	b := newBatch(known)
	for i := range events {
		b.add(f.directory, &events[i])
	}
	return b.write(ctx, tx)
}

// lastTouches reads what is remembered of viewers who convert in this batch.
func lastTouches(ctx context.Context, tx store.Tx, viewers map[int64]bool) (map[touchKey]touch, error) {
	delete(viewers, 0)
	ids := make([]any, 0, len(viewers))
	for v := range viewers {
		ids = append(ids, v)
	}
	out := map[touchKey]touch{}
	for part := range slices.Chunk(ids, chunk) {
		rows, err := tx.Query(ctx, "SELECT account_id, viewer, kind, at, decision, cell FROM rollup_touches WHERE viewer IN ("+marks(len(part))+")", part...)
		if err != nil {
			return nil, fmt.Errorf("insights: read touches: %w", err)
		}
		if err := each(rows, func() error {
			var k touchKey
			var t touch
			err := rows.Scan(&k.account, &k.viewer, &k.kind, &t.at, &t.decision, &t.cell)
			out[k] = t
			return err
		}); err != nil {
			return nil, err
		}
	}
	return out, nil
}
