package backdrop

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/internal/media/colour"
	"github.com/marquetry/marquetry/internal/media/cutout"
)

// vase is a product drawn in code: a bulging body of one colour with a band of another, its old shadow to the right of it.
func vase(body, band color.NRGBA) cutout.Cutout {
	const w, h = 120, 120
	r := image.Rect(0, 0, w, h)
	c := cutout.Cutout{Alpha: image.NewAlpha(r), Colour: image.NewNRGBA(r), Light: image.NewGray(r), Bounds: image.Rect(35, 20, 85, 100)}
	for y := range h {
		half := 14 + 11*math.Sin(float64(y-20)/80*math.Pi)
		for x := range w {
			c.Light.SetGray(x, y, color.Gray{128})
			if dx, dy := float64(x-80)/30, float64(y-98)/8; dx*dx+dy*dy < 1 {
				c.Light.SetGray(x, y, color.Gray{90})
			}
			if inside := half - math.Abs(float64(x)-59.5); y >= 20 && y < 100 && inside > 0 {
				c.Alpha.SetAlpha(x, y, color.Alpha{uint8(255 * min(inside, 1))})
			}
			c.Colour.SetNRGBA(x, y, body)
			if y > 50 && y < 65 {
				c.Colour.SetNRGBA(x, y, band)
			}
		}
	}
	return c
}

func blue() cutout.Cutout {
	return vase(color.NRGBA{40, 70, 150, 255}, color.NRGBA{230, 200, 120, 255})
}

// meanLab is the mean distance of two pictures of one size.
func meanLab(a, b *image.NRGBA) float64 {
	sum, n := 0.0, 0
	for y := 0; y < a.Rect.Dy(); y += 3 {
		for x := 0; x < a.Rect.Dx(); x += 3 {
			sum += colour.ToLab(a.NRGBAAt(x, y)).Distance(colour.ToLab(b.NRGBAAt(x, y)))
			n++
		}
	}
	return sum / float64(n)
}

// Every style paints, stands out, and differs from every other by more than eyes overlook, for products of any hue.
func TestStylesDifferAndStandOut(t *testing.T) {
	t.Parallel()
	for hue := 0.0; hue < 360; hue += 60 {
		c := vase(colour.LCH(0.55, 0.1, hue).RGB(), color.NRGBA{240, 240, 235, 255})
		painted := map[Style]*image.NRGBA{}
		for i, style := range Styles() {
			res := Paint(c, Order{Style: style, Width: 200, Height: 200, Seed: 7})
			if res.Code != "" || res.Contrast < enough {
				t.Errorf("hue %v, %s: contrast %.1f, code %q", hue, style, res.Contrast, res.Code)
			}
			for _, other := range Styles()[:i] {
				if d := meanLab(res.Image, painted[other]); d < 4 {
					t.Errorf("hue %v: %s and %s differ by %.1f only", hue, style, other, d)
				}
			}
			painted[style] = res.Image
		}
	}
}

// The same order gives the same bytes, whatever the size of the product's picture and of the target.
func TestPaintIsRepeatable(t *testing.T) {
	t.Parallel()
	c := blue()
	rapid.Check(t, func(t *rapid.T) {
		o := Order{Style: rapid.SampledFrom(Styles()).Draw(t, "style"), Seed: rapid.Uint64().Draw(t, "seed"),
			Width: rapid.IntRange(40, 150).Draw(t, "width"), Height: rapid.IntRange(40, 150).Draw(t, "height")}
		a, b := Paint(c, o), Paint(c, o)
		if a.Image.Rect != image.Rect(0, 0, o.Width, o.Height) || !bytes.Equal(a.Image.Pix, b.Image.Pix) {
			t.Fatalf("%+v: %v, or not the same twice", o, a.Image.Rect)
		}
	})
}

func TestPlacement(t *testing.T) {
	t.Parallel()
	c := blue()
	cut := blue()
	cut.Bounds.Max.Y = 120
	close := blue()
	close.Bounds = image.Rect(0, 1, 119, 120)
	for _, k := range []struct {
		name     string
		c        cutout.Cutout
		w, h     int
		standing bool
		want     image.Rectangle
	}{
		{"centred, not enlarged beyond twice", c, 1000, 1000, false, image.Rect(450, 420, 550, 580)},
		{"scaled down", c, 100, 100, false, image.Rect(27, 13, 73, 87)},
		{"its foot on the surface", c, 1000, 1000, true, image.Rect(450, 680, 550, 840)},
		{"a close crop is not cut off", close, 1000, 1000, false, image.Rect(381, 381, 619, 619)},
		{"cut off below stays so", cut, 1000, 1000, true, image.Rect(450, 800, 550, 1000)},
	} {
		if got := set(k.c, Order{Width: k.w, Height: k.h}, k.standing).box; got != k.want {
			t.Errorf("%s: %v, want %v", k.name, got, k.want)
		}
	}
}

// Cut-outs and targets of any size are painted; without a product there is nothing to paint.
func TestAnySize(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		side := rapid.OneOf(rapid.IntRange(1, 9), rapid.IntRange(1, 90))
		r := image.Rect(0, 0, side.Draw(t, "w"), side.Draw(t, "h"))
		c := cutout.Cutout{Alpha: image.NewAlpha(r), Colour: image.NewNRGBA(r), Light: image.NewGray(r)}
		c.Bounds = image.Rect(rapid.IntRange(0, r.Max.X).Draw(t, "left"), rapid.IntRange(0, r.Max.Y).Draw(t, "top"), r.Max.X, r.Max.Y)
		for i := range c.Alpha.Pix {
			c.Alpha.Pix[i] = uint8(i * 37)
		}
		res := Paint(c, Order{Style: rapid.SampledFrom(Styles()).Draw(t, "style"), Width: side.Draw(t, "to w"), Height: side.Draw(t, "to h")})
		if (res.Image == nil) != c.Bounds.Empty() || c.Bounds.Empty() && res.Code != "empty" {
			t.Fatalf("bounds %v, code %q", c.Bounds, res.Code)
		}
	})
}

// The old shadow darkens the new backdrop where it lay beside the product.
func TestShadowComesAlong(t *testing.T) {
	t.Parallel()
	res := Paint(blue(), Order{Style: Solid, Width: 240, Height: 240, Seed: 1})
	s := set(blue(), Order{Width: 240, Height: 240}, false)
	at := func(x, y int) float64 { // of the source
		scale := float64(s.box.Dx()) / float64(s.from.Dx())
		return colour.ToLab(res.Image.NRGBAAt(s.box.Min.X+int(float64(x-s.from.Min.X)*scale), s.box.Min.Y+int(float64(y-s.from.Min.Y)*scale))).L
	}
	if shadow, lit := at(95, 98), at(25, 98); lit-shadow < 10 {
		t.Errorf("L* in the shadow %.1f, beside it %.1f", shadow, lit)
	}
}

// A product that was cut out before has no shadow to bring along: one is drawn, so that it does not float.
func TestShadowIsDrawnWhereThereWasNone(t *testing.T) {
	t.Parallel()
	c := blue()
	for i := range c.Light.Pix {
		c.Light.Pix[i] = 128
	}
	img := Paint(c, Order{Style: Tint, Width: 240, Height: 240, Seed: 1}).Image
	if below, far := colour.ToLab(img.NRGBAAt(120, 212)).L, colour.ToLab(img.NRGBAAt(20, 212)).L; far-below < 3 {
		t.Errorf("L* below the product %.1f, far from it %.1f", below, far)
	}
}

// Patterns keep within 8 units of lightness, so that the product stays the picture's subject.
func TestPatternsAreQuiet(t *testing.T) {
	t.Parallel()
	for hue := 0.0; hue < 360; hue += 45 {
		s := scheme{hue: hue, vivid: 1}
		for _, style := range []Style{Dots, Diagonals, Terrazzo, Arcs, Disc} {
			r := s.recipe(style)
			for _, lift := range []float64{0, 0.08, -0.4} {
				g := &ground{}
				g.tone(r, lift)
				for i, ink := range g.inks {
					if d := math.Abs(lightness(g.base) - lightness(ink)); d > 8 || d < 1 {
						t.Errorf("%s at hue %v, lift %v: ink %d differs by %.1f in L*", style, hue, lift, i, d)
					}
				}
			}
		}
	}
}

// lightness is L* at the beginning of a ramp.
func lightness(r *ramp) float64 {
	c := r.at(0)
	return colour.ToLab(color.NRGBA{uint8(c[0] / 257), uint8(c[1] / 257), uint8(c[2] / 257), 255}).L
}

func TestBrandIsKept(t *testing.T) {
	t.Parallel()
	brand := color.RGBA{200, 60, 90, 255}
	img := Paint(blue(), Order{Style: Solid, Width: 200, Height: 200, Brand: []color.RGBA{brand}}).Image
	if d := colour.ToLab(img.NRGBAAt(100, 12)).Distance(colour.ToLab(color.NRGBA(brand))); d > 4 {
		t.Errorf("the backdrop differs from the brand's colour by %.1f", d)
	}
}

// What is half light and half dark at random stands out nowhere, and is said to.
func TestContrastIsRefused(t *testing.T) {
	t.Parallel()
	g := &ground{field: func(int, int) int { return 0 }, light: &light{w: 9, h: 9, ratio: slices.Repeat([]int32{1 << lightBits}, 81)}}
	var rim []touchpoint
	for l := 20.0; l < 97; l += 6 {
		rim = append(rim, touchpoint{product: colour.Lab{L: l}})
	}
	if c := g.adjust(scheme{}.recipe(Tint), rim); c < enough {
		t.Errorf("greys from dark to light reach %.1f", c)
	}
	for i := range rim {
		rim[i].product = colour.Lab{L: 57 + float64(i%2)}
	}
	if c := g.adjust(recipe{stops: even(colour.OK{L: 0.6}, colour.OK{L: 0.6})}, rim); c < enough {
		t.Errorf("a grey product on grey was not helped: %.1f", c)
	}
}

func TestPick(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		name, n := rapid.String().Draw(t, "set"), rapid.IntRange(0, 20).Draw(t, "n")
		got := Pick(name, n)
		sorted := slices.Clone(got)
		slices.Sort(sorted)
		if len(slices.Compact(sorted)) != min(n, len(Styles())) || !slices.Equal(got, Pick(name, n)) {
			t.Fatalf("Pick(%q, %d) = %v", name, n, got)
		}
	})
}

// The bytes are pinned: a change of them must raise the version by which results are kept.
func TestGolden(t *testing.T) {
	t.Parallel()
	h := sha256.New()
	for _, style := range Styles() {
		h.Write(Paint(blue(), Order{Style: style, Width: 120, Height: 150, Seed: 3}).Image.Pix)
	}
	if got := fmt.Sprintf("%x", h.Sum(nil)[:8]); got != "6786aac57a344caa" {
		t.Errorf("the pictures' digest is %s", got)
	}
}

// A blur leaves what is even as it is, up to the sides.
func TestBlurKeepsWhatIsEven(t *testing.T) {
	t.Parallel()
	even := slices.Repeat([]int32{200}, 35)
	if got := blurred(even, 7, 5, 3); !slices.Equal(got, even) {
		t.Errorf("blurred = %v", got)
	}
}

// A product that is half black and half white would half vanish on either: its backdrop becomes one on which both halves show.
func TestBothHalvesShow(t *testing.T) {
	t.Parallel()
	c := vase(grey(15), grey(15))
	for y := range 120 {
		for x := 60; x < 120; x++ {
			c.Colour.SetNRGBA(x, y, grey(240))
		}
	}
	img := Paint(c, Order{Style: Tint, Width: 200, Height: 200}).Image
	if l := colour.ToLab(img.NRGBAAt(10, 10)).L; l < 25 || l > 82 {
		t.Errorf("the backdrop has L* %.1f", l)
	}
}

func grey(v uint8) color.NRGBA { return color.NRGBA{v, v, v, 255} }
