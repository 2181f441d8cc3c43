package media

import (
	"bytes"
	"image"
	"image/color"
	"testing"

	"pgregory.net/rapid"
)

// anyColour draws a colour, opaque in half of all cases.
func anyColour(t *rapid.T) color.NRGBA {
	c := color.NRGBA{rapid.Byte().Draw(t, "r"), rapid.Byte().Draw(t, "g"), rapid.Byte().Draw(t, "b"), 255}
	if rapid.Bool().Draw(t, "glass") {
		c.A = rapid.ByteMin(1).Draw(t, "a")
	}
	return c
}

func TestOneColourStaysItAtEverySize(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		side := rapid.IntRange(1, 40)
		c := anyColour(t)
		img := image.NewNRGBA(image.Rect(0, 0, side.Draw(t, "width"), side.Draw(t, "height")))
		for i := 0; i < len(img.Pix); i += 4 {
			img.Pix[i], img.Pix[i+1], img.Pix[i+2], img.Pix[i+3] = c.R, c.G, c.B, c.A
		}
		w, h := side.Draw(t, "to width"), side.Draw(t, "to height")
		got := Resize(img, w, h)
		if got.Rect != image.Rect(0, 0, w, h) {
			t.Fatalf("%v, want %d by %d", got.Rect, w, h)
		}
		for y := range h {
			for x := range w {
				if got.NRGBAAt(x, y) != c {
					t.Fatalf("%v at %d,%d, want %v", got.NRGBAAt(x, y), x, y, c)
				}
			}
		}
	})
}

func TestTheSameSizeIsTheSamePicture(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(1, 9).Draw(t, "width"), rapid.IntRange(1, 9).Draw(t, "height")
		img := image.NewNRGBA(image.Rect(0, 0, w+3, h+2))
		for y := range h + 2 {
			for x := range w + 3 {
				img.SetNRGBA(x, y, anyColour(t))
			}
		}
		part, _ := img.SubImage(image.Rect(2, 1, 2+w, 1+h)).(*image.NRGBA)
		got := Resize(part, w, h)
		for y := range h {
			for x := range w {
				if want := part.NRGBAAt(2+x, 1+y); got.NRGBAAt(x, y) != want {
					t.Fatalf("%v at %d,%d, want %v", got.NRGBAAt(x, y), x, y, want)
				}
			}
		}
	})
}

func TestWhatIsHiddenDoesNotShow(t *testing.T) {
	t.Parallel()
	img := image.NewNRGBA(image.Rect(0, 0, 40, 40))
	for y := range 40 {
		for x := range 40 {
			c := color.NRGBA{0, 255, 0, 0} // green that nobody sees
			if x >= 20 {
				c = color.NRGBA{255, 0, 0, 255}
			}
			img.SetNRGBA(x, y, c)
		}
	}
	for _, side := range []int{7, 33, 90} {
		got := Resize(img, side, side)
		seen := map[byte]bool{}
		for i := 0; i < len(got.Pix); i += 4 {
			if got.Pix[i+1] != 0 || got.Pix[i+3] > 0 && got.Pix[i] != 255 {
				t.Fatalf("%d pixels: %v", side, got.Pix[i:i+4])
			}
			seen[got.Pix[i+3]] = true
		}
		if !seen[0] || !seen[255] || len(seen) < 3 {
			t.Errorf("%d pixels: transparencies %v", side, seen)
		}
	}
}

func TestPlanesScaleAsPixelsDo(t *testing.T) {
	t.Parallel()
	soft := image.NewNRGBA(image.Rect(0, 0, 121, 83))
	for y := range 83 {
		for x := range 121 {
			soft.SetNRGBA(x, y, color.NRGBA{byte(x), byte(90 + y), byte(200 - x/2), 255})
		}
	}
	file, err := EncodeJPEG(soft, 100, Provenance{})
	if err != nil {
		t.Fatal(err)
	}
	_, planes, err := Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	part, _ := planes.(*image.YCbCr).SubImage(image.Rect(10, 6, 119, 81)).(*image.YCbCr)
	for _, size := range []image.Point{{53, 31}, {200, 90}, {1, 1}} {
		// Colours of two by two pixels are one in JPEG, so neighbours may differ from what they are as pixels.
		got, want := pixels(resizePlanes(part, size.X, size.Y)), Resize(pixels(part), size.X, size.Y)
		for i := range want.Pix {
			if d := int(got.Pix[i]) - int(want.Pix[i]); d < -6 || d > 6 {
				t.Fatalf("%v: %d, want %d, in channel %d of pixel %d", size, got.Pix[i], want.Pix[i], i%4, i/4)
			}
		}
	}
}

func TestSmallCopiesKeepTheLight(t *testing.T) {
	t.Parallel()
	img := scene(300, 200) // of fine and coarse detail
	mean := func(img *image.NRGBA) (sum float64) {
		for i := 0; i < len(img.Pix); i += 4 {
			sum += float64(img.Pix[i]) / float64(len(img.Pix)/4)
		}
		return sum
	}
	small := Resize(img, 37, 23)
	if d := mean(small) - mean(img); d < -1 || d > 1 {
		t.Errorf("the mean changed by %.2f", d)
	}
	if bytes.Equal(small.Pix, Resize(small, 36, 23).Pix) {
		t.Error("nothing changes")
	}
}
