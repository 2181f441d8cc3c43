package sim

import (
	"math/rand/v2"
	"slices"

	"github.com/marquetry/marquetry/internal/bandit"
)

// Serve shows n impressions by one policy, without learning, and returns what came of them.
func Serve(world World, policy bandit.Policy, n int) []bandit.Cell {
	book := newBook(world)
	visit(world, n, func(_, segment int, threshold float64, seed uint64) {
		k := policy.Choose(world.Segments[segment], seed).Combination
		book.pending = append(book.pending, event{0, segment, k, threshold < world.Before[segment][k]})
	})
	book.deliver(0)
	return book.cells()
}

// visit draws the visitors of a world: the segment, the threshold that the click probability must exceed, a seed for the choice.
func visit(world World, n int, serve func(t, segment int, threshold float64, seed uint64)) {
	segment := rand.New(rand.NewPCG(world.Seed, 101))
	threshold := rand.New(rand.NewPCG(world.Seed, 202))
	seeds := rand.NewPCG(world.Seed, 303)
	for t := range n {
		serve(t, segment.IntN(len(world.Segments)), threshold.Float64(), seeds.Uint64())
	}
}

// event is an impression with what came of it.
type event struct {
	day                  int32
	segment, combination int
	click                bool
}

// book counts delivered events by day, segment and combination.
type book struct {
	world               World
	past                []bandit.Cell // of the days before
	day                 int32         // of the counters
	impressions, clicks [][]int64
	pending             []event // not delivered yet, oldest first
	delivered           int
}

// newBook makes empty counters for a world.
func newBook(w World) *book {
	b := &book{world: w}
	for range w.Segments {
		b.impressions = append(b.impressions, make([]int64, w.Space.Size()))
		b.clicks = append(b.clicks, make([]int64, w.Space.Size()))
	}
	return b
}

// deliver counts all pending events but the newest lag.
func (b *book) deliver(lag int) {
	n := max(0, len(b.pending)-lag)
	for _, e := range b.pending[:n] {
		if e.day != b.day {
			b.close(e.day)
		}
		b.impressions[e.segment][e.combination]++
		if e.click {
			b.clicks[e.segment][e.combination]++
		}
	}
	b.pending = b.pending[n:]
	b.delivered += n
}

// close puts the counters away and starts those of another day.
func (b *book) close(day int32) {
	b.past = b.cells()
	for s := range b.impressions {
		clear(b.impressions[s])
		clear(b.clicks[s])
	}
	b.day = day
}

// cells lists the counters that are not empty.
func (b *book) cells() []bandit.Cell {
	cells := slices.Clone(b.past)
	for s, sig := range b.world.Segments {
		for k, n := range b.impressions[s] {
			if n > 0 {
				cells = append(cells, bandit.Cell{Signature: sig, Combination: k, Day: b.day, Impressions: n, Clicks: b.clicks[s][k]})
			}
		}
	}
	return cells
}
