package auction

import "math"

// Finalists is how many lots of an auction are weighed in full.
const Finalists = 16

// Best keeps the best lots of those that it is offered, in order. The zero value is ready; it allocates nothing.
type Best struct {
	lots [Finalists]Lot
	n    int
}

// Reset empties it.
func (b *Best) Reset() { b.n = 0 }

// Bar is the score under which no lot is taken any more.
func (b *Best) Bar() float64 {
	if b.n < Finalists {
		return math.Inf(-1)
	}
	return b.lots[Finalists-1].Score
}

// Offer takes a lot if it is among the best so far: of so few, moving those behind it is quicker than any heap.
func (b *Best) Offer(l *Lot) {
	i := b.n
	if i < Finalists {
		b.n++
	} else if i--; !l.before(&b.lots[i]) {
		return
	}
	for ; i > 0 && l.before(&b.lots[i-1]); i-- {
		b.lots[i] = b.lots[i-1]
	}
	b.lots[i] = *l
}

// Lots are those that were kept, the best first; good until the next Reset or Offer.
func (b *Best) Lots() []Lot { return b.lots[:b.n] }
