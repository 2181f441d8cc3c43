package backdrop

import (
	"image"
	"math"
)

// A plane says for each pixel which ink covers it, and how much, 0 to 255.
type plane struct {
	w     int
	ink   []uint8
	cover []uint8
}

// newPlane is without a drop of ink.
func newPlane(w, h int) *plane { return &plane{w, make([]uint8, w*h), make([]uint8, w*h)} }

// at looks a pixel up.
func (p *plane) at(x, y int) (ink int, cover int32) {
	i := y*p.w + x
	return int(p.ink[i]), int32(p.cover[i])
}

// fill covers every pixel by its depth inside a shape, in pixels, 0 on the outline; the outline is smooth.
func (p *plane) fill(s stage, depth func(x, y float64) float64) {
	for y := range s.h {
		for x := range s.w {
			p.cover[y*p.w+x] = covered(depth(float64(x)+0.5, float64(y)+0.5))
		}
	}
}

// covered is how much of a pixel lies inside an outline at such a depth.
func covered(depth float64) uint8 { return uint8(255 * min(max(depth+0.5, 0), 1)) }

// dots stand in rows, every other row between those of its neighbours.
func dots(p *plane, s stage) {
	pitch := max(s.short()/22, 4)
	row := pitch * math.Sqrt(3) / 2
	for j := 0; float64(j-1)*row < float64(s.h); j++ {
		for i := 0; float64(i-1)*pitch < float64(s.w); i++ {
			p.blot(s, pitch*(float64(i)+float64(j%2)/2), row*float64(j), pitch/2, 0, func(x, y float64) float64 {
				return float64(0.17*pitch) - math.Sqrt(float64(x*x)+float64(y*y))
			})
		}
	}
}

// diagonals are broad stripes at 45 degrees, as wide as their gaps.
func diagonals(p *plane, s stage) {
	d := die(s.seed)
	pitch, way := s.short()/7, float64(1-2*d.below(2))
	p.fill(s, func(x, y float64) float64 {
		t := (x + float64(way*y)) / math.Sqrt2 / pitch
		return pitch * (0.25 - math.Abs(t-math.Floor(t)-0.5))
	})
}

// arcs are rings around one of the lower corners.
func arcs(p *plane, s stage) {
	d := die(s.seed)
	pitch, cx, cy := s.short()/5, float64(s.w*d.below(2)), float64(s.h)
	p.fill(s, func(x, y float64) float64 {
		x, y = x-cx, y-cy
		t := math.Sqrt(float64(x*x)+float64(y*y)) / pitch
		return pitch * (0.25 - math.Abs(t-math.Floor(t)-0.5))
	})
}

// disc is one circle around the product, which looks out of it where it is long.
func disc(p *plane, s stage) {
	cx, cy := float64(s.box.Min.X+s.box.Max.X)/2, float64(s.box.Min.Y+s.box.Max.Y)/2
	r := 0.37 * s.short()
	p.fill(s, func(x, y float64) float64 {
		x, y = x-cx, y-cy
		return r - math.Sqrt(float64(x*x)+float64(y*y))
	})
}

// terrazzo scatters chips with straight sides, one to a cell of a grid so that they keep apart.
func terrazzo(p *plane, s stage) {
	d, pitch := die(s.seed), max(s.short()/13, 4)
	for cy := -1.0; cy*pitch < float64(s.h)+pitch; cy++ {
		for cx := -1.0; cx*pitch < float64(s.w)+pitch; cx++ {
			x, y := pitch*(cx+d.between(0.2, 0.8)), pitch*(cy+d.between(0.2, 0.8))
			sides := chip(&d, pitch*d.between(0.10, 0.34))
			p.blot(s, x, y, 0.5*pitch, uint8(d.below(4)), func(x, y float64) float64 { return depth(sides, x, y) })
		}
	}
}

// A side is one of a chip: the direction that it faces, and its distance from the middle.
type side struct{ x, y, far float64 }

// chip throws five or six sides around a middle.
func chip(d *die, size float64) []side {
	sides := make([]side, 5+d.below(2))
	for i := range sides {
		angle := (float64(i) + d.between(-0.3, 0.3)) * 2 * math.Pi / float64(len(sides))
		sin, cos := math.Sincos(angle)
		sides[i] = side{cos, sin, size * d.between(0.6, 1.1)}
	}
	return sides
}

// depth is how far inside a chip a point lies.
func depth(sides []side, x, y float64) float64 {
	least := math.Inf(1)
	for _, e := range sides {
		least = min(least, e.far-float64(e.x*x)-float64(e.y*y))
	}
	return least
}

// blot covers pixels within reach of a middle, from which depth is asked.
func (p *plane) blot(s stage, cx, cy, reach float64, ink uint8, depth func(x, y float64) float64) {
	around := image.Rect(int(cx-reach), int(cy-reach), int(cx+reach)+1, int(cy+reach)+1).Intersect(image.Rect(0, 0, s.w, s.h))
	for y := around.Min.Y; y < around.Max.Y; y++ {
		for x := around.Min.X; x < around.Max.X; x++ {
			if c := covered(depth(float64(x)+0.5-cx, float64(y)+0.5-cy)); c > p.cover[y*p.w+x] {
				p.cover[y*p.w+x], p.ink[y*p.w+x] = c, ink
			}
		}
	}
}
