package bandit

// Choice is a combination with the probability with which it was chosen; the probability is exact, not estimated.
type Choice struct {
	Combination int
	Propensity  float64
	Control     bool // drawn for the control slice: evenly, to measure what choosing brings
}

// Policy picks combinations. A policy is immutable and safe for concurrent use: learning makes a new one.
// The same policy, signature and seed give the same choice.
type Policy interface {
	Name() string
	Choose(sig Signature, seed uint64) Choice
	// Propensity is the probability with which Choose, over uniform seeds, returns that combination.
	Propensity(sig Signature, combination int) float64
}

// Estimate is what is believed of one rate.
type Estimate struct {
	Mean, Low, High float64 // posterior mean and central 95 % interval, as rates (not percent)
}

// Model is what has been learnt of one ad.
type Model interface {
	// Rate is the rate of optimisation events per impression (clicks or conversions, as the model was fitted for) of one combination
	// in one context. An empty signature means the average over the contexts seen, weighted by their impressions.
	Rate(sig Signature, combination int) Estimate
	// ProbabilityBest is the share of posterior draws in which each combination is the best on average over contexts;
	// index is the combination number. It sums to 1.
	ProbabilityBest() []float64
	// BestBySignature is the combination with the highest posterior mean in that context; an empty signature as in Rate.
	BestBySignature(sig Signature) int
	// ValueRemaining is the 95 % quantile, over draws, of the relative loss from showing the best mean combination for ever
	// (Scott 2010, section 5), weighted over contexts by their impressions.
	ValueRemaining() float64
	// Lift is the q quantile, over draws, of how much more the best mean combination brings on average over contexts than even
	// rotation does, relative to even rotation.
	Lift(q float64) float64
}
