package graph

import (
	"context"
	"fmt"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// maxIDs is the most objects that one `ids` parameter may name.
const maxIDs = 50

// read answers a GET: several objects, one object, or the rows of one of its edges.
func (h *Handler) read(ctx context.Context, call *Call, tx store.Tx, path target) (any, error) {
	sel, err := selectionOf(call.Params["fields"])
	if err != nil {
		return nil, err
	}
	rd := &reader{handler: h, call: call, tx: tx}
	if rd.dates, err = call.dateFormat(); err != nil {
		return nil, err
	}
	if call.Params["ids"] != nil && path.edge == "" {
		return rd.many(ctx, sel, path.node)
	}
	if path.node == "" && path.edge == "" {
		return nil, missing("get", "/")
	}
	typ, err := h.resolve(ctx, call, tx, path.node)
	if err != nil {
		return nil, err
	}
	if path.edge == "" {
		return rd.node(ctx, typ, sel)
	}
	if e := call.edge(typ, path.edge); e != nil && e.Get != "" {
		return h.act(ctx, call, tx, e, e.Get, true)
	}
	return rd.edge(ctx, typ, path.edge, sel)
}

// reader runs the plans of one request in one transaction, breadth first: each step is computed for all objects of a level at once, so
// that the number of store calls depends on what was asked and not on how much there is.
type reader struct {
	handler *Handler
	call    *Call
	tx      store.Tx
	dates   string // how times are written; "" is the platform's usual form
	rows    int    // rendered so far, against Config.MaxRows
}

// node answers the call's node.
func (rd *reader) node(ctx context.Context, typ *object.Type, sel *Selection) (object.Ordered, error) {
	p, err := rd.call.plan(typ, sel)
	if err != nil {
		return nil, err
	}
	rows, err := rd.render(ctx, p, []*store.Object{rd.call.Node})
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

// edge answers an edge of the call's node; an empty list is still a list.
func (rd *reader) edge(ctx context.Context, typ *object.Type, name string, sel *Selection) (any, error) {
	e := rd.call.edge(typ, name)
	if e == nil {
		return nil, nonexisting(name, typ)
	}
	if e.Support == object.Refused {
		return nil, notEmulated("edge", name, typ)
	}
	if !listable(e) {
		return nil, missing("get", rd.call.Node.ID)
	}
	if sel == nil {
		sel = selected(e.Default)
	}
	st := step{key: name, edge: e, sel: Selected{Name: name, As: name, Below: sel}}
	var err error
	if target := rd.handler.registry.Type(e.Target); target != nil {
		if st.below, err = rd.call.plan(target, sel); err != nil {
			return nil, err
		}
	}
	if st.args, st.ask, err = rd.call.askEdge(e, rd.call.Params); err != nil {
		return nil, err
	}
	answers, err := rd.connect(ctx, st, []*store.Object{rd.call.Node}, rd.call.Params)
	if err != nil {
		return nil, err
	}
	if answers[0] == nil {
		return object.Ordered{{Name: "data", Value: []any{}}}, nil
	}
	return answers[0], nil
}

// many answers ?ids=a,b, keyed by id in the order asked. A path below it names an edge, as in /insights?ids=a,b. One id that is
// not there fails the whole call.
func (rd *reader) many(ctx context.Context, sel *Selection, edge string) (any, error) {
	ids, err := idsOf(rd.call.Params["ids"])
	if err != nil {
		return nil, err
	}
	answer := object.Ordered{}
	for _, id := range ids {
		one := *rd
		one.call = rd.call.at(nil, nil, rd.call.Params, nil)
		typ, err := rd.handler.resolve(ctx, one.call, rd.tx, id)
		if faults := faultsOf(err); faults != nil && faults[0].Subcode == subMissing {
			return nil, fault(codeAliases, "(#803) Some of the aliases you requested do not exist: "+id, "ids")
		}
		if err != nil {
			return nil, err
		}
		rd.call.Account = one.call.Account // usage is charged to the last one
		var value any
		if edge != "" {
			value, err = one.edge(ctx, typ, edge, sel)
		} else {
			value, err = one.node(ctx, typ, sel)
		}
		if err != nil {
			return nil, err
		}
		rd.rows = one.rows
		answer = append(answer, object.Member{Name: id, Value: value})
	}
	return answer, nil
}

// idsOf reads the `ids` parameter; an id that stands twice is answered once.
func idsOf(raw any) ([]string, error) {
	field := object.Field{Name: "ids", Kind: object.List, Elem: object.ID}
	value, bad := field.Coerce("ids", raw, nil)
	if bad != nil {
		return nil, bad
	}
	items, _ := value.([]any)
	if len(items) == 0 || len(items) > maxIDs {
		return nil, fault(codeParameter, fmt.Sprintf("(#100) Param ids must name 1 to %d objects, %d were sent", maxIDs, len(items)), "ids")
	}
	var ids []string
	seen := map[string]bool{}
	for _, item := range items {
		if id := strings.TrimSpace(item.(string)); !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	return ids, nil
}
