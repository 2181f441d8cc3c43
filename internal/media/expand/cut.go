package expand

import "slices"

// subjectLevels is the barrier distance, summed over the channels, from which a border pixel belongs to a subject, beyond barrierNoise times the
// roughness of the border. A border whose roughness is below plainLevels is plain, whatever lies on it.
const (
	subjectLevels = 70.0
	barrierNoise  = 6.0
	plainBorder   = 6.0
)

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
	cut := 0
	for i := range s.n {
		if sum[s.at(i, -1)/4] > subjectLevels+barrierNoise*rough {
			cut++
		}
	}
	return float64(cut) / float64(s.n), rough < plainBorder
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
