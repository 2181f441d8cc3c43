package image

import (
	"errors"
	"fmt"
	"image"
	"image/draw"
	"math"

	"github.com/marquetry/marquetry/internal/media"
)

const (
	feather  = 8  // pixels beside what is kept, over which the model's answer takes over from the filling
	band     = 48 // pixels along the inside of what is kept, by which colours are matched
	mostBend = 3  // per cent that a model's answer may be out of proportion

	mostMismatch = 24. // mean difference at the border of what is kept, in levels of 0 to 255
)

// mend brings a model's answer to the canvas: its size, its colours to those of what was kept, a soft change from the filling to it, and what was kept back in its place, byte
// for byte. Fit is how well it goes with what was kept, 0 to 1.
func mend(answer *image.NRGBA, c Canvas) (mended *image.NRGBA, fit float64, err error) {
	want, got := c.Filled.Rect, answer.Rect
	if got.Dx() < want.Dx()/8 || got.Dy() < want.Dy()/8 {
		return nil, 0, fmt.Errorf("has %d × %d pixels, too few for %d × %d", got.Dx(), got.Dy(), want.Dx(), want.Dy())
	}
	if bend := math.Abs(float64(got.Dx()*want.Dy())/float64(got.Dy()*want.Dx()) - 1); bend > mostBend/100. {
		return nil, 0, fmt.Errorf("has %d × %d pixels, which is another shape than %d × %d", got.Dx(), got.Dy(), want.Dx(), want.Dy())
	}
	if !answer.Opaque() {
		return nil, 0, errors.New("is transparent in parts")
	}
	out := media.Resize(answer, want.Dx(), want.Dy())
	match(out, c)
	off := c.mismatch(out)
	if off > mostMismatch {
		return nil, 0, fmt.Errorf("does not fit: at the original's border it is off by %.0f levels", off)
	}
	if c.Product != nil {
		draw.Draw(out, c.Kept, c.Product, c.Kept.Min, draw.Over)
		return out, 1 - off/mostMismatch, nil
	}
	for y := range want.Dy() {
		for x := range want.Dx() {
			blend(out.Pix[out.PixOffset(x, y):], c.Filled.Pix[c.Filled.PixOffset(x, y):], c.stays(x, y))
		}
	}
	return out, 1 - off/mostMismatch, nil
}

// stays is how much of the filling stays at a pixel, 0 to 255: all of it in what is kept, and less and less beside it.
func (c Canvas) stays(x, y int) int {
	if c.Product != nil {
		return int(c.Product.RGBAAt(x, y).A) // 0 outside
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

// statistics are those of a picture's channel along the inside of what the canvas keeps, square by square: scaling takes the grain out of a picture, and that is not to be made up for.
func (c Canvas) statistics(img *image.NRGBA, channel int) statistic {
	var s sums
	inner := c.Kept.Inset(band)
	for y := c.Kept.Min.Y; y+block <= c.Kept.Max.Y; y += block {
		for x := c.Kept.Min.X; x+block <= c.Kept.Max.X; x += block {
			if !image.Pt(x, y).In(inner) && c.visible(x, y) && c.visible(x+block-1, y+block-1) {
				var square sums
				s.add(square.square(img, x, y, channel) / (block * block))
			}
		}
	}
	return s.statistic()
}

// mismatch is how far an answer is off from what was kept along the inside of its border, where both should show the same: the mean difference of squares, in levels.
func (c Canvas) mismatch(answer *image.NRGBA) float64 {
	total, n := 0, 0
	inner := c.Kept.Inset(2 * block)
	for y := c.Kept.Min.Y; y+block <= c.Kept.Max.Y; y += block {
		for x := c.Kept.Min.X; x+block <= c.Kept.Max.X; x += block {
			if image.Pt(x, y).In(inner) || !c.visible(x, y) || !c.visible(x+block-1, y+block-1) {
				continue
			}
			for channel := range 3 {
				var is, was sums
				d := is.square(answer, x, y, channel) - was.square(c.Filled, x, y, channel)
				total, n = total+max(d, -d), n+block*block
			}
		}
	}
	return float64(total) / float64(max(n, 1))
}

// sums are what a statistic is made of.
type sums struct{ n, sum, squares int }

// add counts a value.
func (s *sums) add(v int) { s.n, s.sum, s.squares = s.n+1, s.sum+v, s.squares+v*v }

// square counts a channel of a square and returns its sum.
func (s *sums) square(img *image.NRGBA, left, top, channel int) int {
	before := s.sum
	for y := top; y < top+block; y++ {
		for x := left; x < left+block; x++ {
			s.add(int(img.Pix[img.PixOffset(x, y)+channel]))
		}
	}
	return s.sum - before
}

// statistic is mean and deviation.
func (s *sums) statistic() statistic {
	if s.n == 0 {
		return statistic{}
	}
	mean := float64(s.sum) / float64(s.n)
	return statistic{mean, math.Sqrt(max(float64(s.squares)/float64(s.n)-float64(mean*mean), 0))}
}
