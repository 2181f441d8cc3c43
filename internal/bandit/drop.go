package bandit

import "math"

// What is shown was chosen for doing well. When tastes change, most of it does worse, and worse alike: which combinations the clicks fall to
// says little, as there are few others to compare with. What says more is that the click rate drops, from one span to the next, by a share of
// what choosing had gained over even rotation. Base rates move, too: by how much those of this ad do, its other spans tell. Where choosing
// gained nothing a drop says nothing.

// level is how the clicks of a span compare with those that the model expects.
type level struct {
	off      float64 // logarithm of clicks over expected
	variance float64 // of off, if only clicks are random
	gain     float64 // logarithm of expected over what even rotation would bring
}

// levels are those of every span.
func (m *Logistic) levels(c calendar) []level {
	type sums struct{ impressions, clicks, expected float64 }
	spans := make([]sums, c.spans)
	m.runs(func(d daily, expected float64, _ []int32) {
		s := &spans[c.span(d.day)]
		s.impressions, s.clicks, s.expected = s.impressions+float64(d.impressions), s.clicks+float64(d.clicks), s.expected+expected
	})
	even := m.rotated()
	levels := make([]level, c.spans)
	for i, s := range spans {
		levels[i] = level{math.Log((s.clicks + 1) / (s.expected + 1)), 1 / (s.expected + 1), math.Log((s.expected + 1) / (s.impressions*even + 1))}
	}
	return levels
}

// rotated is the clicks per impression that even rotation would bring at the average context. Where conversions are sought, their head is
// left unloaded, which counts as a rate of 1.
func (m *Logistic) rotated() float64 {
	s := m.search(m.options.Legal)
	s.all = true
	s.load(m.average(m.modes()[:1])...)
	s.run(nil)
	return s.sum / float64(m.even.Size())
}

// restless is how base rates may move: standard deviations of their logarithm.
type restless struct {
	wobble float64 // of a span by itself
	walk   float64 // from each span to the next, to stay
}

// habits are what is thought possible, equally likely before any data.
func habits() []restless {
	var all []restless
	for _, wobble := range []float64{0.03, 0.1, 0.3} {
		for _, walk := range []float64{0.01, 0.03, 0.08} {
			all = append(all, restless{wobble, walk})
		}
	}
	return all
}

// losses are the shares of the gain that a change of tastes may cost.
func losses() []float64 { return []float64{0.2, 0.4, 0.6} }

// drops is, for every span, the logarithm of the e-value that a share of the gain is lost from there on; a tenth of it is put on nothing of
// the kind, as tastes may change without.
func drops(levels []level) []float64 {
	var logs []float64 // for every habit, without a drop; then for every span, loss and habit
	for _, h := range habits() {
		logs = append(logs, h.likely(levels, len(levels), 0))
	}
	for at := range levels {
		for _, loss := range losses() {
			for _, h := range habits() {
				logs = append(logs, h.likely(levels, at, loss))
			}
		}
	}
	weights, n := softened(logs), len(habits())
	mean := func(weights []float64) float64 {
		sum := 1e-300
		for _, w := range weights {
			sum += w / float64(len(weights))
		}
		return sum
	}
	evidence, with := make([]float64, len(levels)), n*len(losses())
	for at := range levels {
		evidence[at] = math.Log((1 + 9*mean(weights[n+at*with:][:with])/mean(weights[:n])) / 10)
	}
	return evidence
}

// likely is the logarithm of the likelihood of levels when a share of the gain is lost from span at on. It predicts each span from those
// before (Kalman 1960); the first base rate is normal with standard deviation 1.
func (h restless) likely(levels []level, at int, loss float64) float64 {
	base, uncertainty, total := 0.0, 1.0, 0.0
	for i, l := range levels {
		off := l.off - base
		if i >= at {
			off += loss * max(0, l.gain)
		}
		variance := uncertainty + h.wobble*h.wobble + l.variance
		total -= (math.Log(variance) + off*off/variance) / 2
		base += off * uncertainty / variance
		uncertainty += h.walk*h.walk - uncertainty*uncertainty/variance
	}
	return total
}
