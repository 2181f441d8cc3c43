package offpolicy

import (
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/marquetry/marquetry/internal/bandit"
)

// Fit is a test of goodness of fit (Pearson's chi-square) of choices to the propensities of a policy.
type Fit struct {
	Decisions int
	Statistic float64
	Freedom   int
	P         float64 // probability of so large a statistic when the propensities are exact
	Unlike    int     // decisions whose own propensity is not what the policy says of that combination; there must be none
}

// minExpected is how often a combination must be expected to be counted by itself; rarer ones are counted together.
const minExpected = 5

// Frequencies draws decisions, taking turns between contexts, and compares how often each of so many combinations came with its propensity.
func Frequencies(policy bandit.Policy, contexts []bandit.Signature, combinations, decisions int, seed uint64) Fit {
	f := Fit{Decisions: decisions}
	counts, turns := make([][]float64, len(contexts)), make([]float64, len(contexts))
	for s := range contexts {
		counts[s] = make([]float64, combinations)
	}
	seeds := rand.NewPCG(seed, 0)
	for i := range decisions {
		s := i % len(contexts)
		choice := policy.Choose(contexts[s], seeds.Uint64())
		counts[s][choice.Combination]++
		turns[s]++
		if choice.Propensity != policy.Propensity(contexts[s], choice.Combination) {
			f.Unlike++
		}
	}
	for s, sig := range contexts {
		f.compare(policy, sig, counts[s], turns[s])
	}
	f.P = distuv.ChiSquared{K: float64(max(1, f.Freedom))}.Survival(f.Statistic)
	return f
}

// compare adds the statistic of one context.
func (f *Fit) compare(policy bandit.Policy, sig bandit.Signature, counts []float64, turns float64) {
	together, expectedTogether, classes := 0.0, 0.0, -1
	take := func(count, expected float64) {
		if expected > 0 {
			f.Statistic += (count - expected) * (count - expected) / expected
			classes++
		}
	}
	for k, count := range counts {
		expected := turns * policy.Propensity(sig, k)
		if expected < minExpected {
			together, expectedTogether = together+count, expectedTogether+expected
			continue
		}
		take(count, expected)
	}
	take(together, expectedTogether)
	f.Freedom += max(0, classes)
}
