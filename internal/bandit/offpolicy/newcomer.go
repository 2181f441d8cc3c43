package offpolicy

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/marquetry/marquetry/internal/bandit"
)

// Newcomer is what is believed of an asset that was never shown, from how far the assets of its slot differ. It is no estimate: a log
// says nothing of what it never showed.
type Newcomer struct {
	Effect      Range   // rate relative to the even mean over the slot's assets; central 95 % of the prediction
	Best        float64 // probability that it is better than the best of the slot
	Gain        float64 // expected gain over that best, relative to it, if the better of the two is shown once it is known which
	QuarterGain float64 // its expected gain over that best if it is one of the best quarter of such assets; may be negative
	ToKnow      float64 // impressions of it until it has 50 optimisation events
	GivenUp     float64 // optimisation events that these impressions bring less than those of the best would, expected
	Deviation   float64 // standard deviation of the log of an unknown asset's effect
	Assets      int     // assets of the slot behind all this
}

// Range is a median with an interval.
type Range struct{ Median, Low, High float64 }

// slotWeight is how many assets' worth of evidence the believed spread of a slot counts beside that of its own assets.
const slotWeight = 5

// NewNewcomer predicts from what is known of the assets in a slot. Believed is the spread (log scale) before any data; rate is of
// optimisation events per impression of an average asset.
func NewNewcomer(slot []bandit.Finding, believed, rate float64) Newcomer {
	normal := distuv.Normal{Sigma: 1}
	mean, best, bestVariance := 0.0, math.Inf(-1), 0.0
	for _, f := range slot {
		x, v := logOf(f.Effect)
		mean += x / float64(len(slot))
		if x > best {
			best, bestVariance = x, v
		}
	}
	squares, n := slotWeight*believed*believed, float64(len(slot))
	for _, f := range slot { // one step of expectation and maximisation, as the model's own groups have it
		x, v := logOf(f.Effect)
		squares += (x-mean)*(x-mean) + v
	}
	spread := squares / (n + slotWeight)
	sd := math.Sqrt(spread * (1 + 1/max(1, n))) // the mean of the slot is not known exactly either
	ahead, gap := mean-best, math.Sqrt(sd*sd+bestVariance)
	const quartile = 0.6744898
	c := Newcomer{
		Effect:    Range{math.Exp(mean), math.Exp(mean - normal975*sd), math.Exp(mean + normal975*sd)},
		Best:      normal.CDF(ahead / gap),
		Gain:      math.Exp(ahead+gap*gap/2)*normal.CDF(ahead/gap+gap) - normal.CDF(ahead/gap),
		Deviation: sd, Assets: len(slot),
	}
	c.QuarterGain = math.Exp(ahead+sd*sd/2)*normal.CDF(sd-quartile)/0.25 - 1
	if rate > 0 {
		c.ToKnow = 50 / (rate * c.Effect.Median)
		c.GivenUp = c.ToKnow * rate * max(0, math.Exp(best)-math.Exp(mean+sd*sd/2))
	}
	return c
}

// logOf is the mean and variance of the log of an effect.
func logOf(e bandit.Estimate) (mean, variance float64) {
	sd := math.Log(e.High/e.Low) / (2 * normal975)
	return math.Log(e.Mean), sd * sd
}
