package world

// Outcome is what everybody was shown and did, beside what would have been best for them.
type Outcome struct {
	world *World
	shown []shown // by visit
}

// shown is one visit as it went.
type shown struct {
	segment, combination int
	clicked, bought      bool
	value                int64 // minor units
}

// newOutcome makes room for so many visits.
func newOutcome(w *World, visits int) *Outcome { return &Outcome{w, make([]shown, visits)} }

// count sums the clicks and purchases of the visits before end.
func (o *Outcome) count(end int) (clicks, purchases int) {
	for _, s := range o.shown[:end] {
		if s.clicked {
			clicks++
		}
		if s.bought {
			purchases++
		}
	}
	return clicks, purchases
}

// Totals are the clicks and purchases of all visits, and what was spent, in minor units.
func (o *Outcome) Totals() (clicks, purchases int, value int64) {
	for _, s := range o.shown {
		value += s.value
	}
	clicks, purchases = o.count(len(o.shown))
	return clicks, purchases, value
}

// Share is what was to be expected of what people were shown, in percent of what was to be expected had each been shown the best
// combination for them. Expectations, so that luck with clicks does not count.
type Share struct {
	Shown   float64 // by the server
	Uniform float64 // by uniform rotation over all combinations, for the same people
}

// PercentOfOptimal is the share over one part of the visits: PercentOfOptimal(9, 10) is the last tenth.
func (o *Outcome) PercentOfOptimal(part, of int) Share {
	n := len(o.shown)
	var got, uniform, best float64
	for _, s := range o.shown[n*part/of : n*(part+1)/of] {
		got += o.world.rate(s.segment, s.combination)
		uniform += o.world.uniform[s.segment]
		best += o.world.rate(s.segment, o.world.best[s.segment])
	}
	if best == 0 { // a part without visits
		return Share{}
	}
	return Share{Shown: 100 * got / best, Uniform: 100 * uniform / best}
}

// Favourite is the combination that a segment was shown most often in the last tenth of the visits, and how often, as a share. Of
// equals it is the one with the lower number.
func (o *Outcome) Favourite(segment int) (slots []int, share float64) {
	counts := make([]int, len(o.world.click[segment]))
	total := 0
	for _, s := range o.shown[len(o.shown)*9/10:] {
		if s.segment == segment {
			counts[s.combination]++
			total++
		}
	}
	top := 0
	for k, n := range counts {
		if n > counts[top] {
			top = k
		}
	}
	return o.world.combination(top), float64(counts[top]) / float64(max(1, total))
}
