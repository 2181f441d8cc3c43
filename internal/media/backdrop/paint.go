package backdrop

import (
	"fmt"
	"image"

	"github.com/marquetry/marquetry/internal/media/cutout"
)

// Paint lays a product on a backdrop. A product that does not stand out from it at any lightness, or cannot stand on a table, is painted
// all the same, with a Code.
func Paint(c cutout.Cutout, o Order) Result {
	if c.Bounds.Empty() {
		return Result{Code: "empty", Reason: "There is no product to be seen."}
	}
	r := schemeOf(c, o).recipe(o.Style)
	s := set(c, o, r.mirror > 0)
	g := &ground{field: s.field(r.field), light: s.carried(c)}
	if r.pattern != nil {
		g.plane = newPlane(s.w, s.h)
		r.pattern(g.plane, s)
	}
	var mirror *image.RGBA
	stands := true
	if r.mirror > 0 {
		feet := s.feet()
		g.light.touch(s, feet)
		mirror, stands = s.mirrored(r.mirror, feet), standing(feet, s.box.Dx())
	}
	res := Result{Contrast: g.adjust(r, s.rim()), Product: s.product}
	res.Image = g.composed(s, mirror)
	switch {
	case res.Contrast < enough:
		res.Code = "contrast"
		res.Reason = fmt.Sprintf("The product hardly stands out from this background: its rim differs by %.0f where %d is needed.", res.Contrast, enough)
	case r.field == horizon && !stands:
		res.Code, res.Reason = "foot", "The product lies or is cut off below, so that it cannot stand on a table."
	}
	return res
}

// composed puts shadow, reflection and product together. Where the backdrop shows, noise of one code value hides the steps between shades.
func (g *ground) composed(s stage, mirror *image.RGBA) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, s.w, s.h))
	for y := range s.h {
		for x := range s.w {
			c := g.at(x, y)
			over(&c, mirror, x, y)
			a := over(&c, s.product, x, y)
			noise := int32(128)
			if a < 255 {
				noise = grain(s.seed, x, y)
			}
			p := img.Pix[y*img.Stride+4*x:][:4]
			for i, v := range c {
				p[i] = uint8(min(max(v-v>>8+noise, 0)>>8, 255))
			}
			p[3] = 255
		}
	}
	return img
}

// over lays a premultiplied pixel on a colour of 16 bits and answers its alpha; outside the picture, or without one, nothing happens.
func over(c *[3]int32, img *image.RGBA, x, y int) int32 {
	if img == nil || !image.Pt(x, y).In(img.Rect) {
		return 0
	}
	p := img.Pix[img.PixOffset(x, y):][:4]
	a := int32(p[3])
	if a == 0 {
		return 0
	}
	for i := range c {
		c[i] = int32(p[i])*257 + c[i]*(255-a)/255
	}
	return a
}

// grain is triangular noise around the half of an 8-bit step, in 16 bits: -128 to 384.
func grain(seed uint64, x, y int) int32 {
	z := scramble(seed + uint64(y)<<32 + uint64(x))
	return int32(z&0xff) + int32(z>>8&0xff) - 127
}
