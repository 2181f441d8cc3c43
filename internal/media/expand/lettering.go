package expand

// Lettering is looked for in windows of windowSide by windowSide pixels along a side: one plain level, and strokes of another that differs by at least
// strokeLevels, with at least strokeEdges changes a row.
const (
	windowSide   = 48
	plainLevels  = 12
	strokeLevels = 60
	strokeEdges  = 1.6
)

// lettering is the share of the windows along a side that look like text.
func (s *side) lettering() float64 {
	rows := max(windowSide, s.inside/10)
	if s.inside < rows {
		return 0
	}
	found, all := 0, 0
	for d := 0; d+windowSide <= rows; d += windowSide / 2 {
		for i := 0; i+windowSide <= s.n; i += windowSide {
			if s.letters(i, -windowSide-d) {
				found++
			}
			all++
		}
	}
	return float64(found) / float64(max(1, all))
}

// letters reports whether a window holds strokes on a plain ground.
func (s *side) letters(from, depth int) bool {
	var light [windowSide][windowSide]uint8
	var counts [256]int
	for j := range windowSide {
		for i := range windowSide {
			p := s.pix[s.at(from+i, depth+j):]
			v := uint8((77*int(p[0]) + 150*int(p[1]) + 29*int(p[2])) >> 8)
			light[j][i] = v
			counts[v]++
		}
	}
	ground, share := mode(counts, 0, 255)
	if share < windowSide*windowSide*9/20 {
		return false
	}
	stroke, n := mode(counts, 0, ground-strokeLevels)
	if other, m := mode(counts, ground+strokeLevels, 255); m > n {
		stroke, n = other, m
	}
	if n < windowSide*windowSide/16 || share+n < windowSide*windowSide*3/4 {
		return false
	}
	changes := 0
	half := (ground + stroke) / 2
	for j := range windowSide {
		for i := 1; i < windowSide; i++ {
			if (int(light[j][i]) > half) != (int(light[j][i-1]) > half) {
				changes++
			}
			if (int(light[i][j]) > half) != (int(light[i-1][j]) > half) {
				changes++
			}
		}
	}
	return float64(changes) > 2*strokeEdges*windowSide
}

// mode is the level from low to high around which most pixels lie, and how many do.
func mode(counts [256]int, low, high int) (level, n int) {
	for v := max(0, low); v <= min(255, high); v++ {
		sum := 0
		for k := max(0, low, v-plainLevels); k <= min(255, high, v+plainLevels); k++ {
			sum += counts[k]
		}
		if sum > n {
			level, n = v, sum
		}
	}
	return level, n
}
