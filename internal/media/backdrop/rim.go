package backdrop

import (
	"image"
	"image/color"

	"github.com/marquetry/marquetry/internal/media/colour"
)

// A touchpoint is a place where the product's rim meets the backdrop: the product's colour, and the nearest pixel of the target that shows
// backdrop alone.
type touchpoint struct {
	product colour.Lab
	beside  image.Point
}

// rim walks along rows and columns and notes where the product begins and ends.
func (s stage) rim() []touchpoint {
	var points []touchpoint
	step := max(1, (s.box.Dx()+s.box.Dy())/300)
	for y := s.box.Min.Y; y < s.box.Max.Y; y += step {
		for x := s.box.Min.X - 1; x < s.box.Max.X; x++ {
			points = s.crossing(points, image.Pt(x, y), image.Pt(1, 0))
		}
	}
	for x := s.box.Min.X; x < s.box.Max.X; x += step {
		for y := s.box.Min.Y - 1; y < s.box.Max.Y; y++ {
			points = s.crossing(points, image.Pt(x, y), image.Pt(0, 1))
		}
	}
	return points
}

// crossing notes a rim between a pixel and the next, when the product is solid a few pixels to one side of it and the backdrop free to the other.
func (s stage) crossing(points []touchpoint, p, way image.Point) []touchpoint {
	before, after := s.alpha(p.X, p.Y) > 127, s.alpha(p.X+way.X, p.Y+way.Y) > 127
	if before == after {
		return points
	}
	if before {
		way = way.Mul(-1)
	}
	in, out := p.Add(way.Mul(3)), p.Sub(way.Mul(3))
	if s.alpha(in.X, in.Y) < 230 || s.alpha(out.X, out.Y) > 20 || !out.In(image.Rect(0, 0, s.w, s.h)) {
		return points
	}
	q := s.product.Pix[s.product.PixOffset(in.X, in.Y):]
	return append(points, touchpoint{colour.ToLab(color.NRGBA{q[0], q[1], q[2], 255}), out})
}

// FullContrast is the most that a Contrast can be, and the distance above which a point of the rim counts no more: a rim that is half black
// must not hide that the other half vanishes.
const FullContrast = 35

// contrast is the mean distance of the product's rim from the backdrop beside it, in CIE Lab. A product without a rim, which fills the
// target, has the most.
func (g *ground) contrast(rim []touchpoint) float64 {
	if len(rim) == 0 {
		return FullContrast
	}
	sum := 0.0
	for _, p := range rim {
		c := g.at(p.beside.X, p.beside.Y)
		sum += min(colour.ToLab(color.NRGBA{uint8(c[0] >> 8), uint8(c[1] >> 8), uint8(c[2] >> 8), 255}).Distance(p.product), FullContrast)
	}
	return sum / float64(len(rim))
}

// enough is the contrast that a product needs to stand out.
const enough = 25

// adjust tries the recipe as it is, then ever lighter and darker, and keeps the first that stands out; if none does, the one that does
// best. It answers the contrast.
func (g *ground) adjust(r recipe, rim []touchpoint) float64 {
	best, at := -1.0, 0.0
	for i := range 29 {
		lift := 0.04 * float64((i+1)/2)
		if i%2 == 0 {
			lift = -lift
		}
		g.tone(r, lift)
		c := g.contrast(rim)
		if c >= enough {
			return c
		}
		if c > best {
			best, at = c, lift
		}
	}
	g.tone(r, at)
	return best
}
