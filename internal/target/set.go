package target

import "math/bits"

// set is positions of ads: as bits, or as a list where there are few.
type set struct {
	words []uint64
	list  []uint32
}

// wordsFor is how many words hold n bits.
func wordsFor(n int) int { return (n + 63) / 64 }

// packed is a set of positions below n, as bits where they take less.
func packed(list []uint32, n int) set {
	if len(list) <= wordsFor(n) {
		return set{list: list}
	}
	return set{words: bitsOf(list, n)}
}

// bitsOf is positions below n as bits.
func bitsOf(list []uint32, n int) []uint64 {
	words := make([]uint64, wordsFor(n))
	set{list: list}.addTo(words)
	return words
}

// addTo adds the positions to bits.
func (s set) addTo(to []uint64) {
	for i, w := range s.words {
		to[i] |= w
	}
	for _, at := range s.list {
		to[at/64] |= 1 << (at % 64)
	}
}

// takeFrom takes the positions out of bits.
func (s set) takeFrom(from []uint64) {
	for i, w := range s.words {
		from[i] &^= w
	}
	for _, at := range s.list {
		from[at/64] &^= 1 << (at % 64)
	}
}

// Each calls with every position in bits, in order.
func Each(words []uint64, take func(at int)) {
	for i, w := range words {
		for ; w != 0; w &= w - 1 {
			take(64*i + bits.TrailingZeros64(w))
		}
	}
}
