package cutout

import (
	"bytes"
	"image"
	"math"
	"math/rand/v2"
	"testing"
)

const testSize = 240

// shot draws a product over a backdrop that gets darker downwards, with a soft shadow below the middle. paint answers colour and alpha of the product at a pixel.
func shot(paint func(x, y float64) (rgb, float64)) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, testSize, testSize))
	for i := range testSize * testSize {
		x, y := float64(i%testSize)+0.5, float64(i/testSize)+0.5
		dx, dy := (x-120)/72, (y-182)/20
		back := (230 - y/12) * (1 - 0.4*max(0, 1-dx*dx-dy*dy))
		f, a := paint(x, y)
		for c := range 3 {
			img.Pix[4*i+c] = level(float32(float64(f[c])*a + back*(1-a)))
		}
		img.Pix[4*i+3] = 255
	}
	return img
}

// disc is the alpha of a disc in the middle, with an edge of one pixel.
func disc(x, y, radius float64) float64 {
	return min(max(radius-math.Hypot(x-120, y-120)+0.5, 0), 1)
}

func redDisc(x, y float64) (rgb, float64) { return rgb{200, 40, 30}, disc(x, y, 60) }

func TestCutFindsAlphaAndLeavesTheShadow(t *testing.T) {
	for name, paint := range map[string]func(x, y float64) (rgb, float64){
		"red disc": redDisc,
		"grey disc with texture": func(x, y float64) (rgb, float64) {
			v := 120 + 30*float32(math.Sin(x)*math.Cos(y*0.8))
			return rgb{v, v, v}, disc(x, y, 60)
		},
		"ring": func(x, y float64) (rgb, float64) { return rgb{20, 90, 40}, disc(x, y, 60) - disc(x, y, 30) },
	} {
		t.Run(name, func(t *testing.T) {
			c := Cut(shot(paint))
			if !c.Eligible() {
				t.Fatalf("refused: %s, %s", c.Code, c.Reason)
			}
			var wrong float64
			for i, v := range c.Alpha.Pix {
				_, a := paint(float64(i%testSize)+0.5, float64(i/testSize)+0.5)
				wrong += math.Abs(float64(v)/255 - a)
			}
			if wrong > 150 {
				t.Errorf("alpha is off by %.0f pixels in all", wrong)
			}
			if want := image.Rect(60, 60, 180, 180); c.Bounds.Union(want).Dx() > 124 || c.Bounds.Intersect(want).Dx() < 116 {
				t.Errorf("bounds are %v, want about %v", c.Bounds, want)
			}
			if l := c.Light.GrayAt(120, 190).Y; l < 70 || l > 100 {
				t.Errorf("the shadow's light is %d, want about 85", l)
			}
			if l := c.Light.GrayAt(10, 10).Y; l < 125 || l > 131 {
				t.Errorf("the light of the even backdrop is %d, want 128", l)
			}
		})
	}
}

func TestColourHasNoFringe(t *testing.T) {
	c := Cut(shot(redDisc))
	for i, a := range c.Alpha.Pix {
		if a > 50 && (c.Colour.Pix[4*i] < 180 || c.Colour.Pix[4*i+1] > 80) {
			t.Fatalf("at %d,%d, alpha %d, the colour is %v, want about 200 40 30", i%testSize, i/testSize, a, c.Colour.Pix[4*i:4*i+3])
		}
	}
}

func TestCutRefuses(t *testing.T) {
	for _, tt := range []struct {
		name, code string
		img        *image.NRGBA
	}{
		{"nothing there", "size", shot(func(_, _ float64) (rgb, float64) { return rgb{}, 0 })},
		{"a dot", "size", shot(func(x, y float64) (rgb, float64) { return rgb{200, 0, 0}, disc(x, y, 9) })},
		{"a product that leaves the picture", "rim", shot(func(x, _ float64) (rgb, float64) { return rgb{30, 60, 160}, min(max(x-130, 0), 1) })},
		{"stripes all over", "scene", shot(func(x, y float64) (rgb, float64) {
			return rgb{float32(128 + 100*math.Sin(x/9)), 90, float32(128 + 100*math.Cos(y/7))}, 1
		})},
		{"a glass with a lid", "glass", shot(func(x, y float64) (rgb, float64) {
			if y < 80 && y > 60 && math.Abs(x-120) < 50 {
				return rgb{120, 70, 20}, 1
			}
			wall := math.Abs(math.Abs(x-120) - 45)
			if y >= 80 && y < 170 && wall < 3 {
				return rgb{255, 255, 255}, 0.3 * (1 - wall/3)
			}
			return rgb{}, 0
		})},
		{"too small a picture", "size", image.NewNRGBA(image.Rect(0, 0, 8, 8))},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := Cut(tt.img)
			if c.Code != tt.code || c.Reason == "" {
				t.Errorf("answered %q, %q, want %q", c.Code, c.Reason, tt.code)
			}
			if c.Alpha == nil || c.Colour == nil || c.Light == nil {
				t.Error("a refused picture has no planes")
			}
		})
	}
}

func TestTransparencyOfItsOwnIsKept(t *testing.T) {
	img := shot(redDisc)
	for i := range testSize * testSize {
		img.Pix[4*i+3] = level(float32(255 * disc(float64(i%testSize)+0.5, float64(i/testSize)+0.5, 40)))
	}
	c := Cut(img)
	if !c.Eligible() || c.Bounds != image.Rect(80, 80, 160, 160) {
		t.Errorf("code %q, bounds %v", c.Code, c.Bounds)
	}
	for i, a := range c.Alpha.Pix {
		if a != img.Pix[4*i+3] || c.Light.Pix[i] != 128 {
			t.Fatal("alpha was changed, or there is a shadow")
		}
	}
}

func TestCutIsTheSameTwice(t *testing.T) {
	a, b := Cut(shot(redDisc)), Cut(shot(redDisc))
	if !bytes.Equal(a.Alpha.Pix, b.Alpha.Pix) || !bytes.Equal(a.Colour.Pix, b.Colour.Pix) || !bytes.Equal(a.Light.Pix, b.Light.Pix) {
		t.Error("two runs differ")
	}
}

// Pictures of any size are answered, not panicked at: spots of noise leave pockets of a few pixels.
func TestCutAnswersSmallPictures(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		img := image.NewNRGBA(image.Rect(0, 0, 1+random.IntN(70), 1+random.IntN(70)))
		spots := random.IntN(255)
		for i := range img.Pix {
			img.Pix[i] = uint8(200 + random.IntN(6))
			if i%4 == 3 {
				img.Pix[i] = 255
			} else if random.IntN(256) < spots {
				img.Pix[i] = uint8(random.IntN(256))
			}
		}
		if c := Cut(img); c.Eligible() != (c.Reason == "") {
			t.Errorf("%v: %q says %q", img.Rect, c.Code, c.Reason)
		}
	}
}
