package main

import (
	"fmt"
	"image"
	"os"

	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/media/cutout"
)

// mediaCutoutCmd is `marquetry media cutout`.
type mediaCutoutCmd struct {
	RGBA bool   `name:"rgba" help:"Write the product with its transparency, instead of the transparency alone in shades of grey."`
	In   string `arg:"" help:"The picture: JPEG, PNG, GIF or WebP." type:"existingfile"`
	Out  string `arg:"" help:"The PNG file to write." type:"path"`
}

// Help is the example shown by --help.
func (mediaCutoutCmd) Help() string {
	return "Says whether the product may be put before another background. What was found is written in either case.\n\n" +
		"Examples:\n  marquetry media cutout mug.jpg alpha.png\n  marquetry media cutout --rgba mug.jpg mug.png"
}

// Run cuts out one product.
func (c mediaCutoutCmd) Run(to streams) error {
	data, err := readPicture(c.In)
	if err != nil {
		return err
	}
	src, _, err := media.Pixels(data)
	if err != nil {
		return fmt.Errorf("%s: %w", c.In, err)
	}
	cut := cutout.Cut(src)
	fmt.Fprintln(to.out, verdict(cut.Code, cut.Reason))
	var img image.Image = &image.Gray{Pix: cut.Alpha.Pix, Stride: cut.Alpha.Stride, Rect: cut.Alpha.Rect}
	if c.RGBA {
		img = together(cut)
	}
	file, err := media.EncodePNG(img, media.Provenance{})
	if err != nil {
		return err
	}
	return os.WriteFile(c.Out, file, 0o644) //nolint:gosec // a picture, for others to see
}

// together is a product's colour with its transparency.
func together(cut cutout.Cutout) *image.NRGBA {
	img := image.NewNRGBA(cut.Colour.Rect)
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			c := cut.Colour.NRGBAAt(x, y)
			c.A = cut.Alpha.AlphaAt(x, y).A
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}
