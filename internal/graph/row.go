package graph

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// insert makes a row of a type from raw parameters: coercion, references, hooks, faults, row, audit. By is the field that refers to
// the call's node.
func (h *Handler) insert(ctx context.Context, call *Call, tx store.Tx, typ *object.Type, params Params, by string) (*Write, error) {
	w := &Write{Call: call, Tx: tx, Type: typ, Data: map[string]any{}, Sent: map[string]any{}}
	if by != "" && by != "account_id" {
		w.Data[by] = call.Node.ID
	}
	if err := h.prepare(ctx, w, params); err != nil {
		return w, err
	}
	if w.Existing != nil {
		trailOf(ctx).wrote(w)
		return w, nil
	}
	id, seq, err := tx.NextID(ctx)
	if err != nil {
		return w, err
	}
	if w.Named != nil {
		id = w.Named(id)
	}
	w.Row = &store.Object{ID: id, Type: typ.Name, AccountID: accountOf(call.Node), Seq: seq, Created: call.Now}
	w.place()
	if err := tx.Insert(ctx, w.Row); err != nil {
		return w, err
	}
	return w, w.finish(ctx, "create")
}

// replace writes the new state of the call's node. Setting the status to DELETED is a delete.
func (h *Handler) replace(ctx context.Context, call *Call, tx store.Tx, typ *object.Type) (*Write, error) {
	old := call.Node
	w := &Write{Call: call, Tx: tx, Type: typ, Old: old, Data: clone(old.Data), Sent: map[string]any{}, Hash: old.Hash}
	if old.Status != "" {
		w.Data["status"] = old.Status
	}
	if err := h.prepare(ctx, w, call.Params); err != nil {
		return w, err
	}
	row := *old
	w.Row = &row
	w.place()
	if row.Status == object.Deleted && old.Status != object.Deleted {
		if err := h.carryDelete(ctx, call, tx, typ, old); err != nil {
			return w, err
		}
	}
	if err := tx.Update(ctx, w.Row); err != nil {
		return w, err
	}
	return w, w.finish(ctx, "update")
}

// place fills the row from the write's final state.
func (w *Write) place() {
	w.settle()
	w.Row.Data, w.Row.Hash, w.Row.Updated = w.Data, w.Hash, w.Now
	w.Row.Status, _ = w.Data["status"].(string)
	w.Row.Refs = References(w.Type, w.Row)
}

// finish runs what a hook left for after the row, and writes the audit.
func (w *Write) finish(ctx context.Context, action string) error {
	trailOf(ctx).wrote(w)
	for _, after := range w.After {
		if err := after(w.Row.ID); err != nil {
			return err
		}
	}
	return w.Audit(ctx, w.Tx, w.Row, action, w.Sent, w.replaced())
}

// prepare runs everything that can refuse a write. A hook sees the faults so far as absent values; what it says about those again
// is left out, and if it gives up, they are the reason.
func (h *Handler) prepare(ctx context.Context, w *Write, params Params) error {
	w.fill(params)
	if err := w.checkRefs(ctx, w.Sent); err != nil {
		return err
	}
	declared := len(w.Faults)
	for _, name := range w.Type.Prepare {
		if err := h.ext.Hooks[name](ctx, w); err != nil {
			if len(w.Faults) > 0 && faultsOf(err) == nil {
				return w.Faults
			}
			return err
		}
	}
	w.Faults = distinct(w.Faults, declared)
	if len(w.Faults) == 0 && w.Existing == nil {
		if err := w.checkRefs(ctx, w.Data); err != nil {
			return err
		}
	}
	return w.Faults.Err()
}

// distinct drops faults that blame a parameter which one of the first n already blames as a whole.
func distinct(faults object.Faults, n int) object.Faults {
	whole := map[string]bool{}
	for _, f := range faults[:n] {
		if len(f.Path) > 0 {
			whole[f.Path[0]] = true
		}
	}
	kept := faults[:n:n]
	for _, f := range faults[n:] {
		if len(f.Path) == 0 || !whole[f.Path[0]] {
			kept = append(kept, f)
		}
	}
	return kept
}

// Create makes another object of the call's account in the same transaction, as a POST on an edge would: coercion, references, hooks,
// row, audit. The new object is Row, or Existing for equal content; broken rules come back as object.Faults. It is how an ad makes
// the creative that it was sent inline.
func (c *Call) Create(ctx context.Context, tx store.Tx, typeName string, sent Params) (*Write, error) {
	t := c.handler.registry.Type(typeName)
	if t == nil || c.Account == nil {
		return nil, fmt.Errorf("graph: create %s: no such type, or no account", typeName)
	}
	return c.handler.insert(ctx, c.at(c.Account, c.Account, sent, nil), tx, t, sent, "")
}

// Change updates an object in the same transaction, as a POST on it would.
func (c *Call) Change(ctx context.Context, tx store.Tx, o *store.Object, sent Params) (*Write, error) {
	t := c.handler.registry.Type(o.Type)
	if t == nil {
		return nil, fmt.Errorf("graph: change %s: no type %q", o.ID, o.Type)
	}
	return c.handler.replace(ctx, c.at(o, c.Account, sent, nil), tx, t)
}

// Spec is what a create would have to be sent to make an object like o: its values of the fields that a create takes.
func (c *Call) Spec(o *store.Object) Params {
	sent := Params{}
	for _, f := range c.handler.registry.Type(o.Type).Fields {
		if value := stored(f.Name, o); f.Has(object.Create) && value != nil {
			sent[f.Name] = cloneValue(value)
		}
	}
	return sent
}

// Audit records who changed what: the values that were sent, by field, and those that they replaced.
func (c *Call) Audit(ctx context.Context, tx store.Tx, o *store.Object, action string, sent, before map[string]any) error {
	changes, err := json.Marshal(sent)
	old, bad := json.Marshal(before)
	if err = errors.Join(err, bad); err != nil {
		return fmt.Errorf("graph: audit: %w", err)
	}
	return tx.Audit(ctx, &store.Audit{
		At: c.Now, AccountID: accountOf(o), Actor: c.Caller.Name, ActorID: c.Caller.UserID, Object: o.ID, Type: o.Type, Action: action,
		Changes: string(changes), Before: string(old),
	})
}

// replaced is what a write's sent values took the place of.
func (w *Write) replaced() map[string]any {
	before := map[string]any{}
	for name := range w.Sent {
		if w.Old != nil && stored(name, w.Old) != nil {
			before[name] = stored(name, w.Old)
		}
	}
	return before
}
