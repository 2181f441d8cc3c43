package remote

import (
	"image"
	"image/color"
	"image/draw"
	"testing"

	generate "github.com/marquetry/marquetry/internal/generate/image"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/media/backdrop"
	"github.com/marquetry/marquetry/internal/media/cutout"
)

// product is a disc, half transparent at its rim.
func product() *image.RGBA {
	img := image.NewRGBA(image.Rect(40, 50, 140, 150))
	for y := 50; y < 150; y++ {
		for x := 40; x < 140; x++ {
			switch d := (x-90)*(x-90) + (y-100)*(y-100); {
			case d < 45*45:
				img.SetRGBA(x, y, color.RGBA{200, uint8(x), uint8(y), 255})
			case d < 48*48:
				img.SetRGBA(x, y, color.RGBA{100, 60, 60, 128})
			}
		}
	}
	return img
}

// onStripes is an embedded painter that is fast.
func onStripes(_ cutout.Cutout, o backdrop.Order) backdrop.Result {
	img := image.NewNRGBA(image.Rect(0, 0, o.Width, o.Height))
	for y := range o.Height {
		for x := range o.Width {
			img.SetNRGBA(x, y, color.NRGBA{uint8(180 + y%50), 190, 200, 255})
		}
	}
	draw.Draw(img, product().Rect, product(), product().Rect.Min, draw.Over)
	return backdrop.Result{Image: img, Product: product(), Contrast: 40}
}

// TestBackground checks that a model paints around a product, whose pixels stay, with every protocol.
func TestBackground(t *testing.T) {
	for name, p := range protocols() {
		t.Run(name, func(t *testing.T) {
			f := &fake{t: t, paint: func(a asked) []byte { return pngOf(waves(a)) }}
			maker, err := generate.New(generate.Config{Model: p.model(t, f, nil), Backgrounds: true, Paint: onStripes, Cut: func(*image.NRGBA) cutout.Cutout { return cutout.Cutout{} }})
			if err != nil {
				t.Fatal(err)
			}
			got, err := maker(t.Context(), generate.Request{Feature: generate.Background, Source: pngOf(meadow()), Styles: []string{"tint", "dots"},
				Targets: []generate.Target{{Ratio: "1:1", Width: 192, Height: 192}}})
			if err != nil || len(got) != 2 || got[0].Style != "tint" || got[1].Style != "dots" || got[0].Generator != name || got[0].Fallback != "" || f.asks.Load() != 2 {
				t.Fatalf("%+v, %v", got, err)
			}
			img, info, err := media.Pixels(got[0].Data)
			if err != nil || info.Width != 192 || media.ProvenanceOf(got[0].Data).Origin != media.Composite {
				t.Fatal(info, err)
			}
			want, is := product().RGBAAt(90, 100), img.NRGBAAt(90, 100) // through JPEG
			if max(int(want.R), int(is.R))-min(int(want.R), int(is.R)) > 6 {
				t.Errorf("the product's middle is %v, want %v", is, want)
			}
		})
	}
}
