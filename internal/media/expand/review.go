package expand

import "math"

// seam is how many levels the step across the border is greater than the steps beside it, within and without; 0 where it is not.
func (s *side) seam() float64 {
	if s.inside < 3 || s.depth < 3 {
		return 0
	}
	beside := (s.step(-2) + s.step(-1) + s.step(1) + s.step(2)) / 4
	return max(0, s.step(0)-beside)
}

// step is the mean step from the pixels before a depth to those at it, in levels.
func (s *side) step(depth int) float64 {
	sum := 0
	for i := range s.n {
		a, b := s.pix[s.at(i, depth-1):], s.pix[s.at(i, depth):]
		for ch := range 3 {
			sum += distance(int(a[ch]), int(b[ch]))
		}
	}
	return float64(sum) / float64(3*s.n)
}

// What repetition looks at: every repeatEvery-th position, periods from repeatFirst pixels on, and levels of texture below which there is nothing to see.
const (
	repeatEvery = 4
	repeatFirst = 8
	repeatNoise = 25.0
)

// repetition is how alike the extension is to itself farther out, less how alike the picture is to itself farther in: from 0 to 1.
func (s *side) repetition() float64 {
	return max(0, s.periodicity(0, min(s.depth, 256))-s.periodicity(-min(s.inside, 256), min(s.inside, 256)))
}

// periodicity is the highest correlation of green with itself at some distance outwards, in rows of a number from a depth on.
func (s *side) periodicity(from, rows int) float64 {
	lines := make([][]float64, 0, s.n/repeatEvery+1)
	for i := 0; i < s.n; i += repeatEvery {
		line := make([]float64, rows)
		for d := range line {
			line[d] = float64(s.pix[s.at(i, from+d)+1])
		}
		mean := smooth(line, 6)
		for d := range line {
			line[d] -= mean[d]
		}
		lines = append(lines, line)
	}
	best := 0.0
	for lag := repeatFirst; lag <= rows/2; lag += 1 + lag/64 {
		product, energy := 0.0, 0.0
		for _, line := range lines {
			for d, far := range line[lag:] {
				product += float64(line[d] * far)
				energy += float64(line[d]*line[d])/2 + float64(far*far)/2 + repeatNoise
			}
		}
		best = max(best, product/math.Max(1, energy))
	}
	return best
}
