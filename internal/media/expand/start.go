package expand

import "math"

// foldShare is the outer share of what is known that the start mirrors outwards, back and forth.
const foldShare = 0.5

// start is the field of the coarsest level: a mirror at each side.
func (v *level) start() {
	fold := func(p, low, high int) int {
		width := max(1, int(foldShare*float64(high-low)))
		switch {
		case p < low:
			return low + mirrored(low-1-p, width)
		case p >= high:
			return high - 1 - mirrored(p-high, width)
		}
		return p
	}
	s := v.sources
	v.targets(v.inner.Min.Y, v.inner.Max.Y, func(y, x0, x1 int) {
		for x := x0; x < x1; x++ {
			v.q[y*v.w+x] = v.nearest(fold(x, s.Min.X, s.Max.X), fold(y, s.Min.Y, s.Max.Y))
		}
	})
	v.copyField()
	v.settle()
	v.reckon(v.inner.Min.Y, v.inner.Max.Y)
}

// inherit scales a coarser level's field up.
func (v *level) inherit(c *level) {
	fx, fy := float64(v.w-2*reach)/float64(c.w-2*reach), float64(v.h-2*reach)/float64(c.h-2*reach)
	v.targets(v.inner.Min.Y, v.inner.Max.Y, func(y, x0, x1 int) {
		cy := c.coarse(float64(y-reach)/fy, c.inner.Min.Y, c.inner.Max.Y)
		for x := x0; x < x1; x++ {
			cx := c.coarse(float64(x-reach)/fx, c.inner.Min.X, c.inner.Max.X)
			tx, ty := c.outside(cx, cy)
			q := c.q[ty*c.w+tx]
			dx, dy := float64(int(q.x)-tx)*fx, float64(int(q.y)-ty)*fy
			v.q[y*v.w+x] = v.nearest(x+int(math.Floor(dx+0.5)), y+int(math.Floor(dy+0.5)))
		}
	})
	v.copyField()
	v.settle()
	v.reckon(v.inner.Min.Y, v.inner.Max.Y)
}

// coarse is a place of the coarse level, within the picture.
func (v *level) coarse(at float64, low, high int) int { return clamp(reach+int(at), low, high-1) }

// outside is the target nearest to a place: the place itself, unless it is a source.
func (v *level) outside(x, y int) (int, int) {
	s := v.sources
	if x < s.Min.X || x >= s.Max.X || y < s.Min.Y || y >= s.Max.Y {
		return x, y
	}
	bestX, bestY, best := x, y, math.MaxInt
	for _, t := range [4][2]int{{s.Min.X - 1, y}, {s.Max.X, y}, {x, s.Min.Y - 1}, {x, s.Max.Y}} {
		away := distance(x, t[0]) + distance(y, t[1])
		if away < best && t[0] >= v.inner.Min.X && t[0] < v.inner.Max.X && t[1] >= v.inner.Min.Y && t[1] < v.inner.Max.Y {
			bestX, bestY, best = t[0], t[1], away
		}
	}
	return bestX, bestY
}

// copyField paints each hidden pixel like its own source alone.
func (v *level) copyField() {
	for y := range v.h {
		for x := range v.w {
			if x >= v.known.Min.X && x < v.known.Max.X && y >= v.known.Min.Y && y < v.known.Max.Y {
				continue
			}
			tx, ty := clamp(x, v.inner.Min.X, v.inner.Max.X-1), clamp(y, v.inner.Min.Y, v.inner.Max.Y-1)
			q := v.q[ty*v.w+tx]
			from := (int(q.y)+y-ty)*v.w + int(q.x) + x - tx
			copy(v.pix[4*(y*v.w+x):][:4], v.pix[4*from:])
		}
	}
}
