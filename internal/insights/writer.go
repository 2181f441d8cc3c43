package insights

import (
	"slices"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// writer turns rows into the members of an answer.
type writer struct {
	q           *Request
	account     *accountInfo
	accountName string
	fields      map[string]field
	objects     map[string]*store.Object // campaigns, ad sets and ads of the rows, when a field needs them
	assets      map[string]any           // value objects of asset breakdowns by asset id
	ads         map[string]*adReport     // of rows about one ad, of combinations, pairs or assets, by ad id
}

// asked is the fields of the answer: those of the request, or the default ones.
func (w *writer) asked(explicit []string) []string {
	if len(explicit) > 0 {
		return explicit
	}
	var out []string
	for _, l := range levels()[:w.q.Level.depth()+1] {
		out = append(out, l.idColumn())
	}
	out = append(out, "impressions", "spend")
	if w.by(combinationBreakdown) || w.by(pairBreakdown) {
		out = append(out, "clicks")
	}
	return out
}

// by reports whether rows are by a breakdown.
func (w *writer) by(breakdown string) bool { return slices.Contains(w.q.Breakdowns, breakdown) }

// money writes micros in the account's currency.
func (w *writer) money(micros int64) string { return Money(micros, w.account.currency) }

// value is one field of a row, nil when there is none: unknown, not emulated, or not available with these breakdowns.
func (w *writer) value(r *row, name string) any {
	f, ok := w.fields[name]
	if !ok {
		return nil
	}
	byAsset := slices.ContainsFunc(w.q.Breakdowns, isAssetColumn)
	if (w.by("region") || w.by(pairBreakdown)) && f.needs.viewers || byAsset && f.people {
		return nil
	}
	if w.by(combinationBreakdown) && name == "conversions" {
		return nil // the breakdown has a number of that name
	}
	return f.value(w, r)
}

// write makes the members of a row: the fields in the order asked, the dates, then the breakdowns.
func (w *writer) write(r *row, explicit []string) object.Ordered {
	var out object.Ordered
	names := w.asked(explicit)
	for _, date := range []string{"date_start", "date_stop"} {
		if !slices.Contains(names, date) {
			names = append(slices.Clip(names), date)
		}
	}
	for _, name := range names {
		if v := w.value(r, name); v != nil {
			out = append(out, object.Member{Name: name, Value: v})
		}
	}
	for i, value := range r.split {
		var v any = value
		if isAssetColumn(w.q.Breakdowns[i]) {
			v = w.assets[value]
		}
		out = append(out, object.Member{Name: w.q.Breakdowns[i], Value: v})
	}
	return append(out, w.learnt(r)...)
}

// learnt is what a row says of one ad beyond the fields, which ad it is included where that is not plain.
func (w *writer) learnt(r *row) (out object.Ordered) {
	name := func(ad string) {
		if w.q.Level != AdLevel {
			out = append(out, object.Member{Name: AdLevel.idColumn(), Value: ad})
		}
	}
	switch {
	case r.shown != nil:
		name(r.shown.ad)
		return append(out, w.ads[r.shown.ad].members(r)...)
	case r.pair != nil:
		name(r.pair.ad)
		return append(out, w.ads[r.pair.ad].pairMembers(r)...)
	case w.ads != nil && len(r.split) == 1:
		return w.ads[r.ids[AdLevel.depth()]].assetMembers(r.split[0])
	case w.ads != nil:
		if asset, ok := tasteOf(w.q.Breakdowns); ok {
			return w.ads[r.ids[AdLevel.depth()]].tasteMembers(r.split[asset], w.q.Breakdowns[1-asset], r.split[1-asset])
		}
	}
	return nil
}
