package backdrop

import (
	"image/color"

	"github.com/marquetry/marquetry/internal/media/colour"
	"github.com/marquetry/marquetry/internal/media/cutout"
)

// A scheme is what all colours of a backdrop are derived from.
type scheme struct {
	hue   float64     // of the product or the brand, in degrees of OKLCH
	vivid float64     // how strong the colours may be, 0 to 1: a muted product looks best among muted colours
	brand []colour.OK // as the advertiser gave them
	dark  bool        // most of the product is
}

// quietHues suit products without a hue of their own: sand, sage, powder blue and dusty rose.
func quietHues() []float64 { return []float64{75, 150, 240, 20} }

// schemeOf derives the scheme from the brand, else from the product's palette; a grey product gets one of the quiet hues by the seed.
func schemeOf(c cutout.Cutout, o Order) scheme {
	swatches := colour.Palette(c.Colour, c.Alpha, 6)
	s, dim := scheme{}, 0.0
	for _, b := range o.Brand {
		s.brand = append(s.brand, colour.From(color.NRGBA{b.R, b.G, b.B, 255}))
	}
	for _, w := range swatches {
		if w.L < 0.5 {
			dim += w.Share
		}
	}
	s.dark = dim > 0.5
	accent, found := lead(swatches)
	for _, b := range s.brand {
		if b.Chroma() > tinted {
			accent, found = b, true
			break
		}
	}
	s.hue, s.vivid = accent.Hue(), min(max(0.45+float64(4.5*accent.Chroma()), 0.6), 1)
	if !found {
		d := die(o.Seed)
		s.hue, s.vivid = quietHues()[d.below(4)], 0.7
	}
	return s
}

// tinted is the chroma from which eyes name a hue.
const tinted = 0.03

// lead is the colour of a product that people would name it by: chroma counts more than area.
func lead(swatches []colour.Swatch) (best colour.OK, found bool) {
	most := 0.0
	for _, w := range swatches {
		chroma := w.Chroma()
		if chroma < tinted || w.L < 0.2 || w.L > 0.97 {
			continue
		}
		if worth := float64(min(chroma, 0.15) * float64(min(chroma, 0.15)*w.Share)); worth > most {
			best, most, found = w.OK, worth, true
		}
	}
	return best, found
}

// limits of what looks like a good studio's: nothing garish, nothing black.
const (
	lightest, darkest = 0.965, 0.20
)

// at is a colour of the scheme's hue turned by some degrees.
func (s scheme) at(l, c, turn float64) colour.OK {
	return colour.LCH(l, c*s.vivid, s.hue+turn)
}

// lifted shifts a colour's lightness within the limits. Colours that grow very light or dark lose chroma: that is how pigments and lamps behave.
func lifted(c colour.OK, lift float64) colour.OK {
	l := min(max(c.L+lift, darkest), lightest)
	keep := 1.0
	if lift != 0 {
		keep = min(1, float64(2.2*min(1-l, l))+0.35)
	}
	return colour.OK{L: l, A: c.A * keep, B: c.B * keep}
}
