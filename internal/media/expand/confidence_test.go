package expand

import (
	"image"
	"image/color"
	"image/draw"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// disc draws a product of two colours.
func disc(img *image.NRGBA, cx, cy, radius int) *image.NRGBA {
	for y := cy - radius; y <= cy+radius; y++ {
		for x := cx - radius; x <= cx+radius; x++ {
			if (x-cx)*(x-cx)+(y-cy)*(y-cy) <= radius*radius && (image.Point{X: x, Y: y}).In(img.Rect) {
				img.SetNRGBA(x, y, color.NRGBA{150, uint8(30 + 20*((x-cx)*4/radius&1)), 40, 255})
			}
		}
	}
	return img
}

// lettered writes a line of text.
func lettered(t testing.TB, img *image.NRGBA, text string, x, y int) *image.NRGBA {
	t.Helper()
	typeface, err := opentype.Parse(gobold.TTF)
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(typeface, &opentype.FaceOptions{Size: 40, DPI: 72})
	if err != nil {
		t.Fatal(err)
	}
	pen := font.Drawer{Dst: img, Src: image.Black, Face: face, Dot: fixed.P(x, y)}
	pen.DrawString(text)
	return img
}

// ground draws rough ground alone.
func ground(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Rect, landscape(w, 3*h), image.Pt(0, 2*h), draw.Src)
	return img
}

func TestWhatWouldLookWrongIsRefused(t *testing.T) {
	t.Parallel()
	tall, wide := Order{Width: 500, Height: 640}, Order{Width: 640, Height: 500}
	for name, c := range map[string]struct {
		src   *image.NRGBA
		order Order
		want  string
	}{
		"paper":                    {backdrop(500, 500), tall, ""},
		"a product on paper":       {disc(backdrop(500, 500), 250, 250, 150), tall, ""},
		"a product cut below":      {disc(backdrop(500, 500), 250, 480, 150), tall, CodeSubject},
		"a product cut on a side":  {disc(backdrop(500, 500), 20, 250, 150), wide, CodeSubject},
		"cut where nothing is new": {disc(backdrop(500, 500), 20, 250, 150), tall, ""},
		"text below":               {lettered(t, backdrop(500, 500), "Summer sale, half off", 30, 490), tall, CodeText},
		"text in the middle":       {lettered(t, backdrop(500, 500), "Summer sale", 120, 260), tall, ""},
		"a landscape":              {landscape(500, 500), wide, ""},
		"ground":                   {ground(500, 500), tall, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := expanded(t, c.src, c.order)
			if r.Code != c.want || (r.Reason == "") != (c.want == "") || (r.Confidence < 0.5) != (c.want != "") {
				t.Errorf("code %q (%s), confidence %.2f, want %q", r.Code, r.Reason, r.Confidence, c.want)
			}
		})
	}
}

func TestRepetitionIsSeen(t *testing.T) {
	t.Parallel()
	src, zipper := ground(500, 300), image.NewNRGBA(image.Rect(0, 0, 500, 500))
	draw.Draw(zipper, src.Rect, src, image.Point{}, draw.Src)
	for y := 300; y < 500; y += 20 {
		draw.Draw(zipper, image.Rect(0, y, 500, y+20), src, image.Pt(0, 280), draw.Src)
	}
	made := expanded(t, src, Order{Width: 500, Height: 500})
	for _, c := range []struct {
		img  *image.NRGBA
		k    image.Rectangle
		high bool
	}{{zipper, src.Rect, true}, {made.Image, made.Kept, false}} {
		s := (&canvas{img: c.img, known: c.k}).side(bottom)
		if r := s.repetition(); (r > 3*periodHalf) != c.high {
			t.Errorf("repetition %.2f", r)
		}
	}
}
