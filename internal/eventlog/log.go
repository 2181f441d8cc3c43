package eventlog

import (
	"context"

	"github.com/marquetry/marquetry/internal/store"
)

// Receipt says where an event stands in the log.
type Receipt struct {
	Seq       int64 // 0 for a duplicate
	Duplicate bool  // the log already had an event with this key; nothing was added
}

// Log is an append-only record of events. Implementations pass the suite in eventlogtest.
type Log interface {
	// Append writes events in order and returns once all of them are durable. Concurrent calls share one commit.
	Append(ctx context.Context, events []Event) ([]Receipt, error)
	// Read returns up to limit events after a position, in order.
	Read(ctx context.Context, after int64, limit int) ([]Event, error)
	// About returns the events of one ad after a position, up to and with another, in order. It looks at every event in between.
	About(ctx context.Context, adID string, after, upTo int64) ([]Event, error)
	// Find returns the event with a key, nil when there is none.
	Find(ctx context.Context, key string) (*Event, error)
	// Last is the position of the newest event, 0 for an empty log.
	Last(ctx context.Context) (int64, error)
	// Identity names this log among all others; it never changes.
	Identity(ctx context.Context) (string, error)
	// Appended returns a channel that is closed at the next append; take it before reading, so that no append is missed.
	Appended() <-chan struct{}
	Close() error
}

// Fold turns events into state. Apply is called with consecutive events, each exactly once as far as the database shows: the
// checkpoint moves in the same transaction. Its effect must depend on nothing but the events and on objects that never change.
type Fold interface {
	Name() string
	Reset(ctx context.Context, tx store.Tx) error // forget everything, before a rebuild
	Apply(ctx context.Context, tx store.Tx, events []Event) error
}
