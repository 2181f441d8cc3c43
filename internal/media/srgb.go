package media

import (
	"image"
	"math"
)

// conversion turns colours of a profile into sRGB.
type conversion struct {
	grey   *[256]byte    // of pictures in grey; nil for colours
	linear [3][256]int   // light of each value, to 65535
	matrix [3][3]int     // to the light of sRGB, with fine bits behind the point
	encode [1 << 16]byte // value of sRGB for its light
}

// What a picture could not be given.
const (
	warnInks    = "the picture is made for print (CMYK): its colours are approximated"
	warnProfile = "the picture's colour profile cannot be read, or is of a kind that is not converted: its colours are taken as sRGB"
)

// newConversion is how a picture's colours become sRGB; nil for those that are sRGB already, or that nothing is known of, which the warning says.
func newConversion(format string, data []byte) (c *conversion, warning string) {
	raw := embedded(format, data)
	if raw == nil {
		return nil, ""
	}
	p, ok := parseProfile(raw)
	if !ok {
		return nil, warnProfile
	}
	if c = p.conversion(); c.idle() {
		return nil, ""
	}
	return c, ""
}

// conversion prepares tables.
func (p profile) conversion() *conversion {
	c := &conversion{}
	for v, at := 0, 0; v < 256; v++ {
		end := 1 << 16
		if v < 255 {
			end = int(math.Ceil(light((float64(v)+0.5)/255) * 65535))
		}
		for ; at < end; at++ {
			c.encode[at] = byte(v)
		}
	}
	for i := range c.linear {
		for v := range c.linear[i] {
			c.linear[i][v] = int(math.Round(p.curves[i][v] * 65535))
		}
	}
	if p.grey {
		c.grey = &[256]byte{}
		for v := range c.grey {
			c.grey[v] = c.encode[c.linear[0][v]]
		}
		return c
	}
	// From CIE XYZ under D50 to the light of sRGB.
	back := [3][3]float64{{3.1338561, -1.6168667, -0.4906146}, {-0.9787684, 1.9161415, 0.0334540}, {0.0719453, -0.2289914, 1.4052427}}
	for i := range back {
		for j := range back {
			sum := 0.0
			for k := range back {
				sum += float64(back[i][k] * p.matrix[k][j])
			}
			c.matrix[i][j] = int(math.Round(sum * (1 << fine)))
		}
	}
	return c
}

// light is how much light a value of sRGB stands for, both from 0 to 1 (IEC 61966-2-1).
func light(v float64) float64 {
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

// idle reports whether the conversion changes nothing but rounding: profiles of sRGB differ in their last digits.
func (c *conversion) idle() bool {
	for i := range 4096 { // 16 levels of each channel
		before := [4]byte{byte(i & 15 * 17), byte(i >> 4 & 15 * 17), byte(i >> 8 * 17), 255}
		after := before
		c.convert(after[:])
		for k := range 3 {
			if d := int(after[k]) - int(before[k]); d < -1 || d > 1 {
				return false
			}
		}
	}
	return true
}

// convert changes one pixel.
func (c *conversion) convert(p []byte) {
	if c.grey != nil {
		p[0], p[1], p[2] = c.grey[p[0]], c.grey[p[1]], c.grey[p[2]]
		return
	}
	r, g, b := c.linear[0][p[0]], c.linear[1][p[1]], c.linear[2][p[2]]
	for i := range 3 {
		m := &c.matrix[i]
		v := (m[0]*r + m[1]*g + m[2]*b + 1<<(fine-1)) >> fine
		p[i] = c.encode[min(max(v, 0), 1<<16-1)]
	}
}

// apply changes a whole picture.
func (c *conversion) apply(img *image.NRGBA) {
	rows(img, func(_, _ int, p []byte) { c.convert(p) })
}
