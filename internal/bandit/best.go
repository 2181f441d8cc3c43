package bandit

import "math"

// search finds the best of all combinations under given coefficients. It works on odds against an event, exp(-log-odds), so that the
// effects multiply and no exponential is left in the inner loop; with two models it maximises the product of their rates.
type search struct {
	layout  *layout
	odds    [][]float64   // per model: exp(-coefficient)
	partial [][][]float64 // per model and depth: the factor that each asset still to be chosen would add
	best    int
	lowest  float64 // 1 / rate of the best
	total   bool    // also add up the rates of all combinations
	sum     float64
}

// newSearch makes the work space for so many models.
func newSearch(l *layout, models int) *search {
	s := &search{layout: l, odds: make([][]float64, models), partial: make([][][]float64, models)}
	for m := range models {
		s.odds[m] = make([]float64, l.size)
		for range l.sizes {
			s.partial[m] = append(s.partial[m], make([]float64, l.assets))
		}
	}
	return s
}

// load sets the coefficients of every model.
func (s *search) load(coefficients ...[]float64) {
	for m, c := range coefficients {
		for i, x := range c {
			s.odds[m][i] = math.Exp(-x)
		}
	}
}

// run returns the combination with the highest rate under the given context values; the first such in number on ties.
func (s *search) run(values []int32) int {
	l := s.layout
	var start [2]float64
	for m, odds := range s.odds {
		start[m] = odds[0]
		first := s.partial[m][0]
		copy(first, odds[1:1+l.assets])
		for _, v := range values {
			if v < 0 {
				continue
			}
			start[m] *= odds[l.first[groupContext]+int(v)]
			cross := odds[l.cross(int(v), 0, 0):]
			for a := range first {
				first[a] *= cross[a]
			}
		}
	}
	s.best, s.lowest, s.sum = 0, math.Inf(1), 0
	s.descend(0, 0, start)
	return s.best
}

// descend tries every asset of slot f after the choices before it, which number prefix and whose odds multiply to chosen.
func (s *search) descend(f, prefix int, chosen [2]float64) {
	l := s.layout
	if f == len(l.sizes)-1 {
		s.leaves(prefix, chosen)
		return
	}
	for a := range l.sizes[f] {
		next := chosen
		for m, odds := range s.odds {
			from, to := s.partial[m][f], s.partial[m][f+1]
			next[m] *= from[l.asset[f]+a]
			for g := f + 1; g < len(l.sizes); g++ {
				at, n := l.asset[g], l.sizes[g]
				pair := odds[l.pair[f][g]+a*n:][:n]
				source, target := from[at:][:n], to[at:][:n]
				for b, q := range pair {
					target[b] = source[b] * q
				}
			}
		}
		s.descend(f+1, prefix*l.sizes[f]+a, next)
	}
}

// leaves compares the assets of the last slot.
func (s *search) leaves(prefix int, chosen [2]float64) {
	f := len(s.layout.sizes) - 1
	n := s.layout.sizes[f]
	click := s.partial[0][f][s.layout.asset[f]:][:n]
	for a := range n {
		against := 1 + chosen[0]*click[a]
		if len(s.odds) > 1 {
			against *= 1 + chosen[1]*s.partial[1][f][s.layout.asset[f]+a]
		}
		if s.total {
			s.sum += 1 / against
		}
		if against < s.lowest {
			s.best, s.lowest = prefix*n+a, against
		}
	}
}
