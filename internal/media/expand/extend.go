package expand

import "math"

// mostDrift is how many levels the slope found at a side may add far outside.
const mostDrift = 40.0

// extend continues a flat side: its colour, smoothed the more the farther out, its slope, which dies away, and its grain.
func (s *side) extend(seed uint64) {
	for ch := range 3 {
		s.extendChannel(ch, seed)
	}
	for d := range s.depth {
		for i := range s.n {
			s.pix[s.at(i, d)+3] = 255
		}
	}
}

// extendChannel continues one channel. All channels draw the same random numbers, so that the grain keeps its colour.
func (s *side) extendChannel(ch int, seed uint64) {
	colour, slope := s.fitLines(ch)
	grain := s.grain(ch)
	replays := newReplays(s.n, s.depth, len(grain), seed)
	tau := float64(s.inside)
	for d := range s.depth {
		level := spread(colour, d)
		reach := tau * (1 - math.Exp(-float64(d+1)/tau))
		for i, v := range level {
			drift := max(-mostDrift, min(mostDrift, slope[i]*reach))
			at := replays[d/grainTile][i/grainTile]
			s.pix[s.at(i, d)+ch] = byteOf(v + drift + grain[at.row(d)][at.column(i, s.n)])
		}
	}
}

// spread is the border's colour at a depth outside, where what differs along the border has run together.
func spread(colour []float64, depth int) []float64 { return smooth(colour, 0.35*float64(depth)) }

// fitLines fits a straight line to the pixels inwards of each position: its level at the side and its slope outwards in levels a pixel.
func (s *side) fitLines(ch int) (colour, slope []float64) {
	band := s.band(max(8, s.inside/16), ch)
	m := float64(len(band))
	centre, spread := (m-1)/2, m*(m*m-1)/12
	colour, slope = make([]float64, s.n), make([]float64, s.n)
	for d, row := range band {
		for i, v := range row {
			colour[i] += v / m
			slope[i] -= (float64(d) - centre) * v / max(1, spread)
		}
	}
	slope = smooth(slope, float64(s.n)/20)
	for i := range colour {
		colour[i] += float64(slope[i] * (centre + 0.5))
	}
	return smooth(colour, 3), slope
}

// Grain is what a band differs by from its mean over grainMean pixels, cut at mostGrain levels and replayed in tiles of grainTile pixels:
// each from another place, so that no period shows.
const (
	grainMean = 6 // pixels on each side of the one in the middle
	mostGrain = 10.0
	grainTile = 48
)

// grain is the fine structure of the pixels along a side, in levels around 0.
func (s *side) grain(ch int) [][]float64 {
	band := s.band(max(8, s.inside/16), ch)
	mean := boxMean(band, grainMean)
	for d, row := range band {
		for i, v := range row {
			row[i] = max(-mostGrain, min(mostGrain, v-mean[d][i]))
		}
	}
	return band
}

// boxMean is the mean over squares, smaller at the rims.
func boxMean(rows [][]float64, r int) [][]float64 {
	wide := make([][]float64, len(rows))
	for d, row := range rows {
		wide[d] = make([]float64, len(row))
		means(wide[d], row, r)
	}
	out := make([][]float64, len(rows))
	for d := range rows {
		out[d] = make([]float64, len(rows[d]))
		from, to := max(0, d-r), min(len(rows)-1, d+r)
		for k := from; k <= to; k++ {
			for i, v := range wide[k] {
				out[d][i] += v / float64(to-from+1)
			}
		}
	}
	return out
}

// replay says how a tile of the outside reads the grain: back and forth from a row, shifted along the side.
type replay struct{ start, shift, rows int }

// newReplays draws a replay for each tile of a side of n pixels, by depth and by position: grain has that many rows.
func newReplays(n, depth, rows int, seed uint64) [][]replay {
	r := random(seed)
	out := make([][]replay, depth/grainTile+1)
	for d := range out {
		out[d] = make([]replay, n/grainTile+1)
		for i := range out[d] {
			out[d][i] = replay{start: r.below(2 * rows), shift: r.below(n), rows: rows}
		}
	}
	return out
}

// row is the row of the grain that is read at a depth outside.
func (r replay) row(depth int) int {
	k := (r.start + depth) % (2 * r.rows)
	return min(k, 2*r.rows-1-k)
}

// column is the position that is read for a position, on a side of n pixels.
func (r replay) column(i, n int) int { return (i + r.shift) % n }
