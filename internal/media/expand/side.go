package expand

import "image"

// canvas is the target with what is known of it: a rectangle that grows until it is everything.
type canvas struct {
	img   *image.NRGBA
	known image.Rectangle
}

// place names a side of the known rectangle.
type place uint8

// The four sides.
const (
	left place = iota
	right
	top
	bottom
)

// side is a view of the canvas from one side of the known rectangle, so that all four are worked on alike: a pixel is named by its
// position along the side and by its depth, which is 0 and more outside of the rectangle and below 0 within.
type side struct {
	pix        []uint8
	origin     int // index in pix of position 0 at depth 0
	along, out int // what one step adds to an index
	n          int // positions along the side
	depth      int // pixels outside
	inside     int // pixels within
	covers     image.Rectangle
}

// side looks at the canvas from one side.
func (c *canvas) side(at place) side {
	k, b, stride := c.known, c.img.Rect, c.img.Stride
	s := side{pix: c.img.Pix}
	switch at {
	case left, right:
		s.along, s.n, s.inside = stride, k.Dy(), k.Dx()
		s.out, s.depth, s.origin = -4, k.Min.X, c.img.PixOffset(k.Min.X-1, k.Min.Y)
		s.covers = image.Rect(0, k.Min.Y, k.Min.X, k.Max.Y)
		if at == right {
			s.out, s.depth, s.origin = 4, b.Max.X-k.Max.X, c.img.PixOffset(k.Max.X, k.Min.Y)
			s.covers = image.Rect(k.Max.X, k.Min.Y, b.Max.X, k.Max.Y)
		}
	case top, bottom:
		s.along, s.n, s.inside = 4, k.Dx(), k.Dy()
		s.out, s.depth, s.origin = -stride, k.Min.Y, c.img.PixOffset(k.Min.X, k.Min.Y-1)
		s.covers = image.Rect(k.Min.X, 0, k.Max.X, k.Min.Y)
		if at == bottom {
			s.out, s.depth, s.origin = stride, b.Max.Y-k.Max.Y, c.img.PixOffset(k.Min.X, k.Max.Y)
			s.covers = image.Rect(k.Min.X, k.Max.Y, k.Max.X, b.Max.Y)
		}
	}
	return s
}

// at is the index in pix of a pixel.
func (s *side) at(position, depth int) int { return s.origin + position*s.along + depth*s.out }

// profile is one channel at one depth, all along the side.
func (s *side) profile(depth, channel int) []float64 {
	line := make([]float64, s.n)
	for i := range line {
		line[i] = float64(s.pix[s.at(i, depth)+channel])
	}
	return line
}

// band is one channel of the rows from the side inwards: band[d][i] lies at depth -1-d.
func (s *side) band(rows, channel int) [][]float64 {
	b := make([][]float64, min(rows, s.inside))
	for d := range b {
		b[d] = s.profile(-1-d, channel)
	}
	return b
}
