package bandit

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"
)

// errSingular cannot happen with proper priors and finite counts; it is an error rather than a panic in case rounding disagrees.
var errSingular = errors.New("bandit: the posterior precision is not positive definite")

// posterior is the Gaussian approximation (Laplace) of one logistic regression: the mode, and draws around it.
type posterior struct {
	mode   []float64
	honest [][]float64 // draws from the posterior: what is believed
	bold   [][]float64 // tempered draws: what exploration acts on

	*scratch // only as long as findings need it
}

// scratch is how a posterior came about: 2 MB for the largest usual ad.
type scratch struct {
	factor            blas64.Triangular // Cholesky factor of the precision
	precision, center []float64         // of the prior
	believed          []float64         // standard deviations of the prior before any data
}

// regression is the work space of one fit.
type regression struct {
	layout *layout
	data   *evidence
	prior  []float64 // precision of every coefficient
	mean   []float64 // prior mean of every coefficient
	scale  []float64 // factor of every coefficient on its group's standard deviation
	mode   []float64
	curves blas64.Symmetric // curvature of the log-likelihood at the mode, upper triangle
}

// newRegression prepares a fit; the intercept starts at the pooled rate.
func newRegression(l *layout, data *evidence, rate, rateSD float64, p Priors) *regression {
	r := &regression{layout: l, data: data, prior: make([]float64, l.size), mode: make([]float64, l.size), mean: l.means(p.Means), scale: l.scales(p.Slots)}
	r.prior[0], r.mean[0] = 1/(rateSD*rateSD), logit(rate)
	copy(r.mode, r.mean)
	trials, events := total(data.rows)
	r.mode[0] = logit(min((events+rate)/(trials+1), 0.99))
	r.curves = blas64.Symmetric{N: l.size, Stride: l.size, Uplo: blas.Upper, Data: make([]float64, l.size*l.size)}
	return r
}

// setPriors spreads the groups' standard deviations over the coefficients.
func (r *regression) setPriors(sd [groups]float64) {
	for g := groupMain; g < groups; g++ {
		from, to := r.layout.span(g)
		for i := from; i < to; i++ {
			own := sd[g] * r.scale[i]
			r.prior[i] = 1 / (own * own)
		}
	}
}

// factor is the Cholesky factor of the posterior precision.
func (r *regression) factor() (blas64.Triangular, error) {
	d := r.layout.size
	precision := blas64.Symmetric{N: d, Stride: d, Uplo: blas.Upper, Data: make([]float64, d*d)}
	copy(precision.Data, r.curves.Data)
	for i, p := range r.prior {
		precision.Data[i*d+i] += p
	}
	factor, ok := lapack64.Potrf(precision)
	if !ok {
		return factor, errSingular
	}
	return factor, nil
}

// descend moves the mode by quasi-Newton steps with one factor until no coefficient moves by more than tolerance, or for so many steps.
// No coefficient moves by more than 1 in a step.
func (r *regression) descend(factor blas64.Triangular, steps int) {
	const tolerance = 1e-5
	step := make([]float64, r.layout.size)
	for range steps {
		r.gradient(step)
		x := blas64.Vector{N: len(step), Data: step, Inc: 1}
		blas64.Trsv(blas.Trans, factor, x)
		blas64.Trsv(blas.NoTrans, factor, x)
		longest := 0.0
		for _, s := range step {
			longest = max(longest, math.Abs(s))
		}
		scale := 1 / max(1, longest)
		for i, s := range step {
			r.mode[i] += s * scale
		}
		if longest < tolerance {
			return
		}
	}
}

// gradient fills dst with the slope of the log posterior at the mode.
func (r *regression) gradient(dst []float64) {
	for i, p := range r.prior {
		dst[i] = p * (r.mean[i] - r.mode[i])
	}
	r.data.slope(r.mode, dst)
}

// linear is the sum of the coefficients of the given features.
func linear(coefficients []float64, features []int32) float64 {
	sum := 0.0
	for _, i := range features {
		sum += coefficients[i]
	}
	return sum
}

// sigmoid turns log-odds into a probability.
func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// logit is the inverse of sigmoid.
func logit(p float64) float64 { return math.Log(p / (1 - p)) }
