package bandit

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
	sizes   []int
	asset   []int       // first asset of each slot, counted over all slots
	pair    [][]int     // pair[f][g], f < g: first coefficient of that pair of slots
	first   [groups]int // first coefficient of each group
	size    int         // coefficients in all
	assets  int         // assets over all slots
	values  int         // context values
	nonzero int         // most coefficients that one row can touch
}

// newLayout numbers the coefficients for a space and the given numbers of context attributes and of their values.
func newLayout(space Space, attributes, values int) *layout {
	l := &layout{sizes: space.Sizes, values: values}
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
	l.first[groupCross] = next + values
	l.size = next + values*(1+l.assets)
	l.nonzero = 1 + slots + slots*(slots-1)/2 + attributes*(1+slots)
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
