package archive

import (
	"fmt"
	"math/rand/v2"
)

// truth is what visitors of a replay do, by combination, as clicks per impression: at the rates real they click, at the rates counted their
// clicks are counted.
type truth struct{ real, counted []float64 }

// Truths are the ways to take the clicks of the archive for the truth. Measured takes each arm's rate as it was: the best arm of a test is
// then partly lucky. Shrunk draws rates towards their test's by what chance contributes. Split has visitors click at the rates of one half of
// the impressions and counts at those of the other, so that nobody gains from luck, neither a policy nor the best arm.
func Truths() []string { return []string{"measured", "shrunk", "split"} }

// between is the standard deviation of the log-odds of arms of one test (random effects over the archive).
const between = 0.24

// truthOf takes a test's counts for the truth, in the order of the design's combinations.
func truthOf(kind string, t Test, d design, source rand.Source) (truth, error) {
	var out truth
	impressions, clicks := 0.0, 0.0
	for _, a := range t.Arms {
		impressions, clicks = impressions+float64(a.Impressions), clicks+float64(a.Clicks)
	}
	for _, i := range d.arm {
		n, c := float64(t.Arms[i].Impressions), float64(t.Arms[i].Clicks)
		real, counted := c/n, c/n
		switch kind {
		case "measured":
		case "shrunk":
			const own = 1 / (between * between) // clicks that the prior is worth
			real = clicks / impressions * (c + own) / (n*clicks/impressions + own)
			if clicks == 0 {
				real = 0
			}
			counted = real
		case "split":
			half := binomial(c, 0.5, source)
			real, counted = min(1, half/(n/2)), min(1, (c-half)/(n/2))
		default:
			return out, fmt.Errorf("truth %q is unknown, known are %v", kind, Truths())
		}
		out.real, out.counted = append(out.real, real), append(out.counted, counted)
	}
	return out, nil
}
