package media

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"
)

// Scale returns the picture at most width pixels wide in its own ratio; a picture is never enlarged.
func Scale(img image.Image, width int) image.Image {
	b := img.Bounds()
	if width < 1 || b.Dx() <= width {
		return img
	}
	height := max(1, (b.Dy()*width+b.Dx()/2)/b.Dx())
	dst := image.NewNRGBA(image.Rect(0, 0, width, height))
	draw.CatmullRom.Scale(dst, dst.Rect, img, b, draw.Src, nil)
	return dst
}

// quality of JPEG files, on the encoder's scale to 100: beyond it files grow faster than pictures improve.
const quality = 88

// Encode writes a picture for browsers: JPEG, or PNG when parts of it are transparent.
func Encode(img image.Image) (contentType string, data []byte, err error) {
	var buf bytes.Buffer
	if opaque(img) {
		err = jpeg.Encode(&buf, img, &jpeg.Options{Quality: quality})
		return "image/jpeg", buf.Bytes(), err
	}
	err = png.Encode(&buf, img)
	return "image/png", buf.Bytes(), err
}

// opaque asks the picture itself; one that cannot tell counts as transparent.
func opaque(img image.Image) bool {
	o, ok := img.(interface{ Opaque() bool })
	return ok && o.Opaque()
}

// Picture is an upload made ready to be served.
type Picture struct {
	Info
	Image image.Image // upright
	Type  string      // content type of Data
	Data  []byte
}

// Prepare returns what to keep and serve of an upload: the bytes themselves, or, for pictures that browsers would not show or
// not show upright, a copy that they do.
func Prepare(data []byte) (Picture, error) {
	info, img, err := Decode(data)
	if err != nil {
		return Picture{}, err
	}
	p := Picture{Info: info, Image: img, Type: "image/" + info.Format, Data: data}
	if info.Orientation != 1 || info.Format == "bmp" || info.Format == "tiff" {
		p.Type, p.Data, err = Encode(img)
	}
	return p, err
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
	draw.CatmullRom.Scale(canvas, place, img, b, draw.Over, nil)
	var buf bytes.Buffer
	err := jpeg.Encode(&buf, canvas, &jpeg.Options{Quality: quality})
	return buf.Bytes(), err
}
