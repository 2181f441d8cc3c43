package expand

import (
	"image"
	"math"
)

// guide says of each source how its patch looks, and of each target how it should: as the border does that it lies beyond. Else what goes on would be
// chosen by its fit to its neighbours alone, and trees that lie under a strip of sky would be mirrored into it.
type guide struct {
	looks  []uint8 // by pixel: mean red, green and blue, and deviation, all in levels; nil at levels that just follow the one before
	weight int32   // of a squared difference, in 1/16
}

// guideBand is the share of the known part's shorter side that lies at the border, as one in so many; guideSpread is by how much of the depth outside
// colours run together along the border (the sigma of a Gaussian).
const (
	guideBand   = 40
	guideSpread = 0.8
)

// newGuide makes the guide of a level, which counts from 0. It weighs most where it is decided what goes where; finer levels hold to their details.
func newGuide(v *level, i int) guide {
	if max(v.w, v.h) > largeLevel {
		return guide{}
	}
	seen := v.measure()
	c := &canvas{img: image.NewNRGBA(image.Rect(0, 0, v.w, v.h)), known: v.known}
	for y := v.known.Min.Y; y < v.known.Max.Y; y++ {
		for x := v.known.Min.X; x < v.known.Max.X; x++ {
			at := 4 * (y*v.w + x)
			copy(c.img.Pix[at:], v.pix[at:at+3])
			hx, hy := v.home(x, y)
			c.img.Pix[at+3] = seen[4*(hy*v.w+hx)+3]
		}
	}
	c.continueBorders(max(1, min(v.known.Dx(), v.known.Dy())/guideBand))
	for y := v.sources.Min.Y; y < v.sources.Max.Y; y++ {
		from, to := 4*(y*v.w+v.sources.Min.X), 4*(y*v.w+v.sources.Max.X)
		copy(c.img.Pix[from:to], seen[from:to])
	}
	return guide{c.img.Pix, []int32{16, 16, 8, 8, 4}[min(i, 4)] * patchSize * patchSize}
}

// measure takes mean and deviation of each source's patch.
func (v *level) measure() []uint8 {
	seen := make([]uint8, len(v.pix))
	const n = patchSize * patchSize
	for y := v.sources.Min.Y; y < v.sources.Max.Y; y++ {
		for x := v.sources.Min.X; x < v.sources.Max.X; x++ {
			var sum [3]int
			squares := 0
			for dy := -reach; dy <= reach; dy++ {
				row := v.pix[4*((y+dy)*v.w+x-reach):]
				for k := 0; k < 4*patchSize; k += 4 {
					r, g, b := int(row[k]), int(row[k+1]), int(row[k+2])
					sum[0], sum[1], sum[2], squares = sum[0]+r, sum[1]+g, sum[2]+b, squares+r*r+g*g+b*b
				}
			}
			to := seen[4*(y*v.w+x):]
			to[0], to[1], to[2] = uint8((sum[0]+n/2)/n), uint8((sum[1]+n/2)/n), uint8((sum[2]+n/2)/n)
			to[3] = byteOf(math.Sqrt(float64(n*squares-sum[0]*sum[0]-sum[1]*sum[1]-sum[2]*sum[2]) / (3 * n * n)))
		}
	}
	return seen
}

// continueBorders fills what is hidden with the means over so many rows along each border, smoothed the more the farther out.
func (c *canvas) continueBorders(band int) {
	for _, at := range []place{left, right, top, bottom} {
		s := c.side(at)
		for ch := range 4 {
			line, rows := make([]float64, s.n), s.band(band, ch)
			for _, row := range rows {
				for i, v := range row {
					line[i] += v / float64(len(rows))
				}
			}
			for d := range s.depth {
				for i, v := range smooth(line, guideSpread*float64(d)) {
					s.pix[s.at(i, d)+ch] = byteOf(v)
				}
			}
		}
		c.known = c.known.Union(s.covers)
	}
}

// of is what a source costs a target: as much as if every sample of the patches differed that much more; a deviation weighs like the three channels.
func (g *guide) of(target, source int) int32 {
	if g.weight == 0 {
		return 0
	}
	a, b := g.looks[4*target:4*target+4:4*target+4], g.looks[4*source:4*source+4:4*source+4]
	red, green, blue, rough := int32(a[0])-int32(b[0]), int32(a[1])-int32(b[1]), int32(a[2])-int32(b[2]), int32(a[3])-int32(b[3])
	return (red*red + green*green + blue*blue + 3*rough*rough) * g.weight >> 4
}
