package retouch

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"image"
	"image/color"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/internal/media/colour"
)

// shop is a product in the middle of paper.
func shop() *image.NRGBA {
	img := paper(500, 500, grey(238))
	oval(img, image.Rect(170, 130, 330, 330), color.NRGBA{30, 90, 150, 255})
	return img
}

// contrastIn is the contrast ratio of the darkest and the lightest hundredth of a part: of its text, when the ground is even.
func contrastIn(img *image.NRGBA, part image.Rectangle) float64 {
	least, most := 1.0, 0.0
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			l := colour.Luminance(img.NRGBAAt(x, y))
			least, most = min(least, l), max(most, l)
		}
	}
	return colour.Contrast(least, most)
}

// A tag keeps away from the product wherever it is, can be read on any colour, and changes nothing beside its place.
func TestOverlay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		img := paper(240, 200, grey(rapid.Byte().Draw(t, "paper")))
		product := image.Rect(0, 0, 90, 90).Add(image.Pt(rapid.IntRange(5, 145).Draw(t, "x"), rapid.IntRange(5, 105).Draw(t, "y")))
		oval(img, product, color.NRGBA{200, 40, 60, 255})
		tag := Tag{Text: "€ 24,99", Background: fmt.Sprintf("#%06x", rapid.IntRange(0, 0xffffff).Draw(t, "background"))}
		res := Overlay(img, tag)
		if res.Code != "" {
			t.Fatal(res.Reason)
		}
		if overlap := res.Panel.Intersect(product.Inset(13)); !overlap.Empty() {
			t.Fatalf("the tag at %v covers the product at %v", res.Panel, product)
		}
		if c := contrastIn(res.Image, res.Panel.Inset(6)); c < readable {
			t.Fatalf("a contrast of %.2f on %s", c, tag.Background)
		}
		for i := 0; i < len(img.Pix); i += 4 {
			at := image.Pt(i/4%240, i/4/240)
			if !at.In(res.Panel) && !bytes.Equal(img.Pix[i:i+4], res.Image.Pix[i:i+4]) {
				t.Fatalf("%v was changed", at)
			}
		}
	})
}

func TestTextsAreRefused(t *testing.T) {
	t.Parallel()
	busy := paper(300, 300, grey(128))
	for y := range 10 {
		for x := range 10 {
			oval(busy, image.Rect(x*30, y*30, x*30+24, y*30+24), color.NRGBA{uint8(x * 25), 20, uint8(y * 25), 255})
		}
	}
	for _, c := range []struct {
		name string
		got  Result
		code string
	}{
		{"Arabic", Overlay(shop(), Tag{Text: "السعر ٢٤"}), CodeFont},
		{"Hebrew", Template(shop(), Headline{Text: "מבצע קיץ"}), CodeFont},
		{"Chinese", Template(shop(), Headline{Text: "夏季大减价"}), CodeFont},
		{"an emoji", Template(shop(), Headline{Text: "Summer ☀️"}), CodeFont},
		{"the second line too", Template(shop(), Headline{Text: "Sale", Second: "今日"}), CodeFont},
		{"no text", Overlay(shop(), Tag{Text: " \n"}), CodeText},
		{"a long text", Template(shop(), Headline{Text: strings.Repeat("never ending ", 20)}), CodeText},
		{"a long word", Overlay(shop(), Tag{Text: strings.Repeat("x", 60)}), CodeText},
		{"a colour that is none", Overlay(shop(), Tag{Text: "1", Background: "reddish"}), CodeColour},
		{"a signed number is no colour", Overlay(shop(), Tag{Text: "1", Background: "+12345"}), CodeColour},
		{"no place", Overlay(busy, Tag{Text: "€ 24,99"}), CodeSubject},
		{"no place for a band", Template(busy, Headline{Text: "Sale", Layout: Band}), CodeSubject},
		{"Greek, Cyrillic and accents", Template(shop(), Headline{Text: "Ελλάδα, Київ, Cafe\u0301"}), ""},
	} {
		if c.got.Code != c.code || (c.got.Image == nil) != (c.code != "") || (c.got.Reason == "") != (c.code == "") {
			t.Errorf("%s: code %q, want %q; reason %q", c.name, c.got.Code, c.code, c.got.Reason)
		}
	}
}

// Every layout keeps the size, shows the whole product, and sets its text so that it can be read, whatever the brand's colour.
func TestTemplate(t *testing.T) {
	t.Parallel()
	src := shop()
	for _, layout := range Layouts() {
		for _, brand := range [][]color.NRGBA{nil, {{255, 214, 0, 255}}, {{128, 128, 128, 255}}, {{20, 20, 120, 255}}} {
			res := Template(src, Headline{Text: "Summer sale", Second: "from € 9,90", Layout: layout, Brand: brand})
			if res.Code != "" {
				t.Errorf("%s with %v: %s", layout, brand, res.Reason)
				continue
			}
			if res.Image.Rect != src.Rect || res.Lost > 0.02 {
				t.Errorf("%s: %v, lost %.2f", layout, res.Image.Rect, res.Lost)
			}
			if c := contrastIn(res.Image, res.Panel.Inset(8)); c < readable {
				t.Errorf("%s with %v: a contrast of %.2f", layout, brand, c)
			}
		}
	}
}

// A band lets no more of a wild ground through than reading allows.
func TestBandStaysLegible(t *testing.T) {
	t.Parallel()
	img := image.NewNRGBA(image.Rect(0, 0, 300, 200))
	for i := range 300 * 200 {
		img.SetNRGBA(i%300, i/300, grey([2]uint8{0, 255}[(i/300/3+i%300/3)%2]))
	}
	for _, panel := range []color.NRGBA{{120, 120, 120, 255}, {250, 200, 40, 255}, {10, 40, 90, 255}} {
		sh, code, reason := newSheet(img, Headline{Text: "Sale", Brand: []color.NRGBA{panel}})
		if code != "" {
			t.Fatal(reason)
		}
		painted := sh.over(img, image.Rect(0, 100, 300, 160))
		if c := legibility(painted, image.Rect(0, 100, 10, 160), ink(panel)); c < readable {
			t.Errorf("a contrast of %.2f on %v", c, panel)
		}
	}
}

// The second, softer text is read as well as the first.
func TestTintedIsReadable(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.Byte()
		panel := color.NRGBA{b.Draw(t, "r"), b.Draw(t, "g"), b.Draw(t, "b"), 255}
		for _, c := range []color.NRGBA{ink(panel), tinted(panel)} {
			if got := colour.Contrast(colour.Luminance(c), colour.Luminance(panel)); got < readable {
				t.Fatalf("%v on %v: %.2f", c, panel, got)
			}
		}
	})
}

// The bytes are pinned: a change of them must raise the version by which results are kept.
func TestGolden(t *testing.T) {
	t.Parallel()
	h := sha256.New()
	for _, layout := range Layouts() {
		h.Write(Template(shop(), Headline{Text: "Summer sale", Second: "from € 9,90", Layout: layout}).Image.Pix)
	}
	h.Write(Overlay(shop(), Tag{Text: "€ 24,99", Style: "italic"}).Image.Pix)
	h.Write(Adjust(dull(40, 170)).Image.Pix)
	h.Write(Crop(shop(), 200, 250).Image.Pix)
	if got := fmt.Sprintf("%x", h.Sum(nil)[:8]); got != "eabdd9af403613ed" {
		t.Errorf("the pictures' digest is %s", got)
	}
}
