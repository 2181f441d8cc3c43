package previews

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/png"
	"os"
	"testing"

	"golang.org/x/image/draw"

	"github.com/marquetry/marquetry/internal/graph/previews/place"
	"github.com/marquetry/marquetry/internal/graph/previews/raster"
	"github.com/marquetry/marquetry/internal/object"
)

var update = flag.Bool("update", false, "write the contact sheet of the guide")

// sheetPath is the picture of all layouts in the guide.
const sheetPath = "../../../docs/guide/previews.png"

// lamp is a picture of a lamp before a wall.
func lamp() *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, 480, 480))
	for y := range 480 {
		for x := range 480 {
			dx, dy := x-240, y-190
			glow := max(0, 150-(dx*dx+dy*dy)/500)
			c := color.NRGBA{uint8(70 + glow), uint8(84 + glow*3/4), uint8(104 + glow/4), 255}
			switch {
			case y > 400:
				c = color.NRGBA{uint8(120 - (y-400)/2), uint8(78 - (y-400)/3), 52, 255}
			case y > 110 && y < 240 && max(dx, -dx) < 50+(y-110)/2:
				c = color.NRGBA{255, uint8(222 - (y-110)/4), uint8(150 - (y-110)/3), 255}
			case y >= 240 && y <= 400 && (max(dx, -dx) < 9 || y > 380 && max(dx, -dx) < 60):
				c = color.NRGBA{52, 50, 56, 255}
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

// sheet is every layout with the same ad, side by side.
func sheet(t *testing.T) *image.RGBA {
	t.Helper()
	const across, wide, high, gap = 8, 160, 285, 12
	picture := lamp()
	rows := (len(place.Names()) + across - 1) / across
	out := image.NewRGBA(image.Rect(0, 0, across*(wide+gap)+gap, rows*(high+gap)+gap))
	draw.Draw(out, out.Rect, image.NewUniform(color.Gray{0x9a}), image.Point{}, draw.Src)
	formats := map[string]object.PreviewFormat{}
	for _, f := range object.PreviewFormats() {
		if f.Nearest == "" {
			formats[f.Layout] = f
		}
	}
	for at, name := range place.Names() {
		f := formats[name]
		made := scene{Format: f.Name, Page: "Lumen & Sons", Body: "Lamps that are made by hand, and last. Free delivery this week.", Display: "lumen.example", Cards: []card{{
			Hash: "lamp", Width: 480, Height: 480, Title: "The evening lamp", Description: "From $48", Button: "Shop now", Link: "https://lumen.example/", Video: f.Layout == "instream_video"}}}
		img, err := raster.Paint(made.page(), raster.Options{Width: f.Width, Height: f.Height, Scale: 1, Picture: func(string) *image.NRGBA { return picture }})
		if err != nil {
			t.Fatal(err)
		}
		b := img.Rect
		b.Max.Y = min(b.Max.Y, b.Dx()*high/wide)
		cell := image.Rect(0, 0, wide, b.Dy()*wide/b.Dx()).Add(image.Pt(gap+at%across*(wide+gap), gap+at/across*(high+gap)))
		draw.CatmullRom.Scale(out, cell, img, b, draw.Src, nil)
	}
	return out
}

// The picture in the guide is what is painted; another processor may round otherwise by a little.
func TestSheet(t *testing.T) {
	t.Parallel()
	made := sheet(t)
	if *update {
		var b bytes.Buffer
		if err := png.Encode(&b, made); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(sheetPath, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	file, err := os.ReadFile(sheetPath)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := png.Decode(bytes.NewReader(file))
	if err != nil || kept.Bounds() != made.Rect {
		t.Fatalf("%v, %v", kept.Bounds(), err)
	}
	far := 0
	for y := range made.Rect.Dy() {
		for x := range made.Rect.Dx() {
			a, b := made.RGBAAt(x, y), color.RGBAModel.Convert(kept.At(x, y)).(color.RGBA)
			if d := int(a.R) - int(b.R); d > 4 || d < -4 {
				far++
			}
		}
	}
	if far > made.Rect.Dx()*made.Rect.Dy()/1000 {
		t.Errorf("%d pixels differ: look at it, and write it anew with -update", far)
	}
}

func BenchmarkPicture(b *testing.B) {
	picture := lamp()
	f, _ := object.Preview("MOBILE_FEED_STANDARD")
	made := scene{Format: f.Name, Page: "Lumen & Sons", Body: "Lamps that are made by hand, and last.", Cards: []card{{Hash: "lamp", Width: 480, Height: 480, Title: "The evening lamp"}}}
	for b.Loop() {
		if _, err := raster.Paint(made.page(), raster.Options{Width: f.Width, Height: f.Height, Scale: density, Picture: func(string) *image.NRGBA { return picture }}); err != nil {
			b.Fatal(err)
		}
	}
}
