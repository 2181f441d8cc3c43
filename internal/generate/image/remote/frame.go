package remote

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"

	generate "github.com/marquetry/marquetry/internal/generate/image"
	"github.com/marquetry/marquetry/internal/media"
)

// multiple is what the sides of pictures are multiples of: models of the latent kind want 8, newer ones 16.
const multiple = 16

// scaled is a size in the ratio of a canvas, to a few pixels, with at most so many pixels, and never larger than the canvas by more than the multiple asks for.
func scaled(canvas image.Point, mostPixels int) image.Point {
	factor := min(1, math.Sqrt(float64(mostPixels)/float64(canvas.X*canvas.Y)))
	side := func(n int) int { return max(multiple, int(float64(n)*factor)/multiple*multiple) }
	return image.Pt(side(canvas.X), side(canvas.Y))
}

// job is a canvas as a server gets it: in a frame of the size that its model takes.
type job struct {
	canvas generate.Canvas
	size   image.Point     // of the frame, in pixels
	place  image.Rectangle // of the canvas in it
	img    *image.NRGBA    // the filled canvas in its frame; beside it, its outermost pixels go on
}

// framed puts a canvas into the middle of a frame. One of the canvas's ratio, to 2 %, is filled by it.
func framed(c generate.Canvas, size image.Point) job {
	w, h := c.Filled.Rect.Dx(), c.Filled.Rect.Dy()
	factor := min(float64(size.X)/float64(w), float64(size.Y)/float64(h))
	inner := image.Pt(int(math.Round(float64(w)*factor)), int(math.Round(float64(h)*factor)))
	if 50*(size.X-inner.X) <= size.X && 50*(size.Y-inner.Y) <= size.Y {
		inner = size
	}
	place := image.Rectangle{Max: inner}.Add(size.Sub(inner).Div(2))
	img := image.NewNRGBA(image.Rectangle{Max: size})
	draw.Draw(img, place, media.Resize(c.Filled, inner.X, inner.Y), image.Point{}, draw.Src)
	for y := range size.Y {
		for x := range size.X {
			if !image.Pt(x, y).In(place) {
				img.SetNRGBA(x, y, img.NRGBAAt(min(max(x, place.Min.X), place.Max.X-1), min(max(y, place.Min.Y), place.Max.Y-1)))
			}
		}
	}
	return job{c, size, place, img}
}

// unframed takes the canvas out of what came back, in the scale of that.
func (j job) unframed(img *image.NRGBA) *image.NRGBA {
	scale := func(p image.Point) image.Point {
		return image.Pt(p.X*img.Rect.Dx()/j.size.X, p.Y*img.Rect.Dy()/j.size.Y)
	}
	part := image.Rectangle{Min: scale(j.place.Min), Max: scale(j.place.Max)}
	if part == img.Rect {
		return img
	}
	out := image.NewNRGBA(image.Rectangle{Max: part.Size()})
	draw.Draw(out, out.Rect, img, part.Min, draw.Src)
	return out
}

// kept is where what must stay lies in the frame.
func (j job) kept() image.Rectangle {
	w, h := j.canvas.Filled.Rect.Dx(), j.canvas.Filled.Rect.Dy()
	scale := func(p image.Point) image.Point {
		return j.place.Min.Add(image.Pt((p.X*j.place.Dx()+w/2)/w, (p.Y*j.place.Dy()+h/2)/h))
	}
	return image.Rectangle{Min: scale(j.canvas.Kept.Min), Max: scale(j.canvas.Kept.Max)}
}

// stays reports whether a pixel of the frame must stay.
func (j job) stays(x, y int) bool {
	if !image.Pt(x, y).In(j.kept()) {
		return false
	}
	if j.canvas.Product == nil {
		return true
	}
	return j.canvas.Product.RGBAAt((x-j.place.Min.X)*j.canvas.Filled.Rect.Dx()/j.place.Dx(), (y-j.place.Min.Y)*j.canvas.Filled.Rect.Dy()/j.place.Dy()).A >= 128
}

// picture is the file of the filled frame.
func (j job) picture() []byte { return encode(j.img) }

// greyMask is the file of the mask in which white is to be painted.
func (j job) greyMask() []byte {
	mask := image.NewGray(j.img.Rect)
	j.paintable(func(x, y int) { mask.SetGray(x, y, color.Gray{Y: 255}) })
	return encode(mask)
}

// clearMask is the file of the mask in which transparent is to be painted. It is white there and black elsewhere, for servers that look at colours.
func (j job) clearMask() []byte {
	mask := image.NewNRGBA(j.img.Rect)
	for i := 3; i < len(mask.Pix); i += 4 {
		mask.Pix[i] = 255
	}
	j.paintable(func(x, y int) { mask.SetNRGBA(x, y, color.NRGBA{R: 255, G: 255, B: 255}) })
	return encode(mask)
}

// paintable visits what is to be painted.
func (j job) paintable(visit func(x, y int)) {
	for y := range j.size.Y {
		for x := range j.size.X {
			if !j.stays(x, y) {
				visit(x, y)
			}
		}
	}
}

// encode writes a PNG that is fast to write: it lives as long as a request.
func encode(img image.Image) []byte {
	var file bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	_ = encoder.Encode(&file, img) // fails for sizes that no canvas has, and then the server says so
	return file.Bytes()
}
