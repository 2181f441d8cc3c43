package sim

import (
	"math/rand/v2"
	"slices"

	"github.com/marquetry/marquetry/internal/bandit"
)

// Serve shows n impressions by one policy, without learning, and returns what came of them.
func Serve(world World, policy bandit.Policy, n int) []bandit.Cell {
	book := newBook(world)
	Visit(world, n, func(_, segment int, threshold float64, seed uint64) {
		k := policy.Choose(world.Segments[segment], seed).Combination
		book.pending = append(book.pending, event{place{0, segment, k}, threshold < world.Before[segment][k]})
	})
	book.deliver(0)
	return book.cells()
}

// Visit draws the visitors of a world: the segment, the threshold that the click probability must exceed, a seed for the choice.
func Visit(world World, n int, serve func(t, segment int, threshold float64, seed uint64)) {
	segment := rand.New(rand.NewPCG(world.Seed, 101))
	threshold := rand.New(rand.NewPCG(world.Seed, 202))
	seeds := rand.NewPCG(world.Seed, 303)
	for t := range n {
		serve(t, segment.IntN(len(world.Segments)), threshold.Float64(), seeds.Uint64())
	}
}

// place is where something is counted.
type place struct {
	day                  int32
	segment, combination int
}

// event is an impression with whether it was clicked on.
type event struct {
	place
	click bool
}

// purchase is a conversion that is still to come.
type purchase struct {
	place     // of the click
	due   int // the impression of the ad after which it is known
	class int // of its delay
}

// book counts delivered events by day, segment and combination.
type book struct {
	world     World
	counted   []bandit.Cell
	index     map[place]int // in counted
	pending   []event       // not delivered yet, oldest first
	purchases []purchase    // not due yet
	arrivals  bandit.Arrivals
	delivered int // impressions
}

// newBook makes empty counters for a world.
func newBook(w World) *book {
	return &book{world: w, index: map[place]int{}, arrivals: bandit.Arrivals{}}
}

// deliver counts all pending events but the newest lag.
func (b *book) deliver(lag int) {
	n := max(0, len(b.pending)-lag)
	for _, e := range b.pending[:n] {
		c := b.cell(e.place)
		c.Impressions++
		if e.click {
			c.Clicks++
		}
	}
	b.pending = b.pending[n:]
	b.delivered += n
}

// convert counts the conversions that are due, with the day of their clicks. One that comes before its click waits for it.
func (b *book) convert(t int) {
	b.purchases = slices.DeleteFunc(b.purchases, func(p purchase) bool {
		if t = min(t, b.delivered); p.due >= t {
			return false
		}
		b.cell(p.place).Conversions++
		classes := b.arrivals[p.day]
		classes[p.class]++
		b.arrivals[p.day] = classes
		return true
	})
}

// cell is the counters of a place.
func (b *book) cell(p place) *bandit.Cell {
	i, known := b.index[p]
	if !known {
		i = len(b.counted)
		b.index[p] = i
		b.counted = append(b.counted, bandit.Cell{Signature: b.world.Segments[p.segment], Combination: p.combination, Day: p.day})
	}
	return &b.counted[i]
}

// cells lists the counters that are not empty.
func (b *book) cells() []bandit.Cell { return slices.Clone(b.counted) }
