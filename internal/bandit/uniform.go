package bandit

// Uniform is even rotation: every combination with the same probability, whatever the context.
type Uniform struct{ Space Space }

// Name tells the policy in logs and answers.
func (u Uniform) Name() string { return "uniform" }

// Choose takes any combination.
func (u Uniform) Choose(_ Signature, seed uint64) Choice {
	size := u.Space.Size()
	return Choice{Combination: below(mix(seed), size), Propensity: 1 / float64(size)}
}

// Propensity is one over the number of combinations.
func (u Uniform) Propensity(_ Signature, _ int) float64 { return 1 / float64(u.Space.Size()) }
