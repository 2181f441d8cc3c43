package baseline

import "math"

// What a test is given: a share of the ad's life, or so many impressions when nobody knows how long it lives.
const (
	testShare       = 0.2
	testImpressions = 20_000
)

// splitThenShip is what is done without a bandit: all combinations are shown evenly for a while, and from then on the one made of each
// slot's best asset. It does not look again: the combination that has been shown far more than even rotation explains has been shipped.
func splitThenShip(t *task) (*policy, error) {
	length := float64(testImpressions)
	if t.options.Horizon > 0 {
		length = testShare * t.options.Horizon / t.believedRate()
	}
	counts, trials, most := t.combinations(), 0.0, 0
	for i, c := range counts {
		if trials += c.trials; c.trials > counts[most].trials {
			most = i
		}
	}
	weights := make([]float64, len(counts))
	if trials < length {
		return &policy{rest: t.spread(weights)}, nil
	}
	even := (trials - counts[most].trials) / max(1, float64(len(counts)-1))
	if counts[most].trials < even+6*math.Sqrt(even)+6 {
		most = t.bestAssets()
	}
	weights[most] = 1
	return &policy{rest: t.spread(weights)}, nil
}

// bestAssets is the legal combination, as its place among them, whose assets have the highest product of rates, each rate that of the
// asset over all it was shown with.
func (t *task) bestAssets() int {
	posteriors := t.assets(t.rows)
	slots := make([]uint8, len(posteriors))
	best, highest := 0, math.Inf(-1)
	for i := range t.legal.Size() {
		sum := 0.0
		for f, a := range t.space.Slots(t.legal.At(i), slots) {
			p := posteriors[f][a]
			sum += math.Log(p.alpha / (p.alpha + p.beta))
		}
		if sum > highest {
			best, highest = i, sum
		}
	}
	return best
}
