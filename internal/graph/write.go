package graph

import (
	"context"
	"errors"
	"slices"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// errUndo rolls a write back that only validates; its answer stands.
var errUndo = errors.New("graph: validated only")

// ready runs the preparation of the action that a POST means, if it has one. Whether the caller may do it is found out first.
func (h *Handler) ready(ctx context.Context, call *Call, path target) error {
	if !h.takesLong(call, path) {
		return nil
	}
	var prepare Preparation
	err := h.db.Read(ctx, func(tx store.Tx) error {
		typ, err := h.resolve(ctx, call, tx, path.node)
		if err != nil {
			return err
		}
		if e := call.edge(typ, path.edge); e != nil {
			prepare = h.ext.Prepare[e.Action]
		}
		return nil
	})
	if err == nil && prepare != nil {
		call.Ready, err = prepare(ctx, call, h.db.Read)
	}
	return err
}

// takesLong reports whether a POST may have a preparation: whether an edge of any type has that name and one.
func (h *Handler) takesLong(call *Call, path target) bool {
	return call.verb == "post" && slices.ContainsFunc(h.registry.Types(), func(t *object.Type) bool {
		e := t.Edge(path.edge)
		return e != nil && h.ext.Prepare[e.Action] != nil
	})
}

// write answers POST and DELETE.
func (h *Handler) write(ctx context.Context, call *Call, tx store.Tx, path target) (any, error) {
	trailOf(ctx).reset()
	if path.node == "" && path.edge == "" {
		return nil, missing(call.verb, "/")
	}
	typ, err := h.resolve(ctx, call, tx, path.node)
	if err != nil {
		return nil, err
	}
	answer, err := h.change(ctx, call, tx, typ, path)
	if err == nil && onlyValidates(call.Params) {
		answer, err = validated(answer), errUndo
	}
	return answer, err
}

// change picks what the verb means on the node or on its edge.
func (h *Handler) change(ctx context.Context, call *Call, tx store.Tx, typ *object.Type, path target) (any, error) {
	if path.edge == "" {
		if call.verb == "delete" {
			return h.delete(ctx, call, tx, typ)
		}
		return h.update(ctx, call, tx, typ)
	}
	e := call.edge(typ, path.edge)
	switch {
	case e == nil:
	case e.Support == object.Refused:
		return nil, notEmulated("edge", e.Name, typ)
	case call.verb == "delete" && e.Delete != "":
		return h.act(ctx, call, tx, e, e.Delete, false)
	case call.verb == "post" && e.Action != "":
		return h.act(ctx, call, tx, e, e.Action, true)
	case call.verb == "post" && e.Create:
		return h.create(ctx, call, tx, e)
	}
	return nil, unsupported(call.verb, path.node, path.edge)
}

// act runs an action of an edge with its declared parameters coerced; strict asks for the required ones.
func (h *Handler) act(ctx context.Context, call *Call, tx store.Tx, e *object.Edge, action string, strict bool) (any, error) {
	args, err := call.coerceArgs(e, call.Params, strict)
	if err != nil {
		return nil, err
	}
	call.Args = args
	trailOf(ctx).acted(e, h.registry.Type(e.Target), call.Params)
	return h.ext.Actions[action](ctx, call, tx)
}

// create makes an object on an edge of the call's node.
func (h *Handler) create(ctx context.Context, call *Call, tx store.Tx, e *object.Edge) (any, error) {
	w, err := h.insert(ctx, call, tx, h.registry.Type(e.Target), call.Params, e.By)
	if err != nil {
		return nil, err
	}
	row := w.Row
	if w.Existing != nil {
		row = w.Existing
	}
	return h.written(ctx, w, row, object.Ordered{{Name: "id", Value: row.ID}})
}

// update changes the call's node.
func (h *Handler) update(ctx context.Context, call *Call, tx store.Tx, typ *object.Type) (any, error) {
	w, err := h.replace(ctx, call, tx, typ)
	if err != nil {
		return nil, err
	}
	return h.written(ctx, w, w.Row, object.Ordered{{Name: "success", Value: true}})
}

// delete takes the call's node away, or marks it deleted; types that know neither cannot be deleted. A delete hook sees the object first, and may
// have a better reason to refuse.
func (h *Handler) delete(ctx context.Context, call *Call, tx store.Tx, typ *object.Type) (any, error) {
	if err := h.carryDelete(ctx, call, tx, typ, call.Node); err != nil {
		return nil, err
	}
	if !deletable(typ) {
		return nil, missing("delete", call.Node.ID)
	}
	if typ.Erased {
		if err := tx.Delete(ctx, call.Node.ID); err != nil {
			return nil, err
		}
		return object.Ordered{{Name: "success", Value: true}}, call.Audit(ctx, tx, call.Node, "delete", map[string]any{}, map[string]any{"name": call.Node.Data["name"]})
	}
	gone := *call.Node
	gone.Status, gone.Data = object.Deleted, clone(gone.Data)
	gone.Data["status"] = object.Deleted
	if err := call.Save(ctx, tx, &gone); err != nil {
		return nil, err
	}
	return object.Ordered{{Name: "success", Value: true}}, call.Audit(ctx, tx, &gone, "delete", map[string]any{}, map[string]any{"status": call.Node.Status})
}

// deletable reports whether objects of a type can go: without a trace, or into the status of a deleted one.
func deletable(t *object.Type) bool {
	f := t.Field("status")
	return t.Erased || f != nil && slices.Contains(f.Enum, object.Deleted)
}

// carryDelete runs the type's delete hooks.
func (h *Handler) carryDelete(ctx context.Context, call *Call, tx store.Tx, typ *object.Type, o *store.Object) error {
	for _, name := range typ.Delete {
		if err := h.ext.Deletes[name](ctx, call, tx, o); err != nil {
			return err
		}
	}
	return nil
}

// written completes the answer to a write with the fields that the caller asked to read back, and with the warnings.
func (h *Handler) written(ctx context.Context, w *Write, row *store.Object, answer object.Ordered) (any, error) {
	sel, err := selectionOf(w.Params["fields"])
	if err != nil {
		return nil, err
	}
	if sel != nil {
		rd := &reader{handler: h, call: w.at(row, w.Account, Params{}, nil), tx: w.Tx}
		fields, err := rd.node(ctx, w.Type, sel)
		if err != nil {
			return nil, err
		}
		for _, m := range fields {
			if !slices.ContainsFunc(answer, func(a object.Member) bool { return a.Name == m.Name }) {
				answer = append(answer, m)
			}
		}
	}
	if len(w.Warnings) > 0 {
		answer = append(answer, object.Member{Name: "warnings", Value: w.Warnings})
	}
	return answer, nil
}

// onlyValidates reads execution_options.
func onlyValidates(params Params) bool {
	field := object.Field{Name: "execution_options", Kind: object.List, Elem: object.String}
	value, bad := field.Coerce("execution_options", params["execution_options"], nil)
	options, _ := value.([]any)
	return bad == nil && slices.Contains(options, any("validate_only"))
}

// validated is the answer to a write that passed and was not kept: what it would have warned of stays.
func validated(answer any) any {
	ok := object.Ordered{{Name: "success", Value: true}}
	if members, isOrdered := answer.(object.Ordered); isOrdered {
		for _, m := range members {
			if m.Name == "warnings" {
				ok = append(ok, m)
			}
		}
	}
	return ok
}
