package main

import (
	"slices"
	"sync"
	"time"
)

// stopwatch collects how long requests took; several may add at once.
type stopwatch struct {
	mu    sync.Mutex
	took  []time.Duration
	spent time.Duration // by the clock, in all
}

// add counts n requests that took so long each.
func (s *stopwatch) add(took time.Duration, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for range n {
		s.took = append(s.took, took)
	}
}

// measured sums up.
func (s *stopwatch) measured() measured {
	slices.Sort(s.took)
	ms := func(q float64) float64 {
		if len(s.took) == 0 {
			return 0
		}
		return float64(s.took[int(q*float64(len(s.took)-1))].Microseconds()) / 1000
	}
	return measured{PerSecond: float64(len(s.took)) / max(s.spent.Seconds(), 1e-9), P50: ms(0.50), P99: ms(0.99)}
}

// mean is the milliseconds of one.
func (s *stopwatch) mean() float64 {
	return s.spent.Seconds() * 1000 / float64(max(1, len(s.took)))
}
