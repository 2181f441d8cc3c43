package retouch

import (
	"image"
	"image/color"
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/internal/media/colour"
)

// dull is a picture whose tones lie between two code values, in a few hues.
func dull(low, high int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, 128, 64))
	for y := range 64 {
		for x := range 128 {
			v := float64(low) + float64((high-low)*x)/127
			tint := colour.LCH(v/255, 0.06, float64(y)*5).RGB()
			if y < 16 {
				tint = grey(uint8(v))
			}
			img.SetNRGBA(x, y, tint)
		}
	}
	return img
}

// span is the distance of the 2nd and the 98th percentile of L*.
func span(img *image.NRGBA) float64 {
	least, most := 100.0, 0.0
	for x := range 128 {
		l := colour.ToLab(img.NRGBAAt(x, 4)).L
		least, most = min(least, l), max(most, l)
	}
	return most - least
}

func TestAdjustSpreadsTheLight(t *testing.T) {
	t.Parallel()
	src := dull(40, 170)
	res := Adjust(src)
	if res.Code != "" {
		t.Fatal(res.Reason)
	}
	if before, after := span(src), span(res.Image); after < before+8 {
		t.Errorf("L* spans %.1f, then %.1f", before, after)
	}
}

// Grey stays grey, hues stay, and hardly a pixel clips that did not before, for any range of tones.
func TestAdjustKeepsColoursAndRange(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.IntRange(0, 120).Draw(t, "low")
		src := dull(low, rapid.IntRange(low+30, 250).Draw(t, "high"))
		res := Adjust(src)
		if res.Image == nil {
			return
		}
		clipped := 0
		for y := range 64 {
			for x := range 128 {
				a, b := src.NRGBAAt(x, y), res.Image.NRGBAAt(x, y)
				if y < 16 && (b.R != b.G || b.G != b.B) {
					t.Fatalf("grey %v became %v", a, b)
				}
				if c, d := colour.From(a), colour.From(b); c.L > 0.35 && d.L > 0.35 && c.Chroma() > 0.04 && max(b.R, b.G, b.B) < 250 && turn(c.Hue(), d.Hue()) > 6 {
					t.Fatalf("the hue of %v turned to %v", a, b)
				}
				if max(b.R, b.G, b.B) == 255 && max(a.R, a.G, a.B) < 253 {
					clipped++
				}
			}
		}
		if clipped > 128*64/200 {
			t.Fatalf("%d pixels clip", clipped)
		}
	})
}

// turn is the angle between two hues.
func turn(a, b float64) float64 { return math.Abs(math.Mod(a-b+540, 360) - 180) }

// Nothing is done to what has its whole range, nor twice.
func TestAdjustLeavesWellAlone(t *testing.T) {
	t.Parallel()
	if res := Adjust(dull(0, 255)); res.Code != CodeNothing || res.Image != nil {
		t.Errorf("a full range: code %q", res.Code)
	}
	if res := Adjust(paper(20, 20, color.NRGBA{})); res.Code != CodeNothing {
		t.Errorf("a transparent picture: code %q", res.Code)
	}
}
