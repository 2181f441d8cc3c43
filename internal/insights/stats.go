package insights

import (
	"cmp"
	"slices"

	"github.com/marquetry/marquetry/internal/object"
)

// stat is one member of a list such as actions: an action type with its count or value by window.
type stat struct {
	action   string
	byWindow map[string]int64
}

// counted lists what was done, by action type, clicks among them; without keeps only the types that a filter lets pass.
func (w *writer) counted(r *row, types func(event string) []string, clicks bool) []stat {
	var out []stat
	if clicks && r.clicks > 0 {
		out = append(out, stat{linkClick, map[string]int64{oneDayClick: r.clicks}})
	}
	for event, t := range r.events {
		for _, action := range types(event) {
			out = append(out, stat{action, t.count})
		}
	}
	return w.ordered(out)
}

// valued lists what the conversions were worth, in micros, by action type.
func (w *writer) valued(r *row, types func(event string) []string) []stat {
	var out []stat
	for event, t := range r.events {
		for _, action := range types(event) {
			if total(t.value) != 0 {
				out = append(out, stat{action, t.value})
			}
		}
	}
	return w.ordered(out)
}

// ordered sorts by action type and applies the filters on it.
func (w *writer) ordered(stats []stat) []stat {
	stats = slices.DeleteFunc(stats, func(s stat) bool {
		return slices.ContainsFunc(w.q.Filters, func(f Filter) bool {
			match, _ := matches(f.Operator, s.action, f.Values)
			return f.Field == "action_type" && !match
		})
	})
	slices.SortFunc(stats, func(a, b stat) int { return cmp.Compare(a.action, b.action) })
	return stats
}

// list writes stats as the platform does, nil for an empty one. Beside the total come the windows that were asked for.
func (w *writer) list(stats []stat, format func(int64) string) any {
	if len(stats) == 0 {
		return nil
	}
	out := make([]object.Ordered, 0, len(stats))
	for _, s := range stats {
		line := object.Ordered{{Name: "action_type", Value: s.action}, {Name: "value", Value: format(total(s.byWindow))}}
		for _, window := range w.q.Windows {
			if n := within(s.byWindow, window); n != 0 {
				line = append(line, object.Member{Name: window, Value: format(n)})
			}
		}
		out = append(out, line)
	}
	return out
}

// within adds up the disjoint windows that a window of the platform covers.
func within(byWindow map[string]int64, window string) int64 {
	switch window {
	case oneDayClick, oneDayView:
		return byWindow[window]
	case sevenDayClick:
		return byWindow[oneDayClick] + byWindow[sevenDayClick]
	}
	return 0
}

// cost lists what each action cost; actions with no count are not in stats.
func (w *writer) cost(stats []stat, spend int64) any {
	var out []object.Ordered
	for _, s := range stats {
		if n := total(s.byWindow); n > 0 {
			out = append(out, object.Ordered{{Name: "action_type", Value: s.action}, {Name: "value", Value: perUnit(spend, n, 1)}})
		}
	}
	if out == nil {
		return nil
	}
	return out
}

// roas lists the value of one action per unit spent.
func (w *writer) roas(r *row, action string) any {
	for _, s := range w.valued(r, actionTypes) {
		if s.action == action && r.spend > 0 {
			return []object.Ordered{{{Name: "action_type", Value: action}, {Name: "value", Value: ratio(total(s.byWindow), r.spend, 1)}}}
		}
	}
	return nil
}

// primary is the first action type of an event, under which conversions lists it.
func primary(event string) []string {
	types := actionTypes(event)
	return types[:min(1, len(types))]
}
