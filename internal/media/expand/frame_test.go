package expand

import (
	"image"
	"image/color"
	"testing"
)

// TestUnframed takes a scanner's lines off a picture, and nothing off one that has none: not of a sky, nor of paper.
func TestUnframed(t *testing.T) {
	sky := func(x, y int) color.NRGBA { return color.NRGBA{R: 90, G: 120, B: uint8(180 + y/8), A: 255} }
	busy := func(x, y int) color.NRGBA {
		v := uint8((x*37 + y*91) % 251)
		return color.NRGBA{R: v, G: v, B: 255 - v, A: 255}
	}
	for name, test := range map[string]struct {
		of    func(x, y int) color.NRGBA
		frame int // lines below
	}{"sky": {sky, 0}, "sky, framed": {sky, 3}, "busy": {busy, 0}, "busy, framed": {busy, 4}} {
		img := image.NewNRGBA(image.Rect(0, 0, 300, 200))
		for y := range 200 {
			for x := range 300 {
				img.SetNRGBA(x, y, test.of(x, y))
				if y >= 200-test.frame {
					img.SetNRGBA(x, y, color.NRGBA{R: 20, G: 20, B: 20, A: 255})
				}
			}
		}
		got, inner := Unframed(img)
		taken := 200 - inner.Max.Y
		if inner.Min != (image.Point{}) || inner.Max.X != 300 || taken < test.frame || taken > test.frame+1 && test.frame > 0 || test.frame == 0 && taken > 0 {
			t.Errorf("%s: %v is left", name, inner)
		}
		if got.Rect.Size() != inner.Size() || got.NRGBAAt(7, 9) != img.NRGBAAt(7, 9) {
			t.Errorf("%s: another picture is left", name)
		}
	}
}
