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

// daily is what came of one combination in one situation on one day.
type daily struct {
	situation, combination int
	day                    int32
	impressions, clicks    int64
	conversions, value     int64
}

// table is the data of a fit, in an order that does not depend on that of the cells.
type table struct {
	contexts    contexts
	situations  []situation // by falling impressions; without any data, one of unknown values
	shares      []float64   // share of the impressions under each context value
	bySignature map[Signature]int
	days        []daily // by situation, combination and day
	clicks      []row   // clicks on impressions
	conversions []row   // conversions on clicks; nil when the objective is clicks
}

// newTable sums the cells over signatures that the model does not tell apart, and its rows over days, which weigh alike.
func newTable(attributes int, cells []Cell, opt Options) *table {
	weights := map[Signature]int64{}
	for _, c := range cells {
		weights[c.Signature] += c.Impressions
	}
	t := &table{contexts: newContexts(attributes, weights, opt.Values)}
	t.group(weights)
	t.share()
	t.days = t.sum(cells)
	t.weigh(opt, past{weight: 1})
	return t
}

// weigh sums the days into rows, those of the past by its weight. Clicks count by the share of their conversions that is known.
func (t *table) weigh(opt Options, p past) {
	t.clicks, t.conversions = t.clicks[:0], t.conversions[:0]
	value, known := meanValue(t.days), map[int32]float64{}
	for _, d := range t.days {
		if _, ok := known[d.day]; !ok {
			known[d.day] = opt.Delay.known(d.day, opt.Now)
		}
	}
	for i := 0; i < len(t.days); {
		first := t.days[i]
		clicks, conversions := row{situation: first.situation, combination: first.combination}, row{situation: first.situation, combination: first.combination}
		for ; i < len(t.days) && t.days[i].situation == first.situation && t.days[i].combination == first.combination; i++ {
			d, weight := t.days[i], p.of(t.days[i].day)
			clicks.trials += weight * float64(d.impressions)
			clicks.events += weight * float64(d.clicks)
			events := float64(d.conversions)
			if opt.Objective == Value && value > 0 {
				events = float64(d.value) / value
			}
			conversions.trials += weight * float64(d.clicks) * known[d.day]
			conversions.events += weight * max(0, events)
		}
		if clicks.events = min(clicks.events, clicks.trials); clicks.trials > 0 {
			t.clicks = append(t.clicks, clicks)
		}
		if opt.Objective != Clicks && conversions.trials > 0 {
			t.conversions = append(t.conversions, conversions)
		}
	}
	bound(t.conversions)
}

// most is the largest share of trials with an event that a regression is given. Several conversions per click are possible, and a row by
// itself may well have more events than trials; all together may not, as the log-odds would know no bound.
const most = 0.9

// bound scales the events of rows down to most, which leaves their ratios as they are.
func bound(rows []row) {
	trials, events := total(rows)
	for i := range rows {
		rows[i].events *= min(1, most*trials/max(events, 1e-9))
	}
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

// sum adds cells of the same situation, combination and day.
func (t *table) sum(cells []Cell) []daily {
	order := t.order(cells)
	days := make([]daily, len(cells))
	for i, o := range order {
		c := &cells[o.cell]
		days[i] = daily{o.situation, c.Combination, c.Day, c.Impressions, c.Clicks, c.Conversions, c.Value}
	}
	sums := days[:0]
	for _, d := range days {
		if n := len(sums); n > 0 && sums[n-1].situation == d.situation && sums[n-1].combination == d.combination && sums[n-1].day == d.day {
			last := &sums[n-1]
			last.impressions, last.clicks = last.impressions+d.impressions, last.clicks+d.clicks
			last.conversions, last.value = last.conversions+d.conversions, last.value+d.value
			continue
		}
		sums = append(sums, d)
	}
	return sums
}

// meanValue is the value of one conversion, in millionths of currency; 0 without conversions.
func meanValue(days []daily) float64 {
	var conversions, value int64
	for _, d := range days {
		conversions += d.conversions
		value += d.value
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
