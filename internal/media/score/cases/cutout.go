package cases

import (
	"bytes"
	"image"
	"image/jpeg"
	"math"

	"golang.org/x/image/draw"
)

// Cutout is an object on a backdrop.
type Cutout struct {
	Name     string
	Backdrop string // "white", "studio", "pastel", "photo" or "real"
	Picture  *image.NRGBA
	Alpha    *image.Alpha // the true one; nil of a real shot
	Eligible bool         // whether a cut-out may be offered
}

// Backdrops are those that a cut-out must succeed on.
func Backdrops() []string { return []string{"white", "studio", "pastel"} }

// canvas is the side of the pictures in pixels, and object that of the square which an object is fitted into.
const canvas, object = 800, 520

// Objects are drawn things with transparency, for those who have no files.
func Objects() (names []string, objects []*image.NRGBA) {
	for _, p := range products() {
		names, objects = append(names, p.name), append(objects, p.draw(object))
	}
	return names, objects
}

// On puts an object with transparency on a backdrop, with a soft shadow where it stands, and compresses the whole as JPEG of quality 92. The number varies colours.
func On(backdrop, name string, thing *image.NRGBA, number int) (Cutout, error) {
	return compose(Cutout{Name: name, Backdrop: backdrop, Eligible: true}, ground(backdrop, number), thing)
}

// OnPhoto puts an object on a blurred photograph, where no cut-out may be offered.
func OnPhoto(name string, thing *image.NRGBA, photo image.Image) (Cutout, error) {
	small := Cover(photo, canvas/8, canvas/8)
	back := image.NewNRGBA(image.Rect(0, 0, canvas, canvas))
	draw.CatmullRom.Scale(back, back.Rect, small, small.Rect, draw.Src, nil)
	return compose(Cutout{Name: name, Backdrop: "photo"}, back, thing)
}

// Real is a product shot as it came.
func Real(name string, shot image.Image, eligible bool) Cutout {
	b := shot.Bounds()
	out := image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(out, out.Rect, shot, b.Min, draw.Src)
	return Cutout{Name: name, Backdrop: "real", Picture: out, Eligible: eligible}
}

// pastels are tints of coloured paper in levels.
func pastels() [][3]float64 {
	return [][3]float64{{244, 214, 208}, {208, 228, 214}, {206, 218, 240}, {240, 230, 196}, {226, 212, 238}}
}

// ground paints a backdrop.
func ground(backdrop string, number int) *image.NRGBA {
	s := studio{wall: [3]float64{250, 250, 250}, floor: 1, bend: 1, vignette: 0.004}
	switch backdrop {
	case "studio":
		tone := 205 + 8*float64(number%5)
		s = studio{
			wall: [3]float64{tone, tone - 2, tone - 5}, floor: 0.94 + 0.03*float64(number%4), horizon: 0.12 + 0.05*float64(number%3),
			bend: 0.05, vignette: 0.14, lean: 0.06 * float64(number%3-1),
		}
	case "pastel":
		s = studio{wall: pastels()[number%len(pastels())], floor: 1, bend: 1, vignette: 0.05, lean: 0.04 * float64(number%3-1)}
	}
	return s.paper(canvas, canvas, canvas)
}

// compose puts a thing on its ground.
func compose(c Cutout, back, thing *image.NRGBA) (Cutout, error) {
	fitted := fit(thing)
	corner := image.Pt((canvas-fitted.Rect.Dx())/2, (canvas-fitted.Rect.Dy())/2)
	at := fitted.Rect.Add(corner)
	contact(back, fitted, at)
	draw.Draw(back, at, fitted, image.Point{}, draw.Over)
	speckle(back)
	c.Alpha = image.NewAlpha(back.Rect)
	for y := range fitted.Rect.Dy() {
		for x := range fitted.Rect.Dx() {
			c.Alpha.Pix[c.Alpha.PixOffset(corner.X+x, corner.Y+y)] = fitted.Pix[fitted.PixOffset(x, y)+3]
		}
	}
	var err error
	c.Picture, err = compressed(back)
	return c, err
}

// fit scales a thing into the object's square, without its empty rim.
func fit(thing *image.NRGBA) *image.NRGBA {
	full := visible(thing)
	ratio := float64(object) / float64(max(full.Dx(), full.Dy()))
	w, h := int(math.Round(float64(full.Dx())*ratio)), int(math.Round(float64(full.Dy())*ratio))
	out := image.NewNRGBA(image.Rect(0, 0, max(1, w), max(1, h)))
	draw.CatmullRom.Scale(out, out.Rect, thing, full, draw.Src, nil)
	return out
}

// visible is the rectangle of what is not nearly transparent.
func visible(thing *image.NRGBA) image.Rectangle {
	var full image.Rectangle
	for y := range thing.Rect.Dy() {
		for x := range thing.Rect.Dx() {
			if thing.Pix[thing.PixOffset(x, y)+3] > 8 {
				full = full.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return full
}

// compressed is what JPEG of quality 92 leaves.
func compressed(img image.Image) (*image.NRGBA, error) {
	var file bytes.Buffer
	if err := jpeg.Encode(&file, img, &jpeg.Options{Quality: 92}); err != nil {
		return nil, err
	}
	back, err := jpeg.Decode(&file)
	if err != nil {
		return nil, err
	}
	out := image.NewNRGBA(back.Bounds())
	draw.Draw(out, out.Rect, back, image.Point{}, draw.Src)
	return out, nil
}
