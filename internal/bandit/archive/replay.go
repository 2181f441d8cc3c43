package archive

import (
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/marquetry/marquetry/internal/bandit"
)

// learner makes a policy of a test's combinations from what it has shown so far; it is the share of the visitors that each one gets.
type learner func(cells []bandit.Cell) ([]float64, error)

// served is what came of a replay: expected clicks, of the policy, of showing all combinations evenly, and of showing the best.
type served struct{ got, even, best float64 }

// replay serves visitors in batches, learning after each. Visitors click as the truth has it.
func replay(t truth, visitors, batch int, learn learner, source rand.Source) (served, error) {
	cells, s, best := make([]bandit.Cell, len(t.real)), served{}, 0
	for k := range cells {
		cells[k].Combination = k
		s.even += t.counted[k] * float64(visitors) / float64(len(cells))
		if t.real[k] > t.real[best] {
			best = k
		}
	}
	s.best = t.counted[best] * float64(visitors)
	for left := visitors; left > 0; left -= batch {
		shares, err := learn(cells)
		if err != nil {
			return s, err
		}
		for k, n := range divide(shares, min(batch, left), source) {
			cells[k].Impressions += int64(n)
			cells[k].Clicks += int64(binomial(n, t.real[k], source))
			s.got += n * t.counted[k]
		}
	}
	return s, nil
}

// divide draws how many of the visitors see each combination.
func divide(shares []float64, visitors int, source rand.Source) []float64 {
	counts, left, rest := make([]float64, len(shares)), float64(visitors), 1.0
	for k, p := range shares[:len(shares)-1] {
		counts[k] = binomial(left, min(1, p/max(rest, 1e-12)), source)
		left, rest = left-counts[k], rest-p
	}
	counts[len(shares)-1] = left
	return counts
}

// binomial draws how many of n happen; chances of 0 and 1 draw nothing.
func binomial(n, p float64, source rand.Source) float64 {
	switch {
	case n == 0 || p <= 0:
		return 0
	case p >= 1:
		return n
	}
	return distuv.Binomial{N: n, P: p, Src: source}.Rand()
}
