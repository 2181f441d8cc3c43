package media

import (
	"image"
	"image/color"
	"image/draw"
)

// pixels turns a picture of any colour model into four bytes a pixel, its corner at the origin. A picture that is so already is not copied.
func pixels(img image.Image) *image.NRGBA {
	b := img.Bounds()
	if same, ok := img.(*image.NRGBA); ok && b.Min == (image.Point{}) {
		return same
	}
	dst := image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	switch src := img.(type) {
	case *image.YCbCr:
		solid(dst, src)
	case *image.NYCbCrA:
		solid(dst, &src.YCbCr)
		rows(dst, func(x, y int, p []byte) { p[3] = src.A[src.AOffset(b.Min.X+x, b.Min.Y+y)] })
	case *image.Gray:
		rows(dst, func(x, y int, p []byte) {
			v := src.Pix[src.PixOffset(b.Min.X+x, b.Min.Y+y)]
			p[0], p[1], p[2], p[3] = v, v, v, 255
		})
	case *image.Paletted:
		table := palette(src.Palette)
		rows(dst, func(x, y int, p []byte) { copy(p, table[src.Pix[src.PixOffset(b.Min.X+x, b.Min.Y+y)]][:]) })
	case *image.NRGBA64:
		rows(dst, func(x, y int, p []byte) { narrow(p, src.Pix[src.PixOffset(b.Min.X+x, b.Min.Y+y):]) })
	case *image.RGBA64:
		if !src.Opaque() {
			draw.Draw(dst, dst.Rect, src, b.Min, draw.Src)
			break
		}
		rows(dst, func(x, y int, p []byte) { narrow(p, src.Pix[src.PixOffset(b.Min.X+x, b.Min.Y+y):]) })
	case *image.RGBA:
		if src.Opaque() {
			solid(dst, src)
			break
		}
		draw.Draw(dst, dst.Rect, src, b.Min, draw.Src)
	case *image.CMYK:
		table := inks()
		rows(dst, func(x, y int, p []byte) { printed(p, src.Pix[src.PixOffset(b.Min.X+x, b.Min.Y+y):], &table) })
	default:
		draw.Draw(dst, dst.Rect, src, b.Min, draw.Src)
	}
	return dst
}

// solid draws a picture without transparency, for which the two models of four bytes are the same and the standard library has fast paths.
func solid(dst *image.NRGBA, src image.Image) {
	draw.Draw(&image.RGBA{Pix: dst.Pix, Stride: dst.Stride, Rect: dst.Rect}, dst.Rect, src, src.Bounds().Min, draw.Src)
}

// rows calls set for each pixel, with where it is written.
func rows(dst *image.NRGBA, set func(x, y int, p []byte)) {
	for y := range dst.Rect.Dy() {
		row := dst.Pix[y*dst.Stride:]
		for x := range dst.Rect.Dx() {
			set(x, y, row[4*x:4*x+4:4*x+4])
		}
	}
}

// narrow rounds four values of 16 bits to 8.
func narrow(p, wide []byte) {
	for i := range p {
		v := uint32(wide[2*i])<<8 | uint32(wide[2*i+1])
		p[i] = byte((v*255 + 32895) >> 16)
	}
}

// palette is the colours of a paletted picture; indices beyond them are transparent.
func palette(colours color.Palette) (table [256][4]byte) {
	for i, c := range colours {
		n, ok := c.(color.NRGBA)
		if !ok {
			n, _ = color.NRGBAModel.Convert(c).(color.NRGBA)
		}
		table[i] = [4]byte{n.R, n.G, n.B, n.A}
	}
	return table
}
