package baseline

import "math"

// combinationBeta is Thompson sampling with a Beta(1,1) prior for every combination by itself, over all contexts: N^D-MAB in Hill et al.,
// KDD 2017.
func combinationBeta(t *task) (*policy, error) {
	return &policy{rest: t.combinationwise(1, 1)}, nil
}

// combinationBetaEB is the same with the prior that the combinations of the ad suggest: a Beta with their mean rate and their spread,
// by the method of moments as DerSimonian and Laird (1986) weigh it.
func combinationBetaEB(t *task) (*policy, error) {
	counts := t.combinations()
	trials, events, squares, weights := 0.0, 0.0, 0.0, 0.0
	for _, c := range counts {
		trials, events, weights = trials+c.trials, events+c.events, weights+c.trials*c.trials
	}
	mean := (1 + events) / (2 + trials)
	for _, c := range counts {
		if c.trials > 0 {
			squares += c.trials * (c.events/c.trials - mean) * (c.events/c.trials - mean)
		}
	}
	expected := float64(len(counts)-1) * mean * (1 - mean) // of squares, were all rates the mean
	variance := (squares - expected) / max(1, trials-weights/max(1, trials))
	// The prior is worth no less than one event, which is all that Beta(1,1) says, and its spread no less than a quarter of the mean: that
	// is by how much headlines differ in published tests, and what chance leaves of the estimate must not end exploration.
	strength := 1 / mean
	if most := 16 * (1 - mean) / mean; variance <= mean*(1-mean)/(1+most) {
		strength = most
	} else {
		strength = max(strength, mean*(1-mean)/variance-1)
	}
	return &policy{rest: t.combinationwise(mean*strength, (1-mean)*strength)}, nil
}

// count is what came of one combination over all contexts.
type count struct{ trials, events float64 }

// combinations counts each legal combination, in their order.
func (t *task) combinations() []count {
	all := make([]count, t.space.Size())
	for _, r := range t.rows {
		all[r.combination].trials += r.trials
		all[r.combination].events += r.events
	}
	legal := make([]count, t.legal.Size())
	for i := range legal {
		legal[i] = all[t.legal.At(i)]
	}
	return legal
}

// combinationwise gives each legal combination the probability of being the best under independent posteriors.
func (t *task) combinationwise(alpha, beta float64) *spread {
	counts := t.combinations()
	posteriors := make([]arm, len(counts))
	for i, c := range counts {
		posteriors[i] = arm{alpha: alpha + math.Round(c.events), beta: beta + c.trials - math.Round(c.events)}
	}
	distinct, place := arms(posteriors)
	won := winning(distinct)
	weights := make([]float64, len(place))
	for i, p := range place {
		weights[i] = won[p]
	}
	return t.spread(weights)
}
