package retouch

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"pgregory.net/rapid"
)

// paper is an even picture.
func paper(w, h int, c color.NRGBA) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Rect, image.NewUniform(c), image.Point{}, draw.Src)
	return img
}

func grey(v uint8) color.NRGBA { return color.NRGBA{v, v, v, 255} }

// oval fills the ellipse in a part of a picture.
func oval(img *image.NRGBA, part image.Rectangle, c color.NRGBA) {
	cx, cy := float64(part.Min.X+part.Max.X)/2, float64(part.Min.Y+part.Max.Y)/2
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			dx, dy := (float64(x)+0.5-cx)*2/float64(part.Dx()), (float64(y)+0.5-cy)*2/float64(part.Dy())
			if dx*dx+dy*dy < 1 {
				img.SetNRGBA(x, y, c)
			}
		}
	}
}

// portrait draws a face of 100 by 120 pixels: skin, eyes and a mouth.
func portrait(img *image.NRGBA, at image.Point) {
	oval(img, image.Rect(0, 0, 100, 124).Add(at), color.NRGBA{224, 172, 140, 255})
	for _, x := range []int{16, 62} {
		oval(img, image.Rect(x, 40, x+24, 52).Add(at), color.NRGBA{70, 45, 35, 255})
	}
	oval(img, image.Rect(32, 90, 68, 100).Add(at), color.NRGBA{170, 80, 80, 255})
}

// written sets a line of text in a size of pixels.
func written(img *image.NRGBA, text string, x, y int, size float64, c color.NRGBA) {
	f, err := opentype.Parse(gobold.TTF)
	if err != nil {
		panic(err)
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72})
	if err != nil {
		panic(err)
	}
	d := font.Drawer{Dst: img, Src: image.NewUniform(c), Face: face, Dot: fixed.P(x, y)}
	d.DrawString(text)
}

// The crop follows the subject to any place along the longer side.
func TestCropKeepsTheSubject(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		img := paper(240, 120, grey(235))
		subject := image.Rect(0, 24, 64, 96).Add(image.Pt(rapid.IntRange(4, 172).Draw(t, "x"), 0))
		oval(img, subject, color.NRGBA{30, 60, 140, 255})
		res := Crop(img, 120, 120)
		if res.Code != "" || !subject.In(res.Kept.Inset(-3)) || res.Image.Rect != image.Rect(0, 0, 120, 120) || res.Lost > 0.02 {
			t.Fatalf("subject %v, kept %v, lost %.2f, code %q", subject, res.Kept, res.Lost, res.Code)
		}
	})
}

func TestCropRefuses(t *testing.T) {
	t.Parallel()
	pair := paper(600, 300, grey(235))
	oval(pair, image.Rect(10, 60, 190, 240), color.NRGBA{30, 60, 140, 255})
	oval(pair, image.Rect(410, 60, 590, 240), color.NRGBA{140, 60, 30, 255})
	line := paper(600, 300, grey(235))
	written(line, "Everything must go", 30, 160, 60, grey(20))
	for _, c := range []struct {
		name string
		img  *image.NRGBA
		w, h int
		code string
	}{
		{"two subjects far apart", pair, 300, 300, CodeSubject},
		{"a line of text as wide as the picture", line, 300, 300, CodeSubject},
		{"too few pixels", pair, 700, 700, CodeSize},
		{"the whole picture in another size", pair, 1200, 600, ""},
		{"nothing of note", paper(600, 300, grey(90)), 400, 300, ""},
	} {
		if res := Crop(c.img, c.w, c.h); res.Code != c.code || (res.Image == nil) != (c.code != "") || (res.Reason == "") != (c.code == "") {
			t.Errorf("%s: code %q, want %q; lost %.2f, kept %v, reason %q", c.name, res.Code, c.code, res.Lost, res.Kept, res.Reason)
		}
	}
}

// A face weighs more than a larger thing without one.
func TestCropKeepsFaces(t *testing.T) {
	t.Parallel()
	img := paper(800, 400, grey(120))
	portrait(img, image.Pt(60, 120))
	oval(img, image.Rect(560, 100, 760, 300), grey(190))
	if found := newSalience(img).whole; len(found) == 0 {
		t.Fatal("the face was not seen")
	}
	if res := Crop(img, 300, 400); !image.Rect(80, 140, 140, 220).In(res.Kept) {
		t.Errorf("kept %v, without the face", res.Kept)
	}
}

// Two runs are the same to the byte, and the source stays as it is.
func TestCropIsRepeatable(t *testing.T) {
	t.Parallel()
	img := paper(300, 200, grey(235))
	portrait(img, image.Pt(40, 20))
	before := bytes.Clone(img.Pix)
	a, b := Crop(img, 200, 200), Crop(img, 200, 200)
	if !bytes.Equal(a.Image.Pix, b.Image.Pix) || !bytes.Equal(before, img.Pix) {
		t.Error("not repeatable, or the source was changed")
	}
}

// Pictures of any size and any transparency are answered, not panicked at.
func TestAnySize(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		side := rapid.OneOf(rapid.IntRange(1, 12), rapid.IntRange(1, 100))
		img := paper(side.Draw(t, "w"), side.Draw(t, "h"), grey(200))
		for i := range img.Pix {
			img.Pix[i] ^= uint8(i * i >> rapid.IntRange(0, 9).Draw(t, "shift") & 0x7f)
			if i > 60 {
				break
			}
		}
		layout := rapid.SampledFrom(Layouts()).Draw(t, "layout")
		for _, res := range []Result{Crop(img, side.Draw(t, "to w"), side.Draw(t, "to h")), Adjust(img), Overlay(img, Tag{Text: "1 €"}), Template(img, Headline{Text: "Sale", Layout: layout})} {
			if (res.Image == nil) == (res.Code == "") {
				t.Fatalf("code %q, picture %v", res.Code, res.Image != nil)
			}
		}
	})
}
