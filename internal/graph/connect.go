package graph

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// connect answers one edge for all objects of a level: a list with its paging for each, nil where the list is empty. Params are
// the request's own when the edge is what the path names, nil when it is expanded as a field.
func (rd *reader) connect(ctx context.Context, st step, objs []*store.Object, params Params) ([]any, error) {
	if params == nil {
		params = st.sel.params()
	}
	if st.edge.Resolve != "" {
		return rd.connectResolved(ctx, st, objs, params)
	}
	pages, err := rd.pages(ctx, st, objs)
	if err != nil {
		return nil, err
	}
	return rd.renderPages(ctx, st, objs, pages, params)
}

// params are an expanded edge's modifiers as a request for that edge would carry them.
func (s Selected) params() Params {
	p := Params{}
	for name, value := range s.Args {
		p[name] = value
	}
	if s.Below != nil && len(s.Below.Fields) > 0 {
		p["fields"] = s.Below.String()
	}
	return p
}

// pages finds the rows of a stored edge under each object.
func (rd *reader) pages(ctx context.Context, st step, objs []*store.Object) ([]*page, error) {
	switch {
	case st.edge.Via != "":
		return rd.via(ctx, st, objs)
	case len(objs) == 1 && st.ask.hashes != nil:
		p, err := rd.pinned(ctx, st, objs[0])
		return []*page{p}, err
	case len(objs) == 1:
		p, err := rd.scan(ctx, st.below.typ, st.listOf(objs[0]), st.ask)
		return []*page{p}, err
	}
	return rd.spread(ctx, st, objs)
}

// listOf names the rows of a By edge under one object.
func (st step) listOf(o *store.Object) store.Listing {
	return store.Listing{Type: st.edge.Target, Field: st.edge.By, To: o.ID, Statuses: st.ask.statuses, Where: st.ask.where}
}

// pinned finds the rows under one object by their hashes, with one store call and without looking at any other.
func (rd *reader) pinned(ctx context.Context, st step, parent *store.Object) (*page, error) {
	found, err := rd.tx.ObjectsByHash(ctx, st.edge.Target, accountOf(parent), st.ask.hashes(parent))
	if err != nil {
		return nil, err
	}
	var rows []*store.Object
	for _, o := range found {
		if slices.Contains(idsIn(o.Data[st.edge.By]), parent.ID) {
			rows = append(rows, o)
		}
	}
	slices.SortFunc(rows, func(a, b *store.Object) int { return cmp.Compare(b.Seq, a.Seq) })
	kept, err := rd.keep(ctx, st.below.typ, st.ask.filters, rows)
	return cut(kept, st.ask), err
}

// via follows the ids that the objects hold, with one store call.
func (rd *reader) via(ctx context.Context, st step, objs []*store.Object) ([]*page, error) {
	ids := make([][]string, len(objs))
	for i, o := range objs {
		ids[i] = idsIn(o.Data[st.edge.Via])
	}
	found, err := rd.tx.Objects(ctx, distinctIDs(slices.Concat(ids...)))
	if err != nil {
		return nil, err
	}
	pages := make([]*page, len(objs))
	for i := range objs {
		var rows []*store.Object
		for _, id := range ids[i] {
			if o := found[id]; o != nil {
				rows = append(rows, o)
			}
		}
		slices.SortFunc(rows, func(a, b *store.Object) int { return cmp.Compare(b.Seq, a.Seq) })
		if rows, err = rd.keep(ctx, st.below.typ, st.ask.filters, rows); err != nil {
			return nil, err
		}
		pages[i] = cut(rows, st.ask)
	}
	return pages, nil
}

// idsIn is the ids of a reference: one, several or none.
func idsIn(value any) []string {
	switch v := value.(type) {
	case string:
		return []string{v}
	case []any:
		var ids []string
		for _, item := range v {
			ids = append(ids, idsIn(item)...)
		}
		return ids
	}
	return nil
}

// renderPages renders the rows of all pages at once and puts each page into its envelope.
func (rd *reader) renderPages(ctx context.Context, st step, objs []*store.Object, pages []*page, params Params) ([]any, error) {
	var all []*store.Object
	for _, p := range pages {
		all = append(all, p.rows...)
	}
	if err := rd.call.Caller.permitRows(st.below.bare(), all); err != nil {
		return nil, err
	}
	rows, err := rd.render(ctx, st.below, all)
	if err != nil {
		return nil, err
	}
	answers, summaries := make([]any, len(objs)), make([]any, len(objs))
	if st.edge.Summary != "" {
		if summaries, err = rd.handler.ext.Fields[st.edge.Summary](ctx, rd.call, rd.tx, objs, nil); err != nil {
			return nil, err
		}
	}
	for i, p := range pages {
		data := rows[:len(p.rows)]
		rows = rows[len(p.rows):]
		if answer := rd.envelope(p, data, objs[i], st.edge, summaries[i], params); answer != nil {
			answers[i] = answer
		}
	}
	return answers, nil
}

// envelope is {"data", "paging", "summary"}; nil when there is nothing to say. Summary is the edge's own, nil for none.
func (rd *reader) envelope(p *page, data []object.Ordered, node *store.Object, e *object.Edge, summary any, params Params) any {
	if len(data) == 0 && p.total < 0 && summary == nil {
		return nil
	}
	answer := object.Ordered{{Name: "data", Value: data}}
	if len(data) > 0 {
		paging := object.Ordered{{Name: "cursors", Value: object.Ordered{{Name: "before", Value: cursor(p.first)}, {Name: "after", Value: cursor(p.last)}}}}
		if p.next {
			paging = append(paging, object.Member{Name: "next", Value: rd.link(node, e, params, "after", cursor(p.last))})
		}
		if p.prev {
			paging = append(paging, object.Member{Name: "previous", Value: rd.link(node, e, params, "before", cursor(p.first))})
		}
		answer = append(answer, object.Member{Name: "paging", Value: paging})
	}
	if members := summed(p.total, summary); len(members) > 0 {
		answer = append(answer, object.Member{Name: "summary", Value: members})
	}
	return answer
}

// summed is the summary of a list: how long it is, unless that was not asked for and is negative, and what the edge says of it.
func summed(total int, own any) object.Ordered {
	var members object.Ordered
	if total >= 0 {
		members = object.Ordered{{Name: "total_count", Value: total}}
	}
	said, _ := own.(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(said)) {
		members = append(members, object.Member{Name: name, Value: said[name]})
	}
	return members
}
