package bandit

import "math/bits"

// term is an interaction of factors (slots, and context attributes numbered after them) with one coefficient for each combination of
// their levels; the intercept is the interaction of none.
type term struct {
	factors uint64 // set of factors
	first   int    // coefficient at level 0 of all
	stride  []int  // per factor of the layout: how far one level moves the coefficient; 0 for factors outside
}

// listTerms lists a layout's interactions in the order of their coefficients.
func (l *layout) listTerms() []term {
	slots := len(l.sizes)
	terms := []term{{stride: make([]int, len(l.levels))}}
	add := func(first, f, stride, last int) { // the stride of the last factor is 1
		t := term{factors: 1<<f | 1<<last, first: first, stride: make([]int, len(l.levels))}
		t.stride[f] = stride
		t.stride[last] = 1
		terms = append(terms, t)
	}
	for f := range slots {
		add(l.main(f, 0), f, 1, f)
	}
	for f := range slots {
		for g := f + 1; g < slots; g++ {
			add(l.pair[f][g], f, l.sizes[g], g)
		}
	}
	for a, v := range l.value {
		add(l.first[groupContext]+v, slots+a, 1, slots+a)
	}
	for a, v := range l.value {
		for f := range slots {
			add(l.cross(v, f, 0), slots+a, l.assets, f)
		}
	}
	return terms
}

// walk visits all combinations of levels of a set of factors, in runs along its last factor: n of them, from position i on in steps of
// di, and from j on in steps of dj, positions being counted by the strides a and b.
func walk(levels []int, factors uint64, a, b []int, i, j int, run func(i, di, j, dj, n int)) {
	f := bits.TrailingZeros64(factors)
	rest := factors &^ (1 << f)
	switch {
	case factors == 0:
		run(i, 0, j, 0, 1)
	case rest == 0:
		run(i, a[f], j, b[f], levels[f])
	default:
		for range levels[f] {
			walk(levels, rest, a, b, i, j, run)
			i, j = i+a[f], j+b[f]
		}
	}
}
