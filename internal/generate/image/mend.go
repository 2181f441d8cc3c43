package image

import (
	"errors"
	"fmt"
	"image"
	"math"

	"github.com/marquetry/marquetry/internal/media"
)

const (
	feather  = 8  // pixels beside what is kept, over which the model's answer takes over from the filling
	band     = 48 // pixels along the inside of what is kept, by which colours are matched
	mostBend = 3  // per cent that a model's answer may be out of proportion
)

// mend brings a model's answer to the canvas: its size, its colours to those of what was kept, a soft change from the filling to it, and what was kept back in its place, byte
// for byte.
func mend(answer *image.NRGBA, c Canvas) (*image.NRGBA, error) {
	want, got := c.Filled.Rect, answer.Rect
	if got.Dx() < want.Dx()/8 || got.Dy() < want.Dy()/8 {
		return nil, fmt.Errorf("has %d × %d pixels, too few for %d × %d", got.Dx(), got.Dy(), want.Dx(), want.Dy())
	}
	if bend := math.Abs(float64(got.Dx()*want.Dy())/float64(got.Dy()*want.Dx()) - 1); bend > mostBend/100. {
		return nil, fmt.Errorf("has %d × %d pixels, which is another shape than %d × %d", got.Dx(), got.Dy(), want.Dx(), want.Dy())
	}
	if !answer.Opaque() {
		return nil, errors.New("is transparent in parts")
	}
	out := media.Resize(answer, want.Dx(), want.Dy())
	match(out, c)
	for y := range want.Dy() {
		for x := range want.Dx() {
			blend(out.Pix[out.PixOffset(x, y):], c.Filled.Pix[c.Filled.PixOffset(x, y):], c.stays(x, y))
		}
	}
	return out, nil
}

// stays is how much of the filling stays at a pixel, 0 to 255: all of it in what is kept, and less and less beside it.
func (c Canvas) stays(x, y int) int {
	if c.Mask != nil {
		return int(c.Mask.Pix[c.Mask.PixOffset(x, y)])
	}
	away := max(c.Kept.Min.X-x, x-c.Kept.Max.X+1, c.Kept.Min.Y-y, y-c.Kept.Max.Y+1, 0)
	return max(0, 255*(feather+1-away)/(feather+1))
}

// blend lays as much of the filling over a pixel as stays, 0 to 255.
func blend(pixel, filling []byte, stays int) {
	for i := range 4 {
		pixel[i] = byte((int(filling[i])*stays + int(pixel[i])*(255-stays) + 127) / 255)
	}
}

// match moves the colours of an answer to those of the canvas, channel by channel: mean and deviation of what was kept, in a band along its border, are to be the same. Models shift
// the colours of all that they are shown. How far it goes is bounded, in case the answer shows something else there.
func match(answer *image.NRGBA, c Canvas) {
	for channel := range 3 {
		is, was := c.statistics(answer, channel), c.statistics(c.Filled, channel)
		gain := 1.0
		if is.deviation > 1 && was.deviation > 1 {
			gain = min(max(was.deviation/is.deviation, 0.8), 1.25)
		}
		shift := min(max(was.mean-float64(gain*is.mean), -40), 40)
		var table [256]byte
		for v := range table {
			table[v] = byte(min(max(math.Round(float64(gain*float64(v))+shift), 0), 255))
		}
		for i := channel; i < len(answer.Pix); i += 4 {
			answer.Pix[i] = table[answer.Pix[i]]
		}
	}
}

// statistic of one channel, in levels of 0 to 255.
type statistic struct{ mean, deviation float64 }

// statistics are those of a picture's channel along the inside of what the canvas keeps.
func (c Canvas) statistics(img *image.NRGBA, channel int) statistic {
	var n, sum, squares int
	inner := c.Kept.Inset(band)
	for y := c.Kept.Min.Y; y < c.Kept.Max.Y; y++ {
		for x := c.Kept.Min.X; x < c.Kept.Max.X; x++ {
			if image.Pt(x, y).In(inner) || c.stays(x, y) < 255 {
				continue
			}
			v := int(img.Pix[img.PixOffset(x, y)+channel])
			n, sum, squares = n+1, sum+v, squares+v*v
		}
	}
	return measured(n, sum, squares)
}

// measured is mean and deviation of n values by their sum and the sum of their squares.
func measured(n, sum, squares int) statistic {
	if n == 0 {
		return statistic{}
	}
	mean := float64(sum) / float64(n)
	return statistic{mean, math.Sqrt(max(float64(squares)/float64(n)-float64(mean*mean), 0))}
}
