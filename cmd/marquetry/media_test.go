package main

import (
	"image"
	"image/color"
	"os"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/marquetry/marquetry/internal/media"
)

// drawPicture draws a picture of 600 by 600 pixels: draw product|scene file.png.
func drawPicture(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: draw product|scene file")
	}
	img := image.NewNRGBA(image.Rect(0, 0, 600, 600))
	for y := range 600 {
		for x := range 600 {
			c := color.NRGBA{242, 241, 239, 255} // paper
			if args[0] == "scene" {
				grain := uint8((x*7919 + y*104729) % 97)
				c = color.NRGBA{40 + grain, uint8(90+y/6) + grain/2, 200 - grain, 255}
			}
			if dx, dy := x-300, y-300; args[0] == "product" && dx*dx+dy*dy < 180*180 {
				c = color.NRGBA{30, uint8(60 + y/10), uint8(110 + x/10), 255}
			}
			img.SetNRGBA(x, y, c)
		}
	}
	file, err := media.EncodePNG(img, media.Provenance{})
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), file, 0o600))
}

// pictured checks that a file is a picture of that size: pictured file.png 1080x1920.
func pictured(ts *testscript.TestScript, _ bool, args []string) {
	var want pixels
	if len(args) != 2 || want.UnmarshalText([]byte(args[1])) != nil {
		ts.Fatalf("usage: pictured file WIDTHxHEIGHT")
	}
	info, err := media.Inspect([]byte(ts.ReadFile(args[0])))
	ts.Check(err)
	if got := (pixels{info.Width, info.Height}); got != want {
		ts.Fatalf("%s has %d×%d pixels, want %s", args[0], got.width, got.height, args[1])
	}
}
