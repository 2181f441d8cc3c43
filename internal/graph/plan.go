package graph

import (
	"fmt"
	"slices"

	"github.com/marquetry/marquetry/internal/object"
)

// plan is a selection checked against a type: what to compute for every object, in the order asked. It is made before anything
// is read, so that an unknown field is an error even where there are no rows.
type plan struct {
	typ   *object.Type
	steps []step
}

// step is one key of the answer, from a field or from an edge.
type step struct {
	key   string
	field *object.Field // nil for an edge
	edge  *object.Edge  // nil for a field
	sel   Selected
	below *plan    // for objects of a type; nil where there is none
	ask   *listing // what part of an edge's list
	args  Args     // the edge's own parameters
}

// plan checks a selection, or takes the type's default fields when there is none. Every object answers its id.
func (c *Call) plan(t *object.Type, sel *Selection) (*plan, error) {
	if sel == nil {
		sel = c.defaults(t)
	}
	p := &plan{typ: t}
	hasID := false
	for _, s := range sel.Fields {
		st, err := c.step(t, s)
		if err != nil {
			return nil, err
		}
		hasID = hasID || s.As == "id"
		p.steps = append(p.steps, st)
	}
	if id := c.field(t, "id"); id != nil && !hasID {
		p.steps = append(p.steps, step{key: "id", field: id})
	}
	return p, nil
}

// bare reports whether a plan shows no more of an object than its id and that of its account.
func (p *plan) bare() bool {
	return !slices.ContainsFunc(p.steps, func(st step) bool {
		return st.field == nil || st.field.Name != "id" && st.field.Name != "account_id"
	})
}

// defaults selects what a type answers when nothing is asked for.
func (c *Call) defaults(t *object.Type) *Selection {
	sel := &Selection{}
	for _, f := range t.Fields {
		if f.Has(object.Default) && in(c.Version, max(f.Since, f.Unasked), f.Until) {
			sel.Fields = append(sel.Fields, Selected{Name: f.Name, As: f.Name})
		}
	}
	return sel
}

// step looks a name up, among the fields first.
func (c *Call) step(t *object.Type, s Selected) (st step, err error) {
	st = step{key: s.As, sel: s, field: c.field(t, s.Name)}
	if st.field != nil {
		if st.field.Support == object.Refused {
			return st, notEmulated("field", s.Name, t)
		}
		switch refers := c.handler.registry.Type(st.field.Ref); {
		case refers == nil:
		case st.field.Kind == object.Object:
			st.below, err = c.plan(refers, orID(s.Below))
		case st.field.Elem == object.Object:
			st.below, err = c.plan(refers, s.Below)
		}
		return st, err
	}
	st.edge = c.edge(t, s.Name)
	switch {
	case st.edge != nil && st.edge.Support == object.Refused:
		return st, notEmulated("edge", s.Name, t)
	case st.edge == nil || !listable(st.edge):
		return st, nonexisting(s.Name, t)
	}
	if target := c.handler.registry.Type(st.edge.Target); target != nil {
		below := s.Below
		if below == nil {
			below = selected(st.edge.Default)
		}
		if st.below, err = c.plan(target, below); err != nil {
			return st, err
		}
	}
	params := Params{}
	for name, value := range s.Args {
		params[name] = value
	}
	st.args, st.ask, err = c.askEdge(st.edge, params)
	return st, err
}

// askEdge reads the parameters of a list: the edge's own, and where to begin and end.
func (c *Call) askEdge(e *object.Edge, params Params) (Args, *listing, error) {
	args, err := c.coerceArgs(e, params, false)
	if err != nil || e.Resolve != "" {
		return args, nil, err
	}
	ask, err := c.listing(c.handler.registry.Type(e.Target), params, args)
	if err != nil || e.Filter == "" {
		return args, ask, err
	}
	asked := c.at(c.Node, c.Account, params, args)
	match, err := c.handler.ext.Filters[e.Filter](asked)
	if match != nil {
		ask.filters = append(ask.filters, filter{match: match})
	}
	if pin := c.handler.ext.Pins[e.Filter]; pin != nil && err == nil {
		ask.hashes = pin(asked)
	}
	return args, ask, err
}

// coerceArgs coerces the parameters that an edge declares. Files stay in Params, where they came.
func (c *Call) coerceArgs(e *object.Edge, params Params, strict bool) (Args, error) {
	args := Args{}
	var faults object.Faults
	for i := range e.Params {
		f := &e.Params[i]
		as, raw := spelled(f, params)
		if _, isFile := raw.(*File); isFile {
			continue
		}
		switch known := in(c.Version, f.Since, f.Until); {
		case raw != nil && !known:
			faults = append(faults, otherVersion(f, as, c.Version))
			continue
		case raw != nil && f.Support == object.Refused:
			faults = append(faults, unemulated(as, e))
			continue
		case !known:
			continue
		}
		value, bad := f.Coerce(as, raw, c.handler.zone(c.Account))
		switch {
		case bad != nil:
			faults = append(faults, bad)
		case value != nil:
			args[f.Name] = value
		case strict && f.Has(object.Required):
			faults = append(faults, required(f))
		}
	}
	return args, faults.Err()
}

// spelled finds a field's value under its name or an older one; raw is nil when it was not sent.
func spelled(f *object.Field, params Params) (as string, raw any) {
	for _, name := range append([]string{f.Name}, f.Alias...) {
		if value, ok := params[name]; ok {
			return name, value
		}
	}
	return f.Name, nil
}

// listable reports whether an edge answers GET.
func listable(e *object.Edge) bool { return e.By != "" || e.Via != "" || e.Resolve != "" }

// orID selects the id alone when nothing is selected, which is how an object shows inside another.
func orID(sel *Selection) *Selection {
	if sel == nil {
		return &Selection{Fields: []Selected{{Name: "id", As: "id"}}}
	}
	return sel
}

// nonexisting is the platform's answer to an unknown field or edge.
func nonexisting(name string, t *object.Type) *object.Fault {
	f := fault(codeParameter, fmt.Sprintf("(#100) Tried accessing nonexisting field (%s) on node type (%s)", name, t.Display), name)
	f.Known = object.Nearest(name, readable(t), 3)
	return f
}

// readable are the names that a type answers to.
func readable(t *object.Type) []string {
	var names []string
	for i := range t.Fields {
		if t.Fields[i].Has(object.Read) {
			names = append(names, t.Fields[i].Name)
		}
	}
	for i := range t.Edges {
		if listable(&t.Edges[i]) {
			names = append(names, t.Edges[i].Name)
		}
	}
	return names
}

// required is the platform's answer to a missing parameter.
func required(f *object.Field) *object.Fault {
	missing := &object.Fault{Path: []string{f.Name}, Rule: "required", Message: "(#100) The parameter " + f.Name + " is required"}
	remedy := f.Remedy
	if f.Name == "name" && remedy == nil {
		remedy = "Untitled" // it is for the advertiser's eyes, and any will do
	}
	if remedy != nil {
		missing = missing.Put(remedy)
	}
	return missing
}
