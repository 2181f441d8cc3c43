package backdrop

import (
	"image"
	"image/draw"
	"math"

	"github.com/marquetry/marquetry/internal/media"
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

// set places the product: centred, or with its foot on the surface. What leaves the source at a side leaves the target at the same side: a
// cut cable must not end in the air.
func set(c cutout.Cutout, o Order, standing bool) stage {
	from, src := c.Bounds, c.Colour.Rect
	w, h := float64(o.Width), float64(o.Height)
	scale := min(largest, fillWidth*w/float64(from.Dx()), fillHeight*h/float64(from.Dy()))
	bw, bh := max(1, int(math.Round(scale*float64(from.Dx())))), max(1, int(math.Round(scale*float64(from.Dy()))))
	x, y := (o.Width-bw)/2, (o.Height-bh)/2
	if standing {
		y = int(footline*h) - bh
	}
	if !trimmed(from, src) {
		x, y = kept(from.Min.X <= 0, from.Max.X >= src.Max.X, x, o.Width-bw), kept(from.Min.Y <= 0, from.Max.Y >= src.Max.Y, y, o.Height-bh)
	}
	s := stage{w: o.Width, h: o.Height, from: from, box: image.Rect(0, 0, bw, bh).Add(image.Pt(x, y)), seed: o.Seed}
	s.product = scaled(c, from, s.box)
	return s
}

// trimmed reports whether a picture was cropped close around its product: that it touches a side says nothing then.
func trimmed(product, src image.Rectangle) bool {
	across, down := max(product.Min.X, src.Max.X-product.Max.X), max(product.Min.Y, src.Max.Y-product.Max.Y)
	return 25*across <= src.Dx() && 25*down <= src.Dy()
}

// kept is where the product begins on one axis: at the side that it left the source by, of a middle place and the one farthest on.
func kept(first, last bool, middle, farthest int) int {
	switch {
	case last:
		return farthest
	case first:
		return 0
	}
	return middle
}

// scaled is the product alone, which fills box.
func scaled(c cutout.Cutout, from, box image.Rectangle) *image.RGBA {
	cut := image.NewNRGBA(image.Rectangle{Max: from.Size()})
	draw.Draw(cut, cut.Rect, c.Colour, from.Min, draw.Src)
	for i := range cut.Rect.Dx() * cut.Rect.Dy() {
		cut.Pix[4*i+3] = c.Alpha.Pix[c.Alpha.PixOffset(from.Min.X+i%from.Dx(), from.Min.Y+i/from.Dx())]
	}
	dst := image.NewRGBA(box)
	draw.Draw(dst, box, media.Resize(cut, box.Dx(), box.Dy()), image.Point{}, draw.Src)
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
