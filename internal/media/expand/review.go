package expand

import (
	"math"
	"slices"
)

// Seams are looked for in runs of seamRun positions along a border, by the means of seamRows rows at either side of it.
const (
	seamRun  = 12
	seamRows = 5
)

// seam is how many levels runs of a border step across it beyond what they step within: the mean, and what a tenth of the runs reaches.
func (s *side) seam() (mean, most float64) {
	if s.inside < 4*seamRows || s.depth < seamRows {
		return 0, 0
	}
	var steps []float64
	for i := 0; i < s.n; i += seamRun {
		rows := [4][3]float64{s.mean(i, -3*seamRows), s.mean(i, -2*seamRows), s.mean(i, -seamRows), s.mean(i, 0)}
		within := max(apartIn(rows[0], rows[1]), apartIn(rows[1], rows[2]))
		steps = append(steps, max(0, apartIn(rows[2], rows[3])-within))
		mean += steps[len(steps)-1]
	}
	slices.Sort(steps)
	return mean / float64(len(steps)), steps[len(steps)*9/10]
}

// mean is the colour of a run of a border, seamRows deep.
func (s *side) mean(from, depth int) (colour [3]float64) {
	for i := from; i < from+seamRun; i++ {
		for d := depth; d < depth+seamRows; d++ {
			p := s.pix[s.at(min(s.n-1, i), d):]
			for ch := range colour {
				colour[ch] += float64(p[ch]) / (seamRun * seamRows)
			}
		}
	}
	return colour
}

// apartIn is the mean difference of two colours, in levels.
func apartIn(a, b [3]float64) float64 {
	return (math.Abs(a[0]-b[0]) + math.Abs(a[1]-b[1]) + math.Abs(a[2]-b[2])) / 3
}

// fadeNoise is the roughness, in levels, that nobody misses.
const fadeNoise = 2.0

// fade is the share of the roughness within that is missing outside, where all is smeared.
func (s *side) fade() float64 {
	rows := min(s.inside/3, s.depth)
	if rows < 8 {
		return 0
	}
	within, outside := s.steepness(-rows, rows), s.steepness(0, rows)
	return max(0, (within-outside)/(within+fadeNoise))
}

// steepness is the mean difference of green between neighbours along and across, in rows of a number from a depth on.
func (s *side) steepness(from, rows int) float64 {
	sum, n := 0, 0
	for d := from; d < from+rows-1; d += 2 {
		for i := 0; i+1 < s.n; i += 2 {
			v := int(s.pix[s.at(i, d)+1])
			sum += distance(v, int(s.pix[s.at(i+1, d)+1])) + distance(v, int(s.pix[s.at(i, d+1)+1]))
			n++
		}
	}
	return float64(sum) / float64(2*max(1, n))
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
