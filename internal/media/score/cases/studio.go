package cases

import (
	"image"
	"math"
	"math/rand/v2"

	"golang.org/x/image/draw"
)

// studio is a sweep of paper with a product in front of it.
type studio struct {
	name     string
	wall     [3]float64 // levels of the paper in its middle
	floor    float64    // the floor's brightness over the wall's
	horizon  float64    // height of the bend from wall to floor, in short sides below the middle
	bend     float64    // half its width, in short sides
	vignette float64    // brightness lost one short side away from the middle
	lean     float64    // brightness gained from one side to the other over a short side
	product  product
}

// Scenes is how many studio scenes there are.
const Scenes = 4

// studios are white, warm, blue and dark paper.
func studios() [Scenes]studio {
	p := products()
	return [Scenes]studio{
		{"white sweep", [3]float64{238, 238, 236}, 0.97, 0.16, 0.05, 0.07, 0.02, p[0]},
		{"warm paper", [3]float64{222, 208, 190}, 0.93, 0.10, 0.02, 0.12, -0.05, p[1]},
		{"blue paper", [3]float64{176, 196, 214}, 1.06, 0.22, 0.03, 0.16, 0.06, p[2]},
		{"dark sweep", [3]float64{96, 98, 104}, 1.15, 0.14, 0.08, 0.20, 0.03, p[3]},
	}
}

// grain is the deviation of the camera's noise in levels: of brightness, and of each colour beside it.
const (
	grain       = 1.3
	grainColour = 0.7
)

// draw paints the scene; the product is within a square of that side in the middle.
func (s studio) draw(w, h, side int) *image.NRGBA {
	size := side * 6 / 10
	thing := s.product.draw(size)
	foot := image.Rect(w/2-size/2, h/2-size/2, w/2-size/2+size, h/2-size/2+size)
	img := s.paper(w, h, side)
	contact(img, thing, foot)
	draw.Draw(img, foot, thing, image.Point{}, draw.Over)
	speckle(img)
	return img
}

// paper paints the sweep alone.
func (s studio) paper(w, h, side int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		v := (float64(y) - float64(h)/2) / float64(side)
		bent := 1 / (1 + math.Exp(-4*(v-s.horizon)/s.bend))
		for x := range w {
			u := (float64(x) - float64(w)/2) / float64(side)
			light := (1 + (s.floor-1)*bent) * (1 - s.vignette*(u*u+v*v)) * (1 + s.lean*u)
			set(img, x, y, s.wall, light)
		}
	}
	return img
}

// set writes a lit colour.
func set(img *image.NRGBA, x, y int, colour [3]float64, light float64) {
	at := img.Pix[img.PixOffset(x, y):][:4]
	for c := range colour {
		at[c] = level(colour[c] * light)
	}
	at[3] = 255
}

// level rounds into 0..255.
func level(v float64) uint8 { return uint8(min(max(math.Round(v), 0), 255)) }

// speckle adds the camera's noise.
func speckle(img *image.NRGBA) {
	rng := rand.New(rand.NewPCG(3, 5)) //nolint:gosec // the same noise every time
	for i := 0; i < len(img.Pix); i += 4 {
		bright := grain * rng.NormFloat64()
		for c := range 3 {
			img.Pix[i+c] = level(float64(img.Pix[i+c]) + bright + grainColour*rng.NormFloat64())
		}
	}
}

// contact darkens the ground under a thing: its alpha, pressed flat onto its lowest part and blurred, takes up to 45 % of the light, and a wider one 15 %.
func contact(img *image.NRGBA, thing *image.NRGBA, at image.Rectangle) {
	base := lowest(thing)
	tight := pressed(thing, at, img.Rect, base, at.Dy()/10)
	wide := pressed(thing, at, img.Rect, base, at.Dy()/4)
	blur(tight, at.Dy()/40)
	blur(wide, at.Dy()/14)
	for i := range tight.Pix {
		light := (1 - 0.45*float64(tight.Pix[i])/255) * (1 - 0.15*float64(wide.Pix[i])/255)
		for c := range 3 {
			img.Pix[4*i+c] = level(float64(img.Pix[4*i+c]) * light)
		}
	}
}

// lowest is the last row in which a thing is opaque.
func lowest(thing *image.NRGBA) int {
	for y := thing.Rect.Max.Y - 1; y > 0; y-- {
		for x := range thing.Rect.Dx() {
			if thing.Pix[thing.PixOffset(x, y)+3] > 127 {
				return y
			}
		}
	}
	return 0
}

// pressed is a thing's alpha squeezed to so many rows around its lowest one.
func pressed(thing *image.NRGBA, at, canvas image.Rectangle, base, rows int) *image.Alpha {
	out := image.NewAlpha(canvas)
	for y := range rows {
		row := at.Min.Y + base - rows/2 + y
		from := base * y / max(1, rows)
		for x := range at.Dx() {
			if p := image.Pt(at.Min.X+x, row); p.In(canvas) {
				out.Pix[out.PixOffset(p.X, p.Y)] = thing.Pix[thing.PixOffset(x, from)+3]
			}
		}
	}
	return out
}

// blur takes three box means of that radius along rows and columns, which is nearly a Gaussian.
func blur(a *image.Alpha, radius int) {
	w, h := a.Rect.Dx(), a.Rect.Dy()
	for range 3 {
		for y := range h {
			box(a.Pix[y*a.Stride:], w, 1, radius)
		}
		for x := range w {
			box(a.Pix[x:], h, a.Stride, radius)
		}
	}
}

// box replaces n values, so far apart, by the means of their neighbours; beyond the ends lies nothing.
func box(v []uint8, n, step, radius int) {
	sums := make([]int, n+1)
	for i := range n {
		sums[i+1] = sums[i] + int(v[i*step])
	}
	for i := range n {
		v[i*step] = uint8((sums[min(n, i+radius+1)] - sums[max(0, i-radius)]) / (2*radius + 1))
	}
}
