package trial

import "github.com/marquetry/marquetry/internal/pacing"

// Way is how it is decided whether a request may have an ad.
type Way string

// The ways.
const (
	Paced     Way = "paced"          // by gates
	HardStop  Way = "hard stop"      // until what is known to be delivered comes to the budget
	Curve     Way = "told the curve" // an oracle that knows how many requests are still to come on an even day, and who will see the ad
	Hindsight Way = "told the day"   // one that knows it of this very day: what is left is the noise of small numbers
)

// Ways are all of them.
func Ways() []Way { return []Way{Paced, HardStop, Curve, Hindsight} }

// told is how many requests an oracle believes are still to come at each second.
func (r *run) told(requests []int) []float64 {
	rest, sum := make([]float64, daySeconds), 0.0
	for second := daySeconds - 1; second >= 0; second-- {
		if r.way == Curve {
			sum += r.Peak * rate(second)
		} else {
			sum += float64(requests[second])
		}
		rest[second] = sum
	}
	return rest
}

// allowed decides. Oracles choose each request with the same probability: what is left, by what it takes to be in all that are still to come.
func (r *run) allowed(p, number int, at int64) bool {
	switch r.way {
	case Paced:
		return pacing.Claim([]*pacing.Gate{r.processes[p].gate}, at, price)
	case HardStop:
		return r.known(r.processes[p].lag).Days[int32(number)] < r.budget //nolint:gosec // a few days
	default:
		return r.rng.Float64()*price*r.Shown*r.rest[at/1000-int64(number)*daySeconds] < float64(r.budget-r.promised)
	}
}
