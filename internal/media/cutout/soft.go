package cutout

// Of soft edges: pixels of the full size.
const (
	deepest  = 12  // depths are not told apart beyond
	softest  = 8   // the widest edge that is looked for
	riseEnds = 0.2 // an edge ends where the contrast rises by less than so much of its steepest rise
	ridge    = 0.8 // of the contrast nearby: thin parts have their own colour there
	ridgeFar = 2
)

// contrast is how far each colour is from the backdrop's, in levels.
func (p plane) contrast(behind plane) []float32 {
	out := make([]float32, len(p.px))
	for i, c := range p.px {
		d := c.sub(behind.px[i])
		out[i] = root(d.dot(d))
	}
	return out
}

// depths is how many pixels each lies inside of the mask: 1 at its edge, 0 off it, by steps of 1 and 4/3 (Borgefors, "Distance transformations in digital images", 1986), rounded.
func depths(mask []bool, w, h int) []int {
	third := make([]int, len(mask))
	step := func(i, x, y, dx, dy, cost int) {
		if x+dx >= 0 && x+dx < w && y+dy >= 0 && y+dy < h {
			third[i] = min(third[i], third[i+dy*w+dx]+cost)
		}
	}
	for i, m := range mask {
		if m {
			third[i] = 3 * deepest
			x, y := i%w, i/w
			step(i, x, y, -1, 0, 3)
			step(i, x, y, -1, -1, 4)
			step(i, x, y, 0, -1, 3)
			step(i, x, y, 1, -1, 4)
		}
	}
	for i := len(mask) - 1; i >= 0; i-- {
		if mask[i] {
			x, y := i%w, i/w
			step(i, x, y, 1, 0, 3)
			step(i, x, y, 1, 1, 4)
			step(i, x, y, 0, 1, 3)
			step(i, x, y, -1, 1, 4)
		}
	}
	for i := range third {
		third[i] = (third[i] + 1) / 3
	}
	return third
}

// softness is how far inside the mask colours are still mixed with the backdrop's, in pixels, by the mean contrast at each depth.
func softness(contrast []float32, deep []int) int {
	var sum [deepest + 1]float64
	var n [deepest + 1]float64
	for i, d := range deep {
		sum[d] += float64(contrast[i])
		n[d]++
	}
	mean := func(d int) float64 { return sum[d] / max(n[d], 1) }
	steepest := mean(1)
	for d := 1; d < softest; d++ {
		rise := mean(d+1) - mean(d)
		if rise < float64(riseEnds*steepest) {
			return d
		}
		steepest = max(steepest, rise)
	}
	return softest
}

// sources is where the product's own colour is seen: inside of the edge, and along the middle of parts too thin to have an inside.
func sources(contrast []float32, deep []int, soft, w, h int) []bool {
	inner := make([]bool, len(deep))
	for i, d := range deep {
		inner[i] = d > soft
	}
	near := spread(inner, w, h, 2*soft)
	for i, d := range deep {
		if d > 0 && !near[i] {
			inner[i] = contrast[i] >= mul(ridge, around(contrast, i%w, i/w, w, h))
		}
	}
	return inner
}

// around is the greatest value nearby.
func around(v []float32, x, y, w, h int) float32 {
	most := float32(0)
	for j := max(y-ridgeFar, 0); j <= min(y+ridgeFar, h-1); j++ {
		for i := max(x-ridgeFar, 0); i <= min(x+ridgeFar, w-1); i++ {
			most = max(most, v[j*w+i])
		}
	}
	return most
}
