package bandit

import (
	"math"
	"slices"
	"sync"
)

// averaged bounds the contexts, those with most impressions, that a mean over contexts visits one by one.
const averaged = 256

// valued bounds the contexts, those with most impressions, that the value remaining is taken over.
const valued = 16

// belief is what the posterior says of whole combinations, worked out when first asked for. A coefficient set has one slice per head.
type belief struct {
	once      sync.Once
	mode      [][]float64   // at the average context
	draws     [][][]float64 // at the average context
	best      int           // the combination with the highest mean at the average context
	share     []float64     // share of the draws in which each combination is best at the average context
	lift      []float64     // per draw, ascending: rate of best relative to even rotation, less 1
	remaining []float64     // per draw, ascending: relative loss from showing each context its combination with the highest mean
}

// Rate is the rate at the mode with an interval from the draws, on the logit scale. With no context named it is the mean over contexts,
// and the interval that of the average context.
func (m *Logistic) Rate(sig Signature, combination int) Estimate {
	slots := m.space.Slots(combination, make([]uint8, len(m.space.Sizes)))
	if sig != "" {
		features := m.layout.features(nil, slots, m.table.contexts.values(sig))
		mean := rate(m.modes(), features)
		return interval(mean, spread(mean, m.honest(), features))
	}
	b := m.believe()
	features := m.layout.features(nil, slots, nil)
	deviation := spread(rate(b.mode, features), b.draws, features)
	return interval(m.meanRate(slots), deviation)
}

// meanRate is the mean over contexts of the rates at the mode.
func (m *Logistic) meanRate(slots []uint8) float64 {
	sum, weight, modes := 0.0, 0.0, m.modes()
	var features []int32
	for _, s := range m.table.heaviest(averaged) {
		features = m.layout.features(features[:0], slots, s.values)
		sum += s.weight() * rate(modes, features)
		weight += s.weight()
	}
	return sum / weight
}

// ProbabilityBest counts the draws in which each combination is the best at the average context.
func (m *Logistic) ProbabilityBest() []float64 { return slices.Clone(m.believe().share) }

// BestBySignature is the combination with the highest rate at the mode; with no context named, at the average context.
func (m *Logistic) BestBySignature(sig Signature) int {
	if sig == "" {
		return m.believe().best
	}
	s := m.search(m.options.Legal)
	s.load(m.modes()...)
	return s.run(m.table.contexts.values(sig))
}

// ValueRemaining is the loss that 95 % of the draws stay under, over the contexts with most impressions.
func (m *Logistic) ValueRemaining() float64 { return quantile(m.believe().remaining, 0.95) }

// Lift is a quantile over draws of how much more the combination with the highest mean brings than even rotation does, relative to it.
func (m *Logistic) Lift(q float64) float64 { return quantile(m.believe().lift, q) }

// believe works out the belief at first use.
func (m *Logistic) believe() *belief {
	b := &m.belief
	b.once.Do(func() {
		b.mode = m.average(m.modes())
		s := m.search(m.options.Legal)
		s.load(b.mode...)
		b.best = s.run(nil)
		b.share = make([]float64, m.space.Size())
		slots := m.space.Slots(b.best, make([]uint8, len(m.space.Sizes)))
		features := m.layout.features(nil, slots, nil)
		s.all = true
		draws := m.honest()
		for _, draw := range draws {
			at := m.average(draw)
			b.draws = append(b.draws, at)
			s.load(at...)
			b.share[s.run(nil)] += 1 / float64(len(draws))
			b.lift = append(b.lift, rate(at, features)/(s.sum/float64(m.even.Size()))-1)
		}
		slices.Sort(b.lift)
		b.remaining = m.remaining()
	})
	return b
}

// remaining is the relative loss in each draw, ascending.
func (m *Logistic) remaining() []float64 {
	situations := m.table.heaviest(valued)
	s := m.search(m.options.Legal)
	s.load(m.modes()...)
	chosen := make([][]int32, len(situations))
	slots := make([]uint8, len(m.space.Sizes))
	for i, situation := range situations {
		chosen[i] = m.layout.features(nil, m.space.Slots(s.run(situation.values), slots), situation.values)
	}
	var losses []float64
	for _, draw := range m.honest() {
		s.load(draw...)
		best, got := 0.0, 0.0
		for i, situation := range situations {
			s.run(situation.values)
			best += situation.weight() / s.lowest
			got += situation.weight() * rate(draw, chosen[i])
		}
		losses = append(losses, max(0, best/got-1))
	}
	slices.Sort(losses)
	return losses
}

// average folds the mean context into the effects of assets and the intercept, so that features without context give its rate;
// the effects of context are left out.
func (m *Logistic) average(coefficients [][]float64) [][]float64 {
	l, folded := m.layout, make([][]float64, len(coefficients))
	for h, c := range coefficients {
		folded[h] = slices.Clone(c[:l.first[groupContext]])
		for v, share := range m.table.shares {
			folded[h][0] += share * c[l.first[groupContext]+v]
			for a := range l.assets {
				folded[h][1+a] += share * c[l.cross(v, 0, a)]
			}
		}
	}
	return folded
}

// modes is the posterior mode of every head.
func (m *Logistic) modes() [][]float64 {
	modes := make([][]float64, len(m.heads))
	for h, head := range m.heads {
		modes[h] = head.mode
	}
	return modes
}

// honest is the draws from the posterior, each with one slice of coefficients per head.
func (m *Logistic) honest() [][][]float64 {
	draws := make([][][]float64, m.options.Draws)
	for d := range draws {
		for _, head := range m.heads {
			draws[d] = append(draws[d], head.honest[d])
		}
	}
	return draws
}

// rate is the product of the heads' rates: optimisation events per impression.
func rate(coefficients [][]float64, features []int32) float64 {
	product := 1.0
	for _, c := range coefficients {
		product *= sigmoid(linear(c, features))
	}
	return product
}

// spread is the standard deviation of the draws' rates around the mean, on the logit scale.
func spread(mean float64, draws [][][]float64, features []int32) float64 {
	squares, center := 0.0, logit(mean)
	for _, draw := range draws {
		off := logit(rate(draw, features)) - center
		squares += off * off
	}
	return math.Sqrt(squares / float64(len(draws)))
}

// interval is the central 95 % of a rate that is normal on the logit scale.
func interval(mean, deviation float64) Estimate {
	return Estimate{mean, sigmoid(logit(mean) - normal975*deviation), sigmoid(logit(mean) + normal975*deviation)}
}

// quantile of an ascending sample: the smallest value that at least a share q of the sample does not exceed.
func quantile(sorted []float64, q float64) float64 {
	i := int(math.Ceil(q*float64(len(sorted)))) - 1
	return sorted[min(max(i, 0), len(sorted)-1)]
}
