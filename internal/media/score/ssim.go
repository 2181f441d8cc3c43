package score

import "math"

// The window and constants of Wang, Bovik, Sheikh, Simoncelli, "Image quality assessment: from error visibility to structural similarity", 2004.
const (
	ssimC1 = 0.01 * 255 * 0.01 * 255
	ssimC2 = 0.03 * 255 * 0.03 * 255
)

// msWeights are those of the five scales in Wang, Simoncelli, Bovik, "Multiscale structural similarity", 2003.
func msWeights() []float64 { return []float64{0.0448, 0.2856, 0.3001, 0.2363, 0.1333} }

// similarity are maps of luminance and of contrast with structure, -1..1.
func similarity(t, m plane) (l, cs plane) {
	kernel := gauss(1.5, 5)
	mt, mm := t.filter(kernel), m.filter(kernel)
	tt, mm2, tm := t.times(t).filter(kernel), m.times(m).filter(kernel), t.times(m).filter(kernel)
	l, cs = newPlane(t.w, t.h), newPlane(t.w, t.h)
	for i := range l.v {
		a, b := mt.v[i], mm.v[i]
		l.v[i] = (2*a*b + ssimC1) / (a*a + b*b + ssimC1)
		cs.v[i] = (2*(tm.v[i]-a*b) + ssimC2) / (tt.v[i] - a*a + mm2.v[i] - b*b + ssimC2)
	}
	return l, cs
}

// times multiplies pixel by pixel.
func (p plane) times(q plane) plane {
	out := newPlane(p.w, p.h)
	for i := range out.v {
		out.v[i] = p.v[i] * q.v[i]
	}
	return out
}

// mean of all values.
func (p plane) mean() float64 {
	sum := 0.0
	for _, v := range p.v {
		sum += v
	}
	return sum / float64(max(1, len(p.v)))
}

// ssims are the mean of the map over the hidden part, and the product over five scales of the whole, each half as large as the one before.
func ssims(t, m plane, hidden []side) (one, product float64) {
	product = 1.0
	weights := msWeights()
	for i, weight := range weights {
		l, cs := similarity(t, m)
		both := l.times(cs)
		s := cs.mean()
		if i == 0 {
			one = both.over(hidden)
		}
		if i == len(weights)-1 {
			s = both.mean()
		}
		product *= math.Pow(max(0, s), weight)
		t, m = t.half(), m.half()
	}
	return one, product
}

// over is the mean over the sides.
func (p plane) over(hidden []side) float64 {
	sum, n := 0.0, 0
	each(hidden, func(x, y int) {
		sum, n = sum+p.v[y*p.w+x], n+1
	})
	return sum / float64(max(1, n))
}
