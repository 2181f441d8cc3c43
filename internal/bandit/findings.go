package bandit

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// normal975 is the number of standard deviations to either end of a central 95 % interval.
const normal975 = 1.959964

// factorLimit bounds the effects of which an interval speaks: 1/factorLimit to factorLimit.
const factorLimit = 100

// subject is an asset, a pair or a taste of which something is to be found.
type subject struct {
	contrast contrast
	shift    float64 // log effect at the mode, less the contrast there: what a sum of log-odds misses of a mean of rates
	mode     float64
	mean     float64 // of the contrast, on the log of the rate
	variance float64 // posterior
	evidence likelihood
	tau      float64 // spread that the e-value expects
}

// inquiry finds out what can be said of one model; it needs the factors of its posteriors.
type inquiry struct {
	model   *Logistic
	margins *margins
	open    [][]int   // per slot: the legal assets
	apart   []bool    // per pair: never shown together
	slope   []float64 // per head: change of the log of the rate per log-odds
}

// newInquiry prepares one.
func newInquiry(m *Logistic) *inquiry {
	q := &inquiry{model: m, margins: m.margins()}
	stopped, apart := m.options.Legal.lists(m.layout)
	q.apart = apart
	for f := range m.layout.sizes {
		q.open = append(q.open, company(m.layout, stopped, f))
	}
	for _, c := range m.average(m.modes()) {
		q.slope = append(q.slope, 1-sigmoid(c[0]))
	}
	return q
}

// subjects are the given contrasts with what is known of them; effects are their log effects at the mode, nil if only to first order.
func (q *inquiry) subjects(contrasts []contrast, effects []float64, tau float64, pool func(*posterior, []moment) []moment) []subject {
	found := make([]subject, len(contrasts))
	for h, head := range q.model.heads {
		moments := head.moments(contrasts)
		pooled := pool(head, moments)
		for i, moment := range moments {
			s, slope := &found[i], q.slope[h]
			s.mode += slope * moment.mean
			s.mean += slope * pooled[i].mean
			s.variance += slope * slope * pooled[i].variance
			s.evidence = s.evidence.plus(likelihoodOf(moment).times(slope))
		}
	}
	for i := range found {
		found[i].contrast, found[i].tau = contrasts[i], tau
		if effects != nil {
			found[i].shift = effects[i] - found[i].mode
		}
	}
	return found
}

// finding puts a subject's numbers together; what can be said follows when all are known.
func (s *subject) finding() Finding {
	at, deviation := s.mean+s.shift, math.Sqrt(s.variance)
	sure := s.evidence.sequence(s.tau, levelSure)
	limit := func(x float64) float64 { return math.Exp(clamp(x, -math.Log(factorLimit), math.Log(factorLimit))) }
	center := s.evidence.center + s.shift
	return Finding{
		Effect: Estimate{limit(at), limit(at - normal975*deviation), limit(at + normal975*deviation)},
		Sure:   Estimate{limit(at), limit(center - sure), limit(center + sure)},
		E:      s.evidence.value(s.tau),
		Say:    SayLearning,
	}
}

// assetEffects are the log effects of a slot's assets at the mode.
func (q *inquiry) assetEffects(f int) []float64 {
	at, n := q.model.layout.asset[f], q.model.layout.sizes[f]
	mean := 0.0
	for _, a := range q.open[f] {
		mean += q.margins.asset[at+a].mean() / float64(len(q.open[f]))
	}
	effects := make([]float64, n)
	for a, s := range q.margins.asset[at:][:n] {
		if s.weight > 0 {
			effects[a] = math.Log(s.mean() / mean)
		}
	}
	return effects
}

// pairEffects are the log effects of the pairs of two slots at the mode, beyond the product of their assets' effects.
func (q *inquiry) pairEffects(f, g int) []float64 {
	l := q.model.layout
	var effects []float64
	first, second, all := q.assetEffects(f), q.assetEffects(g), q.margins.all.mean()
	for a := range l.sizes[f] {
		for b := range l.sizes[g] {
			s, effect := q.margins.pair[l.pairAt(Pair{f, a, g, b})], 0.0
			if s.weight > 0 && all > 0 {
				effect = math.Log(s.mean()/all) - first[a] - second[b]
			}
			effects = append(effects, effect)
		}
	}
	return effects
}

// best is the share of the draws in which each of a slot's assets is the best of the legal ones.
func (q *inquiry) best(f int, subjects []subject) []float64 {
	m := q.model
	share := make([]float64, len(subjects))
	for draw := range m.options.Draws {
		winner, highest := q.open[f][0], math.Inf(-1)
		for _, a := range q.open[f] {
			effect := subjects[a].shift
			for h, head := range m.heads {
				effect += q.slope[h] * subjects[a].contrast.of(head.honest[draw])
			}
			if effect > highest {
				winner, highest = a, effect
			}
		}
		share[winner] += 1 / float64(m.options.Draws)
	}
	return share
}

// findings is all that is found out about one ad.
type findings struct {
	assets   [][]Finding
	pairs    []PairFinding
	segments []SegmentFinding
	any      float64 // e-value against "no asset and no pair makes any difference"
}

// find works everything out; attributes are the names of the parts of a signature. A slot of one asset has nothing to be compared.
func (q *inquiry) find(attributes []string, tie float64) *findings {
	l, found := q.model.layout, &findings{}
	var mains []subject // all but the last asset of each slot, which the others imply
	var ties []int      // their slots
	for f, n := range l.sizes {
		line := []Finding{{Effect: Estimate{1, 1, 1}, Sure: Estimate{1, 1, 1}, Best: 1, E: 1, Say: SayEven}}
		if n > 1 {
			contrasts := q.model.assetContrasts(f, q.open, q.apart)
			subjects := q.subjects(contrasts, q.assetEffects(f), expectAsset, func(p *posterior, m []moment) []moment {
				return p.slotOverSpreads(m, contrasts, l.main(f, 0), q.open[f])
			})
			line = line[:0]
			best := q.best(f, subjects)
			for a := range subjects {
				line = append(line, subjects[a].finding())
				line[a].Best = best[a]
			}
			for _, s := range subjects[:n-1] {
				if len(s.contrast.at) > 0 {
					mains, ties = append(mains, s), append(ties, f)
				}
			}
		}
		found.assets = append(found.assets, line)
	}
	for f := range l.sizes {
		for g := f + 1; g < len(l.sizes); g++ {
			if l.sizes[f] > 1 && l.sizes[g] > 1 {
				found.pairs = append(found.pairs, q.pairFindings(f, g)...)
			}
		}
	}
	found.segments = q.segmentFindings(attributes)
	found.any = q.joint(mains, ties)
	if n := float64(len(found.pairs)); n > 0 {
		found.any /= 2
		for _, p := range found.pairs {
			found.any += p.E / (2 * n)
		}
	}
	found.say(tie)
	return found
}

// pairFindings are the findings on the pairs of two slots.
func (q *inquiry) pairFindings(f, g int) []PairFinding {
	l := q.model.layout
	n := l.sizes[g]
	var found []PairFinding
	for i, s := range q.subjects(q.model.pairContrasts(f, g, q.open), q.pairEffects(f, g), expectPair, func(p *posterior, m []moment) []moment {
		return p.overSpreads(m, l.pair[f][g], (l.sizes[f]-1)*(n-1))
	}) {
		found = append(found, PairFinding{Pair{f, i / n, g, i % n}, s.finding()})
	}
	return found
}

// joint is the e-value against "no asset makes any difference": the product over the heads, each of which is an experiment given the one before.
func (q *inquiry) joint(mains []subject, slots []int) float64 {
	n := len(mains)
	if n == 0 {
		return 1
	}
	contrasts := make([]contrast, n)
	expected := mat.NewSymDense(n, nil)
	for i := range mains {
		contrasts[i] = mains[i].contrast
		for j := i; j < n && slots[j] == slots[i]; j++ { // independent effects less their mean
			of := float64(q.model.layout.sizes[slots[i]])
			expected.SetSym(i, j, -expectAsset*expectAsset/of)
		}
		expected.SetSym(i, i, expected.At(i, i)+expectAsset*expectAsset)
	}
	product := 1.0
	for _, head := range q.model.heads {
		posterior, prior := head.covariances(contrasts)
		mean, priorMean := mat.NewVecDense(n, nil), mat.NewVecDense(n, nil)
		for i := range contrasts {
			mean.SetVec(i, contrasts[i].of(head.mode))
			priorMean.SetVec(i, contrasts[i].of(head.center))
		}
		product *= jointValue(mean, priorMean, posterior, prior, expected)
	}
	return product
}

// say decides what can be said: half of what may be wrong is granted to the assets, half to the many more pairs and tastes, evenly.
func (f *findings) say(tie float64) {
	var assets, pairs, segments []*Finding
	for _, line := range f.assets {
		for a := range line {
			if len(line) > 1 {
				assets = append(assets, &line[a])
			}
		}
	}
	for i := range f.pairs {
		pairs = append(pairs, &f.pairs[i].Finding)
	}
	for i := range f.segments {
		segments = append(segments, &f.segments[i].Finding)
	}
	all, values := granted(assets, pairs, segments)
	for i, rejected := range discover(values, levelSure) {
		all[i].Say = all[i].verdict(rejected, tie)
	}
	slices.SortStableFunc(f.pairs, func(a, b PairFinding) int { return byStrength(a.Finding, b.Finding) })
	slices.SortStableFunc(f.segments, func(a, b SegmentFinding) int { return byStrength(a.Finding, b.Finding) })
}

// byStrength puts findings of which something can be said first, then strong effects before weak ones.
func byStrength(a, b Finding) int {
	if open := a.Say == SayLearning; open != (b.Say == SayLearning) {
		if open {
			return 1
		}
		return -1
	}
	return cmp.Compare(math.Abs(math.Log(b.Effect.Mean)), math.Abs(math.Log(a.Effect.Mean)))
}

// verdict is what can be said of one asset, pair or taste.
func (x *Finding) verdict(rejected bool, tie float64) Say {
	switch {
	case x.Sure.Low >= 1-tie && x.Sure.High <= 1+tie:
		return SayEven
	case rejected && x.Sure.Low > 1:
		return SayBetter
	case rejected && x.Sure.High < 1:
		return SayWorse
	}
	return SayLearning
}
