package expand

import "slices"

// subjectLevels is the barrier distance, summed over the channels, from which a border pixel belongs to a subject, beyond barrierNoise times the
// roughness of the border. A border whose roughness is below plainLevels is plain, whatever lies on it.
const (
	subjectLevels = 70.0
	barrierNoise  = 6.0
	plainBorder   = 6.0
)

// sharpEdge is what the colours on both sides of a subject's edge differ by at least, summed over the channels, in levels.
const sharpEdge = 110

// subjectAt is the share of a side that a subject is cut by: what cannot be reached from the other sides without crossing an edge. Textures have
// edges too, so that they set the measure. And whether the side is plain but for that.
func (c *canvas) subjectAt(at place) (share float64, plain bool) {
	k := c.known
	f := min(1, float64(salienceSide)/float64(max(k.Dx(), k.Dy())))
	small := &canvas{img: shrink(c.img, k, max(8, int(float64(k.Dx())*f)), max(8, int(float64(k.Dy())*f)))}
	small.known = small.img.Rect
	w, h := small.known.Dx(), small.known.Dy()
	from := everySide()
	from[at] = false
	sum := make([]float64, w*h)
	for ch := range 3 {
		for i, d := range barrier(small.img.Pix, ch, w, h, from) {
			sum[i] += float64(d)
		}
	}
	sum = squareMeans(sum, w, h, 1)
	s := small.side(at)
	rough := s.roughness()
	belongs := make([]bool, s.n)
	for i := range belongs {
		belongs[i] = sum[s.at(i, -1)/4] > subjectLevels+barrierNoise*rough
	}
	return float64(s.sharp(belongs)) / float64(s.n), rough < plainBorder
}

// sharp counts the positions of those runs that begin or end at a sharp edge: clouds and waves do not.
func (s *side) sharp(belongs []bool) int {
	n := 0
	for i := 0; i < s.n; i++ {
		from := i
		for i < s.n && belongs[i] {
			i++
		}
		if i > from && (s.edge(from) > sharpEdge || s.edge(i) > sharpEdge) {
			n += i - from
		}
	}
	return n
}

// edge is the greatest difference, summed over the channels, between pixels beside the border that are three apart and about a position.
func (s *side) edge(about int) int {
	most := 0
	for i := max(1, about-3); i+3 < s.n-1 && i <= about+1; i++ {
		a, b := s.pix[s.at(i, -2):], s.pix[s.at(i+2, -2):]
		most = max(most, distance(int(a[0]), int(b[0]))+distance(int(a[1]), int(b[1]))+distance(int(a[2]), int(b[2])))
	}
	return most
}

// roughness is the median difference, summed over the channels, between neighbours near a side, in levels.
func (s *side) roughness() float64 {
	var steps []float64
	for d := -min(8, s.inside); d < 0; d++ {
		for i := 1; i < s.n; i++ {
			a, b := s.pix[s.at(i-1, d):], s.pix[s.at(i, d):]
			steps = append(steps, float64(distance(int(a[0]), int(b[0]))+distance(int(a[1]), int(b[1]))+distance(int(a[2]), int(b[2]))))
		}
	}
	slices.Sort(steps)
	return steps[len(steps)/2]
}
