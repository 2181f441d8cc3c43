package eventlog

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/marquetry/marquetry/internal/store"
)

// Folder keeps folds up with a log. Each fold has its own checkpoint, which moves in the transaction of its effect, so that a
// crash, an error or a second process between the two never counts an event twice or not at all.
type Folder struct {
	log    Log
	db     *store.DB
	logger *slog.Logger
	folds  []*folding
}

// folding is one fold at work; the mutex keeps this process from folding the same events twice in vain.
type folding struct {
	Fold
	mu sync.Mutex
}

const (
	chunk      = 1000                   // events in one transaction, so that other writers wait milliseconds
	linger     = 50 * time.Millisecond  // how long Run collects events after the first new one, to share a transaction
	firstRetry = 100 * time.Millisecond // how long Run waits after a failure; doubles with each further one
	lastRetry  = 30 * time.Second       // up to this
)

// NewFolder prepares to run folds, whose names must differ, over a log into a database.
func NewFolder(log Log, db *store.DB, logger *slog.Logger, folds ...Fold) *Folder {
	f := &Folder{log: log, db: db, logger: logger}
	for _, fold := range folds {
		f.folds = append(f.folds, &folding{Fold: fold})
	}
	return f
}

// Run follows the log until ctx ends. A fold that fails is logged and retried; it does not hold up the others.
func (f *Folder) Run(ctx context.Context) {
	var all sync.WaitGroup
	for _, fold := range f.folds {
		all.Go(func() { f.follow(ctx, fold) })
	}
	all.Wait()
}

// follow is Run for one fold.
func (f *Folder) follow(ctx context.Context, fold *folding) {
	for retry := firstRetry; ctx.Err() == nil; {
		next := f.log.Appended()
		position, folded, err := f.step(ctx, fold)
		switch {
		case ctx.Err() != nil:
		case err != nil:
			f.logger.ErrorContext(ctx, "fold failed", "fold", fold.Name(), "after", position, "error", err, "retry", retry)
			sleep(ctx, retry)
			retry = min(2*retry, lastRetry)
			continue
		case folded == 0:
			select {
			case <-ctx.Done():
			case <-next:
				sleep(ctx, linger)
			}
		}
		retry = firstRetry
	}
}

// sleep waits for d or the end of ctx.
func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// CatchUp folds everything that was logged at the time of the call and returns the position of the last of it.
func (f *Folder) CatchUp(ctx context.Context) (int64, error) {
	last, err := f.log.Last(ctx)
	if err != nil {
		return 0, fmt.Errorf("eventlog: last position: %w", err)
	}
	for _, fold := range f.folds {
		for position := int64(-1); position < last; {
			if position, _, err = f.step(ctx, fold); err != nil {
				return 0, fmt.Errorf("eventlog: fold %s after %d: %w", fold.Name(), position, err)
			}
		}
	}
	return last, nil
}

// Rebuild makes every fold forget everything and folds the log from its beginning. Meanwhile readers see a part; after a
// crash Run or CatchUp goes on where the rebuild stopped.
func (f *Folder) Rebuild(ctx context.Context) error {
	for _, fold := range f.folds {
		err := f.db.Write(ctx, func(tx store.Tx) error {
			return errors.Join(fold.Reset(ctx, tx), tx.SetCheckpoint(ctx, fold.Name(), 0))
		})
		if err != nil {
			return fmt.Errorf("eventlog: reset %s: %w", fold.Name(), err)
		}
	}
	if err := f.adopt(ctx); err != nil {
		return err
	}
	_, err := f.CatchUp(ctx)
	return err
}

// Progress is how far a fold has come.
type Progress struct {
	Fold     string
	Position int64 // of the last event folded
	Lag      int64 // events logged and not folded
}

// Progress reports on every fold, in the order given to NewFolder.
func (f *Folder) Progress(ctx context.Context) ([]Progress, error) {
	all := make([]Progress, len(f.folds))
	for i, fold := range f.folds {
		position, err := f.position(ctx, fold)
		if err != nil {
			return nil, err
		}
		last, err := f.log.Last(ctx) // after the checkpoint, which another process may move
		if err != nil {
			return nil, fmt.Errorf("eventlog: last position: %w", err)
		}
		all[i] = Progress{Fold: fold.Name(), Position: position, Lag: last - position}
	}
	return all, nil
}
