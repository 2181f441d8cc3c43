package media

import (
	"image"
	"image/color"
	"testing"
)

// scene is a picture with soft and hard parts in all colours.
func scene(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{byte(x * 255 / w), byte(y * 255 / h), byte((x*x/97 + y*y/89) >> 3), 255}
			if (x/40+y/60)%5 == 0 {
				c.R, c.G = c.G^0x5f, c.B
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

// BenchmarkThumbnail is a placement's copy of a photograph of 6 megapixels: JPEG to JPEG, its middle square at 1080 pixels.
func BenchmarkThumbnail(b *testing.B) {
	file := encoded(b, "jpeg", scene(3000, 2000))
	for b.Loop() {
		_, img, err := Decode(file)
		if err != nil {
			b.Fatal(err)
		}
		planes, _ := img.(*image.YCbCr)
		if _, err := EncodeJPEG(resize(planes.SubImage(image.Rect(500, 0, 2500, 2000)), 1080, 1080), 85, Provenance{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkResize halves pictures of 4 megapixels, by the three ways there are.
func BenchmarkResize(b *testing.B) {
	solid, glass := scene(2000, 2000), scene(2000, 2000)
	glass.Pix[3] = 0
	_, planes, err := Decode(encoded(b, "jpeg", solid))
	if err != nil {
		b.Fatal(err)
	}
	for name, img := range map[string]image.Image{"planes": planes, "solid": solid, "translucent": glass} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				resize(img, 1080, 1080)
			}
		})
	}
}

// BenchmarkPixels decodes 6 megapixels for painting.
func BenchmarkPixels(b *testing.B) {
	img := scene(3000, 2000)
	for _, format := range []string{"jpeg", "png"} {
		file := encoded(b, format, img)
		b.Run(format, func(b *testing.B) {
			for b.Loop() {
				if _, _, err := Pixels(file); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkCopy makes the copy that pages load of a made picture, which is a PNG file of 2 megapixels, as JPEG and as WebP.
func BenchmarkCopy(b *testing.B) {
	file := encoded(b, "png", scene(1080, 1920))
	var c Copied
	for b.Loop() {
		var err error
		if c, err = Copy(file, 768); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(c.Data)), "jpeg-bytes")
	b.ReportMetric(float64(len(c.WebP)), "webp-bytes")
}
