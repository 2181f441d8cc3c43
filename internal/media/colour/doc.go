// Package colour converts between sRGB and the spaces in which colours are chosen (OKLab, by lightness, chroma and hue) and compared (CIE
// Lab, and the contrast of WCAG), and finds the palette of a picture.
//
// Products are rounded before they are added, so that a machine with fused multiply-add computes the same bytes.
package colour

import "math"

// Linear is the light, 0 to 1, of each code value of sRGB: IEC 61966-2-1.
func Linear() *[256]float64 {
	var table [256]float64
	for i := range table {
		table[i] = decode(float64(i) / 255)
	}
	return &table
}

// decode is the light of one code value; both run from 0 to 1.
func decode(v float64) float64 {
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

// encode is the inverse of decode; light beyond 0 to 1 is cut.
func encode(v float64) float64 {
	v = min(max(v, 0), 1)
	if v <= 0.0031308 {
		return v * 12.92
	}
	return float64(1.055*math.Pow(v, 1/2.4)) - 0.055
}

// mix is the product of one row of a matrix with a vector.
func mix(a, x, b, y, c, z float64) float64 { return float64(a*x) + float64(b*y) + float64(c*z) }
