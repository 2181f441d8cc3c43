package webp

import (
	"bytes"
	"image"
	"image/color"
	"testing"

	"golang.org/x/image/webp"
	"pgregory.net/rapid"
)

// same decodes a file and compares it with the picture, but for the colour of what is wholly transparent.
func same(t rapid.TB, img *image.NRGBA, data []byte) {
	t.Helper()
	got, err := webp.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%v: %v", img.Rect, err)
	}
	n, ok := got.(*image.NRGBA)
	if !ok || n.Rect != img.Rect {
		t.Fatalf("%T of %v, want %v", got, got.Bounds(), img.Rect)
	}
	for i := 0; i < len(img.Pix); i += 4 {
		want := color.NRGBA{img.Pix[i], img.Pix[i+1], img.Pix[i+2], img.Pix[i+3]}
		if want.A == 0 {
			want = color.NRGBA{}
		}
		if have := (color.NRGBA{n.Pix[i], n.Pix[i+1], n.Pix[i+2], n.Pix[i+3]}); have != want {
			t.Fatalf("pixel %d of %v is %v, want %v", i/4, img.Rect, have, want)
		}
	}
}

// painted is a picture of some size in a way: few colours, gradients, noise, or what repeats itself, each more or less transparent.
func painted(t *rapid.T) *image.NRGBA {
	w, h := rapid.IntRange(1, 70).Draw(t, "width"), rapid.IntRange(1, 70).Draw(t, "height")
	way, n, seed := rapid.IntRange(0, 4).Draw(t, "way"), rapid.IntRange(1, 300).Draw(t, "colours"), rapid.Uint32().Draw(t, "seed")
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		seed = seed*1664525 + 1013904223
		c := seed >> 8
		switch way {
		case 0:
			c = c % uint32(n) * 0x9e3779b1
		case 1:
			c = uint32(i%w*3)<<16 | uint32(i/w*5)<<8 | seed>>30 | 0xff000000
		case 2:
			c = uint32(i%n) * 0x01030507
		case 3:
			c = uint32(i/n) * 0x01030507
		}
		copy(img.Pix[4*i:], []byte{byte(c >> 16), byte(c >> 8), byte(c), byte(c >> 24)})
	}
	return img
}

// TestWhatIsWrittenIsReadBack is about any picture.
func TestWhatIsWrittenIsReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		img := painted(t)
		data, err := Encode(img)
		if err != nil {
			t.Fatal(err)
		}
		same(t, img, data)
	})
}

// TestSkewedPicture has colours each about 1.6 times as often as the next, for which the best codes would be too long.
func TestSkewedPicture(t *testing.T) {
	t.Parallel()
	counts := make([]uint32, 30)
	for i, a, b := 0, uint32(1), uint32(1); i < len(counts); i, a, b = i+1, b, a+b {
		counts[i] = a
	}
	for _, longest := range []int{longestCode, longestLength} {
		sum := 0.0
		for _, l := range lengths(counts, longest) {
			if l < 1 || int(l) > longest {
				t.Errorf("a length of %d, at most %d", l, longest)
			}
			sum += 1 / float64(uint32(1)<<l)
		}
		if sum != 1 {
			t.Errorf("the code is not whole: %v", sum)
		}
	}
}

func TestSidesAreBounded(t *testing.T) {
	t.Parallel()
	for _, r := range []image.Rectangle{image.Rect(0, 0, 0, 1), image.Rect(0, 0, MaxSide+1, 1)} {
		if _, err := Encode(image.NewNRGBA(r)); err == nil {
			t.Errorf("%v is written", r)
		}
	}
	wide := image.NewNRGBA(image.Rect(0, 0, MaxSide, 2))
	wide.Pix[5] = 200
	data, err := Encode(wide)
	if err != nil {
		t.Fatal(err)
	}
	same(t, wide, data)
}
