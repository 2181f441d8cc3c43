package insights

import (
	"cmp"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// filter keeps the rows that satisfy the filters on metrics.
func (w *writer) filter(rows []*row) []*row {
	return slices.DeleteFunc(rows, func(r *row) bool {
		return slices.ContainsFunc(w.q.Filters, func(f Filter) bool {
			if !f.aboutMetric() {
				return false
			}
			have, _ := w.value(r, f.Field).(string)
			match, _ := matches(f.Operator, or(have, "0"), f.Values)
			return !match
		})
	})
}

// sort orders rows as asked; equal ones, and all when nothing was asked, by period, object and breakdown. Combinations come by
// impressions, the most shown first, and pairs by what is known of them.
func (w *writer) sort(rows []*row) {
	orders := w.q.Sort
	if len(orders) == 0 && (w.by(combinationBreakdown) || w.by(pairBreakdown)) {
		orders = []Order{{Field: "impressions", Descending: true}}
	}
	slices.SortStableFunc(rows, func(a, b *row) int {
		if c := cmp.Compare(a.rank, b.rank); len(w.q.Sort) == 0 && c != 0 {
			return c
		}
		for _, o := range orders {
			c := compare(w.sortKey(a, o), w.sortKey(b, o))
			if o.Descending {
				c = -c
			}
			if c != 0 {
				return c
			}
		}
		return cmp.Or(slices.Compare(a.ids, b.ids), cmp.Compare(a.period.Since, b.period.Since), cmp.Compare(a.period.Until, b.period.Until),
			slices.Compare(a.split, b.split), strings.Compare(a.place(), b.place()))
	})
}

// place tells combination and pair rows of one ad apart.
func (r *row) place() string {
	switch {
	case r.shown != nil:
		return r.shown.ad + r.shown.combination
	case r.pair != nil:
		return r.pair.ad + " " + r.pair.assets[0] + " " + r.pair.assets[1]
	}
	return ""
}

// sortKey is what an order compares: a field, a breakdown, or one member of a list of actions. Nothing counts as 0.
func (w *writer) sortKey(r *row, o Order) string {
	if i := slices.Index(w.q.Breakdowns, o.Field); i >= 0 && i < len(r.split) {
		return r.split[i]
	}
	switch v := w.value(r, o.Field).(type) {
	case string:
		return v
	case []object.Ordered:
		for _, line := range v {
			if s, _ := line[1].Value.(string); line[0].Value == o.Action {
				return s
			}
		}
	}
	return "0"
}
