package eventlog

import (
	"context"
	"errors"
	"fmt"

	"github.com/marquetry/marquetry/internal/store"
)

// errMoved ends a transaction whose fold another process moved on in the meantime.
var errMoved = errors.New("the checkpoint moved")

// step folds the next chunk, if any, and returns where the fold then stands and how many events it took.
// On an error the position is where it stood.
func (f *Folder) step(ctx context.Context, fold *folding) (position int64, folded int, err error) {
	fold.mu.Lock()
	defer fold.mu.Unlock()
	position, err = f.position(ctx, fold)
	if err != nil {
		return 0, 0, err
	}
	events, err := f.next(ctx, position)
	if err != nil || len(events) == 0 {
		return position, 0, err
	}
	end := position + int64(len(events))
	err = f.db.Write(ctx, func(tx store.Tx) error { return apply(ctx, tx, fold, events, position, end) })
	if errors.Is(err, errMoved) {
		return position, 0, nil
	}
	if err != nil {
		return position, 0, err
	}
	return end, len(events), nil
}

// position reads the checkpoint of a fold.
func (f *Folder) position(ctx context.Context, fold Fold) (position int64, err error) {
	err = f.db.Read(ctx, func(tx store.Tx) error {
		position, err = tx.Checkpoint(ctx, fold.Name())
		return err
	})
	return position, err
}

// next reads the events behind a position and makes sure that they are the next ones: a log that was replaced under its
// database must not be folded in silence.
func (f *Folder) next(ctx context.Context, position int64) ([]Event, error) {
	events, err := f.log.Read(ctx, position, chunk)
	if err != nil {
		return nil, err
	}
	for i, e := range events {
		if e.Seq != position+1+int64(i) {
			return nil, fmt.Errorf("the log has %d where %d should be", e.Seq, position+1+int64(i))
		}
	}
	if len(events) > 0 {
		return events, nil
	}
	last, err := f.log.Last(ctx)
	if err == nil && last < position {
		err = fmt.Errorf("the log ends at %d and %d events were folded: it is another log; rebuild", last, position)
	}
	return nil, err
}

// apply is the transaction of a step.
func apply(ctx context.Context, tx store.Tx, fold Fold, events []Event, position, end int64) error {
	now, err := tx.Checkpoint(ctx, fold.Name())
	if err != nil {
		return err
	}
	if now != position {
		return errMoved
	}
	if err := fold.Apply(ctx, tx, events); err != nil {
		return err
	}
	return tx.SetCheckpoint(ctx, fold.Name(), end)
}
