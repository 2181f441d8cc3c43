package media

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
)

// quality of JPEG files for small copies and pages, on the encoder's scale to 100: beyond it files grow faster than pictures improve.
const quality = 88

// Encode writes a picture for browsers: JPEG, or PNG when parts of it are transparent.
func Encode(img image.Image) (contentType string, data []byte, err error) {
	if o, ok := img.(interface{ Opaque() bool }); !ok || !o.Opaque() {
		data, err = encodePNG(img)
		return "image/png", data, err
	}
	data, err = encodeJPEG(img, quality)
	return "image/jpeg", data, err
}

// encodeJPEG knows that an opaque picture reads the same with its colours multiplied or not: the encoder is a third faster then.
func encodeJPEG(img image.Image, quality int) ([]byte, error) {
	if n, ok := img.(*image.NRGBA); ok {
		img = &image.RGBA{Pix: n.Pix, Stride: n.Stride, Rect: n.Rect}
	}
	var buf bytes.Buffer
	err := jpeg.Encode(&buf, img, &jpeg.Options{Quality: quality})
	return buf.Bytes(), err
}

// encodePNG writes a PNG file.
func encodePNG(img image.Image) ([]byte, error) {
	var buf bytes.Buffer
	err := png.Encode(&buf, img)
	return buf.Bytes(), err
}

// Picture is an upload made ready to be served.
type Picture struct {
	Info
	Image image.Image // upright
	Type  string      // content type of Data
	Data  []byte
}

// Prepare returns what to keep and serve of an upload: the bytes themselves, or, for pictures that browsers would not show upright, a copy that they do.
func Prepare(data []byte) (Picture, error) {
	info, img, err := Decode(data)
	if err != nil {
		return Picture{}, err
	}
	p := Picture{Info: info, Image: img, Type: "image/" + info.Format, Data: data}
	if info.Orientation != 1 {
		p.Type, p.Data, err = Encode(img)
	}
	return p, err
}
