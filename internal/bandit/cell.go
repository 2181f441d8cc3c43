package bandit

// Space is the set of combinations of one ad: one asset of each slot.
type Space struct {
	Sizes []int // assets per slot, each at least 1
}

// Size is the number of combinations.
func (s Space) Size() int {
	k := 1
	for _, n := range s.Sizes {
		k *= n
	}
	return k
}

// Index numbers a combination: mixed radix, last slot fastest.
func (s Space) Index(slots []uint8) int {
	k := 0
	for i, n := range s.Sizes {
		k = k*n + int(slots[i])
	}
	return k
}

// Slots is the inverse of Index; it fills dst, which has one element per slot, and returns it.
func (s Space) Slots(k int, dst []uint8) []uint8 {
	for i := len(s.Sizes) - 1; i >= 0; i-- {
		dst[i] = uint8(k % s.Sizes[i])
		k /= s.Sizes[i]
	}
	return dst
}

// Signature is a context as the learner sees it: one value per declared attribute, in declared order, joined by "|".
// "" stands for an attribute that is unknown.
type Signature string

// Cell counts what came of showing one combination in one context on one day. Counters add: the cells of two replicas are
// merged by summing those with equal keys.
type Cell struct {
	Signature   Signature
	Combination int   // Space.Index
	Day         int32 // days since 1970-01-01 in the account's time zone
	Impressions int64
	Clicks      int64
	Conversions int64
	Value       int64 // millionths of the account's currency
}
