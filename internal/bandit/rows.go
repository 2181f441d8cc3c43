package bandit

import (
	"cmp"
	"slices"
)

// situation is a tuple of context values as the model tells them apart, with its weight.
type situation struct {
	values      []int32 // one number per attribute, see contexts
	impressions int64
}

// weight is positive even without impressions, so that means over situations exist.
func (s situation) weight() float64 { return float64(s.impressions) + 1e-9 }

// row is what came of one combination in one situation, over all days.
type row struct {
	situation, combination int
	trials, events         float64
}

// table is the data of a fit, in an order that does not depend on that of the cells.
type table struct {
	contexts    contexts
	situations  []situation // by falling impressions; without any data, one of unknown values
	shares      []float64   // share of the impressions under each context value
	bySignature map[Signature]int
	clicks      []row // clicks on impressions
	conversions []row // conversions on clicks; nil when the objective is clicks
}

// newTable sums the cells over days and over signatures that the model does not tell apart.
func newTable(attributes int, cells []Cell, opt Options) *table {
	weights := map[Signature]int64{}
	for _, c := range cells {
		weights[c.Signature] += c.Impressions
	}
	t := &table{contexts: newContexts(attributes, weights, opt.Values)}
	t.group(weights)
	t.share()
	sums := t.sum(cells)
	value := meanValue(sums)
	for _, s := range sums {
		situation, combination := t.bySignature[s.Signature], s.Combination
		if s.Impressions > 0 {
			t.clicks = append(t.clicks, row{situation, combination, float64(s.Impressions), float64(min(s.Clicks, s.Impressions))})
		}
		if opt.Objective == Clicks || s.Clicks == 0 {
			continue
		}
		events := float64(s.Conversions)
		if opt.Objective == Value && value > 0 {
			events = float64(s.Value) / value
		}
		t.conversions = append(t.conversions, row{situation, combination, float64(s.Clicks), max(0, min(events, float64(s.Clicks)))})
	}
	return t
}

// group finds the situations behind the signatures and orders them by weight.
func (t *table) group(weights map[Signature]int64) {
	signatures := make([]Signature, 0, len(weights))
	for sig := range weights {
		signatures = append(signatures, sig)
	}
	slices.Sort(signatures)
	numbers := map[string]int{}
	t.bySignature = map[Signature]int{}
	for _, sig := range signatures {
		values := t.contexts.values(sig)
		number, ok := numbers[key(values)]
		if !ok {
			number = len(t.situations)
			numbers[key(values)] = number
			t.situations = append(t.situations, situation{values: values})
		}
		t.situations[number].impressions += weights[sig]
		t.bySignature[sig] = number
	}
	order := make([]int, len(t.situations))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(t.situations[b].impressions, t.situations[a].impressions)
	})
	sorted, place := make([]situation, len(order)), make([]int, len(order))
	for to, from := range order {
		sorted[to], place[from] = t.situations[from], to
	}
	t.situations = sorted
	for sig, number := range t.bySignature {
		t.bySignature[sig] = place[number]
	}
}

// key packs context values into a map key.
func key(values []int32) string {
	b := make([]byte, 0, 16)
	for _, v := range values {
		b = append(b, byte(v), byte(v>>8))
	}
	return string(b)
}

// sum adds cells of the same situation and combination; the result is ordered by both, each Signature the first of its situation.
func (t *table) sum(cells []Cell) []Cell {
	type keyed struct{ key, cell int }
	span := 0
	for _, c := range cells {
		span = max(span, c.Combination+1)
	}
	order := make([]keyed, len(cells))
	for i, c := range cells {
		order[i] = keyed{t.bySignature[c.Signature]*span + c.Combination, i}
	}
	slices.SortFunc(order, func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
	var sums []Cell
	for i, o := range order {
		c := cells[o.cell]
		if i == 0 || o.key != order[i-1].key {
			sums = append(sums, Cell{Signature: c.Signature, Combination: c.Combination})
		}
		last := &sums[len(sums)-1]
		last.Impressions += c.Impressions
		last.Clicks += c.Clicks
		last.Conversions += c.Conversions
		last.Value += c.Value
	}
	return sums
}

// meanValue is the value of one conversion, in millionths of currency; 0 without conversions.
func meanValue(sums []Cell) float64 {
	var conversions, value int64
	for _, s := range sums {
		conversions += s.Conversions
		value += s.Value
	}
	if conversions == 0 {
		return 0
	}
	return float64(value) / float64(conversions)
}

// share finds the share of each context value, and makes sure that there is a situation.
func (t *table) share() {
	if len(t.situations) == 0 {
		t.situations = []situation{{values: t.contexts.values("")}}
	}
	t.shares = make([]float64, t.contexts.size)
	total := 0.0
	for _, s := range t.situations {
		total += s.weight()
	}
	for _, s := range t.situations {
		for _, v := range s.values {
			if v >= 0 {
				t.shares[v] += s.weight() / total
			}
		}
	}
}

// heaviest is at most n situations, those with most impressions.
func (t *table) heaviest(n int) []situation { return t.situations[:min(n, len(t.situations))] }
