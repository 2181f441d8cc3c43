package graph

import (
	"errors"
	"fmt"

	"github.com/marquetry/marquetry/internal/object"
)

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
			need(e.Actions[edge.Action] != nil, "action", edge.Action, where)
			need(e.Actions[edge.Delete] != nil, "action", edge.Delete, where)
		}
	}
	for name := range e.Prepare {
		need(e.Actions[name] != nil, "action", name, "its preparation")
	}
	return errors.Join(errs...)
}
