package media

import (
	"bytes"
	"image"
	"image/draw"
)

// Decode checks the header and then decodes the first frame, turned upright.
func Decode(data []byte) (Info, image.Image, error) {
	info, err := Inspect(data)
	if err != nil {
		return Info{}, nil, err
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return Info{}, nil, broken(err)
	}
	img = whole(img, info)
	return info, upright(img, info.Orientation), nil
}

// whole puts a frame that covers only a part of an animation's canvas in its place.
func whole(img image.Image, info Info) image.Image {
	canvas := image.Rect(0, 0, info.Width, info.Height)
	if info.Format != "gif" || img.Bounds() == canvas {
		return img
	}
	full := image.NewNRGBA(canvas)
	draw.Draw(full, img.Bounds(), img, img.Bounds().Min, draw.Src)
	return full
}

// upright undoes the turns and reflections that EXIF numbers 2 to 8.
func upright(img image.Image, orientation int) image.Image {
	if orientation <= 1 {
		return img
	}
	src := pixels(img)
	w, h := src.Rect.Dx(), src.Rect.Dy()
	turned := image.Rect(0, 0, w, h)
	if orientation >= 5 {
		turned = image.Rect(0, 0, h, w)
	}
	dst := image.NewNRGBA(turned)
	for y := range turned.Dy() {
		for x := range turned.Dx() {
			sx, sy := source(orientation, x, y, w, h)
			copy(dst.Pix[dst.PixOffset(x, y):][:4], src.Pix[src.PixOffset(sx, sy):][:4])
		}
	}
	return dst
}

// source is where the upright pixel (x, y) lies in a stored picture of w by h.
func source(orientation, x, y, w, h int) (int, int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	case 8:
		return w - 1 - y, x
	}
	return x, y
}

// pixels copies a picture of any colour model into four bytes a pixel, its corner at the origin.
func pixels(img image.Image) *image.NRGBA {
	b := img.Bounds()
	dst := image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(dst, dst.Rect, img, b.Min, draw.Src)
	return dst
}
