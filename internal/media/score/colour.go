package score

import "math"

// histBands is how many horizontal bands a picture's height has: sky that lies where ground should is another colour at that height.
const histBands = 8

// histBins is how many classes a coordinate of Lab has: L in 0..255 as 8-bit pictures hold it, a and b from -128 on.
const histBins = 256

// hist is the distance of colours at the same height: in each band the earth mover's distance between the histograms of L, a and b, in classes, the mean
// over the three; the mean over the bands by their hidden pixels.
func hist(t, m [3]plane, hidden []side) float64 {
	a, b := histograms(t, hidden), histograms(m, hidden)
	sum, n := 0.0, 0.0
	for band := range a {
		for k := range a[band].bins {
			sum += move(a[band].bins[k], b[band].bins[k])
		}
		n += a[band].n
	}
	return sum / max(1, 3*n)
}

// banded are the histograms of L, a and b of one band and how many pixels it has.
type banded struct {
	bins [3][histBins]float64
	n    float64
}

// histograms counts the hidden pixels band by band.
func histograms(p [3]plane, hidden []side) [histBands]banded {
	var bands [histBands]banded
	var light [256]float64
	for i := range light {
		light[i] = linear(float64(i))
	}
	each(hidden, func(x, y int) {
		i, band := y*p[0].w+x, &bands[y*histBands/p[0].h]
		for k, v := range lab(light[int(p[0].v[i])], light[int(p[1].v[i])], light[int(p[2].v[i])]) {
			band.bins[k][min(max(int(v), 0), histBins-1)]++
		}
		band.n++
	})
	return bands
}

// move is the earth mover's distance of two histograms of the same sum: how far all their grains go.
func move(a, b [histBins]float64) float64 {
	sum, carried := 0.0, 0.0
	for i := range a {
		carried += a[i] - b[i]
		sum += math.Abs(carried)
	}
	return sum
}

// lab is CIE L*a*b* of linear red, green and blue, 0..1, under D65, as classes: L stretched from 0..100 to 0..255, a and b moved by 128.
func lab(r, g, b float64) [3]float64 {
	x := labCurve((0.4124564*r + 0.3575761*g + 0.1804375*b) / 0.95047)
	y := labCurve(0.2126729*r + 0.7151522*g + 0.0721750*b)
	z := labCurve((0.0193339*r + 0.1191920*g + 0.9503041*b) / 1.08883)
	return [3]float64{(116*y - 16) * 2.55, 500*(x-y) + 128, 200*(y-z) + 128}
}

// linear is the light of an sRGB level, 0..1.
func linear(level float64) float64 {
	v := level / 255
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

// labCurve is the cube root with a straight foot.
func labCurve(v float64) float64 {
	if v > 216.0/24389 {
		return math.Cbrt(v)
	}
	return (24389.0/27*v + 16) / 116
}
