package insights

import (
	"context"
	"fmt"

	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/store"
)

// kept is for how long, in milliseconds, a touch or an outcome is remembered: an outcome may be told of 62 days late, and can be of a touch seven days
// before it. The last day is for servers that write one log with different clocks.
const kept = (62 + 7 + 1) * day

// dated reports whether an event is of the sandbox, where its time is whatever somebody named.
func dated(e *eventlog.Event) bool { return e.Exposure != nil && e.Exposure.Sandbox }

// bit is a truth as a column has it.
func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// prune forgets what nothing can be credited to any more, by the newest event: what has been counted stays counted. Since outside of the sandbox things
// are told of when they happen, but for such outcomes, it depends on nothing but the log which rows are left.
func (b *batch) prune(ctx context.Context, tx store.Tx) error {
	for _, t := range []table{contactsTable(), outcomesTable()} {
		if _, err := tx.Exec(ctx, "DELETE FROM "+t.name+" WHERE dated = 0 AND at < ?", b.newest-kept); err != nil {
			return fmt.Errorf("insights: prune %s: %w", t.name, err)
		}
	}
	return nil
}
