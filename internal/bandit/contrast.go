package bandit

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/mat"
)

// contrast is a weighted sum of coefficients: an effect on log-odds. No coefficient comes twice.
type contrast struct {
	at     []int32
	weight []float64
}

// plus adds a coefficient.
func (c *contrast) plus(at int, weight float64) {
	c.at, c.weight = append(c.at, int32(at)), append(c.weight, weight)
}

// of is its value under given coefficients.
func (c *contrast) of(coefficients []float64) float64 {
	total := 0.0
	for i, at := range c.at {
		total += c.weight[i] * coefficients[at]
	}
	return total
}

// moment is what the posterior and the prior of one head say of a contrast.
type moment struct{ mean, variance, priorMean, priorVariance float64 }

// whitened is U⁻ᵀ times the contrasts, a column each, of which U is the factor of the posterior precision: products of two columns are
// posterior covariances. Rows before the first coefficient that any of them holds are zero and are left out.
func (p *posterior) whitened(contrasts []contrast) blas64.General {
	d := p.factor.N
	from := int32(d - 1)
	for _, c := range contrasts {
		for _, at := range c.at { // none, of an asset that is alone in its slot
			from = min(from, at)
		}
	}
	w := blas64.General{Rows: d - int(from), Cols: len(contrasts), Stride: len(contrasts)}
	w.Data = make([]float64, w.Rows*w.Cols)
	for j, c := range contrasts {
		for i, at := range c.at {
			w.Data[int(at-from)*w.Stride+j] = c.weight[i]
		}
	}
	corner := p.factor
	corner.N, corner.Data = w.Rows, corner.Data[int(from)*(corner.Stride+1):]
	blas64.Trsm(blas.Left, blas.Trans, 1, corner, w)
	return w
}

// moments are exact, not taken from draws.
func (p *posterior) moments(contrasts []contrast) []moment {
	found := make([]moment, len(contrasts))
	w := p.whitened(contrasts)
	for i := range w.Rows {
		for j, x := range w.Data[i*w.Stride:][:w.Cols] {
			found[j].variance += x * x
		}
	}
	for j, c := range contrasts {
		f := &found[j]
		f.mean = c.of(p.mode)
		for i, at := range c.at {
			f.priorVariance += c.weight[i] * c.weight[i] / p.precision[at]
			f.priorMean += c.weight[i] * p.center[at]
		}
	}
	return found
}

// covariances of contrasts under the posterior and under the prior.
func (p *posterior) covariances(contrasts []contrast) (posterior, prior *mat.SymDense) {
	n, w := len(contrasts), p.whitened(contrasts)
	posterior, prior = mat.NewSymDense(n, nil), mat.NewSymDense(n, nil)
	blas64.Syrk(blas.Trans, 1, w, 0, posterior.RawSymmetric())
	for i := range contrasts {
		line := make([]float64, p.factor.N)
		for k, at := range contrasts[i].at {
			line[at] = contrasts[i].weight[k] / p.precision[at]
		}
		for j := i; j < n; j++ {
			prior.SetSym(i, j, contrasts[j].of(line))
		}
	}
	return posterior, prior
}

// company is the assets of a slot beside which others are judged: those that are not stopped, or all when none is left.
func company(l *layout, stopped []bool, f int) []int {
	var open []int
	for a := range l.sizes[f] {
		if !stopped[l.asset[f]+a] {
			open = append(open, a)
		}
	}
	if open == nil {
		for a := range l.sizes[f] {
			open = append(open, a)
		}
	}
	return open
}

// assetContrasts are the effects of the assets of slot f against the even mean of the slot's legal ones, other slots shown evenly
// and contexts as they come.
func (m *Logistic) assetContrasts(f int, open [][]int, apart []bool) []contrast {
	raw := make([][]float64, m.layout.sizes[f])
	for a := range raw {
		raw[a] = m.brought(f, a, open, apart)
	}
	mean := make([]float64, m.layout.size)
	for _, a := range open[f] {
		for at, w := range raw[a] {
			mean[at] += w / float64(len(open[f]))
		}
	}
	contrasts := make([]contrast, len(raw))
	for a, line := range raw {
		for at, w := range line {
			if w != mean[at] {
				contrasts[a].plus(at, w-mean[at])
			}
		}
	}
	return contrasts
}

// brought is the weight of every coefficient in the effect of an asset: its own, its pairs with the legal assets of every other slot, its
// part under each context value.
func (m *Logistic) brought(f, a int, open [][]int, apart []bool) []float64 {
	l := m.layout
	line := make([]float64, l.size)
	line[l.main(f, a)] = 1
	for g := range l.sizes {
		if g == f {
			continue
		}
		var with []int
		for _, b := range open[g] {
			if at := l.pairAt(ordered(f, a, g, b)); !apart[at] {
				with = append(with, l.first[groupPair]+at)
			}
		}
		for _, at := range with {
			line[at] = 1 / float64(len(with))
		}
	}
	for v, share := range m.table.shares {
		line[l.cross(v, f, a)] = share
	}
	return line
}

// ordered names a pair with the lower slot first.
func ordered(f, a, g, b int) Pair {
	if f > g {
		f, a, g, b = g, b, f, a
	}
	return Pair{f, a, g, b}
}

// pairContrasts are what the pairs of two slots add to the effects of their assets, with means over the legal assets.
func (m *Logistic) pairContrasts(f, g int, open [][]int) []contrast {
	l := m.layout
	return interaction(evenly(l.sizes[f], open[f]), evenly(l.sizes[g], open[g]), func(a, b int) int { return l.pair[f][g] + a*l.sizes[g] + b })
}

// interaction is what two factors together add to the effects of each, by level of the first and then of the second: the interaction of an
// analysis of variance, with means over the levels by the given shares. At is the coefficient of two levels.
func interaction(first, second []float64, at func(i, j int) int) []contrast {
	var contrasts []contrast
	for a := range first {
		rows := apartFrom(a, first)
		for b := range second {
			columns := apartFrom(b, second)
			var c contrast
			for i, x := range rows {
				for j, y := range columns {
					if x*y != 0 {
						c.plus(at(i, j), x*y)
					}
				}
			}
			contrasts = append(contrasts, c)
		}
	}
	return contrasts
}

// evenly is the shares of n assets of which the open ones are shown evenly.
func evenly(n int, open []int) []float64 {
	shares := make([]float64, n)
	for _, a := range open {
		shares[a] = 1 / float64(len(open))
	}
	return shares
}

// apartFrom is the weights of one of several effects less their mean under the given shares.
func apartFrom(one int, shares []float64) []float64 {
	line := make([]float64, len(shares))
	for i, share := range shares {
		line[i] = -share
	}
	line[one]++
	return line
}
