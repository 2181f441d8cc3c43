package expand

import "math"

// Random search looks for better sources only where a patch differs by more than poorly levels (root mean square over a sample).
const poorly = 30 * samples

// stripRows is how many rows one goroutine sweeps on its own.
const stripRows = 64

// sweep lets every target try its neighbours' sources, and others nearby, once in reading order or against it (PatchMatch, Barnes et al. 2009).
type sweep struct {
	*level
	back   bool
	radius int // of the random search
	random random
	above  []pair // the field on the row before the strip, as it was before the sweep; nil at the picture's rim
	first  int    // row that above lies next to
}

// strip sweeps some rows.
func (s *sweep) strip(from, to int) {
	if s.back {
		for y := to - 1; y >= from; y-- {
			s.targets(y, y+1, s.runBack)
		}
		return
	}
	s.targets(from, to, s.run)
}

// run sweeps a run of one row from the left.
func (s *sweep) run(y, x0, x1 int) {
	for x := x0; x < x1; x++ {
		s.pixel(x, y, -1)
	}
}

// runBack sweeps a run of one row from the right.
func (s *sweep) runBack(y, x0, x1 int) {
	for x := x1 - 1; x >= x0; x-- {
		s.pixel(x, y, 1)
	}
}

// pixel tries the sources of the neighbours at x+step and y+step, and some at random.
func (s *sweep) pixel(x, y, step int) {
	t := s.target(x, y)
	if nx := x + step; nx >= s.inner.Min.X && nx < s.inner.Max.X {
		n := s.q[y*s.w+nx]
		t.try(int(n.x)-step, int(n.y))
	}
	if ny := y + step; ny >= s.inner.Min.Y && ny < s.inner.Max.Y {
		t.try(s.beyond(x, y, ny, step))
	}
	if t.cost > poorly {
		s.search(&t)
	}
	s.q[t.index], s.cost[t.index] = t.q, t.cost
}

// beyond is the source that the pixel at ny, the row before, proposes. That of another strip is read as it was before the sweep.
func (s *sweep) beyond(x, y, ny, step int) (int, int) {
	if y == s.first {
		return int(s.above[x].x), int(s.above[x].y) - step
	}
	n := s.q[ny*s.w+x]
	return int(n.x), int(n.y) - step
}

// search tries sources at random in squares around the best one, each half as large as the one before.
func (s *sweep) search(t *target) {
	for r := s.radius; r >= 1; r /= 2 {
		t.try(int(t.q.x)+s.random.below(2*r+1)-r, int(t.q.y)+s.random.below(2*r+1)-r)
	}
}

// target is a pixel that looks for its source.
type target struct {
	v            *level
	index, x, y  int // of the pixel
	homeX, homeY int
	q            pair
	cost         int32
}

// target reads what is known of a pixel.
func (v *level) target(x, y int) target {
	i := y*v.w + x
	hx, hy := v.home(x, y)
	return target{v: v, index: i, x: x, y: y, homeX: hx, homeY: hy, q: v.q[i], cost: v.cost[i]}
}

// try takes a source when it costs less.
func (t *target) try(x, y int) {
	s := &t.v.sources
	if x < s.Min.X || x >= s.Max.X || y < s.Min.Y || y >= s.Max.Y || (x == int(t.q.x) && y == int(t.q.y)) {
		return
	}
	q, at := pair{int16(x), int16(y)}, y*t.v.w+x
	cost := t.v.prior.of(t.index, t.x, t.y, t.homeX, t.homeY, q, at)
	if cost >= t.cost {
		return
	}
	if cost = t.v.differ(t.index, at, cost, t.cost); cost < t.cost {
		t.q, t.cost = q, cost
	}
}

// differ adds the squared differences of two patches to a cost, row by row, and gives up when it is not less than a limit. This is where nearly
// all time goes: rows have a fixed length, so that no bound is checked within them.
func (v *level) differ(a, b int, cost, limit int32) int32 {
	stride := 4 * v.w
	ia, ib := 4*(a-reach*v.w-reach), 4*(b-reach*v.w-reach)
	for range patchSize {
		pa, pb := (*[4 * patchSize]uint8)(v.pix[ia:]), (*[4 * patchSize]uint8)(v.pix[ib:])
		for i := 0; i < 4*patchSize; i += 4 {
			r, g, b := int32(pa[i])-int32(pb[i]), int32(pa[i+1])-int32(pb[i+1]), int32(pa[i+2])-int32(pb[i+2])
			cost += r*r + g*g + b*b
		}
		if cost >= limit {
			return math.MaxInt32
		}
		ia, ib = ia+stride, ib+stride
	}
	return cost
}

// reckon computes every target's cost anew, after the picture has changed.
func (v *level) reckon(from, to int) {
	v.targets(from, to, func(y, x0, x1 int) {
		for x := x0; x < x1; x++ {
			t := v.target(x, y)
			at := int(t.q.y)*v.w + int(t.q.x)
			v.cost[t.index] = v.differ(t.index, at, v.prior.of(t.index, x, y, t.homeX, t.homeY, t.q, at), math.MaxInt32)
		}
	})
}
