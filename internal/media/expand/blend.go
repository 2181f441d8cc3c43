package expand

import "image"

// The corrections of blending are counted in 1/blendUnit of a level. A step between neighbours weighs blendStep, and holdVote is what it weighs to stay near
// what the votes painted: corrections reach about sqrt(blendStep/holdVote) pixels far.
const (
	blendUnit   = 16
	blendStep   = 64
	holdVote    = 2
	blendRounds = 16
)

// blend takes each hidden pixel from its own source alone, which is sharper than a vote, and corrects it so that the steps between neighbours are
// those of their sources: seams between regions of different sources fade into both (screened Poisson equation; Bhat et al., GradientShop, 2010).
func (p *painter) blend(v *level) {
	right, c := make([]int32, v.w*v.h), make([]int32, v.w*v.h)
	for ch := range 3 {
		p.strips(v.inner, func(from, to int) { v.steps(ch, from, to, right, c) })
		for range blendRounds {
			for colour := range 2 {
				p.strips(v.inner, func(from, to int) { v.relax(colour, from, to, right, c) })
			}
		}
		p.strips(v.inner, func(from, to int) { v.correct(ch, from, to, c) })
	}
}

// hidden calls f for each run of hidden pixels of some rows.
func (v *level) hidden(from, to int, f func(y, x0, x1 int)) {
	for y := from; y < to; y++ {
		k := v.known.Intersect(v.inner)
		if y < k.Min.Y || y >= k.Max.Y {
			f(y, v.inner.Min.X, v.inner.Max.X)
			continue
		}
		if k.Min.X > v.inner.Min.X {
			f(y, v.inner.Min.X, k.Min.X)
		}
		if k.Max.X < v.inner.Max.X {
			f(y, k.Max.X, v.inner.Max.X)
		}
	}
}

// steps sets up the right side of the equations of one channel, and the votes as the first guess.
func (v *level) steps(ch, from, to int, right, c []int32) {
	v.hidden(from, to, func(y, x0, x1 int) {
		for x := x0; x < x1; x++ {
			i := y*v.w + x
			sum := v.step(ch, i, x, y, -1, 0) + v.step(ch, i, x, y, 1, 0) + v.step(ch, i, x, y, 0, -1) + v.step(ch, i, x, y, 0, 1)
			hold := blendUnit * (int32(v.pix[4*i+ch]) - int32(v.source(ch, v.q[i], 0, 0)))
			c[i] = hold
			right[i] = sum*(blendStep*blendUnit/2) + holdVote*hold
		}
	})
}

// source is one channel of the pixel beside a source.
func (v *level) source(ch int, q pair, dx, dy int) uint8 {
	return v.pix[4*((int(q.y)+dy)*v.w+int(q.x)+dx)+ch]
}

// step is twice what the correction of a pixel should be above its neighbour's: 0 where both are copied as one.
func (v *level) step(ch, i, x, y, dx, dy int) int32 {
	beside := image.Pt(x+dx, y+dy)
	n := i + dy*v.w + dx
	q := v.q[i]
	if beside.In(v.known) {
		return 2 * (int32(v.pix[4*n+ch]) - int32(v.source(ch, q, dx, dy)))
	}
	o := v.q[n]
	if !beside.In(v.inner) || (int(o.x) == int(q.x)+dx && int(o.y) == int(q.y)+dy) {
		return 0
	}
	return int32(v.source(ch, o, 0, 0)) - int32(v.source(ch, q, dx, dy)) + int32(v.source(ch, o, -dx, -dy)) - int32(v.source(ch, q, 0, 0))
}

// relax solves every second pixel's equation, like the fields of one colour of a chessboard, from its neighbours.
func (v *level) relax(colour, from, to int, right, c []int32) {
	v.hidden(from, to, func(y, x0, x1 int) {
		for x := x0 + (x0+y+colour)&1; x < x1; x += 2 {
			i := y*v.w + x
			c[i] = (right[i] + blendStep*(c[i-1]+c[i+1]+c[i-v.w]+c[i+v.w])) / (4*blendStep + holdVote)
		}
	})
}

// correct paints one channel.
func (v *level) correct(ch, from, to int, c []int32) {
	v.hidden(from, to, func(y, x0, x1 int) {
		for x := x0; x < x1; x++ {
			i := y*v.w + x
			v.pix[4*i+ch] = uint8(clamp(int(v.source(ch, v.q[i], 0, 0))+int(c[i]+blendUnit/2)>>4, 0, 255))
		}
	})
}
