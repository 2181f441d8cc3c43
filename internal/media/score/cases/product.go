package cases

import (
	"image"
	"math"
)

// product is a thing drawn in code: a rounded body with a cap and a label, lit from the left.
type product struct {
	name   string
	width  float64    // of the body, in heights
	corner float64    // exponent of its outline: 2 is an ellipse, 8 nearly a box
	cap    float64    // width of the cap over the body's; 0 has none
	body   [3]float64 // levels
	label  [3]float64
}

// products are a bottle, a soap, a tin and a box.
func products() [Scenes]product {
	return [Scenes]product{
		{"bottle", 0.42, 7, 0.45, [3]float64{42, 96, 84}, [3]float64{236, 226, 204}},
		{"soap", 0.95, 2.6, 0, [3]float64{196, 112, 92}, [3]float64{226, 158, 138}},
		{"tin", 0.72, 9, 0.9, [3]float64{206, 160, 52}, [3]float64{40, 44, 60}},
		{"box", 0.80, 14, 0, [3]float64{198, 62, 58}, [3]float64{246, 240, 232}},
	}
}

// draw paints the product in the middle of a transparent square, four samples a pixel at its edges.
func (p product) draw(size int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, size, size))
	for y := range size {
		for x := range size {
			cover, colour := 0, [3]float64{}
			for k := range 4 {
				u := (float64(x)+0.25+0.5*float64(k%2))/float64(size)*2 - 1
				v := (float64(y)+0.25+0.5*float64(k/2))/float64(size)*2 - 1
				if c, ok := p.at(u, v); ok {
					cover, colour = cover+1, c
				}
			}
			set(img, x, y, colour, 1)
			img.Pix[img.PixOffset(x, y)+3] = uint8(min(255, 64*cover))
		}
	}
	return img
}

// at is the colour at a place, both coordinates -1..1, and whether the product is there.
func (p product) at(u, v float64) ([3]float64, bool) {
	top, half := -0.95, p.width*0.95
	if p.cap > 0 {
		top = -0.62
		if v > -0.95 && v < top+0.06 && math.Abs(u) < half*p.cap {
			return lit(p.label, 0.7, u/(half*p.cap)), true
		}
	}
	middle, tall := (top+0.95)/2, (0.95-top)/2
	if math.Pow(math.Abs(u/half), p.corner)+math.Pow(math.Abs((v-middle)/tall), p.corner) > 1 {
		return [3]float64{}, false
	}
	w := (v - middle) / tall
	switch {
	case math.Abs(w) < 0.45 && math.Abs(u/half) < 0.7 && math.Mod(math.Abs(w)*9, 1) > 0.55 && math.Abs(u/half) < 0.5:
		return lit(p.body, 0.6, u/half), true
	case math.Abs(w) < 0.45 && math.Abs(u/half) < 0.7:
		return lit(p.label, 1, u/half), true
	default:
		return lit(p.body, 1, u/half), true
	}
}

// lit is a colour on a round body, u from its left side at -1 to its right one at 1, with a highlight left of the middle.
func lit(colour [3]float64, light, u float64) [3]float64 {
	shade := light * (0.72 + 0.38*math.Sqrt(max(0, 1-(u+0.3)*(u+0.3)/1.7)))
	shine := 26 * math.Exp(-(u+0.45)*(u+0.45)/0.02)
	for c := range colour {
		colour[c] = colour[c]*shade + shine
	}
	return colour
}
