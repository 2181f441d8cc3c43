package baseline

import (
	"slices"
	"sort"

	"github.com/marquetry/marquetry/internal/bandit"
)

// policy is a table of probabilities for each context that it tells apart, and one for all others.
type policy struct {
	name string
	own  map[bandit.Signature]*spread
	rest *spread
}

// Name tells the policy in logs and answers.
func (p *policy) Name() string { return p.name }

// Choose draws from the table of the context.
func (p *policy) Choose(sig bandit.Signature, seed uint64) bandit.Choice {
	return p.of(sig).draw(bandit.Point(seed))
}

// Propensity is the probability of that combination under Choose.
func (p *policy) Propensity(sig bandit.Signature, combination int) float64 {
	return p.of(sig).probability(combination)
}

// of is the table of a context.
func (p *policy) of(sig bandit.Signature) *spread {
	if s := p.own[sig]; s != nil {
		return s
	}
	return p.rest
}

// spread is a distribution over combinations: each owns the part of 0 … 1 that ends at its upTo and begins where the one before ends,
// and the length of that part is its probability, to the last bit.
type spread struct {
	listed []int32 // combinations, rising
	upTo   []float64
}

// spread makes a distribution from a weight for each legal combination, in their order, mixed with the floor. Weights need not sum
// to 1; when all are zero the distribution is even.
func (t *task) spread(weights []float64) *spread {
	total := 0.0
	for _, w := range weights {
		total += w
	}
	s, floor, reached := &spread{}, t.options.Floor, 0.0
	if total == 0 {
		floor, total = 1, 1
	}
	for i, w := range weights {
		if p := floor/float64(len(weights)) + (1-floor)*w/total; p > 0 {
			reached += p
			s.listed, s.upTo = append(s.listed, int32(t.legal.At(i))), append(s.upTo, reached)
		}
	}
	s.upTo[len(s.upTo)-1] = 1 // where rounding leaves it a little beside
	return s
}

// draw is the combination that owns a point of 0 … 1.
func (s *spread) draw(point float64) bandit.Choice {
	i := sort.Search(len(s.upTo)-1, func(i int) bool { return s.upTo[i] > point })
	return bandit.Choice{Combination: int(s.listed[i]), Propensity: s.length(i)}
}

// probability of a combination; 0 if it is never drawn.
func (s *spread) probability(combination int) float64 {
	i, found := slices.BinarySearch(s.listed, int32(combination))
	if !found {
		return 0
	}
	return s.length(i)
}

// length of the i-th part.
func (s *spread) length(i int) float64 {
	if i == 0 {
		return s.upTo[0]
	}
	return s.upTo[i] - s.upTo[i-1]
}
