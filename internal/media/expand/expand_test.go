package expand

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"math"
	"testing"
)

// landscape draws a sky that grows lighter towards rough ground.
func landscape(w, h int) *image.NRGBA {
	img, r := image.NewNRGBA(image.Rect(0, 0, w, h)), random(1)
	for y := range h {
		for x := range w {
			noise := uint8(r.below(40))
			shade := color.NRGBA{90 + uint8(90*y/h), 130 + uint8(60*y/h), 200, 255}
			if y > h/2+int(9*math.Sin(float64(x)/17)) {
				shade = color.NRGBA{70 + noise, 90 + noise, 40, 255}
			}
			img.SetNRGBA(x, y, shade)
		}
	}
	return img
}

// backdrop draws a paper sweep: light in the middle, with a grain of a few levels.
func backdrop(w, h int) *image.NRGBA {
	img, r := image.NewNRGBA(image.Rect(0, 0, w, h)), random(2)
	for y := range h {
		for x := range w {
			dx, dy := float64(x)/float64(w)-0.5, float64(y)/float64(h)-0.5
			v := uint8(235 - 40*(dx*dx+dy*dy) + float64(r.below(4)))
			img.SetNRGBA(x, y, color.NRGBA{v, v, v - 6, 255})
		}
	}
	return img
}

// part copies a rectangle to the origin.
func part(img *image.NRGBA, r image.Rectangle) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, r.Dx(), r.Dy()))
	for y := range r.Dy() {
		copy(out.Pix[y*out.Stride:][:4*r.Dx()], img.Pix[img.PixOffset(r.Min.X, r.Min.Y+y):])
	}
	return out
}

// expanded extends a picture or fails the test.
func expanded(t testing.TB, src *image.NRGBA, o Order) Result {
	t.Helper()
	result, err := Expand(context.Background(), src, o)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestSameBytesOnAnyNumberOfCores(t *testing.T) {
	t.Parallel()
	src := landscape(500, 150)
	for _, size := range []image.Point{{500, 200}, {560, 150}} {
		one := expanded(t, src, Order{Width: size.X, Height: size.Y, Seed: 3, Workers: 1})
		for _, workers := range []int{1, 2} {
			if again := expanded(t, src, Order{Width: size.X, Height: size.Y, Seed: 3, Workers: workers}); !bytes.Equal(again.Image.Pix, one.Image.Pix) {
				t.Errorf("%v: other bytes with %d workers", size, workers)
			}
		}
		if other := expanded(t, src, Order{Width: size.X, Height: size.Y, Seed: 4}); bytes.Equal(other.Image.Pix, one.Image.Pix) {
			t.Errorf("%v: the seed makes no difference", size)
		}
	}
}

func TestKeptPixelsAreNeverChanged(t *testing.T) {
	t.Parallel()
	for i, draw := range []func(w, h int) *image.NRGBA{landscape, backdrop} {
		for more := range 10 {
			src := draw(500, 50-2*more)
			o := Order{Width: 500, Height: src.Rect.Dy() + more + i, Seed: uint64(more)}
			result := expanded(t, src, o)
			scaled := newCanvas(src, result.Kept, o.Width, o.Height).img
			if !bytes.Equal(part(result.Image, result.Kept).Pix, part(scaled, result.Kept).Pix) {
				t.Fatalf("%+v: kept pixels differ", o)
			}
			for at := 3; at < len(result.Image.Pix); at += 4 {
				if result.Image.Pix[at] != 255 {
					t.Fatalf("%+v: pixel %d was not painted", o, at/4)
				}
			}
		}
	}
}

func TestFlatSidesGoOn(t *testing.T) {
	t.Parallel()
	truth := backdrop(600, 1000)
	middle := image.Rect(0, 200, 600, 800)
	result := expanded(t, part(truth, middle), Order{Width: 600, Height: 1000})
	sum := 0.0
	for i, v := range result.Image.Pix {
		d := float64(v) - float64(truth.Pix[i])
		sum += d * d / float64(len(truth.Pix))
	}
	if psnr := 10 * math.Log10(255*255/sum); psnr < 38 {
		t.Errorf("psnr %.1f", psnr)
	}
}

func TestFit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		source, target image.Point
		want           image.Rectangle
	}{
		{image.Pt(1080, 1080), image.Pt(1080, 1920), image.Rect(0, 420, 1080, 1500)},
		{image.Pt(2000, 1000), image.Pt(1080, 1350), image.Rect(0, 405, 1080, 945)},
		{image.Pt(500, 500), image.Pt(1080, 1350), image.Rect(40, 175, 1040, 1175)},
		{image.Pt(4000, 10), image.Pt(1080, 1080), image.Rect(0, 538, 1080, 541)},
	} {
		if got := Fit(c.source, c.target.X, c.target.Y); got != c.want {
			t.Errorf("Fit(%v, %v) = %v, want %v", c.source, c.target, got, c.want)
		}
	}
}

func TestRefuses(t *testing.T) {
	t.Parallel()
	if r := expanded(t, backdrop(499, 300), Order{Width: 1080, Height: 1080}); r.Code != CodeSmall || r.Reason == "" {
		t.Errorf("a small picture: %q, %q", r.Code, r.Reason)
	}
	if r := expanded(t, backdrop(2000, 10), Order{Width: 1080, Height: 1080}); r.Code != CodeNarrow || r.Reason == "" {
		t.Errorf("a narrow picture: %q, %q", r.Code, r.Reason)
	}
	if _, err := Expand(context.Background(), backdrop(9, 9), Order{Width: 9, Height: MaxSide + 1}); err == nil {
		t.Error("a vast target is no error")
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Expand(ended, landscape(500, 500), Order{Width: 500, Height: 600}); err == nil {
		t.Error("an ended context is no error")
	}
}

// What goes wrong in one of several goroutines is the caller's to recover from.
func TestPanicsReachTheCaller(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() != "strange" {
			t.Error("nothing to recover from")
		}
	}()
	(&painter{workers: 2}).each(8, func(i int) {
		if i == 3 {
			panic("strange")
		}
	})
}
