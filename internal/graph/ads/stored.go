package ads

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// broken makes a fault; path and message as in an object.Fault.
func broken(rule string, subcode int, message string, path ...string) *object.Fault {
	return &object.Fault{Rule: rule, Subcode: subcode, Message: message, Path: path}
}

// text is a member that holds a string or an id sent as a number; "" when it is missing or something else.
func text(data map[string]any, name string) string {
	switch v := data[name].(type) {
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	}
	return ""
}

// whole is a member that holds a whole number, perhaps as text; zero when it is missing or something else.
func whole(data map[string]any, name string) int64 {
	switch v := data[name].(type) {
	case int64:
		return v
	case float64:
		return int64(v)
	case string:
		n, _ := strconv.ParseInt(v, 10, 64) // what is no number counts as missing
		return n
	}
	return 0
}

// members descends through objects; nil when one of them is missing or something else.
func members(data map[string]any, path ...string) map[string]any {
	for _, name := range path {
		data, _ = data[name].(map[string]any)
	}
	return data
}

// ids reads one id or a list of them.
func ids(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var list []string
		for _, elem := range v {
			if id, ok := elem.(string); ok {
				list = append(list, id)
			}
		}
		return list
	}
	return nil
}

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
		w.Fault(broken("reference", 0, fmt.Sprintf("%s %q is no %s of this ad account", path[len(path)-1], id, typ), path...))
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

// listed is a member that holds a list; nil when it is missing or something else.
func listed(data map[string]any, name string) []any {
	list, _ := data[name].([]any)
	return list
}

// digits is a position in a path.
func digits(i int) string { return strconv.Itoa(i) }

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
