package colour

import (
	"image"
	"image/color"
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestOKRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.Byte()
		c := color.NRGBA{b.Draw(t, "r"), b.Draw(t, "g"), b.Draw(t, "b"), 255}
		if got := From(c).RGB(); got != c {
			t.Fatalf("From(%v).RGB() = %v", c, got)
		}
		ok := From(c)
		if back := LCH(ok.L, ok.Chroma(), ok.Hue()); apart(ok, back) > 1e-12 {
			t.Fatalf("LCH of %v = %v", ok, back)
		}
	})
}

// Known values: CSS Color 4 gives red as oklch(0.628 0.258 29.23), and CIE Lab of red as 53.24, 80.09, 67.20 under D65.
func TestKnownValues(t *testing.T) {
	t.Parallel()
	red := color.NRGBA{255, 0, 0, 255}
	ok, lab := From(red), ToLab(red)
	for _, c := range []struct{ name, got, want any }{
		{"L", round(ok.L, 3), 0.628}, {"C", round(ok.Chroma(), 3), 0.258}, {"h", round(ok.Hue(), 1), 29.2},
		{"L*", round(lab.L, 1), 53.2}, {"a*", round(lab.A, 1), 80.1}, {"b*", round(lab.B, 1), 67.2},
		{"contrast", Contrast(Luminance(color.NRGBA{255, 255, 255, 255}), Luminance(color.NRGBA{})), 21.0},
	} {
		if c.got != c.want {
			t.Errorf("%v = %v, want %v", c.name, c.got, c.want)
		}
	}
}

func round(v float64, digits int) float64 {
	scale := math.Pow10(digits)
	return math.Round(v*scale) / scale
}

// A colour that sRGB lacks keeps its lightness and its hue.
func TestGamutKeepsLightnessAndHue(t *testing.T) {
	t.Parallel()
	for h := 0.0; h < 360; h += 15 {
		got := From(LCH(0.7, 0.4, h).RGB())
		turn := math.Abs(math.Mod(got.Hue()-h+540, 360) - 180)
		if math.Abs(got.L-0.7) > 0.01 || turn > 1.5 || got.Chroma() < 0.08 {
			t.Errorf("hue %v became L %.3f C %.3f h %.1f", h, got.L, got.Chroma(), got.Hue())
		}
	}
}

func TestPaletteFindsBlocksByShare(t *testing.T) {
	t.Parallel()
	blue, orange := color.NRGBA{30, 60, 160, 255}, color.NRGBA{240, 150, 20, 255}
	img, mask := image.NewNRGBA(image.Rect(0, 0, 60, 60)), image.NewAlpha(image.Rect(0, 0, 60, 60))
	for y := range 60 {
		for x := range 60 {
			img.SetNRGBA(x, y, blue)
			if y >= 45 {
				img.SetNRGBA(x, y, orange)
			}
			if x < 50 {
				mask.SetAlpha(x, y, color.Alpha{255})
			} else {
				img.SetNRGBA(x, y, color.NRGBA{255, 255, 255, 255})
			}
		}
	}
	got := Palette(img, mask, 5)
	if len(got) != 2 || got[0].RGB() != blue || got[1].RGB() != orange || round(got[0].Share, 3) != 0.75 {
		t.Fatalf("Palette = %v, want three parts blue and one orange", got)
	}
	if empty := Palette(img, image.NewAlpha(img.Rect), 5); len(empty) != 0 {
		t.Errorf("Palette of nothing = %v", empty)
	}
}
