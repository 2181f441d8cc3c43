package expand

import (
	"image"
	"math"
)

// Doubles are looked for at doubleSide pixels on the shorter side of what is known, doubleArea in all at most, in squares of 2*doubleReach+1 pixels, one
// every doubleEvery pixels.
const (
	doubleSide  = 56
	doubleArea  = 8000
	doubleReach = 2
	doubleEvery = 3
)

// doubles is a small canvas on which the squares of what was painted are looked up in what is known.
type doubles struct {
	pix     []uint8
	w       int
	sources image.Rectangle // where squares of what is known have their middle
	alone   []int           // by source: how it differs from all others, less one; -1 where that is not known yet
}

// doubled says how much of subjects appears a second time in what was painted: the mean over its squares of the salience of the known square that is most
// like it, times the levels by which that one differs more from all others than from its copy. Grass is like other grass; a door knob is like no other.
func (c *canvas) doubled() float64 {
	k, b := c.known, c.img.Rect
	f := min(1, doubleSide/float64(min(k.Dx(), k.Dy())), math.Sqrt(doubleArea/float64(b.Dx()*b.Dy())))
	small := c.shrunk(f)
	d := doubles{small.img.Pix, small.img.Rect.Dx(), small.known.Inset(doubleReach), nil}
	if d.sources.Empty() {
		return 0
	}
	d.alone = make([]int, d.sources.Dx()*d.sources.Dy())
	for i := range d.alone {
		d.alone[i] = -1
	}
	salient := newSalience(c.img, k)
	sum, n := 0.0, 0
	inner := small.img.Rect.Inset(doubleReach)
	for y := inner.Min.Y; y < inner.Max.Y; y += doubleEvery {
		for x := inner.Min.X; x < inner.Max.X; x += doubleEvery {
			p := image.Pt(x, y)
			if p.In(small.known.Inset(-1)) {
				continue
			}
			if q, copied := d.nearest(p, 0); gap(p, q) >= 2*doubleReach {
				of := salient.at(int((float64(q.X)+0.5)/f), int((float64(q.Y)+0.5)/f))
				sum += float64(of * max(0, levels(d.loneliness(q))-levels(copied)))
			}
			n++
		}
	}
	return sum / float64(max(1, n))
}

// shrunk is the canvas at another scale.
func (c *canvas) shrunk(f float64) *canvas {
	scale := func(v int) int { return int(float64(f*float64(v)) + 0.5) }
	k, b := c.known, c.img.Rect
	known := image.Rect(scale(k.Min.X), scale(k.Min.Y), scale(k.Max.X), scale(k.Max.Y))
	return &canvas{img: shrink(c.img, b, max(1, scale(b.Dx())), max(1, scale(b.Dy()))), known: known}
}

// nearest is the source most like the square about p, from a distance on, and the sum of squared differences.
func (d *doubles) nearest(p image.Point, from int) (image.Point, int) {
	best, at := math.MaxInt, p
	for y := d.sources.Min.Y; y < d.sources.Max.Y; y++ {
		for x := d.sources.Min.X; x < d.sources.Max.X; x++ {
			if q := image.Pt(x, y); gap(p, q) >= from {
				if v := d.difference(p, q, best); v < best {
					best, at = v, q
				}
			}
		}
	}
	return at, best
}

// loneliness is how much a source differs from those that do not overlap it.
func (d *doubles) loneliness(q image.Point) int {
	i := (q.Y-d.sources.Min.Y)*d.sources.Dx() + q.X - d.sources.Min.X
	if d.alone[i] < 0 {
		if _, d.alone[i] = d.nearest(q, 2*doubleReach); d.alone[i] == math.MaxInt {
			d.alone[i] = 0
		}
	}
	return d.alone[i]
}

// difference sums the squared differences of two squares, and gives up above a limit.
func (d *doubles) difference(p, q image.Point, limit int) int {
	sum := 0
	for j := -doubleReach; j <= doubleReach && sum < limit; j++ {
		a, b := d.pix[4*((p.Y+j)*d.w+p.X-doubleReach):], d.pix[4*((q.Y+j)*d.w+q.X-doubleReach):]
		for i := 0; i < 4*(2*doubleReach+1); i += 4 {
			r, g, l := int(a[i])-int(b[i]), int(a[i+1])-int(b[i+1]), int(a[i+2])-int(b[i+2])
			sum += r*r + g*g + l*l
		}
	}
	return sum
}

// levels is a sum of squared differences of a square as levels of a channel.
func levels(sum int) float64 {
	return math.Sqrt(float64(sum) / (3 * (2*doubleReach + 1) * (2*doubleReach + 1)))
}

// gap is the distance of two pixels along the axis where it is greater.
func gap(p, q image.Point) int { return max(distance(p.X, q.X), distance(p.Y, q.Y)) }
