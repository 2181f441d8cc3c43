package cutout

import (
	"math"
	"slices"
)

// surface is the even backdrop: a polynomial of the second degree in x and y for each channel, fitted to the rim of the picture, or to all that was reached.
type surface struct {
	w, h    int
	coef    [3][6]float64
	sigma   float32 // deviation from it, in levels, of what it explains
	inliers float32 // share that it explains of what it was fitted to
}

// Of the fit: what lies further than tooFar from the rim's median colour is not looked at, and Tukey's weights end at the greater of cutLevels and cutSigmas deviations.
const (
	fitRounds  = 6
	tooFar     = 60
	cutLevels  = 10
	cutSigmas  = 5
	leastSigma = 0.7 // levels: what rounding and compression leave
)

// fitSurface fits the pixels named by weighted least squares; the weights fall with the distance (Beaton and Tukey, 1974).
func fitSurface(p plane, over []int) surface {
	s := surface{w: p.w, h: p.h}
	median := medianColour(p, over)
	weight := make([]float64, len(over))
	for i, at := range over {
		if p.px[at].sub(median).largest() <= tooFar {
			weight[i] = 1
		}
	}
	distance := make([]float32, len(over))
	for range fitRounds {
		s.solve(p, over, weight)
		for i, at := range over {
			d := p.px[at].sub(s.at(at%p.w, at/p.w))
			distance[i] = root(d.dot(d) / 3)
		}
		s.judge(distance)
		s.weigh(distance, weight)
	}
	return s
}

// rimOf lists the pixels of the band along the sides, a fortieth of the shorter one wide.
func rimOf(p plane) []int {
	band := max(min(p.w, p.h)/40, 2)
	var rim []int
	for y := range p.h {
		for x := range p.w {
			if x < band || y < band || x >= p.w-band || y >= p.h-band {
				rim = append(rim, y*p.w+x)
			}
		}
	}
	return rim
}

func medianColour(p plane, at []int) rgb {
	var out rgb
	values := make([]float32, len(at))
	for c := range 3 {
		for i, j := range at {
			values[i] = p.px[j][c]
		}
		slices.Sort(values)
		out[c] = values[len(values)/2]
	}
	return out
}

// terms are the six powers of a place, whose coordinates run from -1 to 1.
func (s *surface) terms(x, y int) [6]float64 {
	u, v := (2*float64(x)+1)/float64(s.w)-1, (2*float64(y)+1)/float64(s.h)-1
	return [6]float64{1, u, v, float64(u * u), float64(u * v), float64(v * v)}
}

// at is the surface's colour at a pixel.
func (s *surface) at(x, y int) rgb {
	t := s.terms(x, y)
	var out rgb
	for c := range 3 {
		sum := 0.0
		for k := range 6 {
			sum += float64(s.coef[c][k] * t[k])
		}
		out[c] = float32(min(max(sum, 1), 255))
	}
	return out
}

// plane draws the surface.
func (s *surface) plane() plane {
	p := newPlane(s.w, s.h)
	for i := range p.px {
		p.px[i] = s.at(i%s.w, i/s.w)
	}
	return p
}

// solve is the weighted least-squares fit, by the normal equations.
func (s *surface) solve(p plane, over []int, weight []float64) {
	var a [6][9]float64 // the last three columns are the right sides
	for i, at := range over {
		if weight[i] == 0 {
			continue
		}
		t := s.terms(at%p.w, at/p.w)
		for r := range 6 {
			wt := float64(weight[i] * t[r])
			for c := range 6 {
				a[r][c] += float64(wt * t[c])
			}
			for c := range 3 {
				a[r][6+c] += float64(wt * float64(p.px[at][c]))
			}
		}
	}
	for r := range 6 {
		a[r][r] += 1e-3 // keeps a rim that is mostly product solvable
	}
	eliminate(&a)
	for c := range 3 {
		for r := range 6 {
			s.coef[c][r] = a[r][6+c] / a[r][r]
		}
	}
}

// eliminate makes the left part of a positive definite system diagonal (Gauss and Jordan).
func eliminate(a *[6][9]float64) {
	for k := range 6 {
		for r := range 6 {
			if r == k || a[k][k] == 0 {
				continue
			}
			f := a[r][k] / a[k][k]
			for c := k; c < 9; c++ {
				a[r][c] -= float64(f * a[k][c])
			}
		}
	}
}

// judge takes the deviation from the median of the distances, which a product on a part of the rim does not move, and then the share within the cut.
func (s *surface) judge(distance []float32) {
	sorted := slices.Clone(distance)
	slices.Sort(sorted)
	s.sigma = max(sorted[len(sorted)/2]*1.2, leastSigma)
	var n int
	var sum float64
	cut := s.cut()
	for _, d := range distance {
		if d <= cut {
			n++
			sum += float64(d * d)
		}
	}
	s.inliers = float32(n) / float32(len(distance))
	s.sigma = max(float32(math.Sqrt(sum/float64(max(n, 1)))), leastSigma)
}

func (s *surface) cut() float32 { return max(cutLevels, cutSigmas*s.sigma) }

func (s *surface) weigh(distance []float32, weight []float64) {
	cut := float64(s.cut())
	for i, d := range distance {
		u := float64(d) / cut
		v := max(1-float64(u*u), 0)
		weight[i] = float64(v * v)
	}
}

func root(v float32) float32 { return float32(math.Sqrt(float64(v))) }
