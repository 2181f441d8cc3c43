package image

import (
	"context"
	"errors"
	"image"
	"image/color"
	"strings"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"github.com/marquetry/marquetry/internal/media/expand"
)

// canvas is a meadow in the middle of a tall picture.
func canvas(t *testing.T) Canvas {
	t.Helper()
	r, err := mirrored(t.Context(), meadow(320, 320), expand.Order{Width: 320, Height: 560})
	if err != nil {
		t.Fatal(err)
	}
	return Canvas{Filled: r.Image, Kept: r.Kept}
}

// changed is a picture with each pixel changed.
func changed(src *image.NRGBA, change func(x, y int, c color.NRGBA) color.NRGBA) *image.NRGBA {
	out := image.NewNRGBA(src.Rect)
	for y := range src.Rect.Dy() {
		for x := range src.Rect.Dx() {
			out.SetNRGBA(x, y, change(x, y, src.NRGBAAt(x, y)))
		}
	}
	return out
}

// TestMatch checks that a model's shift of colours is undone, everywhere, and that no more is done than a shift.
func TestMatch(t *testing.T) {
	c := canvas(t)
	answer := changed(c.Filled, func(_, _ int, p color.NRGBA) color.NRGBA {
		return color.NRGBA{uint8(float64(p.R)*0.9) + 20, p.G - 12, p.B + 9, 255}
	})
	painted, fit, err := mend(answer, c)
	if err != nil || fit < 0.9 {
		t.Fatal(fit, err)
	}
	for _, at := range []image.Point{{5, 5}, {160, 60}, {300, 550}, {160, 280}} {
		a, b := painted.NRGBAAt(at.X, at.Y), c.Filled.NRGBAAt(at.X, at.Y)
		if far(a.R, b.R) > 4 || far(a.G, b.G) > 4 || far(a.B, b.B) > 4 {
			t.Errorf("at %v: %v, want %v", at, a, b)
		}
	}
	if err := inspect(painted, c); err == nil || !strings.Contains(err.Error(), "unchanged") {
		t.Errorf("a shift of colours is a new picture: %v", err)
	}
}

// far is how far apart two values are.
func far(a, b uint8) int { return int(max(a, b)) - int(min(a, b)) }

// TestFeather checks that the model's answer takes over over a few pixels, and what is kept stays byte for byte.
func TestFeather(t *testing.T) {
	c := canvas(t)
	answer := changed(c.Filled, func(x, y int, p color.NRGBA) color.NRGBA {
		if !image.Pt(x, y).In(c.Kept) {
			p.R += 60
		}
		return p
	})
	painted, fit, err := mend(answer, c)
	if err != nil || fit < 0.9 || !same(painted, c) || inspect(painted, c) != nil {
		t.Fatal(err, inspect(painted, c))
	}
	before := 0
	for away := 1; away <= feather+2; away++ {
		y := c.Kept.Min.Y - away
		added := int(painted.NRGBAAt(100, y).R) - int(c.Filled.NRGBAAt(100, y).R)
		if added <= before && added < 58 {
			t.Errorf("%d pixels away the answer adds %d, nearer %d", away, added, before)
		}
		before = added
	}
	if seam(painted, c.Kept) > 4 || seam(c.Filled, c.Kept) > 4 {
		t.Errorf("seams of %.1f and %.1f", seam(painted, c.Kept), seam(c.Filled, c.Kept))
	}
}

// TestSeam checks that a border which can be seen is found, and none where there is none.
func TestSeam(t *testing.T) {
	c := canvas(t)
	framed := changed(c.Filled, func(x, y int, p color.NRGBA) color.NRGBA {
		if !image.Pt(x, y).In(c.Kept) {
			p.R, p.G, p.B = p.R/2, p.G/2, p.B/2
		}
		return p
	})
	if got := seam(framed, c.Kept); got < mostSeam {
		t.Errorf("a seam of %.1f", got)
	}
	maker, err := New(Config{Expand: func(context.Context, *image.NRGBA, expand.Order) (expand.Result, error) {
		return expand.Result{Image: framed, Kept: c.Kept, Confidence: 1}, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	made, err := maker(t.Context(), Request{Feature: Uncrop, Source: file(t, meadow(320, 320)), Targets: []Target{{Width: 320, Height: 560}}})
	if err != nil || made[0].Code != "seam" {
		t.Errorf("%+v, %v", made[0].Code, err)
	}
}

// TestLettering checks that a line of words is told from grass, at the sizes that ads have.
func TestLettering(t *testing.T) {
	typeface, err := opentype.Parse(goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	everywhere := func(int, int) bool { return true }
	for _, size := range []float64{20, 32, 48, 72} {
		face, err := opentype.NewFace(typeface, &opentype.FaceOptions{Size: size, DPI: 72})
		if err != nil {
			t.Fatal(err)
		}
		img := meadow(640, 400)
		pen := font.Drawer{Dst: img, Src: image.White, Face: face, Dot: fixed.P(20, 300)}
		pen.DrawString("SALE now 50% off")
		if got := lettering(img, everywhere); got < mostLetters {
			t.Errorf("letters of %.0f pixels: %.4f", size, got)
		}
	}
	if got := lettering(meadow(640, 400), everywhere); got != 0 {
		t.Errorf("grass: %.4f", got)
	}
}

// failing is a model that cannot be asked.
type failing struct{ stop context.CancelFunc }

// Name implements Painter.
func (failing) Name() string { return "failing" }

// Model implements Painter.
func (failing) Model() string { return "" }

// Paint implements Painter.
func (f failing) Paint(context.Context, Canvas) (*image.NRGBA, error) {
	f.stop()
	return nil, errors.New("no answer")
}

// TestAbandoned checks that a caller who left gets an error, which means that it may be tried again, and no stand-in.
func TestAbandoned(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	maker, err := New(Config{Expand: mirrored, Model: failing{stop}})
	if err != nil {
		t.Fatal(err)
	}
	if made, err := maker(ctx, Request{Feature: Uncrop, Source: file(t, meadow(120, 120)), Targets: []Target{tall}}); !errors.Is(err, context.Canceled) {
		t.Errorf("%+v, %v", made, err)
	}
	if _, err := New(Config{Refuse: true}); err == nil {
		t.Error("what fails without a model?")
	}
}
