package backdrop

import (
	"image"
	"math"

	"golang.org/x/image/draw"

	"github.com/marquetry/marquetry/internal/media/cutout"
)

// A stage is the target with the product in its place.
type stage struct {
	w, h    int             // of the target
	box     image.Rectangle // the product's, in the target
	from    image.Rectangle // the product's, in the source
	product *image.RGBA     // premultiplied, its bounds are box
	seed    uint64
}

// largest is how far a product is enlarged at most: beyond it pixels show.
const largest = 2

// The share of the target that a product fills at most, and where the foot of one that stands on a surface lies. The rest is margin.
const (
	fillWidth, fillHeight = 0.78, 0.74
	footline              = 0.84
)

// set places the product: centred, or with its foot on the surface. What leaves the source at a side leaves the target at the same side: a cut cable must not end in the air.
func set(c cutout.Cutout, o Order, standing bool) stage {
	from, src := c.Bounds, c.Colour.Rect
	w, h := float64(o.Width), float64(o.Height)
	scale := min(largest, fillWidth*w/float64(from.Dx()), fillHeight*h/float64(from.Dy()))
	bw, bh := max(1, int(math.Round(scale*float64(from.Dx())))), max(1, int(math.Round(scale*float64(from.Dy()))))
	x, y := (o.Width-bw)/2, (o.Height-bh)/2
	if standing {
		y = int(footline*h) - bh
	}
	switch {
	case from.Min.X <= src.Min.X:
		x = 0
	case from.Max.X >= src.Max.X:
		x = o.Width - bw
	}
	switch {
	case from.Max.Y >= src.Max.Y:
		y = o.Height - bh
	case from.Min.Y <= src.Min.Y:
		y = 0
	}
	s := stage{w: o.Width, h: o.Height, from: from, box: image.Rect(0, 0, bw, bh).Add(image.Pt(x, y)), seed: o.Seed}
	s.product = scaled(c, from, s.box)
	return s
}

// scaled is the product alone, which fills box.
func scaled(c cutout.Cutout, from, box image.Rectangle) *image.RGBA {
	cut := image.NewRGBA(from)
	for y := from.Min.Y; y < from.Max.Y; y++ {
		for x := from.Min.X; x < from.Max.X; x++ {
			a := uint32(c.Alpha.AlphaAt(x, y).A)
			p, q := c.Colour.Pix[c.Colour.PixOffset(x, y):][:3], cut.Pix[cut.PixOffset(x, y):][:4]
			for i, v := range p {
				q[i] = uint8((uint32(v)*a + 127) / 255)
			}
			q[3] = uint8(a)
		}
	}
	dst := image.NewRGBA(box)
	draw.CatmullRom.Scale(dst, dst.Rect, cut, from, draw.Src, nil)
	return dst
}

// source is where the middle of a target's pixel lies in the source.
func (s stage) source(x, y float64) (float64, float64) {
	return float64(s.from.Min.X) + float64((x+0.5-float64(s.box.Min.X))*float64(s.from.Dx()))/float64(s.box.Dx()) - 0.5,
		float64(s.from.Min.Y) + float64((y+0.5-float64(s.box.Min.Y))*float64(s.from.Dy()))/float64(s.box.Dy()) - 0.5
}

// short is the target's shorter side, which patterns are measured by.
func (s stage) short() float64 { return float64(min(s.w, s.h)) }

// alpha is the product's at a pixel of the target, 0 outside its box.
func (s stage) alpha(x, y int) uint8 {
	if !image.Pt(x, y).In(s.box) {
		return 0
	}
	return s.product.Pix[s.product.PixOffset(x, y)+3]
}
