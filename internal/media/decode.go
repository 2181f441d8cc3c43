package media

import (
	"bytes"
	"errors"
	"image"
)

// Pixels decodes a picture for painting: the first frame, upright, 8-bit sRGB with its transparency, its corner at the origin.
func Pixels(data []byte) (*image.NRGBA, Info, error) {
	info, img, err := Decode(data)
	if err != nil {
		return nil, Info{}, err
	}
	return pixels(img), info, nil
}

// Decode checks the header and then decodes the first frame, turned upright, in sRGB. Most JPEG pictures stay *image.YCbCr, which scales and is
// encoded again in half the time; all others are *image.NRGBA.
func Decode(data []byte) (Info, image.Image, error) {
	info, err := Inspect(data)
	if err != nil {
		return Info{}, nil, err
	}
	img, err := codecs(info.Format).decode(bytes.NewReader(data))
	if err != nil {
		return Info{}, nil, errors.Join(ErrDamaged, err)
	}
	if b := stored(info); !img.Bounds().In(b) || info.Format != "gif" && img.Bounds() != b {
		return Info{}, nil, ErrDamaged
	}
	colours, warning := newConversion(info.Format, data)
	switch same := img.(type) {
	case *image.CMYK:
		colours, warning = nil, warnInks
	case *image.YCbCr:
		if info.Warning = warning; colours == nil && info.Orientation == 1 {
			return info, same, nil
		}
	}
	info.Warning = warning
	flat := pixels(img)
	if colours != nil {
		colours.apply(flat)
	}
	if info.Format == "gif" {
		flat = whole(flat, img.Bounds().Min, stored(info))
	}
	return info, upright(flat, info.Orientation), nil
}

// stored is the size of a picture before it is turned upright.
func stored(info Info) image.Rectangle {
	if info.Orientation >= 5 {
		return image.Rect(0, 0, info.Height, info.Width)
	}
	return image.Rect(0, 0, info.Width, info.Height)
}

// whole puts a frame that covers only a part of an animation's canvas in its place.
func whole(frame *image.NRGBA, at image.Point, canvas image.Rectangle) *image.NRGBA {
	if frame.Rect == canvas {
		return frame
	}
	full := image.NewNRGBA(canvas)
	for y := range frame.Rect.Dy() {
		copy(full.Pix[full.PixOffset(at.X, at.Y+y):], frame.Pix[y*frame.Stride:][:4*frame.Rect.Dx()])
	}
	return full
}

// upright undoes the turns and reflections that EXIF numbers 2 to 8. The pixel (x, y) of the result lies in the source at x·right + y·down from a
// corner.
func upright(src *image.NRGBA, orientation int) *image.NRGBA {
	if orientation <= 1 {
		return src
	}
	w, h := src.Rect.Dx(), src.Rect.Dy()
	turned := image.Rect(0, 0, w, h)
	right, down := 4, src.Stride
	if orientation >= 5 {
		turned = image.Rect(0, 0, h, w)
		right, down = src.Stride, 4
	}
	dst, corner := image.NewNRGBA(turned), 0
	switch orientation {
	case 2, 3, 7, 8: // from the last of each row of the source
		corner += 4 * (w - 1)
	}
	switch orientation {
	case 3, 4, 6, 7: // from its last row
		corner += src.Stride * (h - 1)
	}
	switch orientation {
	case 2, 3, 6, 7:
		right = -right
	}
	switch orientation {
	case 3, 4, 7, 8:
		down = -down
	}
	for y := range turned.Dy() {
		to := dst.Pix[y*dst.Stride:][:dst.Stride]
		for at := corner + y*down; len(to) > 0; at, to = at+right, to[4:] {
			copy(to[:4], src.Pix[at:at+4])
		}
	}
	return dst
}
