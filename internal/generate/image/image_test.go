package image

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"slices"
	"testing"

	"github.com/marquetry/marquetry/internal/media/expand"
)

// meadow is a small picture with structure: sky over ground, and grain.
func meadow(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			grain := uint8((x*7919 + y*104729) % 23)
			c := color.NRGBA{90 + grain, 140 + grain, 200 + grain, 255}
			if y > h/2 {
				c = color.NRGBA{60 + 2*grain, 110 + 2*grain, 50 + grain, 255}
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

// file is a picture as it is uploaded.
func file(t testing.TB, img image.Image) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := png.Encode(&buf, img); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// mirrored is an embedded painter that is fast: the picture in the middle, mirrored around itself.
func mirrored(_ context.Context, src *image.NRGBA, o expand.Order) (expand.Result, error) {
	out := image.NewNRGBA(image.Rect(0, 0, o.Width, o.Height))
	w, h := src.Rect.Dx(), src.Rect.Dy()
	kept := image.Rect(0, 0, w, h).Add(image.Pt((o.Width-w)/2, (o.Height-h)/2))
	fold := func(v, n int) int {
		v = ((v % (2 * n)) + 2*n) % (2 * n)
		return min(v, 2*n-1-v)
	}
	for y := range o.Height {
		for x := range o.Width {
			out.SetNRGBA(x, y, src.NRGBAAt(fold(x-kept.Min.X, w), fold(y-kept.Min.Y, h)))
		}
	}
	return expand.Result{Image: out, Kept: kept, Confidence: 0.9}, nil
}

// tall is a target for a meadow of 120 by 120.
var tall = Target{Ratio: "9:16", Width: 120, Height: 216, Placements: []string{"INSTAGRAM_STORY"}}

func TestTargets(t *testing.T) {
	for _, test := range []struct {
		f    Feature
		w, h int
		want []string
	}{
		{Uncrop, 1000, 1000, []string{"4:5", "9:16"}},
		{Uncrop, 1000, 1250, []string{"9:16"}},
		{Uncrop, 1000, 1215, []string{"9:16"}},
		{Uncrop, 1000, 1200, []string{"4:5", "9:16"}},
		{Uncrop, 720, 1280, []string{"4:5"}},
		{AutoCrop, 1000, 1000, []string{"4:5", "9:16"}},
		{Touchups, 1600, 900, []string{"4:5", "9:16", "1:1"}},
		{Background, 800, 600, []string{"1:1"}},
		{Brightness, 800, 600, []string{""}},
	} {
		var ratios []string
		for _, target := range Targets(test.f, test.w, test.h) {
			ratios = append(ratios, target.Ratio)
		}
		if !slices.Equal(ratios, test.want) {
			t.Errorf("%s of %d×%d: %q, want %q", test.f, test.w, test.h, ratios, test.want)
		}
	}
	if !IsPerformed("image_uncrop") || IsPerformed("video_uncrop") || IsPerformed("") || !slices.IsSorted(Performed()) {
		t.Errorf("performed: %q", Performed())
	}
}

// TestExpansion checks the file that comes out, and that the same request gets the same bytes.
func TestExpansion(t *testing.T) {
	maker, err := New(Config{Expand: mirrored})
	if err != nil {
		t.Fatal(err)
	}
	src := meadow(120, 120)
	request := Request{Feature: Uncrop, Source: file(t, src), Targets: []Target{tall}}
	made, err := maker(t.Context(), request)
	if err != nil || len(made) != 1 || made[0].Code != "" || made[0].Generator != "embedded" || made[0].Kept != [4]int{0, 48, 120, 168} {
		t.Fatalf("%+v, %v", made, err)
	}
	got, err := png.Decode(bytes.NewReader(made[0].Data))
	if err != nil || got.Bounds() != image.Rect(0, 0, 120, 216) {
		t.Fatal(got.Bounds(), err)
	}
	for _, p := range []image.Point{{0, 0}, {119, 119}, {60, 61}} {
		if got.At(p.X, p.Y+48) != color.RGBAModel.Convert(src.NRGBAAt(p.X, p.Y)) {
			t.Errorf("%v was changed", p)
		}
	}
	again, err := maker(t.Context(), request)
	if err != nil || !bytes.Equal(again[0].Data, made[0].Data) {
		t.Error("not the same again", err)
	}
}

// TestNoPicture checks what comes of a request that cannot be fulfilled, ever or this time.
func TestNoPicture(t *testing.T) {
	source := file(t, meadow(120, 120))
	failing := func(fault error) expand.Func {
		return func(context.Context, *image.NRGBA, expand.Order) (expand.Result, error) {
			return expand.Result{}, fault
		}
	}
	for name, test := range map[string]struct {
		expand expand.Func
		change func(*Request)
		code   string
		fails  bool
	}{
		"other feature": {mirrored, func(r *Request) { r.Feature = "video_uncrop" }, "feature", false},
		"no picture":    {mirrored, func(r *Request) { r.Source = []byte("GIF89a") }, "picture", false},
		"cut off":       {mirrored, func(r *Request) { r.Source = r.Source[:200] }, "picture", false},
		"small":         {nil, nil, "small", false},
		"doubtful": {func(ctx context.Context, src *image.NRGBA, o expand.Order) (expand.Result, error) {
			r, err := mirrored(ctx, src, o)
			r.Code, r.Reason = "subject.cut", "A person is cut by the side."
			return r, err
		}, nil, "subject.cut", false},
		"failure":    {failing(errors.New("oops")), nil, "", true},
		"wrong size": {failing(nil), nil, "", true},
		"panic":      {func(context.Context, *image.NRGBA, expand.Order) (expand.Result, error) { panic("oops") }, nil, "", true},
	} {
		t.Run(name, func(t *testing.T) {
			maker, err := New(Config{Expand: test.expand})
			if err != nil {
				t.Fatal(err)
			}
			request := Request{Feature: Uncrop, Source: source, Targets: []Target{tall}}
			if test.change != nil {
				test.change(&request)
			}
			made, err := maker(t.Context(), request)
			if (err != nil) != test.fails || err == nil && (len(made) != 1 || made[0].Code != test.code || made[0].Reason == "" || made[0].Data != nil) {
				t.Errorf("%+v, %v", made, err)
			}
		})
	}
}
