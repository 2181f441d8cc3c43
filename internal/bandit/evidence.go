package bandit

import (
	"math/bits"

	"gonum.org/v1/gonum/blas/blas64"
)

// evidence is rows as a fit needs them. What it works out takes time by the rows and by the coefficients, hardly by how many features
// a row has: in one situation the effects of single assets are added to those of pairs, so that only pairs are looked up row by row.
type evidence struct {
	layout     *layout
	rows       []row // by situation, then by combination
	situations []situation
	tops       []term   // interactions of slots within no larger one: the pairs
	inner      [][2]int // the others among l.terms, each with the place in tops of one that contains it
	shapes     []int32  // per distinct combination: its coefficients in tops
	shape      []int32  // per row: where its combination begins in shapes
	levels     [][]uint8
	tab        *crosstab
	weights    []float64 // work space: per row …
	effects    []float64 // … and per coefficient of slots
}

// newEvidence prepares rows, which must be ordered by situation.
func newEvidence(l *layout, space Space, situations []situation, rows []row) *evidence {
	e := &evidence{layout: l, rows: rows, situations: situations}
	e.shape, e.weights = make([]int32, len(rows)), make([]float64, len(rows))
	e.effects = make([]float64, l.first[groupContext])
	e.split()
	e.read(space)
	var sets []uint64
	for i, t := range l.terms {
		for _, u := range l.terms[i:] {
			sets = append(sets, t.factors|u.factors)
		}
	}
	e.tab = newCrosstab(l.levels, sets)
	return e
}

// split tells the largest interactions of slots from the others.
func (e *evidence) split() {
	slots := len(e.layout.sizes)
	for i, t := range e.layout.terms {
		if t.factors>>slots == 0 && bits.OnesCount64(t.factors) == min(2, slots) {
			e.tops = append(e.tops, e.layout.terms[i])
		}
	}
	for i, t := range e.layout.terms {
		for j, top := range e.tops {
			if t.factors != top.factors && t.factors&top.factors == t.factors {
				e.inner = append(e.inner, [2]int{i, j})
				break
			}
		}
	}
}

// read finds the levels and the shape of every row.
func (e *evidence) read(space Space) {
	slots := len(space.Sizes)
	e.levels = make([][]uint8, len(e.layout.levels))
	for f := range e.levels {
		e.levels[f] = make([]uint8, len(e.rows))
	}
	first := make([]int32, space.Size()) // 1 + the first row of each combination
	chosen := make([]uint8, slots)
	for i, w := range e.rows {
		for a, v := range e.situations[w.situation].values {
			e.levels[slots+a][i] = uint8(int(v) - e.layout.value[a])
		}
		if known := first[w.combination] - 1; known >= 0 {
			for f := range slots {
				e.levels[f][i] = e.levels[f][known]
			}
			e.shape[i] = e.shape[known]
			continue
		}
		first[w.combination] = int32(i) + 1
		e.shape[i] = int32(len(e.shapes))
		for f, a := range space.Slots(w.combination, chosen) {
			e.levels[f][i] = a
		}
		for _, t := range e.tops {
			c := t.first
			for f, a := range chosen {
				c += int(a) * t.stride[f]
			}
			e.shapes = append(e.shapes, int32(c))
		}
	}
}

// slope adds to dst the slope of the log-likelihood at the given coefficients.
func (e *evidence) slope(at, dst []float64) {
	e.predict(at)
	n := len(e.tops)
	for from, to := 0, 0; from < len(e.rows); from = to {
		to = e.group(from)
		clear(e.effects)
		for i := from; i < to; i++ {
			residual := e.rows[i].events - e.rows[i].trials*e.weights[i]
			for _, c := range e.shapes[e.shape[i]:][:n] {
				e.effects[c] += residual
			}
		}
		e.unfold(e.situations[e.rows[from].situation].values, dst)
	}
}

// curve sets the upper triangle of dst to the curvature of the log-likelihood at the given coefficients.
func (e *evidence) curve(at []float64, dst blas64.Symmetric) {
	e.predict(at)
	for i, p := range e.weights {
		e.weights[i] = e.rows[i].trials * p * (1 - p)
	}
	e.tab.count(e.levels, e.weights)
	clear(dst.Data)
	l := e.layout
	stride := make([]int, len(l.levels))
	for i, t := range l.terms {
		for _, u := range l.terms[i:] {
			for f := range stride {
				stride[f] = t.stride[f]*dst.Stride + u.stride[f]
			}
			m := e.tab.marginal(t.factors | u.factors)
			walk(l.levels, m.factors, m.stride, stride, 0, t.first*dst.Stride+u.first, func(i, di, j, dj, n int) {
				for range n {
					dst.Data[j] = m.sums[i]
					i, j = i+di, j+dj
				}
			})
		}
	}
}

// predict sets weights to the probability of every row under the given coefficients.
func (e *evidence) predict(at []float64) {
	n := len(e.tops)
	for from, to := 0, 0; from < len(e.rows); from = to {
		to = e.group(from)
		e.fold(at, e.situations[e.rows[from].situation].values)
		for i := from; i < to; i++ {
			sum := 0.0
			for _, c := range e.shapes[e.shape[i]:][:n] {
				sum += e.effects[c]
			}
			e.weights[i] = sigmoid(sum)
		}
	}
}

// group is the end of the rows of one situation.
func (e *evidence) group(from int) int {
	to := from + 1
	for to < len(e.rows) && e.rows[to].situation == e.rows[from].situation {
		to++
	}
	return to
}

// fold adds up, for the given context values, all effects into those of the largest interactions of slots.
func (e *evidence) fold(at []float64, values []int32) {
	l := e.layout
	copy(e.effects, at)
	for _, v := range values {
		e.effects[0] += at[l.first[groupContext]+int(v)]
		for a := range l.assets {
			e.effects[1+a] += at[l.cross(int(v), 0, a)]
		}
	}
	for _, pair := range e.inner {
		t, top := l.terms[pair[0]], e.tops[pair[1]]
		walk(l.levels, top.factors, t.stride, top.stride, t.first, top.first, func(i, di, j, dj, n int) {
			for range n {
				e.effects[j] += e.effects[i]
				i, j = i+di, j+dj
			}
		})
	}
}

// unfold is the reverse for sums: what was summed for the largest interactions of slots is summed up for all others, and added to dst.
func (e *evidence) unfold(values []int32, dst []float64) {
	l := e.layout
	for _, pair := range e.inner {
		t, top := l.terms[pair[0]], e.tops[pair[1]]
		walk(l.levels, top.factors, t.stride, top.stride, t.first, top.first, func(i, di, j, dj, n int) {
			for range n {
				e.effects[i] += e.effects[j]
				i, j = i+di, j+dj
			}
		})
	}
	for i, x := range e.effects {
		dst[i] += x
	}
	for _, v := range values {
		dst[l.first[groupContext]+int(v)] += e.effects[0]
		for a := range l.assets {
			dst[l.cross(int(v), 0, a)] += e.effects[1+a]
		}
	}
}
