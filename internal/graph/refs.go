package graph

import (
	"context"
	"fmt"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// checkRefs checks, with one store call, that the objects that the values name exist, have the right type, and that the caller
// may see them; an object of one account cannot refer into another. A bad reference leaves Data.
func (w *Write) checkRefs(ctx context.Context, values map[string]any) error {
	var ids []string
	for i := range w.Type.Fields {
		if f := &w.Type.Fields[i]; refers(f) && w.changed(f.Name, values) {
			ids = append(ids, idsIn(values[f.Name])...)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	found, err := w.Tx.Objects(ctx, ids)
	if err != nil {
		return err
	}
	for i := range w.Type.Fields {
		f := &w.Type.Fields[i]
		if !refers(f) || !w.changed(f.Name, values) {
			continue
		}
		for _, id := range idsIn(values[f.Name]) {
			if o := found[id]; o == nil || o.Type != f.Ref || !w.Caller.Sees(o) || accountOf(o) != "" && accountOf(o) != accountOf(w.Node) {
				w.Fault(&object.Fault{Path: []string{f.Name}, Rule: "reference", Message: fmt.Sprintf("(#100) Param %s: object with ID '%s' does not exist or is no %s of this account", f.Name, id, f.Ref)})
				delete(w.Data, f.Name)
			}
		}
	}
	return nil
}

// changed reports whether a value differs from what is stored.
func (w *Write) changed(name string, values map[string]any) bool {
	return values[name] != nil && (w.Old == nil || fmt.Sprint(w.Old.Data[name]) != fmt.Sprint(values[name]))
}

// refers reports whether a field holds the id, or ids, of objects of a known type.
func refers(f *object.Field) bool {
	return f.Ref != "" && (f.Kind == object.ID || f.Kind == object.List && f.Elem == object.ID)
}

// References are the reverse edges that a row makes: one for each id in a field that refers to a type, and one for its account.
func References(t *object.Type, o *store.Object) []store.Ref {
	var refs []store.Ref
	for i := range t.Fields {
		if f := &t.Fields[i]; refers(f) && f.Name != "account_id" {
			for _, id := range idsIn(o.Data[f.Name]) {
				refs = append(refs, store.Ref{Field: f.Name, To: id})
			}
		}
	}
	if o.AccountID != "" && o.ID != "act_"+o.AccountID {
		refs = append(refs, store.Ref{Field: "account_id", To: "act_" + o.AccountID})
	}
	return refs
}

// Save writes an object that an extension changed, with its references, and sets the time of its change. A new object has
// Seq zero and gets one.
func (c *Call) Save(ctx context.Context, tx store.Tx, o *store.Object) error {
	t := c.handler.registry.Type(o.Type)
	if t == nil {
		return fmt.Errorf("graph: save %s: no type %q", o.ID, o.Type)
	}
	trailOf(ctx).stored(o, "save", nil)
	o.Refs, o.Updated = References(t, o), c.Now
	if o.Seq == 0 {
		o.Created = c.Now
		return tx.Insert(ctx, o)
	}
	return tx.Update(ctx, o)
}
