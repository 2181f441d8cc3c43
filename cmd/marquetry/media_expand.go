package main

import (
	"context"
	"fmt"
	"os"

	"github.com/marquetry/marquetry/internal/generate/image"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/media/expand"
)

// mediaExpandCmd is `marquetry media expand`.
type mediaExpandCmd struct {
	To   pixels `help:"Size of the result, in pixels." required:"" placeholder:"WIDTHxHEIGHT"`
	In   string `arg:"" help:"The picture: JPEG, PNG, GIF or WebP." type:"existingfile"`
	Out  string `arg:"" help:"The PNG file to write." type:"path"`
	Seed uint64 `help:"Of every choice that is left to chance: the same seed gives the same picture." default:"1"`
	imageFlags
}

// Help is the example shown by --help.
func (mediaExpandCmd) Help() string {
	return "The picture lies in the middle, scaled to fit, and is not changed. What the embedded painter would not show is written all the same, and it is said why.\n\n" +
		"Examples:\n  marquetry media expand --to 1080x1920 photo.jpg story.png\n" +
		"  marquetry media expand --to 1080x1350 --image-backend a1111 --image-base-url http://127.0.0.1:7860 photo.jpg feed.png"
}

// Run extends one picture.
func (c mediaExpandCmd) Run(ctx context.Context, to streams) error {
	data, err := readPicture(c.In)
	if err != nil {
		return err
	}
	if c.ImageBackend != "embedded" {
		return c.asked(ctx, data, to)
	}
	src, _, err := media.Pixels(data)
	if err != nil {
		return fmt.Errorf("%s: %w", c.In, err)
	}
	r, err := expand.Expand(ctx, src, expand.Order{Width: c.To.width, Height: c.To.height, Seed: c.Seed})
	if err != nil {
		return err
	}
	fmt.Fprintln(to.out, verdict(r.Code, r.Reason))
	if r.Image == nil {
		return nil
	}
	file, err := media.EncodePNG(r.Image, media.Provenance{Origin: media.Algorithm, Tool: "Marquetry", Source: media.Hash(data)})
	if err != nil {
		return err
	}
	return os.WriteFile(c.Out, file, 0o644) //nolint:gosec // a picture, for others to see
}

// asked has a model extend the picture.
func (c mediaExpandCmd) asked(ctx context.Context, data []byte, to streams) error {
	made, err := c.make(ctx, image.Request{Feature: image.Uncrop, Source: data, Targets: []image.Target{{Width: c.To.width, Height: c.To.height}}, Options: map[string]string{"seed": fmt.Sprint(c.Seed)}})
	if err != nil {
		return err
	}
	return written(made[0], c.Out, to)
}

// written says what became of a picture, and writes it if there is one.
func written(m image.Made, path string, to streams) error {
	if m.Fallback != "" {
		fmt.Fprintf(to.err, "no picture of the model: %s\n", m.Fallback)
	}
	fmt.Fprintln(to.out, verdict(m.Code, m.Reason))
	if m.Code != "" {
		return nil
	}
	return os.WriteFile(path, m.Data, 0o644) //nolint:gosec // a picture, for others to see
}
