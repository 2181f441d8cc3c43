package bandit

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"
)

// Tastes change. To forget always would cost every ad whose viewers stay as they are, so that the past is forgotten only on evidence.
//
// What is compared is how well the days before some day, with a weight below 1, predict the days since. The ratio of that predictive
// likelihood to the one with weight 1 is an e-value against "nothing changed", for every day and weight, and so is their mean under any
// prior: the chance that it ever exceeds 1/level while nothing changes is at most level, however often one looks (Ville 1939). The
// largest ratio tells the day and the weight.
//
// The likelihood is that of which combinations the clicks of a span fell to, given how many there were (see life), normal around the
// mode of the fit to everything. A base rate that moves alike for all says nothing, and no asset is blamed for its company, as all
// coefficients are free: what of a change traffic to other pairs explains is not evidence. Clicks decide; conversions are too few.
// How many clicks there were is evidence of its own (see drops).

// past is what is forgotten: the days before from have this weight.
type past struct {
	from   int32
	weight float64
}

// of is the weight of a day.
func (p past) of(day int32) float64 {
	if day < p.from {
		return p.weight
	}
	return 1
}

// weights are the shares of the past that may be kept.
func weights() []float64 { return []float64{0.3, 0.1, 0.03} }

// promising is the logarithm of the e-value on assets alone from which the whole model, which takes a hundred times as long, is asked.
// It saves time only: the whole model's evidence for one day is less than that for all.
const promising = -1

// changed finds the last change of tastes; the past weighs 1 when there is no evidence of any.
func (m *Logistic) changed() past {
	found := past{weight: 1}
	if m.options.Forgetting == 0 || len(m.table.days) == 0 {
		return found
	}
	c, assets := m.table.calendar(), 1+m.layout.assets
	prior := m.unaware(assets)
	spans := m.life(assets, c, c.spans, func(span int) int { return span })
	levels := m.levels(c)
	for from := 0; from < c.spans-1; {
		dropped := drops(levels[from:])
		at, evidence := split(prior, spans[from:], dropped)
		if evidence < promising {
			break
		}
		at += from
		halves := m.life(m.layout.size, c, 2, func(span int) int {
			switch {
			case span < from:
				return -1
			case span < at:
				return 0
			}
			return 1
		})
		evidence, weight := compare(m.unaware(m.layout.size), halves[0], halves[1])
		if evidence+dropped[at-from]+odds(at-from) < -math.Log(m.options.Forgetting) {
			break
		}
		found, from = past{c.day(at), weight}, at
	}
	return found
}

// odds is the logarithm of the prior probability that the first change is after so many spans: one in thirty, each.
func odds(spans int) float64 { return float64(spans-1)*math.Log1p(-1.0/30) - math.Log(30) }

// split finds the most likely first span of a change. Evidence is the logarithm of the e-value for there being any. Dropped is what the click
// rate says of each span, which is independent of what the spans tell, given how many clicks they have.
func split(prior *told, spans []*told, dropped []float64) (at int, evidence float64) {
	whole := prior
	for _, t := range spans {
		whole = whole.plus(t, 1)
	}
	best, sum := math.Inf(-1), 0.0
	before := newTold(len(prior.score))
	for i := 1; i < len(spans); i++ {
		before = before.plus(spans[i-1], 1)
		after := whole.plus(before, -1).plus(prior, -1)
		ratio, _ := compare(prior, before, after)
		ratio += odds(i) + dropped[i]
		sum += math.Exp(ratio)
		if ratio > best {
			at, best = i, ratio
		}
	}
	return at, math.Log(sum)
}

// compare is the logarithm of the e-value that what is told after is better predicted by forgetting some of what is told before, and
// the weight with which it is best predicted.
func compare(prior, before, after *told) (evidence, weight float64) {
	predict := func(weight float64) float64 {
		known := prior.plus(before, weight)
		return known.plus(after, 1).mass() - known.mass()
	}
	unchanged, best, sum := predict(1), math.Inf(-1), 0.0
	for _, w := range weights() {
		ratio := predict(w) - unchanged
		sum += math.Exp(ratio) / float64(len(weights()))
		if ratio > best {
			best, weight = ratio, w
		}
	}
	return math.Log(sum), weight
}

// unaware is what is believed of the first coefficients before any data, as deviations from the mode.
func (m *Logistic) unaware(width int) *told {
	t, head := newTold(width), m.heads[0]
	for i := range width {
		t.information[i*width+i] = head.precision[i]
		t.score[i] = head.precision[i] * (head.center[i] - head.mode[i])
	}
	return t
}

// plus is t and a multiple of other together.
func (t *told) plus(other *told, weight float64) *told {
	sum := newTold(len(t.score))
	for i, x := range other.score {
		sum.score[i] = t.score[i] + weight*x
	}
	for i, x := range other.information {
		sum.information[i] = t.information[i] + weight*x
	}
	return sum
}

// mass is the logarithm of the integral of exp(score'x - x'information x/2), but for a constant. The mass after data less the mass
// before is their predictive log-likelihood.
func (t *told) mass() float64 {
	n := len(t.score)
	factor, ok := lapack64.Potrf(blas64.Symmetric{N: n, Stride: n, Uplo: blas.Upper, Data: slices.Clone(t.information)})
	if !ok { // rounding disagrees with a proper prior
		return math.Inf(-1)
	}
	x := slices.Clone(t.score)
	blas64.Trsv(blas.Trans, factor, blas64.Vector{N: n, Data: x, Inc: 1})
	mass := 0.0
	for i, y := range x {
		mass += y*y/2 - math.Log(factor.Data[i*n+i])
	}
	return mass
}
