package ads

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// setStatus writes an object of the account with another status.
func setStatus(ctx context.Context, call *graph.Call, tx store.Tx, o *store.Object, status string) error {
	o.Status, o.Data["status"] = status, status
	return call.Save(ctx, tx, o)
}

// owned finds the object that a field of the write names, if it is of the type and of the same account. What is not there is a
// fault, and nil.
func owned(ctx context.Context, w *graph.Write, typ, id string, path ...string) (*store.Object, error) {
	found, err := w.Tx.Objects(ctx, []string{id})
	if err != nil {
		return nil, err
	}
	o := found[id]
	if o == nil || o.Type != typ || w.Account == nil || o.AccountID != w.Account.AccountID {
		w.Fault(object.Broken("reference", 0, fmt.Sprintf("%s %q is no %s of this ad account", path[len(path)-1], id, typ), path...))
		return nil, nil
	}
	return o, nil
}

// children are the objects of a type that refer to one by a field, in the given statuses (none: all that are live).
func children(ctx context.Context, tx store.Tx, typ, field, to string, statuses ...string) ([]*store.Object, error) {
	return tx.List(ctx, store.Listing{Type: typ, Field: field, To: to, Statuses: statuses}, store.Page{})
}

// sentNames are the fields that the caller sent, in a stable order.
func sentNames(w *graph.Write) []string { return slices.Sorted(maps.Keys(w.Sent)) }

// digits is a position in a path.
func digits(i int) string { return strconv.Itoa(i) }

// jsonText is a value as JSON text.
func jsonText(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return "null" // what came as JSON always encodes
	}
	return string(text)
}

// asFaults finds the broken rules in an error.
func asFaults(err error) (object.Faults, bool) {
	var faults object.Faults
	var fault *object.Fault
	switch {
	case errors.As(err, &faults):
		return faults, true
	case errors.As(err, &fault):
		return object.Faults{fault}, true
	}
	return nil, false
}
