package backdrop

import "image"

// mirrored is the reflection that a surface gives of what stands on it, premultiplied, in the target's coordinates. Every column is
// mirrored at its own end, so that it follows the rounded foot of a product that is seen from above.
func (s stage) mirrored(strength float64, feet []foot) *image.RGBA {
	depth := max(1, s.box.Dy()/4)
	img := image.NewRGBA(image.Rect(s.box.Min.X, s.box.Min.Y, s.box.Max.X, min(s.box.Max.Y+depth, s.h)).Intersect(image.Rect(0, 0, s.w, s.h)))
	for x := img.Rect.Min.X; x < img.Rect.Max.X; x++ {
		f := feet[x]
		for d := range min(depth, img.Rect.Max.Y-f.y) {
			fade := 1 - float64(d)/float64(depth)
			s.reflect(img, x, f.y+d, f.y-1-d, int32(256*strength*f.weight*float64(fade*fade)))
		}
	}
	return img
}

// reflect copies a pixel of the product from one row of a column to another, with a strength of at most 256. Rows above and below blur it:
// a table is no mirror.
func (s stage) reflect(img *image.RGBA, x, to, from int, strength int32) {
	if strength == 0 || from-1 < s.box.Min.Y || from+1 >= s.box.Max.Y {
		return
	}
	q := img.Pix[img.PixOffset(x, to):][:4]
	p := s.product.Pix[s.product.PixOffset(x, from-1):]
	for i := range q {
		sum := int32(p[i]) + 2*int32(p[i+s.product.Stride]) + int32(p[i+2*s.product.Stride])
		q[i] = uint8(sum * strength >> 10)
	}
}
