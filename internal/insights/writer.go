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
	ads         map[string]*adReport     // of a combination breakdown, by ad id
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
	if w.combinations() {
		out = append(out, "clicks")
	}
	return out
}

// combinations reports whether rows are per combination.
func (w *writer) combinations() bool { return slices.Contains(w.q.Breakdowns, combinationBreakdown) }

// money writes micros in the account's currency.
func (w *writer) money(micros int64) string { return Money(micros, w.account.currency) }

// value is one field of a row, nil when there is none: unknown, not emulated, or not available with these breakdowns.
func (w *writer) value(r *row, name string) any {
	f, ok := w.fields[name]
	if !ok {
		return nil
	}
	byRegion := slices.Contains(w.q.Breakdowns, "region")
	byAsset := slices.ContainsFunc(w.q.Breakdowns, isAssetColumn)
	if byRegion && f.needs.viewers || byAsset && f.people {
		return nil
	}
	if w.combinations() && name == "conversions" {
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
	if r.shown != nil {
		out = append(out, w.ads[r.shown.ad].members(r)...)
	}
	return out
}
