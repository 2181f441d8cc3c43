package offpolicy

// Method is a way to estimate.
type Method string

// The methods. All are unbiased or nearly so where the log had a chance to show what the policy would.
const (
	IPS     Method = "ips"     // mean of weighted rewards (Horvitz and Thompson, 1952)
	Clipped Method = "clipped" // the same with weights bounded; of rewards that are not negative it says at least how much there is
	SNIPS   Method = "snips"   // divided by the sum of the weights (Swaminathan and Joachims, 2015)
	DR      Method = "dr"      // the model's prediction, corrected by the weighted rest (Dudík, Langford and Li, 2011)
	Switch  Method = "switch"  // as DR, leaving to the model what would weigh too much (Wang, Agarwal and Dudík, 2017)
)

// Figure is a number with its error.
type Figure struct {
	Mean, StandardError float64
	Low, High           float64 // central 95 %, normal
}

// normal975 is the number of standard deviations to either end of a central 95 % interval.
const normal975 = 1.959964

// around is a figure with its interval.
func around(mean, se float64) Figure {
	return Figure{mean, se, mean - normal975*se, mean + normal975*se}
}

// Estimate is what a policy would have brought, by one method.
type Estimate struct {
	Method Method
	Value  Figure // reward per impression
	Lift   Figure // relative to what the log brought on the same impressions; 0.1 is a tenth more
}

// Result is what a log says of a policy.
type Result struct {
	Impressions int
	Logged      Figure     // what the log itself brought, per impression
	Estimates   []Estimate // Switch first
	Support     Support
}

// Best is the estimate to quote. Switch had the smallest errors on simulated logs; without heavy weights it is DR.
func (r Result) Best() Estimate { return r.Estimates[0] }

// Result sums up.
func (e *Evaluation) Result() Result {
	own := moments{n: e.ips.n, score: e.ips.reward, scores: e.ips.rewards}
	return Result{
		Impressions: int(e.ips.n),
		Logged:      own.estimate("").Value,
		Estimates: []Estimate{
			e.switched.estimate(Switch), e.dr.estimate(DR), e.snips.estimate(), e.ips.estimate(IPS), e.clipped.estimate(Clipped),
		},
		Support: e.support(),
	}
}
