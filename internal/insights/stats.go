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
			out = append(out, stat{action, t.value})
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

// list writes stats as the platform does, without those of which there is nothing to say; nil when none is left. Beside the total come the
// windows that were asked for.
func (w *writer) list(stats []stat, format func(int64) string) any {
	var out []object.Ordered
	for _, s := range stats {
		sum := total(s.byWindow)
		line := object.Ordered{{Name: "action_type", Value: s.action}, {Name: "value", Value: format(sum)}}
		for _, window := range w.q.Windows {
			if n := within(s.byWindow, window); n != 0 {
				line = append(line, object.Member{Name: window, Value: format(n)})
			}
		}
		if sum != 0 || len(line) > 2 {
			out = append(out, line)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// within adds up the disjoint windows that a window of the platform covers, whether or not the ad set counts them.
func within(byWindow map[string]int64, window string) int64 {
	switch window {
	case oneDayClick, oneDayView:
		return byWindow[window] + byWindow[window+outside]
	case sevenDayClick:
		return within(byWindow, oneDayClick) + byWindow[sevenDayClick] + byWindow[sevenDayClick+outside]
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
