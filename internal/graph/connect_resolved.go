package graph

import (
	"cmp"
	"context"
	"fmt"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// connectResolved asks an edge's resolver once for each object: what it lists is its own business, and so is its cost.
func (rd *reader) connectResolved(ctx context.Context, st step, objs []*store.Object, params Params) ([]any, error) {
	resolver := rd.handler.ext.Edges[st.edge.Resolve]
	answers := make([]any, len(objs))
	accounts, err := rd.accountsOf(ctx, objs, true)
	if err != nil {
		return nil, err
	}
	for i, o := range objs {
		call := rd.call.at(o, accounts[accountOf(o)], params, st.args)
		rows, err := resolver(ctx, call, rd.tx, st.sel.Below)
		if err != nil {
			return nil, err
		}
		if answers[i], err = rd.rowsAnswer(ctx, call, st, rows); err != nil {
			return nil, err
		}
	}
	return answers, nil
}

// rowsAnswer puts a resolver's rows into the envelope. Stored objects are paged and rendered here; other rows have cursors
// of their own.
func (rd *reader) rowsAnswer(ctx context.Context, call *Call, st step, rows *Rows) (any, error) {
	switch {
	case rows == nil:
		return nil, nil
	case rows.Objects == nil:
		return rd.dataAnswer(call, st, rows), nil
	case st.below == nil:
		return nil, fmt.Errorf("graph: edge %s gave objects but declares no target", st.edge.Name)
	}
	ask, err := call.listing(st.below.typ, call.Params, st.args)
	if err != nil {
		return nil, err
	}
	kept, err := rd.keep(ctx, st.below.typ, ask.filters, rows.Objects)
	if err != nil {
		return nil, err
	}
	answers, err := rd.renderPages(ctx, st, []*store.Object{call.Node}, []*page{cut(kept, ask)}, call.Params)
	if err != nil {
		return nil, err
	}
	return answers[0], nil
}

// dataAnswer wraps rows that the resolver made.
func (rd *reader) dataAnswer(call *Call, st step, rows *Rows) any {
	summary := rows.Summary
	if summary == nil && rows.Total >= 0 && wantsTotal(call.Params["summary"]) {
		summary = object.Ordered{{Name: "total_count", Value: rows.Total}}
	}
	if rows.One != nil {
		return object.Ordered{{Name: "data", Value: st.below.project([]any{rows.One})[0]}}
	}
	if len(rows.Data) == 0 && summary == nil {
		return nil
	}
	answer := object.Ordered{{Name: "data", Value: st.below.project(rows.Data)}}
	if paging := rd.dataPaging(call, st, rows); paging != nil {
		answer = append(answer, object.Member{Name: "paging", Value: paging})
	}
	if summary != nil {
		answer = append(answer, object.Member{Name: "summary", Value: summary})
	}
	return answer
}

// project cuts rows that a resolver made down to what was asked, where the edge declares what they are.
func (p *plan) project(rows []any) []any {
	if p == nil || len(rows) == 0 {
		return append([]any{}, rows...)
	}
	asked := &Selection{}
	for _, st := range p.steps {
		asked.Fields = append(asked.Fields, Selected{Name: cmp.Or(st.sel.Name, st.key), As: st.key, Below: st.sel.Below})
	}
	cut, _ := project(rows, asked).([]any)
	return cut
}

// dataPaging is the cursors of a resolver's page and the links to its neighbours; nil for an empty page.
func (rd *reader) dataPaging(call *Call, st step, rows *Rows) object.Ordered {
	var cursors, links object.Ordered
	if before := cmp.Or(rows.First, rows.Prev); before != "" {
		cursors = append(cursors, object.Member{Name: "before", Value: before})
	}
	if after := cmp.Or(rows.Last, rows.Next); after != "" {
		cursors = append(cursors, object.Member{Name: "after", Value: after})
	}
	if rows.Next != "" {
		links = append(links, object.Member{Name: "next", Value: rd.link(call.Node, st.edge, call.Params, "after", rows.Next)})
	}
	if rows.Prev != "" {
		links = append(links, object.Member{Name: "previous", Value: rd.link(call.Node, st.edge, call.Params, "before", rows.Prev)})
	}
	if cursors == nil || len(rows.Data) == 0 {
		return nil
	}
	return append(object.Ordered{{Name: "cursors", Value: cursors}}, links...)
}
