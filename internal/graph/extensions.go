package graph

import (
	"context"
	"errors"
	"fmt"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Join puts the extensions of several packages together. A name that two of them provide is an error.
func Join(parts ...Extensions) (Extensions, error) {
	all := Extensions{Hooks: map[string]Hook{}, Deletes: map[string]DeleteHook{}, Fields: map[string]FieldResolver{},
		Edges: map[string]EdgeResolver{}, Filters: map[string]RowFilter{}, Pins: map[string]Pin{}, Actions: map[string]Action{}, Prepare: map[string]Preparation{}, Address: map[string]Address{},
		Finders: map[string]Finder{}}
	var errs []error
	for _, p := range parts {
		errs = append(errs, join(all.Hooks, p.Hooks), join(all.Deletes, p.Deletes), join(all.Fields, p.Fields),
			join(all.Edges, p.Edges), join(all.Filters, p.Filters), join(all.Pins, p.Pins), join(all.Actions, p.Actions), join(all.Prepare, p.Prepare),
			join(all.Address, p.Address), join(all.Finders, p.Finders))
	}
	return all, errors.Join(errs...)
}

// join adds what is new to a table.
func join[T any](all, part map[string]T) error {
	for name, ext := range part {
		if _, taken := all[name]; taken {
			return fmt.Errorf("graph: two extensions are named %q", name)
		}
		all[name] = ext
	}
	return nil
}

// Each makes a resolver of a function that needs nothing but the object.
func Each(value func(*Call, *store.Object) any) FieldResolver {
	return func(_ context.Context, call *Call, _ store.Tx, objs []*store.Object, _ *Selection) ([]any, error) {
		values := make([]any, len(objs))
		for i, o := range objs {
			values[i] = value(call, o)
		}
		return values, nil
	}
}

// provide reports every name that a declaration uses and nobody provides.
func (e Extensions) provide(registry *object.Registry) error {
	var errs []error
	need := func(ok bool, kind, name, where string) {
		if name != "" && !ok {
			errs = append(errs, fmt.Errorf("graph: no %s named %q, needed by %s", kind, name, where))
		}
	}
	for _, t := range registry.Types() {
		for _, name := range t.Prepare {
			need(e.Hooks[name] != nil, "hook", name, t.Name)
		}
		for _, name := range t.Delete {
			need(e.Deletes[name] != nil, "delete hook", name, t.Name)
		}
		for _, f := range t.Fields {
			need(e.Fields[f.Compute] != nil, "field resolver", f.Compute, t.Name+"."+f.Name)
		}
		for _, edge := range t.Edges {
			where := t.Name + "/" + edge.Name
			need(e.Edges[edge.Resolve] != nil, "edge resolver", edge.Resolve, where)
			need(e.Fields[edge.Summary] != nil, "field resolver", edge.Summary, where)
			need(e.Filters[edge.Filter] != nil, "row filter", edge.Filter, where)
			need(e.Actions[edge.Get] != nil, "action", edge.Get, where)
			need(e.Actions[edge.Action] != nil, "action", edge.Action, where)
			need(e.Actions[edge.Delete] != nil, "action", edge.Delete, where)
		}
	}
	for name := range e.Prepare {
		need(e.Actions[name] != nil, "action", name, "its preparation")
	}
	return errors.Join(errs...)
}
