package auction

import (
	"math"
	"slices"
)

// Finalists is how many lots of an auction are weighed in full.
const Finalists = 16

// Best keeps the best lots of those that it is offered. The zero value is ready; it allocates nothing.
type Best struct {
	lots [Finalists]Lot // a heap with the worst first, until Sorted
	n    int
}

// Reset empties it.
func (b *Best) Reset() { b.n = 0 }

// Bar is the score under which no lot is taken any more.
func (b *Best) Bar() float64 {
	if b.n < Finalists {
		return math.Inf(-1)
	}
	return b.lots[0].Score
}

// Offer takes a lot if it is among the best so far.
func (b *Best) Offer(l Lot) {
	if b.n < Finalists {
		b.lots[b.n] = l
		b.n++
		b.rise(b.n - 1)
		return
	}
	if l.Compare(&b.lots[0]) < 0 {
		b.sink(&l)
	}
}

// rise restores the heap above i.
func (b *Best) rise(i int) {
	for i > 0 {
		parent := (i - 1) / 2
		if b.lots[i].Compare(&b.lots[parent]) <= 0 {
			return
		}
		b.lots[i], b.lots[parent] = b.lots[parent], b.lots[i]
		i = parent
	}
}

// sink puts a lot in the place of the root, and restores the heap.
func (b *Best) sink(l *Lot) {
	i := 0
	for child := 1; child < b.n; child = 2*i + 1 {
		if child+1 < b.n && b.lots[child+1].Compare(&b.lots[child]) > 0 {
			child++
		}
		if b.lots[child].Compare(l) <= 0 {
			break
		}
		b.lots[i] = b.lots[child]
		i = child
	}
	b.lots[i] = *l
}

// Lots are those that were kept, in no order. They may be weighed anew before [Best.Sorted].
func (b *Best) Lots() []Lot { return b.lots[:b.n] }

// Sorted are those that were kept, the best first. Nothing can be offered afterwards until Reset.
func (b *Best) Sorted() []Lot {
	slices.SortFunc(b.lots[:b.n], func(x, y Lot) int { return x.Compare(&y) })
	return b.lots[:b.n]
}
