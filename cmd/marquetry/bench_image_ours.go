package main

import (
	"context"
	"fmt"
	"image"
	"runtime"

	"golang.org/x/image/draw"

	"github.com/marquetry/marquetry/internal/media/cutout"
	"github.com/marquetry/marquetry/internal/media/expand"
	"github.com/marquetry/marquetry/internal/media/score/cases"
)

// ourFillers are what is measured.
func ourFillers() []filler {
	return []filler{{ours, func(ctx context.Context, c cases.Outpaint) (filled, error) {
		in, size := c.Input(), c.Truth.Rect.Size()
		runtime.GC() // what others left is not its work
		start := processorSeconds()
		got, err := expand.Expand(ctx, in, expand.Order{Width: size.X, Height: size.Y, Seed: 1, Workers: 1})
		made := filled{picture: got.Image, seconds: processorSeconds() - start, refused: got.Code}
		if err == nil && got.Kept != c.Known {
			err = fmt.Errorf("the picture lies at %v, not at %v", got.Kept, c.Known)
		}
		if made.picture == nil {
			made.picture = image.NewNRGBA(c.Truth.Rect)
			draw.Draw(made.picture, c.Known, c.Truth, c.Known.Min, draw.Src)
		}
		return made, err
	}}}
}

// ourCutters are what is measured.
func ourCutters() []cutter {
	return []cutter{{ours, func(c cases.Cutout) (cutOut, error) {
		runtime.GC()
		start := processorSeconds()
		got := cutout.Cut(c.Picture)
		made := cutOut{alpha: got.Alpha, seconds: processorSeconds() - start, refused: got.Code}
		if made.alpha == nil {
			made.alpha = image.NewAlpha(c.Picture.Rect)
		}
		return made, nil
	}}}
}
