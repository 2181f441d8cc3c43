package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/marquetry/marquetry/internal/generate/image"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/media/backdrop"
)

// mediaBackgroundCmd is `marquetry media background`.
type mediaBackgroundCmd struct {
	N         int      `help:"How many backgrounds, up to 12." default:"6"`
	Placement string   `help:"Where the pictures are to be shown: backgrounds are made for one place." enum:"MOBILE_FEED_STANDARD" default:"MOBILE_FEED_STANDARD"`
	Brand     []string `help:"Colours to draw from instead of the product's own." placeholder:"#RRGGBB"`
	In        string   `arg:"" help:"The picture: JPEG, PNG, GIF or WebP." type:"existingfile"`
	Out       string   `arg:"" help:"The directory to write to; made if missing." type:"path"`
	imageFlags
}

// Help is the example shown by --help.
func (mediaBackgroundCmd) Help() string {
	return "Writes one file for each background, by the name of its style.\n\n" +
		"Examples:\n  marquetry media background mug.jpg mugs\n  marquetry media background --n 3 --brand '#7a1f3d' mug.jpg mugs"
}

// Run puts one product before backgrounds.
func (c mediaBackgroundCmd) Run(ctx context.Context, to streams) error {
	if c.N < 1 || c.N > len(backdrop.Styles()) {
		return usageError(fmt.Sprintf("%d backgrounds: give 1 to %d", c.N, len(backdrop.Styles())))
	}
	data, err := readPicture(c.In)
	if err != nil {
		return err
	}
	info, err := media.Inspect(data)
	if err != nil {
		return fmt.Errorf("%s: %w", c.In, err)
	}
	r := image.Request{Feature: image.Background, Source: data, Targets: image.Targets(image.Background, info.Width, info.Height), Brand: c.Brand}
	for _, style := range backdrop.Pick(media.Hash(data), c.N) {
		r.Styles = append(r.Styles, string(style))
	}
	made, err := c.make(ctx, r)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.Out, 0o755); err != nil { //nolint:gosec // pictures, for others to see
		return err
	}
	for _, m := range made {
		fmt.Fprintf(to.out, "%s: ", m.Style)
		if err := written(m, filepath.Join(c.Out, m.Style+".jpg"), to); err != nil {
			return err
		}
	}
	return nil
}
