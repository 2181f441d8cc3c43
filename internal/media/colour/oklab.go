package colour

import (
	"image/color"
	"math"
)

// OK is a colour in OKLab: https://bottosson.github.io/posts/oklab/. L runs from 0, black, to 1, white; grey has A and B of 0.
type OK struct{ L, A, B float64 }

// FromLight converts linear light, 0 to 1 a channel.
func FromLight(r, g, b float64) OK {
	l := math.Cbrt(mix(0.4122214708, r, 0.5363325363, g, 0.0514459929, b))
	m := math.Cbrt(mix(0.2119034982, r, 0.6806995451, g, 0.1073969566, b))
	s := math.Cbrt(mix(0.0883024619, r, 0.2817188376, g, 0.6299787005, b))
	return OK{
		mix(0.2104542553, l, 0.7936177850, m, -0.0040720468, s),
		mix(1.9779984951, l, -2.4285922050, m, 0.4505937099, s),
		mix(0.0259040371, l, 0.7827717662, m, -0.8086757660, s),
	}
}

// From converts a colour of sRGB; its alpha plays no part.
func From(c color.NRGBA) OK {
	return FromLight(decode(float64(c.R)/255), decode(float64(c.G)/255), decode(float64(c.B)/255))
}

// LCH is the colour of a lightness, a chroma (0.03 is a tint, 0.2 is vivid) and a hue in degrees: 30 is red, 110 yellow, 145 green, 250 blue.
func LCH(l, c, h float64) OK {
	sin, cos := math.Sincos(h * (math.Pi / 180))
	return OK{l, c * cos, c * sin}
}

// Chroma is the distance from grey.
func (c OK) Chroma() float64 { return math.Sqrt(float64(c.A*c.A) + float64(c.B*c.B)) }

// Hue is in degrees, 0 to 360.
func (c OK) Hue() float64 {
	h := math.Atan2(c.B, c.A) * (180 / math.Pi)
	if h < 0 {
		h += 360
	}
	return h
}

// Between is the colour at t, 0 to 1, on the way to another.
func (c OK) Between(d OK, t float64) OK {
	return OK{c.L + float64((d.L-c.L)*t), c.A + float64((d.A-c.A)*t), c.B + float64((d.B-c.B)*t)}
}

// light converts to linear light, which lies beyond 0 to 1 for colours that sRGB lacks.
func (c OK) light() [3]float64 {
	l := c.L + mix(0.3963377774, c.A, 0.2158037573, c.B, 0, 0)
	m := c.L + mix(-0.1055613458, c.A, -0.0638541728, c.B, 0, 0)
	s := c.L + mix(-0.0894841775, c.A, -1.2914855480, c.B, 0, 0)
	l, m, s = l*l*l, m*m*m, s*s*s
	return [3]float64{
		mix(4.0767416621, l, -3.3077115913, m, 0.2309699292, s),
		mix(-1.2684380046, l, 2.6097574011, m, -0.3413193965, s),
		mix(-0.0041960863, l, -0.7034186147, m, 1.7076147010, s),
	}
}

// fits reports whether sRGB has the colour.
func (c OK) fits() bool {
	for _, v := range c.light() {
		if v < -1e-4 || v > 1+1e-4 {
			return false
		}
	}
	return true
}

// Deep is the colour in sRGB with 16 bits a channel. One that sRGB lacks loses chroma until it fits: its lightness and hue stay.
func (c OK) Deep() [3]uint16 {
	if !c.fits() {
		low, high := 0.0, 1.0
		for range 12 {
			mid := (low + high) / 2
			if (OK{c.L, c.A * mid, c.B * mid}).fits() {
				low = mid
			} else {
				high = mid
			}
		}
		c.A, c.B = c.A*low, c.B*low
	}
	var deep [3]uint16
	for i, v := range c.light() {
		deep[i] = uint16(math.Round(encode(v) * 65535))
	}
	return deep
}

// RGB is Deep in 8 bits, opaque.
func (c OK) RGB() color.NRGBA {
	d := c.Deep()
	return color.NRGBA{byte((int(d[0]) + 128) / 257), byte((int(d[1]) + 128) / 257), byte((int(d[2]) + 128) / 257), 255}
}
