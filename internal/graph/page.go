package graph

import (
	"context"
	"slices"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// page is a part of one list, in the order in which it is answered.
type page struct {
	rows        []*store.Object
	first, last int64 // Seq of the places that the cursors name
	next, prev  bool  // whether more follow or precede
	total       int   // objects in the whole list; -1 when not asked for
}

// scanChunk is how many objects are read at once, at most, when filters decide which of them count.
const scanChunk = 500

// newPage fills in the cursors' places.
func newPage(rows []*store.Object, next, prev bool) *page {
	p := &page{rows: rows, next: next, prev: prev, total: -1}
	if len(rows) > 0 {
		p.first, p.last = rows[0].Seq, rows[len(rows)-1].Seq
	}
	return p
}

// scan reads a page of one list. Without filters that is one store call; with them, as many as it takes to fill the page.
func (rd *reader) scan(ctx context.Context, t *object.Type, l store.Listing, ask *listing) (*page, error) {
	newer := ask.newer()
	from, chunk := max(ask.after, ask.before), ask.limit+1
	var found []*store.Object
	for len(found) <= ask.limit && ask.limit > 0 {
		objs, err := rd.walk(ctx, l, from, newer, chunk)
		if err != nil {
			return nil, err
		}
		kept, err := rd.keep(ctx, t, ask.filters, objs)
		if err != nil {
			return nil, err
		}
		found = append(found, kept...)
		if len(objs) < chunk {
			break
		}
		from = objs[len(objs)-1].Seq
		chunk = max(chunk, min(2*chunk, scanChunk))
	}
	more := len(found) > ask.limit
	found = found[:min(len(found), ask.limit)]
	p := newPage(found, more, ask.after != 0)
	if ask.before != 0 {
		slices.Reverse(found)
		p = newPage(found, true, more)
	}
	return p, rd.count(ctx, t, l, ask, p)
}

// newer is the direction in which a list is walked to fill the page.
func (ask *listing) newer() bool { return ask.ascending != (ask.before != 0) }

// from is the part of a list that begins at a place and goes on in the listing's direction.
func (ask *listing) from(place int64) store.Page { return onward(place, ask.newer()) }

// onward is the part of a list behind a place in one direction. The place before everything is Seq 1, which is the first object of an
// instance, its user: no edge lists it.
func onward(place int64, newer bool) store.Page {
	if newer {
		return store.Page{Before: max(place, 1)}
	}
	return store.Page{After: place}
}

// walk reads objects in one direction from a place on, the nearest first.
func (rd *reader) walk(ctx context.Context, l store.Listing, from int64, newer bool, limit int) ([]*store.Object, error) {
	p := onward(from, newer)
	p.Limit = limit
	objs, err := rd.tx.List(ctx, l, p)
	if newer {
		slices.Reverse(objs)
	}
	return objs, err
}

// count fills in the total when it was asked for: one store call, or a walk over the list when filters decide.
func (rd *reader) count(ctx context.Context, t *object.Type, l store.Listing, ask *listing, p *page) (err error) {
	if !ask.total {
		return nil
	}
	if len(ask.filters) == 0 {
		p.total, err = rd.tx.Count(ctx, l)
		return err
	}
	p.total = 0
	for from := int64(0); ; {
		objs, err := rd.walk(ctx, l, from, false, scanChunk)
		if err != nil {
			return err
		}
		kept, err := rd.keep(ctx, t, ask.filters, objs)
		if err != nil {
			return err
		}
		p.total += len(kept)
		if len(objs) < scanChunk {
			return nil
		}
		from = objs[len(objs)-1].Seq
	}
}

// spread reads a page under each of many objects with one store call. A cursor is a place among all objects, so it means the same in
// each of their lists.
func (rd *reader) spread(ctx context.Context, st step, objs []*store.Object) ([]*page, error) {
	ask, most := st.ask, rd.handler.config.MaxRows
	limit := ask.limit + 1
	if len(ask.filters) > 0 {
		limit = max(limit, scanChunk)
	}
	if len(objs)*limit > 4*most { // most lists are shorter than their limit
		return nil, tooMuch("ask for fewer objects, or fewer " + st.edge.Name + " of each")
	}
	ids := make([]string, len(objs))
	for i, o := range objs {
		ids[i] = o.ID
	}
	list := st.listOf(objs[0])
	list.From = ask.from(max(ask.after, ask.before))
	lists, err := rd.tx.ListMany(ctx, list, ids, limit)
	if err != nil {
		return nil, err
	}
	kept, err := rd.keepIn(ctx, st.below.typ, ask.filters, lists)
	if err != nil {
		return nil, err
	}
	pages := make([]*page, len(objs))
	for i, id := range ids {
		pages[i] = cut(kept[id], ask)
		pages[i].total = -1 // of what was read; totals knows better
		if read := lists[id]; len(read) == limit && !pages[i].reaches(ask, read) {
			return nil, tooMuch("too few " + st.edge.Name + " pass the filter; ask for them under one object")
		}
		pages[i].next = pages[i].next || ask.before != 0
		pages[i].prev = pages[i].prev || ask.after != 0
	}
	return pages, rd.totals(ctx, st, objs, pages)
}

// reaches has a page lead on to what was not read any more behind the objects that were; false when there is no row to lead on from.
func (p *page) reaches(ask *listing, read []*store.Object) bool {
	ahead := &p.next
	if ask.before != 0 {
		ahead = &p.prev
	}
	switch far := read[len(read)-1].Seq; {
	case *ahead:
		return true
	case len(p.rows) == 0:
		return false
	case ask.before == 0 && !ask.ascending:
		p.last = far
	case ask.before == 0:
		p.last = read[0].Seq
	case ask.ascending:
		p.first = far
	default:
		p.first = read[0].Seq
	}
	*ahead = true
	return true
}

// totals fills in the totals of many lists with one store call: a count, or the lists themselves when filters decide.
func (rd *reader) totals(ctx context.Context, st step, objs []*store.Object, pages []*page) error {
	if !st.ask.total {
		return nil
	}
	ids := make([]string, len(objs))
	for i, o := range objs {
		ids[i] = o.ID
	}
	if len(st.ask.filters) == 0 {
		totals, err := rd.tx.CountMany(ctx, st.listOf(objs[0]), ids)
		for i, id := range ids {
			pages[i].total = totals[id]
		}
		return err
	}
	lists, err := rd.tx.ListMany(ctx, st.listOf(objs[0]), ids, scanChunk)
	if err != nil {
		return err
	}
	kept, err := rd.keepIn(ctx, st.below.typ, st.ask.filters, lists)
	for i, id := range ids {
		if len(lists[id]) == scanChunk {
			return tooMuch("there are too many " + st.edge.Name + " to count those that pass the filter; ask for them under one object")
		}
		pages[i].total = len(kept[id])
	}
	return err
}

// cut takes a page out of a whole list, newest first, that is in memory. Like the store's, its cursors are places between objects
// and not the objects, which may be gone.
func cut(all []*store.Object, ask *listing) *page {
	older := func(o *store.Object, place int64) bool { return (o.Seq < place) != ask.ascending }
	if ask.ascending {
		all = slices.Clone(all)
		slices.Reverse(all)
	}
	begin, end := 0, len(all)
	if ask.after != 0 {
		begin = indexOr(all, func(o *store.Object) bool { return o.Seq != ask.after && older(o, ask.after) })
	}
	if ask.before != 0 {
		end = indexOr(all, func(o *store.Object) bool { return o.Seq == ask.before || older(o, ask.before) })
		begin = max(0, end-ask.limit)
	}
	stop := min(end, begin+ask.limit)
	p := newPage(all[begin:stop], stop < len(all), begin > 0)
	if ask.total {
		p.total = len(all)
	}
	return p
}

// indexOr is the first object for which is holds, or the length of the list.
func indexOr(all []*store.Object, is func(*store.Object) bool) int {
	if i := slices.IndexFunc(all, is); i >= 0 {
		return i
	}
	return len(all)
}

// keep drops the objects that the caller may not see and those that a filter refuses.
func (rd *reader) keep(ctx context.Context, t *object.Type, filters []filter, objs []*store.Object) ([]*store.Object, error) {
	kept := make([]*store.Object, 0, len(objs))
	for _, o := range objs {
		if o.Type == t.Name && rd.call.Caller.Sees(o) {
			kept = append(kept, o)
		}
	}
	if err := rd.call.Caller.permitRows(len(filters) == 0, kept); err != nil {
		return nil, err
	}
	for _, f := range filters {
		if len(kept) == 0 {
			break
		}
		if f.match != nil {
			kept = slices.DeleteFunc(kept, func(o *store.Object) bool { return !f.match(o) })
			continue
		}
		values, err := rd.filtered(ctx, f, kept)
		if err != nil {
			return nil, err
		}
		passed := make([]*store.Object, 0, len(kept))
		for i, o := range kept {
			if f.holds(values[i]) {
				passed = append(passed, o)
			}
		}
		kept = passed
	}
	return kept, nil
}

// keepIn is keep on many lists at once.
func (rd *reader) keepIn(ctx context.Context, t *object.Type, filters []filter, lists map[string][]*store.Object) (map[string][]*store.Object, error) {
	var all []*store.Object
	for _, list := range lists {
		all = append(all, list...)
	}
	kept, err := rd.keep(ctx, t, filters, all)
	if err != nil {
		return nil, err
	}
	passed := make(map[*store.Object]bool, len(kept))
	for _, o := range kept {
		passed[o] = true
	}
	out := make(map[string][]*store.Object, len(lists))
	for id, list := range lists {
		for _, o := range list {
			if passed[o] {
				out[id] = append(out[id], o)
			}
		}
	}
	return out, nil
}
