package expand

import "image"

// Patches are squares of 2*reach+1 pixels.
const (
	reach     = 3
	patchSize = 2*reach + 1
	samples   = patchSize * patchSize * 3 // numbers that two patches are compared by
)

// level is the picture at one scale of the pyramid, with the field that says for each pixel to be painted which pixel it is painted like. A rim
// of reach pixels lies around the picture, so that every patch is whole: mirrored beside what is known, and painted like the rest elsewhere.
type level struct {
	w, h    int // with the rim
	pix     []uint8
	known   image.Rectangle // with the rim where it was mirrored
	sources image.Rectangle // where patches may come from: they lie within known
	inner   image.Rectangle // all but the rim
	q       []pair          // by pixel: what it is painted like
	cost    []int32         // by pixel: sum of squared differences, and what prior adds
	prior   prior
}

// pair is a pixel's place.
type pair struct{ x, y int16 }

// newLevel shrinks the known part of the canvas to w by h pixels, with margins in proportion.
func newLevel(c *canvas, w, h int) *level {
	k, b := c.known, c.img.Rect
	scale := func(margin, to, from int) int {
		if margin == 0 {
			return 0
		}
		return max(1, (margin*to+from/2)/from)
	}
	l, r := scale(k.Min.X, w, k.Dx()), scale(b.Max.X-k.Max.X, w, k.Dx())
	t, u := scale(k.Min.Y, h, k.Dy()), scale(b.Max.Y-k.Max.Y, h, k.Dy())
	v := &level{w: l + w + r + 2*reach, h: t + h + u + 2*reach}
	v.inner = image.Rect(reach, reach, v.w-reach, v.h-reach)
	inside := image.Rect(0, 0, w, h).Add(image.Pt(reach+l, reach+t))
	v.known = widened(inside, v.inner)
	v.sources = v.known.Inset(reach)
	v.pix = make([]uint8, 4*v.w*v.h)
	v.q, v.cost = make([]pair, v.w*v.h), make([]int32, v.w*v.h)
	v.load(shrink(c.img, k, w, h), inside)
	return v
}

// widened is the rectangle with the rim at the sides where it touches the picture's.
func widened(r, picture image.Rectangle) image.Rectangle {
	if r.Min.X == picture.Min.X {
		r.Min.X -= reach
	}
	if r.Min.Y == picture.Min.Y {
		r.Min.Y -= reach
	}
	if r.Max.X == picture.Max.X {
		r.Max.X += reach
	}
	if r.Max.Y == picture.Max.Y {
		r.Max.Y += reach
	}
	return r
}

// load copies the known pixels, mirrored into the rim.
func (v *level) load(small *image.NRGBA, inside image.Rectangle) {
	for y := v.known.Min.Y; y < v.known.Max.Y; y++ {
		for x := v.known.Min.X; x < v.known.Max.X; x++ {
			from := small.PixOffset(mirrored(x-inside.Min.X, inside.Dx()), mirrored(y-inside.Min.Y, inside.Dy()))
			copy(v.pix[4*(y*v.w+x):][:4], small.Pix[from:])
		}
	}
}

// mirrored folds a position beyond a line of n back onto it.
func mirrored(i, n int) int {
	if i < 0 {
		i = -1 - i
	}
	if i %= 2 * n; i >= n {
		i = 2*n - 1 - i
	}
	return i
}

// targets calls f for each run of pixels to be painted, row by row within rows from and to: in the picture, yet no source.
func (v *level) targets(from, to int, f func(y, x0, x1 int)) {
	for y := from; y < to; y++ {
		if y < v.sources.Min.Y || y >= v.sources.Max.Y {
			f(y, v.inner.Min.X, v.inner.Max.X)
			continue
		}
		if v.sources.Min.X > v.inner.Min.X {
			f(y, v.inner.Min.X, v.sources.Min.X)
		}
		if v.sources.Max.X < v.inner.Max.X {
			f(y, v.sources.Max.X, v.inner.Max.X)
		}
	}
}

// home is the known pixel nearest to a pixel.
func (v *level) home(x, y int) (int, int) {
	return clamp(x, v.sources.Min.X, v.sources.Max.X-1), clamp(y, v.sources.Min.Y, v.sources.Max.Y-1)
}

// nearest is the source nearest to a place.
func (v *level) nearest(x, y int) pair {
	return pair{int16(clamp(x, v.sources.Min.X, v.sources.Max.X-1)), int16(clamp(y, v.sources.Min.Y, v.sources.Max.Y-1))}
}

// clamp is the number from low to high that is nearest to v.
func clamp(v, low, high int) int { return max(low, min(high, v)) }
