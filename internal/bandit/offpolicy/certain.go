package offpolicy

import "github.com/marquetry/marquetry/internal/bandit"

// Certain is a policy without chance: one combination in each context.
type Certain func(sig bandit.Signature) int

// Name tells the policy in tables.
func (c Certain) Name() string { return "certain" }

// Choose takes the combination of the context, whatever the seed.
func (c Certain) Choose(sig bandit.Signature, _ uint64) bandit.Choice {
	return bandit.Choice{Combination: c(sig), Propensity: 1}
}

// Propensity is 1 for the combination of the context and 0 for all others.
func (c Certain) Propensity(sig bandit.Signature, combination int) float64 {
	if c(sig) == combination {
		return 1
	}
	return 0
}

// Greedy shows each context what a model has the highest mean for. It is not safe for concurrent use.
func Greedy(model bandit.Model) Certain {
	known := map[bandit.Signature]int{}
	return func(sig bandit.Signature) int {
		k, ok := known[sig]
		if !ok {
			k = model.BestBySignature(sig)
			known[sig] = k
		}
		return k
	}
}
