package media

import (
	"image"
	"image/color"
	"image/draw"
	"testing"
)

// TestPixelsOfEveryModel compares the pixels of a part of a picture, whose corner is not at the origin, with what the picture says of itself.
func TestPixelsOfEveryModel(t *testing.T) {
	t.Parallel()
	all, src := image.Rect(0, 0, 12, 10), scene(12, 10)
	src.SetNRGBA(5, 5, color.NRGBA{10, 200, 30, 128})
	glass := image.NewPaletted(all, color.Palette{color.NRGBA{9, 8, 7, 0}, color.NRGBA{200, 100, 50, 77}, color.Gray{40}, color.White})
	planes := image.NewNYCbCrA(all, image.YCbCrSubsampleRatio420)
	for i := range planes.Y {
		planes.Y[i], planes.A[i], glass.Pix[i] = byte(2*i), byte(255-i), byte(i%4)
	}
	for i := range planes.Cb {
		planes.Cb[i], planes.Cr[i] = byte(100+i), byte(200-i)
	}
	gray, gray16, wide, wider, multiplied, solid := image.NewGray(all), image.NewGray16(all), image.NewNRGBA64(all), image.NewRGBA64(all), image.NewRGBA(all), image.NewRGBA64(all)
	for _, dst := range []draw.Image{gray, gray16, wide, wider, multiplied} {
		draw.Draw(dst, all, src, image.Point{}, draw.Src)
	}
	draw.Draw(solid, all, image.NewUniform(color.RGBA64{0x1234, 0x8081, 0xfeff, 0xffff}), image.Point{}, draw.Src)
	for _, img := range []interface {
		image.Image
		SubImage(image.Rectangle) image.Image
	}{src, glass, planes, &planes.YCbCr, gray, gray16, wide, wider, multiplied, solid} {
		part := img.SubImage(image.Rect(3, 1, 11, 9))
		got := pixels(part)
		if got.Rect != image.Rect(0, 0, 8, 8) {
			t.Fatalf("%T: %v", img, got.Rect)
		}
		for y := range 8 {
			for x := range 8 {
				want, _ := color.NRGBAModel.Convert(part.At(3+x, 1+y)).(color.NRGBA)
				if c := got.NRGBAAt(x, y); c.A != want.A || c.A > 0 && distance(c, want) > 1 {
					t.Fatalf("%T: %v at %d,%d, want %v", img, c, x, y, want)
				}
			}
		}
	}
}

func TestInksLookAsPrinted(t *testing.T) {
	t.Parallel()
	img := image.NewCMYK(image.Rect(0, 0, 1, 1))
	for inks, want := range map[color.CMYK]color.NRGBA{
		{}:                            {255, 255, 255, 255},
		{C: 255}:                      {0, 174, 239, 255},
		{M: 255, Y: 255}:              {237, 28, 36, 255},
		{K: 255}:                      {35, 31, 32, 255},
		{K: 128}:                      {145, 143, 143, 255},
		{255, 255, 255, 255}:          {0, 0, 0, 255},
		{C: 128, M: 128}:              {134, 119, 195, 255},
		{C: 51, M: 102, Y: 153, K: 0}: {202, 148, 99, 255},
	} {
		img.SetCMYK(0, 0, inks)
		if got := pixels(img).NRGBAAt(0, 0); distance(got, want) > 1 || got.A != 255 {
			t.Errorf("%v look like %v, want %v", inks, got, want)
		}
	}
}
