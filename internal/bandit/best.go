package bandit

import (
	"math"
	"slices"
)

// search finds the best of all legal combinations under given coefficients, by branch and bound over the slots. It works on odds against an
// event, exp(-log-odds), so that effects multiply and the inner loop has no exponential; with two heads it maximises the product of
// their rates.
type search struct {
	layout  *layout
	barred  []int         // coefficients of stopped assets and forbidden pairs: their odds against an event are infinite
	odds    [][]float64   // per head: exp(-coefficient)
	partial [][][]float64 // per head and depth: the odds that each asset of a slot still open would add
	tail    [][]float64   // per head and depth: the least that the pairs of slots still open can add
	all     bool          // visit every legal combination and add up the rates
	best    int           // combination with the highest rate; the first in number on ties
	lowest  float64       // 1 / rate of best
	sum     float64       // of the rates, if all
}

// newSearch makes the work space for so many heads.
func newSearch(l *layout, heads int) *search {
	s := &search{layout: l}
	for range heads {
		s.odds = append(s.odds, make([]float64, l.size))
		s.tail = append(s.tail, make([]float64, len(l.sizes)+1))
		partial := make([][]float64, len(l.sizes))
		for f := range partial {
			partial[f] = make([]float64, l.assets)
		}
		s.partial = append(s.partial, partial)
	}
	return s
}

// search is a search among what is legal.
func (m *Logistic) search(legal *Legal) *search {
	s := newSearch(m.layout, len(m.heads))
	if legal == nil {
		return s
	}
	for f, stopped := range legal.Stopped {
		for a, is := range stopped {
			if is {
				s.barred = append(s.barred, m.layout.main(f, a))
			}
		}
	}
	for _, p := range legal.Forbidden {
		s.barred = append(s.barred, m.layout.pair[p.SlotA][p.SlotB]+p.AssetA*m.layout.sizes[p.SlotB]+p.AssetB)
	}
	return s
}

// load sets the coefficients of every head.
func (s *search) load(coefficients ...[]float64) {
	l := s.layout
	slots := len(l.sizes)
	for m, c := range coefficients {
		odds, tail := s.odds[m], s.tail[m]
		for i, x := range c {
			odds[i] = math.Exp(-x)
		}
		for _, i := range s.barred {
			odds[i] = math.Inf(1)
		}
		tail[slots] = 1
		for f := slots - 1; f >= 0; f-- {
			tail[f] = tail[f+1]
			for g := f + 1; g < slots; g++ {
				tail[f] *= slices.Min(odds[l.pair[f][g]:][:l.sizes[f]*l.sizes[g]])
			}
		}
	}
}

// run returns the combination with the highest rate under the given context values.
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
			for a, x := range odds[l.cross(int(v), 0, 0):][:l.assets] {
				first[a] *= x
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
	if !s.all && !s.promising(f, chosen) {
		return
	}
	for a := range l.sizes[f] {
		next := chosen
		for m, odds := range s.odds {
			from, to := s.partial[m][f], s.partial[m][f+1]
			next[m] *= from[l.asset[f]+a]
			for g := f + 1; g < len(l.sizes); g++ {
				at, n := l.asset[g], l.sizes[g]
				source, target := from[at:][:n], to[at:][:n]
				for b, q := range odds[l.pair[f][g]+a*n:][:n] {
					target[b] = source[b] * q
				}
			}
		}
		s.descend(f+1, prefix*l.sizes[f]+a, next)
	}
}

// promising reports whether the best assets from slot f on, each by itself and with the best pairs, could beat the best so far.
// The margin covers rounding, so that pruning never changes the answer.
func (s *search) promising(f int, chosen [2]float64) bool {
	l, bound := s.layout, 1.0
	for m := range s.odds {
		least := chosen[m] * s.tail[m][f]
		for g := f; g < len(l.sizes); g++ {
			least *= slices.Min(s.partial[m][f][l.asset[g]:][:l.sizes[g]])
		}
		bound *= 1 + least
	}
	return bound < s.lowest*(1+1e-12)
}

// leaves compares the assets of the last slot.
func (s *search) leaves(prefix int, chosen [2]float64) {
	f := len(s.layout.sizes) - 1
	at, n := s.layout.asset[f], s.layout.sizes[f]
	for a, odds := range s.partial[0][f][at:][:n] {
		against := 1 + chosen[0]*odds
		if len(s.odds) > 1 {
			against *= 1 + chosen[1]*s.partial[1][f][at+a]
		}
		if s.all {
			s.sum += 1 / against
		}
		if against < s.lowest {
			s.best, s.lowest = prefix*n+a, against
		}
	}
}
