package bandit

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// Spreads, on log-odds, of the effects that an e-value expects when there is one. They are fixed before any data of the ad: one that
// followed the data would make the e-value say too much.
const (
	expectAsset = 0.15
	expectPair  = 0.10
)

// levelSure is the probability with which an interval that holds at all times fails, ever.
const levelSure = 0.05

// likelihood is what the data say of one contrast, apart from what was believed of it before: a normal likelihood with this variance
// around center. The choices made on the way cancel in the likelihood, so it does not matter that they followed the data.
type likelihood struct{ center, variance float64 }

// likelihoodOf divides the prior out of the posterior; the variance is infinite where the data say nothing.
func likelihoodOf(m moment) likelihood {
	precision := 1/m.variance - 1/m.priorVariance
	if m.variance == 0 || precision <= 1e-9/m.variance { // 0: an effect that is none by its definition
		return likelihood{0, math.Inf(1)}
	}
	return likelihood{(m.mean/m.variance - m.priorMean/m.priorVariance) / precision, 1 / precision}
}

// plus is the evidence of the sum of two effects.
func (e likelihood) plus(o likelihood) likelihood {
	return likelihood{e.center + o.center, e.variance + o.variance}
}

// times is the evidence of a multiple of the effect.
func (e likelihood) times(x float64) likelihood { return likelihood{x * e.center, x * x * e.variance} }

// value is the e-value against no effect: the likelihood averaged over effects of spread tau, relative to that of no effect (the mixture of
// Robbins, 1970). While there is no effect it is a martingale from 1, so that the chance that it ever reaches 1/α is at most α (Ville, 1939).
func (e likelihood) value(tau float64) float64 {
	if math.IsInf(e.variance, 1) {
		return 1
	}
	wide := e.variance + tau*tau
	return math.Sqrt(e.variance/wide) * math.Exp(e.center*e.center*tau*tau/(2*e.variance*wide))
}

// sequence is half the width of the interval around center of the effects whose own e-value stays below 1/level: it holds
// at all times at once with probability 1 - level (Howard, Ramdas, McAuliffe and Sekhon, 2021, section 3.2).
func (e likelihood) sequence(tau, level float64) float64 {
	if math.IsInf(e.variance, 1) {
		return e.variance
	}
	ratio := e.variance / (tau * tau)
	return math.Sqrt(e.variance * (1 + ratio) * math.Log((1+1/ratio)/(level*level)))
}

// jointValue is the e-value against no effect at all of contrasts with the given posterior and prior covariances and means, under effects that
// are normal with covariance expected. One that cannot be worked out is 1.
func jointValue(mean, priorMean *mat.VecDense, posterior, prior, expected *mat.SymDense) float64 {
	data, ok := quadraticOf(mean, priorMean, posterior, prior)
	if !ok {
		return 1
	}
	belief, ok := data.under(mat.NewVecDense(mean.Len(), nil), expected)
	if !ok {
		return 1
	}
	return math.Exp(belief.evidence)
}
