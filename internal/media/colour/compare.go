package colour

import (
	"image/color"
	"math"
)

// Lab is a colour in CIE L*a*b* under D65: L* from 0 to 100.
type Lab struct{ L, A, B float64 }

// ToLab converts a colour of sRGB; its alpha plays no part.
func ToLab(c color.NRGBA) Lab {
	r, g, b := decode(float64(c.R)/255), decode(float64(c.G)/255), decode(float64(c.B)/255)
	x := bend(mix(0.4124564, r, 0.3575761, g, 0.1804375, b) / 0.95047)
	y := bend(mix(0.2126729, r, 0.7151522, g, 0.0721750, b))
	z := bend(mix(0.0193339, r, 0.1191920, g, 0.9503041, b) / 1.08883)
	return Lab{float64(116*y) - 16, 500 * (x - y), 200 * (y - z)}
}

// bend is the cube root of CIE Lab with its straight foot.
func bend(t float64) float64 {
	if t > 216.0/24389 {
		return math.Cbrt(t)
	}
	return (float64(t*24389/27) + 16) / 116
}

// Distance is CIE76: about 2 is just seen, 25 is plain at a glance.
func (c Lab) Distance(d Lab) float64 {
	l, a, b := c.L-d.L, c.A-d.A, c.B-d.B
	return math.Sqrt(float64(l*l) + float64(a*a) + float64(b*b))
}

// Luminance is the relative luminance of WCAG 2, 0 to 1.
func Luminance(c color.NRGBA) float64 {
	return mix(0.2126, decode(float64(c.R)/255), 0.7152, decode(float64(c.G)/255), 0.0722, decode(float64(c.B)/255))
}

// Contrast is the contrast ratio of WCAG 2 between two luminances: 1 for none, 21 for black on white, 4.5 for text that most can read.
func Contrast(a, b float64) float64 { return (max(a, b) + 0.05) / (min(a, b) + 0.05) }
