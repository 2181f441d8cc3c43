package graph

import (
	"context"
	"time"

	"github.com/marquetry/marquetry/internal/store"
)

// Later has work done when the transaction is over and before it is answered: what an action starts that needs transactions of its own, or
// the little that a read leaves behind. A write that only validates starts nothing.
func (c *Call) Later(work func(ctx context.Context, d Deferred) error) {
	if c.later == nil {
		c.later = &later{}
	}
	c.later.work = append(c.later.work, work)
}

// later is the work that a request leaves for after its transaction.
type later struct {
	work []func(context.Context, Deferred) error
}

// Deferred is what later work can do. It has no transaction.
type Deferred struct{ call *Call }

// Perform runs operations as a batch of the same caller would and returns their HTTP statuses and bodies. They reach no other account, as
// what comes of them is kept in this one. A faulty batch is an error.
func (d Deferred) Perform(ctx context.Context, batch []any) ([]Performed, error) {
	ops, err := operations(batch, nil)
	if err != nil {
		return nil, err
	}
	around := *d.call.asked
	around.Request = around.WithContext(ctx)
	caller := d.call.Caller
	caller.Accounts = []string{accountOf(d.call.Account)}
	around.batched, around.detached = &caller, true
	done := make([]Performed, len(ops))
	for i, rep := range d.call.handler.perform(&around, ops) {
		done[i] = Performed{Status: rep.status, Body: rep.body}
	}
	return done, nil
}

// Performed is the answer to an operation.
type Performed struct {
	Status int
	Body   []byte // JSON
}

// Write runs fn in a write transaction.
func (d Deferred) Write(ctx context.Context, fn func(store.Tx) error) error {
	return d.call.handler.db.Write(ctx, fn)
}

// Arrived is when the HTTP request came that is to be answered: of an operation, the whole batch.
func (c *Call) Arrived() time.Time { return c.asked.arrived }

// Detached reports whether nobody waits for the answer, as for operations of an asyncbatch. Such a call may do more.
func (c *Call) Detached() bool { return c.asked != nil && c.asked.detached }
