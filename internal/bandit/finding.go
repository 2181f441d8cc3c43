package bandit

// Say is what can be said of an asset, a pair or a combination however often one looks.
type Say string

// What can be said.
const (
	SayLearning Say = "LEARNING" // nothing yet
	SayBetter   Say = "BETTER"   // better than the average of its slot (a pair: than its two assets by themselves; a taste: than the asset elsewhere)
	SayWorse    Say = "WORSE"    // worse than that
	SayEven     Say = "NO_MATERIAL_DIFFERENCE"
)

// Finding is what has been learnt of one asset, or of one pair, as a ratio of standardised rates: the rate of optimisation events with
// all other slots shown evenly and contexts as they come, relative to the even mean over the slot's legal assets. 1 is no effect. For a pair it
// is the factor by which the two together differ from the product of their own effects.
type Finding struct {
	Effect Estimate // posterior mean and central 95 % interval
	Sure   Estimate // the same mean with an interval that holds at all times at once (confidence sequence, 95 %)
	Best   float64  // share of the posterior draws in which it is the best of its slot; 0 for a pair
	E      float64  // e-value against "no effect": how much better the data are explained with one; Ville (1939)
	Say    Say      // with the share of false claims over all assets, pairs and tastes of the ad held to 5 %
}

// PairFinding is a finding on a pair.
type PairFinding struct {
	Pair Pair
	Finding
}

// Forecast is when learning is expected to be over.
type Forecast struct {
	Known           bool    // false while there is nothing to go by
	Days            float64 // from the last day with data; 0 when it is over
	LowDays, HiDays float64 // central 90 %; +Inf when it may never be
}
