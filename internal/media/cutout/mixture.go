package cutout

import (
	"cmp"
	"math"
	"slices"
)

// mixture is a sum of Gaussians over colours: what the product, or its backdrop, looks like.
type mixture []gaussian

// gaussian is one part of a mixture.
type gaussian struct {
	mean    rgb
	inverse [6]float32 // of the covariance: rr, rg, rb, gg, gb, bb
	cost    float32    // -log of its share and of its height
}

// Of the mixtures: how many parts, colours to learn from and rounds of learning; spread is added to every variance, for noise.
const (
	mixtureParts   = 5
	mixtureSample  = 4000
	mixtureRounds  = 5
	mixtureSpread  = 12
	mixtureNothing = 60 // cost of a colour that is like none
)

// learn fits a mixture to colours by hard assignment, from parts of equal size by brightness.
func learn(colours []rgb) mixture {
	sample := colours
	if step := len(colours)/mixtureSample + 1; step > 1 {
		sample = nil
		for i := 0; i < len(colours); i += step {
			sample = append(sample, colours[i])
		}
	}
	sample = slices.Clone(sample)
	slices.SortStableFunc(sample, func(a, b rgb) int { return cmp.Compare(a.luma(), b.luma()) })
	part := make([]int, len(sample))
	for i := range part {
		part[i] = i * mixtureParts / len(sample)
	}
	var m mixture
	for range mixtureRounds {
		m = fitParts(sample, part)
		for i, c := range sample {
			part[i] = m.nearest(c)
		}
	}
	return m
}

func fitParts(sample []rgb, part []int) mixture {
	m := make(mixture, mixtureParts)
	for k := range m {
		var members []rgb
		for i, c := range sample {
			if part[i] == k {
				members = append(members, c)
			}
		}
		m[k] = fitGaussian(members, len(sample))
	}
	return m
}

// fitGaussian takes mean and covariance of the members; of none it is a part that no colour belongs to.
func fitGaussian(members []rgb, total int) gaussian {
	if len(members) == 0 {
		return gaussian{cost: float32(math.Inf(1))}
	}
	n := float64(len(members))
	var sum [3]float64
	for _, c := range members {
		for k := range 3 {
			sum[k] += float64(c[k])
		}
	}
	g := gaussian{mean: rgb{float32(sum[0] / n), float32(sum[1] / n), float32(sum[2] / n)}}
	var v [6]float64
	for _, c := range members {
		d := c.sub(g.mean)
		for k, p := range [6]float32{mul(d[0], d[0]), mul(d[0], d[1]), mul(d[0], d[2]), mul(d[1], d[1]), mul(d[1], d[2]), mul(d[2], d[2])} {
			v[k] += float64(p)
		}
	}
	for k := range v {
		v[k] /= n
	}
	for _, k := range [3]int{0, 3, 5} {
		v[k] += mixtureSpread
	}
	det := g.invert(v)
	g.cost = float32(0.5*math.Log(det) - math.Log(n/float64(total)))
	return g
}

// invert sets the inverse of a covariance, and answers its determinant.
func (g *gaussian) invert(v [6]float64) float64 {
	p := func(i, j, k, l int) float64 { return float64(v[i]*v[j]) - float64(v[k]*v[l]) }
	co := [6]float64{p(3, 5, 4, 4), p(2, 4, 1, 5), p(1, 4, 2, 3), p(0, 5, 2, 2), p(1, 2, 0, 4), p(0, 3, 1, 1)}
	det := float64(v[0]*co[0]) + float64(v[1]*co[1]) + float64(v[2]*co[2])
	for k := range co {
		g.inverse[k] = float32(co[k] / det)
	}
	return det
}

// of is -log of the part's density at a colour, but for a constant.
func (g *gaussian) of(c rgb) float32 {
	d, q := c.sub(g.mean), &g.inverse
	x := rgb{mul(q[0], d[0]) + mul(q[1], d[1]) + mul(q[2], d[2]), mul(q[1], d[0]) + mul(q[3], d[1]) + mul(q[4], d[2]), mul(q[2], d[0]) + mul(q[4], d[1]) + mul(q[5], d[2])}
	return g.cost + d.dot(x)/2
}

func (m mixture) nearest(c rgb) int {
	best := 0
	for k := range m {
		if m[k].of(c) < m[best].of(c) {
			best = k
		}
	}
	return best
}

// cost is -log of the density of the part that suits best.
func (m mixture) cost(c rgb) float32 {
	best := float32(mixtureNothing)
	for k := range m {
		best = min(best, m[k].of(c))
	}
	return best
}
