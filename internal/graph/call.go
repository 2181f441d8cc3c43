package graph

import (
	"context"
	"errors"

	"github.com/marquetry/marquetry/internal/store"
)

// Create makes another object of the call's account in the same transaction, as a POST on an edge would: coercion, hooks,
// faults. The new row's id is in the Write's Row; faults are returned as the error and not rephrased, so that a hook can
// put its own path in front. It is how an ad makes the creative that it was sent inline.
func (c *Call) Create(ctx context.Context, tx store.Tx, typeName string, sent Params) (*Write, error) {
	return nil, errors.New("graph: not wired")
}
