package media

import (
	"image"
	"image/draw"
)

// Scale returns the picture at most width pixels wide in its own ratio; a picture is never enlarged.
func Scale(img image.Image, width int) image.Image {
	b := img.Bounds()
	if width < 1 || b.Dx() <= width {
		return img
	}
	return resize(img, width, max(1, (b.Dy()*width+b.Dx()/2)/b.Dx()))
}

// resize scales planes as planes and everything else as pixels.
func resize(img image.Image, w, h int) image.Image {
	if planes, ok := img.(*image.YCbCr); ok {
		return resizePlanes(planes, w, h)
	}
	return Resize(pixels(img), w, h)
}

// Fitted is a JPEG of exactly that size with the whole picture in its middle, on black.
func Fitted(img image.Image, width, height int) ([]byte, error) {
	canvas, b := image.NewNRGBA(image.Rect(0, 0, width, height)), img.Bounds()
	draw.Draw(canvas, canvas.Rect, image.Black, image.Point{}, draw.Src)
	w, h := width, max(1, b.Dy()*width/b.Dx())
	if h > height {
		w, h = max(1, b.Dx()*height/b.Dy()), height
	}
	place := image.Rect(0, 0, w, h).Add(image.Pt((width-w)/2, (height-h)/2))
	draw.Draw(canvas, place, pixels(resize(img, w, h)), image.Point{}, draw.Over)
	return EncodeJPEG(canvas, quality, Provenance{})
}
