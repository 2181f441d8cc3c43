package baseline

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"
)

// Points of the grid that rates are integrated over, in log-odds.
const (
	leastPoints = 256
	mostPoints  = 4096
)

// reach is how many standard deviations of a posterior the grid goes.
const reach = 8

// arm is the posterior Beta(alpha, beta) of a rate, held by a number of arms alike and independent of each other.
type arm struct{ alpha, beta, copies float64 }

// grid is points of log-odds, evenly spaced, that the highest of some rates lies between.
type grid struct {
	low, step float64
	softplus  []float64 // log(1 + exp(x)) at each point x
}

// winning is the probability with which each arm (one of its copies) has the highest rate: what Thompson sampling chooses it with when
// it draws anew for every choice. It is integrated over log-odds x: sum of density(x) × product of the others' cumulative(x).
func winning(arms []arm) []float64 {
	g := newGrid(arms)
	density, cumulative := make([][]float64, len(arms)), make([][]float64, len(arms))
	all := make([]float64, len(g.softplus)) // log of the product of all cumulatives
	for i, a := range arms {
		density[i], cumulative[i] = g.tabulate(a)
		for x, c := range cumulative[i] {
			cumulative[i][x] = math.Log(max(c, math.SmallestNonzeroFloat64))
			all[x] += a.copies * cumulative[i][x]
		}
	}
	shares, total := make([]float64, len(arms)), 0.0
	for i, a := range arms {
		for x, d := range density[i] {
			if d > 0 {
				shares[i] += d * math.Exp(all[x]-cumulative[i][x])
			}
		}
		total += a.copies * shares[i]
	}
	for i := range shares {
		shares[i] /= total
	}
	return shares
}

// newGrid reaches from where the best arm surely is to where no arm is any more, in steps of half the narrowest deviation if there are
// points for it.
func newGrid(arms []arm) grid {
	low, high, narrow := math.Inf(-1), math.Inf(-1), math.Inf(1)
	for _, a := range arms {
		// The log-odds of a Beta have mean ψ(alpha) - ψ(beta) and variance ψ'(alpha) + ψ'(beta).
		mean := mathext.Digamma(a.alpha) - mathext.Digamma(a.beta)
		deviation := math.Sqrt(mathext.Zeta(2, a.alpha) + mathext.Zeta(2, a.beta))
		low, high, narrow = max(low, mean-reach*deviation), max(high, mean+reach*deviation), min(narrow, deviation)
	}
	points := int(min(max(2*(high-low)/narrow, leastPoints), mostPoints))
	g := grid{low, (high - low) / float64(points-1), make([]float64, points)}
	for i := range g.softplus {
		x := low + float64(i)*g.step
		g.softplus[i] = max(x, 0) + math.Log1p(math.Exp(-math.Abs(x)))
	}
	return g
}

// tabulate is the density of the log-odds, times the step, and their cumulative distribution.
func (g grid) tabulate(a arm) (density, cumulative []float64) {
	density, cumulative = make([]float64, len(g.softplus)), make([]float64, len(g.softplus))
	scale := math.Log(g.step) - mathext.Lbeta(a.alpha, a.beta)
	below := mathext.RegIncBeta(a.alpha, a.beta, 1/(1+math.Exp(-g.low)))
	for i, s := range g.softplus {
		x := g.low + float64(i)*g.step
		density[i] = math.Exp(scale + a.alpha*x - (a.alpha+a.beta)*s)
		below += density[i] / 2
		cumulative[i] = min(below, 1)
		below += density[i] / 2
	}
	return density, cumulative
}

// arms counts equal posteriors once; place is the arm of each posterior.
func arms(posteriors []arm) (distinct []arm, place []int) {
	number := map[arm]int{}
	for _, p := range posteriors {
		i, known := number[p]
		if !known {
			i = len(distinct)
			number[p] = i
			distinct = append(distinct, arm{p.alpha, p.beta, 0})
		}
		distinct[i].copies++
		place = append(place, i)
	}
	return slices.Clip(distinct), place
}
