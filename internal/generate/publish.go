package generate

import (
	"context"
	"fmt"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/store"
)

// publish makes an edition of what is approved now, unless the creative's current one is that already, and names it in the creative's
// data, which the caller saves. It returns the current edition, and whether it is new.
func publish(ctx context.Context, tx store.Tx, c *store.Object, assets []*store.Object, now int64) (*store.Object, bool, error) {
	e := edition.Of(c, assets, now)
	found, err := tx.Objects(ctx, []string{c.Text("edition_id")})
	if err != nil {
		return nil, false, err
	}
	if current := found[c.Text("edition_id")]; current != nil && current.Hash == e.Hash {
		return current, false, nil
	}
	if e.ID, e.Seq, err = tx.NextID(ctx); err != nil {
		return nil, false, err
	}
	e.Refs = belongs(e)
	if err := tx.Insert(ctx, e); err != nil {
		return nil, false, fmt.Errorf("generate: edition of %s: %w", c.ID, err)
	}
	c.Data["edition_id"] = e.ID
	return e, true, nil
}
