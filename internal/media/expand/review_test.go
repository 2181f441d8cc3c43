package expand

import (
	"image"
	"image/draw"
	"testing"
)

// looked draws a square picture with half as much painted above and below it by some function.
func looked(src *image.NRGBA, paint func(*image.NRGBA, image.Rectangle)) (*image.NRGBA, image.Rectangle) {
	kept := image.Rect(0, 150, 300, 450)
	img := image.NewNRGBA(image.Rect(0, 0, 300, 600))
	paint(img, kept)
	draw.Draw(img, kept, src, src.Rect.Min, draw.Src)
	return img, kept
}

func TestFaultsOfPaintingLowerConfidence(t *testing.T) {
	t.Parallel()
	grass := ground(300, 600)
	lone := disc(part(grass, image.Rect(0, 0, 300, 300)), 150, 150, 60)
	well := func(img *image.NRGBA, _ image.Rectangle) { draw.Draw(img, img.Rect, grass, image.Point{}, draw.Src) }
	img, kept := looked(lone, well)
	var good forecast
	good.review(img, kept)
	if good.confidence() < 0.8 {
		t.Fatalf("well painted: confidence %.2f, %s", good.confidence(), good.code)
	}
	for code, paint := range map[string]func(*image.NRGBA, image.Rectangle){
		CodeRepeats: func(img *image.NRGBA, k image.Rectangle) { well(img, k); disc(img, 150, 525, 60) },
		CodeSeam: func(img *image.NRGBA, k image.Rectangle) {
			well(img, k)
			for i := range img.Pix {
				img.Pix[i] = byteOf(float64(img.Pix[i]) + 30)
			}
		},
		CodeScene: func(img *image.NRGBA, _ image.Rectangle) {
			draw.Draw(img, img.Rect, image.NewUniform(grass.NRGBAAt(5, 5)), image.Point{}, draw.Src)
		},
	} {
		img, kept := looked(lone, paint)
		var f forecast
		f.review(img, kept)
		if f.confidence() > good.confidence()-0.05 || f.code != code {
			t.Errorf("%s: confidence %.2f, well painted %.2f, most is %q", code, f.confidence(), good.confidence(), f.code)
		}
	}
}

func TestOnlySharpThingsAreCut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		img  *image.NRGBA
		low  float64
		high float64
	}{
		{"a product", disc(backdrop(300, 300), 150, 290, 60), 0.2, 0.5},
		{"the same in the middle", disc(backdrop(300, 300), 150, 150, 60), 0, 0},
		{"a landscape", landscape(300, 300), 0, 0},
	} {
		if share, _ := (&canvas{img: c.img, known: c.img.Rect}).subjectAt(bottom); share < c.low || share > c.high {
			t.Errorf("%s: %.2f of the side", c.name, share)
		}
	}
}
