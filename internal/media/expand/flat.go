package expand

import "math"

// A position along a side is flat when it stays within flatLevels of itself, going inwards, and of the smoothed line along the side;
// the side is flat when flatShare of its positions are.
const (
	flatLevels = 6.0
	flatShare  = 0.97
)

// flat reports whether a side is paper, a studio sweep or a clear sky: nothing but a smooth surface with its grain.
func (s *side) flat() bool {
	rough := make([]bool, s.n)
	for ch := range 3 {
		band := s.band(max(8, s.inside/40), ch)
		mean, deviation := moments(band, s.n)
		along := smooth(mean, float64(s.n)/60)
		for i := range rough {
			rough[i] = rough[i] || deviation[i] > flatLevels || 1.5*math.Abs(mean[i]-along[i]) > flatLevels
		}
	}
	n := 0
	for _, r := range rough {
		if r {
			n++
		}
	}
	return float64(s.n-n) > flatShare*float64(s.n)
}

// moments are the mean and standard deviation of each position over the rows of a band.
func moments(band [][]float64, n int) (mean, deviation []float64) {
	mean, deviation = make([]float64, n), make([]float64, n)
	for _, row := range band {
		for i, v := range row {
			mean[i] += v / float64(len(band))
		}
	}
	for _, row := range band {
		for i, v := range row {
			deviation[i] += float64((v-mean[i])*(v-mean[i])) / float64(len(band))
		}
	}
	for i, v := range deviation {
		deviation[i] = math.Sqrt(v)
	}
	return mean, deviation
}
