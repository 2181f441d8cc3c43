package expand

import (
	"context"
	"image"
	"math"
)

// A trial is made at trialSide pixels on the shorter side of what is known, cut back by at most trialCut of it at each side, and judged in blocks of trialBlock pixels.
const (
	trialSide  = 100
	trialCut   = 0.10
	trialBlock = 5
)

// trial says how well a picture can be foretold from its own middle: it is cut back, extended again, and compared with what was there.
// It answers the mean difference of blocks in levels, of colour and of contrast; 0 when nothing is hidden.
func (p *painter) trial(ctx context.Context, c *canvas) (float64, error) {
	k, b := c.known, c.img.Rect
	f := min(1, trialSide/float64(min(k.Dx(), k.Dy())))
	w, h := int(f*float64(k.Dx())), int(f*float64(k.Dy()))
	truth := shrink(c.img, k, w, h)
	cut := func(margin, inside int) int { return min(int(float64(margin)*f+0.5), int(trialCut*float64(inside))) }
	known := image.Rect(cut(k.Min.X, w), cut(k.Min.Y, h), w-cut(b.Max.X-k.Max.X, w), h-cut(b.Max.Y-k.Max.Y, h))
	if known == truth.Rect || known.Dx() < 3*patchSize || known.Dy() < 3*patchSize {
		return 0, nil
	}
	again := &canvas{img: image.NewNRGBA(truth.Rect), known: known}
	copy(again.img.Pix, truth.Pix)
	if err := p.fill(ctx, again); err != nil {
		return 0, err
	}
	return blockDifference(truth, again.img, known, newSalience(truth, truth.Rect)), nil
}

// blockDifference compares mean and deviation of blocks outside of a rectangle, but for subjects: they are whole and need not be foretold.
func blockDifference(a, b *image.NRGBA, known image.Rectangle, s salience) float64 {
	sum, n := 0.0, 0.0
	for y := 0; y < a.Rect.Max.Y; y += trialBlock {
		for x := 0; x < a.Rect.Max.X; x += trialBlock {
			r := image.Rect(x, y, x+trialBlock, y+trialBlock).Intersect(a.Rect)
			seen := r.Intersect(known)
			if seen.Dx()*seen.Dy()*2 > r.Dx()*r.Dy() || s.at((r.Min.X+r.Max.X)/2, (r.Min.Y+r.Max.Y)/2) > 0.5 {
				continue
			}
			for ch := range 3 {
				ma, da := blockMoments(a, r, ch)
				mb, db := blockMoments(b, r, ch)
				sum += (math.Abs(ma-mb) + math.Abs(da-db)) / 3
			}
			n++
		}
	}
	return sum / max(1, n)
}

// blockMoments are the mean and deviation of one channel in a rectangle.
func blockMoments(img *image.NRGBA, r image.Rectangle, ch int) (mean, deviation float64) {
	sum, squares, n := 0.0, 0.0, float64(r.Dx()*r.Dy())
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			v := float64(img.Pix[img.PixOffset(x, y)+ch])
			sum += v
			squares += float64(v * v)
		}
	}
	mean = sum / n
	return mean, math.Sqrt(max(0, squares/n-float64(mean*mean)))
}
