package score

// What the search for copies looks at.
const (
	repFine  = 4.0 // pixels: what is smoother than this is not texture
	repFirst = 8   // pixels: the shortest period
	repNoise = 9.0 // square levels: weaker texture counts as none
)

// rep is how much a hidden part is like itself further out, beyond the truth: copies of the rim in a row look like a zipper. Texture is luma less its blur; its
// autocorrelation straight outward is taken at every distance from repFirst to half the depth, the highest counts, and the truth's is taken off.
// Stretched pixels are alike at every distance and come near 1; smooth parts have no texture and come to 0. The mean over the sides.
func rep(t, m plane, hidden []side) float64 {
	kernel := gauss(repFine, 3*int(repFine))
	t, m = t.minus(t.filter(kernel)), m.minus(m.filter(kernel))
	sum := 0.0
	for _, s := range hidden {
		sum += max(0, s.periodic(m)-s.periodic(t))
	}
	return sum / float64(max(1, len(hidden)))
}

// periodic is the highest autocorrelation outward, 0..1.
func (s side) periodic(p plane) float64 {
	rows, highest := s.rows(p), 0.0
	for lag := repFirst; lag <= s.depth()/2; lag++ {
		product, energy := 0.0, 0.0
		for out := 0; out+lag < len(rows); out++ {
			far := rows[out+lag]
			for i, u := range rows[out] {
				v := far[i]
				product += u * v
				energy += (u*u+v*v)/2 + repNoise
			}
		}
		highest = max(highest, product/energy)
	}
	return highest
}

// rows are a side's pixels row by row outward.
func (s side) rows(p plane) [][]float64 {
	rows := make([][]float64, s.depth())
	for out := range rows {
		rows[out] = make([]float64, s.length())
		for along := range rows[out] {
			at := s.pixel(along, out)
			rows[out][along] = p.v[at.Y*p.w+at.X]
		}
	}
	return rows
}
