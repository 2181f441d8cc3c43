package image

import (
	"errors"
	"image"
)

// What an answer of a model may measure before it is refused. An answer that is right stays well below: see the tests.
const (
	leastChange = 1.0   // mean difference from the filling in the painted part, in levels of 0 to 255
	leastLife   = 0.2   // deviation of the painted part as a share of the filling's
	mostSeam    = 10.0  // step across the border beyond the steps beside it, in levels
	mostLetters = 0.004 // share of the painted part that looks like lines of letters, beyond twice the source's
)

// inspect measures a mended answer: the original's pixels in their place, something painted and not the filling again, no letters that the source does not have.
func inspect(painted *image.NRGBA, c Canvas) error {
	if c.Product == nil && !same(painted, c) {
		return errors.New("changed what had to stay")
	}
	change, is, was := c.painted(painted)
	switch letters := lettering(painted, c.hidden); {
	case change < leastChange && was.deviation > 4: // paper goes on in one way only
		return errors.New("is the filling that it was given, unchanged")
	case is.deviation < leastLife*was.deviation && was.deviation > 4:
		return errors.New("is flat")
	case letters > mostLetters+2*lettering(c.Filled, c.visible):
		return errors.New("holds what looks like text that the original does not have")
	}
	return nil
}

// same reports whether all that stays is as it was.
func same(painted *image.NRGBA, c Canvas) bool {
	for y := c.Kept.Min.Y; y < c.Kept.Max.Y; y++ {
		for x := c.Kept.Min.X; x < c.Kept.Max.X; x++ {
			at := c.Filled.PixOffset(x, y)
			if c.stays(x, y) == 255 && [4]byte(painted.Pix[at:at+4]) != [4]byte(c.Filled.Pix[at:at+4]) {
				return false
			}
		}
	}
	return true
}

// hidden reports whether a pixel is wholly the model's.
func (c Canvas) hidden(x, y int) bool { return c.stays(x, y) == 0 }

// visible reports whether a pixel is wholly the original's.
func (c Canvas) visible(x, y int) bool { return c.stays(x, y) == 255 }

// block is the side of the squares whose means are compared, in pixels: what scaling to and fro loses is no change.
const block = 8

// painted measures the part that is wholly the model's, square by square: the mean difference from the filling, and the statistics of both by their greens.
func (c Canvas) painted(img *image.NRGBA) (change float64, is, was statistic) {
	var a, b [3]sums
	differences := 0
	for y := 0; y+block <= img.Rect.Dy(); y += block {
		for x := 0; x+block <= img.Rect.Dx(); x += block {
			if !c.hidden(x, y) || !c.hidden(x+block-1, y) || !c.hidden(x, y+block-1) || !c.hidden(x+block-1, y+block-1) {
				continue
			}
			for channel := range 3 {
				d := a[channel].square(img, x, y, channel) - b[channel].square(c.Filled, x, y, channel)
				differences += max(d, -d)
			}
		}
	}
	return float64(differences) / float64(max(3*a[1].n, 1)), a[1].statistic(), b[1].statistic()
}

// seam is how much further the colours step across the border of what was kept than just inside and outside of it, in levels, as a mean over that border.
func seam(img *image.NRGBA, kept image.Rectangle) float64 {
	total, n := 0, 0
	across := func(x, y, dx, dy int) { // from the last pixel inside to the first outside
		step := func(from, to int) int {
			a, b := img.PixOffset(x+from*dx, y+from*dy), img.PixOffset(x+to*dx, y+to*dy)
			sum := 0
			for i := range 3 {
				sum += max(int(img.Pix[a+i])-int(img.Pix[b+i]), int(img.Pix[b+i])-int(img.Pix[a+i]))
			}
			return sum
		}
		total, n = total+max(0, step(0, 1)-max(step(-1, 0), step(1, 2))), n+3
	}
	b := img.Rect
	for y := kept.Min.Y; y < kept.Max.Y; y++ {
		if kept.Min.X >= 3 {
			across(kept.Min.X, y, -1, 0)
		}
		if kept.Max.X <= b.Max.X-3 {
			across(kept.Max.X-1, y, 1, 0)
		}
	}
	for x := kept.Min.X; x < kept.Max.X; x++ {
		if kept.Min.Y >= 3 {
			across(x, kept.Min.Y, 0, -1)
		}
		if kept.Max.Y <= b.Max.Y-3 {
			across(x, kept.Max.Y-1, 0, 1)
		}
	}
	return float64(total) / float64(max(n, 1))
}
