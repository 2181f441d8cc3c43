package image

import (
	"context"
	"image"
	"slices"
	"testing"

	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/media/expand"
)

// aside is a studio picture whose ball lies at the left of a wide sheet of paper, or fills it.
func aside(w, h, x int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	ball := studio(h)
	for y := range h {
		for at := range w {
			img.SetNRGBA(at, y, ball.NRGBAAt(min(max(at-x, 0), h-1), y))
		}
	}
	return img
}

// TestRetouches goes through the features that crop: who does what when a crop would cut what matters.
func TestRetouches(t *testing.T) {
	expanding := func(ctx context.Context, src *image.NRGBA, o expand.Order) (expand.Result, error) {
		r, err := expand.Expand(ctx, src, o)
		r.Code, r.Confidence = "", 0.123 // to be known by
		return r, err
	}
	maker, err := New(Config{Expand: expanding})
	if err != nil {
		t.Fatal(err)
	}
	square := Target{Ratio: "4:5", Width: 400, Height: 500}
	narrow := Target{Ratio: "9:16", Width: 200, Height: 550}
	for name, test := range map[string]struct {
		feature Feature
		src     *image.NRGBA
		target  Target
		options map[string]string
		by      string // "crop", "expand" or a code
	}{
		"room to crop":      {AutoCrop, aside(900, 500, 20), square, nil, "crop"},
		"no room":           {AutoCrop, studio(500), narrow, nil, "subject.cut"},
		"touched up":        {Touchups, aside(900, 500, 20), square, nil, "crop"},
		"touched up, full":  {Touchups, studio(500), narrow, nil, "expand"},
		"adapted":           {Adapt, aside(900, 500, 20), square, nil, "expand"},
		"adapted by crop":   {Adapt, aside(900, 500, 20), square, map[string]string{"image_crop_style": "AUTO"}, "crop"},
		"not to be adapted": {Adapt, aside(900, 500, 20), square, map[string]string{"aspect_ratio_config": `{"ar_4_5":{"enroll_status":"OPT_OUT"}}`}, "opted_out"},
		"otherwise not":     {Adapt, aside(900, 500, 20), narrow, map[string]string{"aspect_ratio_config": `{"ar_4_5":{"enroll_status":"OPT_OUT"}}`}, "expand"},
	} {
		t.Run(name, func(t *testing.T) {
			made, err := maker(t.Context(), Request{Feature: test.feature, Source: file(t, test.src), Targets: []Target{test.target}, Options: test.options})
			if err != nil || len(made) != 1 {
				t.Fatal(made, err)
			}
			got, by := made[0], made[0].Code
			switch {
			case by == "" && got.Confidence == 0.123:
				by = "expand"
			case by == "":
				by = "crop"
			}
			if by != test.by || got.Code == "" && (got.Width != test.target.Width || got.Height != test.target.Height) {
				t.Errorf("by %q, %d×%d (%s), want %q", by, got.Width, got.Height, got.Reason, test.by)
			}
			if want := map[string]media.Origin{"crop": media.Enhanced, "expand": media.Algorithm}[by]; media.ProvenanceOf(got.Data).Origin != want {
				t.Errorf("origin %q, want %q", media.ProvenanceOf(got.Data).Origin, want)
			}
		})
	}
}

// TestBrightness checks that a dark picture becomes lighter.
func TestBrightness(t *testing.T) {
	dark := meadow(120, 120)
	for i := range dark.Pix {
		if i%4 != 3 {
			dark.Pix[i] /= 3
		}
	}
	maker, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	made, err := maker(t.Context(), Request{Feature: Brightness, Source: file(t, dark), Targets: Targets(Brightness, 120, 120)})
	if err != nil || made[0].Code != "" || made[0].Width != 120 {
		t.Fatalf("%+v, %v", made, err)
	}
	img, _, err := media.Pixels(made[0].Data)
	if err != nil || img.NRGBAAt(60, 20).B <= dark.NRGBAAt(60, 20).B+10 {
		t.Errorf("%v of %v, %v", img.NRGBAAt(60, 20), dark.NRGBAAt(60, 20), err)
	}
}

// TestTexts checks templates, of which there are as many as suit the picture, and tags.
func TestTexts(t *testing.T) {
	maker, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	source := file(t, aside(900, 600, 20))
	for name, test := range map[string]struct {
		request Request
		styles  []string
		code    string
	}{
		"headline":       {Request{Feature: Templates, Headline: "Bowls from the village"}, []string{"bar", "frame"}, ""},
		"long second":    {Request{Feature: Templates, Headline: "Bowls", Text: "All that can be said of bowls, and a little more of what cannot, from 10.00 to 12.00 each", Brand: []string{"#803040"}}, []string{"bar", "frame"}, ""},
		"no headline":    {Request{Feature: Templates}, []string{"bar"}, "text"},
		"price":          {Request{Feature: Overlay, Text: "$19.90", Options: map[string]string{"background_color": "#204080"}}, []string{""}, ""},
		"no price":       {Request{Feature: Overlay}, []string{""}, "text"},
		"no such colour": {Request{Feature: Overlay, Text: "$19.90", Options: map[string]string{"background_color": "blue"}}, []string{""}, "colour"},
		"nothing asked":  {Request{Feature: Templates, Headline: "Bowls", Targets: []Target{}}, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := test.request
			if r.Source = source; r.Targets == nil {
				r.Targets = Targets(r.Feature, 900, 600)
			}
			made, err := maker(t.Context(), r)
			var styles []string
			for _, m := range made {
				styles = append(styles, m.Style)
				if m.Code != test.code || (m.Code == "") != (m.Width == 900 && m.Height == 600 && m.Type == "image/jpeg") {
					t.Errorf("%s: %q %s, %d×%d", m.Style, m.Code, m.Reason, m.Width, m.Height)
				}
			}
			if err != nil || !slices.Equal(styles, test.styles) {
				t.Errorf("%q, %v; want %q", styles, err, test.styles)
			}
		})
	}
}
