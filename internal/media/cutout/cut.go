package cutout

import (
	"image"
	"math"
)

// workingSize is the longer side, in pixels, up to which backdrop and product are told apart; alpha is then found at full size.
const workingSize = 400

// evenSample is which part of the pixels, one in so many, the backdrop without shadows is fitted to in the end.
const evenSample = 11

// Cut is a [Func]. A refused picture has a Code, and what was found all the same.
func Cut(src *image.NRGBA) Cutout {
	size := src.Bounds().Size()
	if size.X < 16 || size.Y < 16 {
		return Cutout{Alpha: image.NewAlpha(src.Rect), Colour: src, Light: evenLight(src.Rect), Code: "size", Reason: "the picture is too small"}
	}
	if c, ok := ownAlpha(src); ok {
		return c
	}
	factor := (max(size.X, size.Y) + workingSize - 1) / workingSize
	pic := fromImage(src, factor)
	s := fitSurface(pic, rimOf(pic))
	g := grow(pic, &s)
	product := g.decide()
	g.lit = pic.fill(inverse(spread(product, pic.w, pic.h, 1)))
	c := finish(src, g, draw(src, g, product))
	c.Code, c.Reason = verdict(&s, g, product)
	return c
}

// finish turns the matte and the ground into the pictures of a cut-out.
func finish(src *image.NRGBA, g *ground, m matte) Cutout {
	c := Cutout{Alpha: image.NewAlpha(src.Rect), Colour: image.NewNRGBA(src.Rect), Light: image.NewGray(src.Rect)}
	for i, a := range m.alpha {
		c.Alpha.Pix[i] = level(a * 255)
		f := m.colour.px[i]
		c.Colour.Pix[4*i], c.Colour.Pix[4*i+1], c.Colour.Pix[4*i+2], c.Colour.Pix[4*i+3] = level(f[0]), level(f[1]), level(f[2]), 255
	}
	g.light(c.Light)
	c.Bounds = bounds(c.Alpha)
	return c
}

// light draws how bright the backdrop is beside the even one, carried on behind the product.
func (g *ground) light(out *image.Gray) {
	even := g.evenSurface()
	ratio := newPlane(g.pic.w, g.pic.h)
	for i, v := range g.lit.smoothLuma() {
		r := v / even.at(i%ratio.w, i/ratio.w).luma()
		ratio.px[i] = rgb{r, r, r}
	}
	size := out.Bounds().Size()
	for i, r := range enlarge(ratio, size.X, size.Y).px {
		out.Pix[i] = level(128 * r[0])
	}
}

// evenSurface is fitted again, now to a sample of all that was reached without a shadow.
func (g *ground) evenSurface() *surface {
	var over []int
	for i, k := range g.kind {
		if k == backdrop && i%evenSample == 0 {
			over = append(over, i)
		}
	}
	if len(over) == 0 {
		over = rimOf(g.pic)
	}
	s := fitSurface(g.pic, over)
	return &s
}

func level(v float32) uint8 { return uint8(math.Round(float64(min(max(v, 0), 255)))) }

// bounds is the smallest rectangle with all that is more product than not.
func bounds(a *image.Alpha) image.Rectangle {
	var out image.Rectangle
	for i, v := range a.Pix {
		if v >= 128 {
			x, y := i%a.Stride, i/a.Stride
			out = out.Union(image.Rect(x, y, x+1, y+1))
		}
	}
	return out
}

func evenLight(r image.Rectangle) *image.Gray {
	g := image.NewGray(r)
	for i := range g.Pix {
		g.Pix[i] = 128
	}
	return g
}

// ownAlpha takes a picture with transparency of its own as it is.
func ownAlpha(src *image.NRGBA) (Cutout, bool) {
	clear := 0
	c := Cutout{Alpha: image.NewAlpha(src.Rect), Colour: image.NewNRGBA(src.Rect), Light: evenLight(src.Rect)}
	for i := range c.Alpha.Pix {
		c.Alpha.Pix[i] = src.Pix[4*i+3]
		copy(c.Colour.Pix[4*i:], src.Pix[4*i:4*i+3])
		c.Colour.Pix[4*i+3] = 255
		if c.Alpha.Pix[i] < 128 {
			clear++
		}
	}
	if clear < len(c.Alpha.Pix)/100 {
		return Cutout{}, false
	}
	c.Bounds = bounds(c.Alpha)
	if share := float32(len(c.Alpha.Pix)-clear) / float32(len(c.Alpha.Pix)); share < smallest || share > largest {
		c.Code, c.Reason = refusedSize(share)
	}
	return c, true
}
