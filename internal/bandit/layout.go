package bandit

import "math"

import "slices"

// group is a set of coefficients that share one prior.
type group uint8

// The groups, in the order of the coefficients.
const (
	groupIntercept group = iota
	groupMain
	groupPair
	groupContext
	groupCross
	groups // how many there are
)

// layout numbers the coefficients of a model: the intercept, one per asset, one per pair of assets of two slots, one per context value,
// one per context value and asset. 10,5,5,5,5 assets under 4 values make 505.
type layout struct {
	sizes  []int
	asset  []int       // first asset of each slot, counted over all slots
	pair   [][]int     // pair[f][g], f < g: first coefficient of that pair of slots
	first  [groups]int // first coefficient of each group
	size   int         // coefficients in all
	assets int         // assets over all slots
	value  []int       // first context value of each attribute
	values int         // context values
	levels []int       // assets of each slot, then values of each attribute
	terms  []term
}

// newLayout numbers the coefficients for a space and context attributes with so many values each.
func newLayout(space Space, values []int) *layout {
	l := &layout{sizes: space.Sizes, levels: slices.Concat(space.Sizes, values)}
	for _, n := range values {
		l.value = append(l.value, l.values)
		l.values += n
	}
	for _, n := range space.Sizes {
		l.asset = append(l.asset, l.assets)
		l.assets += n
	}
	l.first[groupMain] = 1
	next := 1 + l.assets
	l.first[groupPair] = next
	slots := len(space.Sizes)
	l.pair = make([][]int, slots)
	for f := range slots {
		l.pair[f] = make([]int, slots)
		for g := f + 1; g < slots; g++ {
			l.pair[f][g] = next
			next += space.Sizes[f] * space.Sizes[g]
		}
	}
	l.first[groupContext] = next
	l.first[groupCross] = next + l.values
	l.size = next + l.values*(1+l.assets)
	l.terms = l.listTerms()
	return l
}

// span is the half-open range of a group's coefficients.
func (l *layout) span(g group) (from, to int) {
	if g+1 == groups {
		return l.first[g], l.size
	}
	if g == groupIntercept {
		return 0, 1
	}
	return l.first[g], l.first[g+1]
}

// main is the coefficient of asset a of slot f.
func (l *layout) main(f, a int) int { return 1 + l.asset[f] + a }

// cross is the coefficient of asset a of slot f under context value v.
func (l *layout) cross(v, f, a int) int { return l.first[groupCross] + v*l.assets + l.asset[f] + a }

// features appends to dst, in ascending order, the coefficients that are 1 for a combination under the given context values;
// a negative value is one that no effect is known for.
func (l *layout) features(dst []int32, slots []uint8, values []int32) []int32 {
	dst = append(dst, 0)
	for f, a := range slots {
		dst = append(dst, int32(l.main(f, int(a))))
	}
	for f, a := range slots {
		for g := f + 1; g < len(slots); g++ {
			dst = append(dst, int32(l.pair[f][g]+int(a)*l.sizes[g]+int(slots[g])))
		}
	}
	for _, v := range values {
		if v >= 0 {
			dst = append(dst, int32(l.first[groupContext])+v)
		}
	}
	for _, v := range values {
		for f, a := range slots {
			if v >= 0 {
				dst = append(dst, int32(l.cross(int(v), f, int(a))))
			}
		}
	}
	return dst
}

// means spreads the believed effects of assets over the coefficients; nil is 0 for all.
func (l *layout) means(believed [][]float64) []float64 {
	means := make([]float64, l.size)
	for f, effects := range believed {
		copy(means[l.main(f, 0):], effects)
	}
	return means
}

// scales spreads the factors of the slots over the coefficients: an asset's effects have its slot's, a pair's the root of both; nil is 1
// for all.
func (l *layout) scales(slots []float64) []float64 {
	scales := make([]float64, l.size)
	for i := range scales {
		scales[i] = 1
	}
	for f, factor := range slots {
		for a := range l.sizes[f] {
			scales[l.main(f, a)] = factor
			for v := range l.values {
				scales[l.cross(v, f, a)] = factor
			}
		}
		for g := f + 1; g < len(l.sizes); g++ {
			for i := range l.sizes[f] * l.sizes[g] {
				scales[l.pair[f][g]+i] = math.Sqrt(factor * slots[g])
			}
		}
	}
	return scales
}
