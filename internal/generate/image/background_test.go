package image

import (
	"bytes"
	"image"
	"image/color"
	"testing"

	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/media/cutout"
)

// studio is a picture of a dark ball on white paper.
func studio(side int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			c := color.NRGBA{240, 240, 238, 255}
			if dx, dy := x-side/2, y-side/2; dx*dx+dy*dy < side*side/9 {
				c = color.NRGBA{30, uint8(60 + y*40/side), uint8(110 + x*40/side), 255}
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

// TestBackgrounds has the embedded painters cut out and paint, and refuse what is no product before paper.
func TestBackgrounds(t *testing.T) {
	maker, err := New(Config{Memory: media.NewBudget(1)}) // all of it for each picture
	if err != nil {
		t.Fatal(err)
	}
	request := Request{Feature: Background, Source: file(t, studio(240)), Styles: []string{"tint", "dots"}, Brand: []string{"#aa2030", "red"}, Targets: Targets(Background, 240, 240)}
	made, err := maker(t.Context(), request)
	if err != nil || len(made) != 2 || made[0].Code != "" || made[0].Type != "image/jpeg" || made[0].Style != "tint" || made[1].Style != "dots" || made[0].Confidence <= 0 {
		t.Fatalf("%+v, %v", made, err)
	}
	if bytes.Equal(made[0].Data, made[1].Data) {
		t.Error("two styles are the same picture")
	}
	if p := media.ProvenanceOf(made[0].Data); p.Origin != media.Algorithm || p.Source != media.Hash(request.Source) {
		t.Errorf("provenance %+v", p)
	}
	request.Source = file(t, meadow(240, 240))
	made, err = maker(t.Context(), request)
	if err != nil || len(made) != 2 || made[0].Code == "" || made[0].Reason == "" || made[0].Data != nil {
		t.Errorf("%+v, %v", made, err)
	}
	request.Styles = nil
	if made, err = maker(t.Context(), request); err != nil || len(made) != 1 || made[0].Code != "style" {
		t.Errorf("%+v, %v", made, err)
	}
}

// TestLargeProducts are cut out no larger than there is memory held for.
func TestLargeProducts(t *testing.T) {
	for side, want := range map[int]int{2600: mostDrawn, 40: 40} {
		var got image.Point
		maker, err := New(Config{Cut: func(src *image.NRGBA) cutout.Cutout {
			got = src.Rect.Size()
			return cutout.Cutout{Code: "seen"}
		}})
		if err != nil {
			t.Fatal(err)
		}
		made, err := maker(t.Context(), Request{Feature: Background, Source: file(t, image.NewNRGBA(image.Rect(0, 0, side, side))), Styles: []string{"tint"}, Targets: Targets(Background, side, side)})
		if err != nil || len(made) != 1 || made[0].Code != "seen" || got != image.Pt(want, want) {
			t.Errorf("%d pixels wide are cut out at %v: %+v, %v", side, got, made, err)
		}
	}
}
