// Package trial spends budgets on simulated days of traffic, in simulated time, to measure how well they are paced.
package trial

import (
	"math"
	"math/rand/v2"

	"github.com/marquetry/marquetry/internal/pacing"
)

// daySeconds is the length of a simulated day.
const daySeconds = 24 * 60 * 60

// Traffic is how requests come.
type Traffic struct {
	Peak   float64 // requests a second at the busiest time of an even day
	Noise  float64 // standard deviation of the logarithm of the rate around its hour, which drifts within a quarter of an hour
	Shown  float64 // probability with which an ad that was chosen is seen
	Delay  float64 // mean seconds until it is
	Splits []float64
}

// rate is the requests a second that an even day has at a time, as a part of its peak: low at five, a first peak at lunch, the highest at nine.
func rate(second int) float64 {
	hour := float64(second) / 3600
	hump := func(at, width float64) float64 {
		d := math.Mod(math.Abs(hour-at), 24)
		d = min(d, 24-d)
		return math.Exp(-d * d / 2 / width / width)
	}
	return min(1, 0.12+0.5*hump(12.5, 2.5)+0.86*hump(20.5, 2.8))
}

// expected is the requests of an even day.
func (t *Traffic) expected() (n float64) {
	for second := range daySeconds {
		n += t.Peak * rate(second)
	}
	return n
}

// day draws the requests of each second.
func (t *Traffic) day(rng *rand.Rand) []int {
	const stay = 1 - 1.0/900
	requests := make([]int, daySeconds)
	drift := t.Noise * rng.NormFloat64()
	for second := range requests {
		drift = stay*drift + t.Noise*math.Sqrt(1-stay*stay)*rng.NormFloat64()
		mean := t.Peak * rate(second) * math.Exp(drift-t.Noise*t.Noise/2)
		requests[second] = max(0, int(math.Round(mean+math.Sqrt(mean)*rng.NormFloat64())))
	}
	return requests
}

// observed is what a server counted of a day.
func observed(requests []int) pacing.Observed {
	o := pacing.Observed{Weight: 1}
	for second, n := range requests {
		o.Counts[second/(daySeconds/pacing.Quarters)] += int64(n)
	}
	return o
}
