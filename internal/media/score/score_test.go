package score_test

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/marquetry/marquetry/internal/media/score"
)

// known is the part of the test pictures that is seen.
var known = image.Rect(0, 40, 120, 160)

// texture is a picture of soft random spots, 120 by 200.
func texture(seed uint64) *image.NRGBA {
	rng, img := rand.New(rand.NewPCG(seed, 1)), image.NewNRGBA(image.Rect(0, 0, 120, 200))
	for y := range 200 {
		for x := range 120 {
			wave := 40*math.Sin(float64(x)/7+float64(seed)) + 40*math.Cos(float64(y)/11)
			v := uint8(128 + wave + 20*rng.Float64())
			img.SetNRGBA(x, y, color.NRGBA{v, v, uint8(200 - y/2), 255})
		}
	}
	return img
}

// with is truth where it is known, and what a rule says elsewhere.
func with(truth *image.NRGBA, rule func(x, y int) color.NRGBA) *image.NRGBA {
	out := image.NewNRGBA(truth.Rect)
	copy(out.Pix, truth.Pix)
	for y := range 200 {
		for x := range 120 {
			if !image.Pt(x, y).In(known) {
				out.SetNRGBA(x, y, rule(x, y))
			}
		}
	}
	return out
}

func TestTruthIsPerfect(t *testing.T) {
	truth := texture(1)
	got := score.Outpainted(truth, truth, known)
	if got.PSNR != 60 || math.Abs(got.SSIM-1) > 1e-9 || math.Abs(got.MSSSIM-1) > 1e-9 {
		t.Errorf("got %+v, want a perfect likeness", got)
	}
	if got.SWD != 0 || got.Hist != 0 || got.Grad != 0 || got.Seam != 0 || got.Rep != 0 || got.Kept != 0 {
		t.Errorf("got %+v, want no distance", got)
	}
}

// Each fill is bad in its own way, and the score that is meant to see it does.
func TestScoresSeeWhatTheyAreFor(t *testing.T) {
	truth := texture(1)
	clamp := func(y int) int { return min(max(y, known.Min.Y), known.Max.Y-1) }
	flat := score.Outpainted(truth, with(truth, func(int, int) color.NRGBA { return color.NRGBA{128, 128, 150, 255} }), known)
	edge := score.Outpainted(truth, with(truth, func(x, y int) color.NRGBA { return truth.NRGBAAt(x, clamp(y)) }), known)
	same := score.Outpainted(truth, with(truth, func(x, y int) color.NRGBA { return texture1(x, y) }), known)
	if flat.SWD < 40 || flat.Grad < 0.5 || flat.Rep > 0.05 {
		t.Errorf("one colour: %+v: its texture should be far and not periodic", flat)
	}
	if edge.Rep < 0.3 || edge.Seam < 2 {
		t.Errorf("a stretched rim: %+v: it should be periodic and have no step", edge)
	}
	if same.SWD > 20 || same.Grad > 0.1 || same.Rep > 0.1 {
		t.Errorf("another noise: %+v: it should be near", same)
	}
}

// texture1 is the first texture with other noise.
func texture1(x, y int) color.NRGBA {
	rng := rand.New(rand.NewPCG(uint64(x), uint64(y)))
	wave := 40*math.Sin(float64(x)/7+1) + 40*math.Cos(float64(y)/11)
	v := uint8(128 + wave + 20*rng.Float64())
	return color.NRGBA{v, v, uint8(200 - y/2), 255}
}

func TestKeptCountsChangedPixels(t *testing.T) {
	truth := texture(1)
	made := with(truth, func(x, y int) color.NRGBA { return truth.NRGBAAt(x, y) })
	made.SetNRGBA(5, 50, color.NRGBA{1, 2, 3, 255})
	made.SetNRGBA(5, 5, color.NRGBA{1, 2, 3, 255})
	if got := score.Outpainted(truth, made, known).Kept; got != 1 {
		t.Errorf("got %d changed pixels, want the one that was known", got)
	}
}

// square is an alpha with an opaque square of that side at that corner.
func square(x, y, side int) *image.Alpha {
	a := image.NewAlpha(image.Rect(0, 0, 100, 100))
	for j := y; j < y+side; j++ {
		for i := x; i < x+side; i++ {
			a.SetAlpha(i, j, color.Alpha{255})
		}
	}
	return a
}

func TestMatted(t *testing.T) {
	truth := square(20, 20, 60)
	tests := map[string]struct {
		made *image.Alpha
		iou  float64
		sad  float64
	}{
		"same":       {square(20, 20, 60), 1, 0},
		"nothing":    {square(0, 0, 0), 0, 3.6},
		"less":       {square(20, 20, 30), 0.25, 2.7},
		"everything": {square(0, 0, 100), 0.36, 6.4},
	}
	for name, test := range tests {
		got := score.Matted(truth, test.made)
		if math.Abs(got.IoU-test.iou) > 1e-9 || math.Abs(got.SAD-test.sad) > 1e-9 {
			t.Errorf("%s: got %+v, want overlap %v and difference %v", name, got, test.iou, test.sad)
		}
	}
	near, far := score.Matted(truth, square(19, 19, 62)), score.Matted(truth, square(17, 17, 66))
	if !(near.BIoU < 1 && far.BIoU < near.BIoU && near.BIoU < near.IoU) {
		t.Errorf("at the border: %v one pixel off, %v three pixels off, over all %v", near.BIoU, far.BIoU, near.IoU)
	}
}
