package bandit

import (
	"cmp"
	"math/bits"
	"slices"
)

// crosstab sums the weights of rows over the levels of sets of factors. The curvature of a row is a sum over the products of its
// features, some hundreds; but a product of two features is an interaction of four factors at most, and there are few sets of four.
type crosstab struct {
	levels []int
	tables []marginal // larger sets first
	place  map[uint64]int
}

// marginal is the sums for one set of factors.
type marginal struct {
	factors uint64
	stride  []int // per factor
	source  int   // the table that it is summed up from; -1 for the rows
	sums    []float64
}

// newCrosstab plans the sums over the given sets.
func newCrosstab(levels []int, sets []uint64) *crosstab {
	c := &crosstab{levels: levels, place: map[uint64]int{}}
	slices.SortFunc(sets, func(a, b uint64) int {
		return cmp.Or(cmp.Compare(bits.OnesCount64(b), bits.OnesCount64(a)), cmp.Compare(a, b))
	})
	for _, set := range slices.Compact(sets) {
		m := marginal{factors: set, source: -1, stride: make([]int, len(levels))}
		size := 1
		for f := len(levels) - 1; f >= 0; f-- {
			if set>>f&1 == 1 {
				m.stride[f] = size
				size *= levels[f]
			}
		}
		for i, t := range c.tables {
			if t.factors&set == set && (m.source < 0 || len(t.sums) < len(c.tables[m.source].sums)) {
				m.source = i
			}
		}
		m.sums = make([]float64, size)
		c.place[set] = len(c.tables)
		c.tables = append(c.tables, m)
	}
	return c
}

// count sums the rows' weights; columns has the level of every row, by factor.
func (c *crosstab) count(columns [][]uint8, weights []float64) {
	for _, t := range c.tables {
		clear(t.sums)
		if t.source < 0 {
			t.countRows(columns, weights)
			continue
		}
		source := c.tables[t.source]
		walk(c.levels, source.factors, source.stride, t.stride, 0, 0, func(i, di, j, dj, n int) {
			for range n {
				t.sums[j] += source.sums[i]
				i, j = i+di, j+dj
			}
		})
	}
}

// countRows sums over rows. Sets have four factors at most.
func (t marginal) countRows(columns [][]uint8, weights []float64) {
	var column [4][]uint8
	var stride [4]int
	for i := range column {
		column[i] = columns[0] // with stride 0 it counts for nothing
	}
	i := 0
	for rest := t.factors; rest != 0; rest &= rest - 1 {
		f := bits.TrailingZeros64(rest)
		column[i], stride[i] = columns[f], t.stride[f]
		i++
	}
	n := len(weights)
	a, b, c, d := column[0][:n], column[1][:n], column[2][:n], column[3][:n]
	for i, w := range weights {
		t.sums[int(a[i])*stride[0]+int(b[i])*stride[1]+int(c[i])*stride[2]+int(d[i])*stride[3]] += w
	}
}

// marginal is the table of a set that was planned.
func (c *crosstab) marginal(factors uint64) marginal { return c.tables[c.place[factors]] }
