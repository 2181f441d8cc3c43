package trial

import "math"

// Day is what came of a budget on one day, in parts of the budget or of the day.
type Day struct {
	Over  float64 `json:"over"` // of the budget
	Under float64 `json:"under"`
	Apart float64 `json:"apart"` // most that the curve of spending is away from that of traffic, both as shares of their day so far
	Hour  float64 `json:"hour"`  // most that a fair hour's share of the spending is away from its share of the traffic, relative to that
	Mean  float64 `json:"mean"`  // what such hours are away on average
	Near  float64 `json:"near"`  // part of such hours that are at most a tenth away
}

// Which hours are compared, by their part of the day's traffic, and how far away they still count as near.
const (
	fair = 0.02
	near = 0.1
)

// measure compares the curves.
func (r *run) measure(requests []int, spent []float64) Day {
	var traffic, money float64
	for i := range requests {
		traffic, money = traffic+float64(requests[i]), money+spent[i]
	}
	budget := float64(r.budget)
	d := Day{Over: max(0, money-budget) / budget, Under: max(0, budget-money) / budget}
	var came, paid, cameHour, paidHour, hours float64
	for i := range requests {
		came, paid = came+float64(requests[i])/traffic, paid+spent[i]/money
		d.Apart = max(d.Apart, math.Abs(came-paid))
		if (i+1)%3600 != 0 {
			continue
		}
		if share := came - cameHour; share >= fair {
			off := math.Abs((paid-paidHour)/share - 1)
			d.Hour, d.Mean, hours = max(d.Hour, off), d.Mean+off, hours+1
			if off <= near {
				d.Near++
			}
		}
		cameHour, paidHour = came, paid
	}
	d.Mean, d.Near = d.Mean/max(1, hours), d.Near/max(1, hours)
	return d
}
