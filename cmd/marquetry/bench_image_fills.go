package main

import (
	"context"
	"image"

	"golang.org/x/image/draw"

	"github.com/marquetry/marquetry/internal/media/score/cases"
)

// filler extends pictures.
type filler struct {
	name string
	fill func(ctx context.Context, c cases.Outpaint) (filled, error)
}

// filled is an extended picture, what it cost and what its painter thinks of it.
type filled struct {
	picture *image.NRGBA
	seconds float64 // of processor time
	refused string  // why it should not be shown
}

// plainFills are what needs no painter. Each leads in some score, which shows what that score does not see.
func plainFills() []filler {
	plain := func(name string, fill func(c cases.Outpaint, out *image.NRGBA)) filler {
		return filler{name, func(_ context.Context, c cases.Outpaint) (filled, error) {
			start, out := processorSeconds(), image.NewNRGBA(c.Truth.Rect)
			fill(c, out)
			draw.Draw(out, c.Known, c.Truth, c.Known.Min, draw.Src)
			return filled{picture: out, seconds: processorSeconds() - start}, nil
		}}
	}
	return []filler{plain("solid", fillSolid), plain("edge", fillEdge), plain("mirror", fillMirror), plain("blurfill", fillBlurred)}
}

// fillSolid paints the mean colour of what is known.
func fillSolid(c cases.Outpaint, out *image.NRGBA) {
	one := cases.Shrunk(c.Input(), 1, 1)
	draw.Draw(out, out.Rect, image.NewUniform(one.NRGBAAt(0, 0)), image.Point{}, draw.Src)
}

// fillEdge repeats the rim outward.
func fillEdge(c cases.Outpaint, out *image.NRGBA) {
	from(c, out, func(v, low, high int) int { return min(max(v, low), high-1) })
}

// fillMirror reflects what is known at its sides.
func fillMirror(c cases.Outpaint, out *image.NRGBA) {
	from(c, out, func(v, low, high int) int {
		if v < low {
			return min(2*low-v, high-1)
		}
		if v >= high {
			return max(2*high-2-v, low)
		}
		return v
	})
}

// from copies each pixel from the place that a rule names for each of its coordinates.
func from(c cases.Outpaint, out *image.NRGBA, rule func(v, low, high int) int) {
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			at := image.Pt(rule(x, c.Known.Min.X, c.Known.Max.X), rule(y, c.Known.Min.Y, c.Known.Max.Y))
			copy(out.Pix[out.PixOffset(x, y):][:4], c.Truth.Pix[c.Truth.PixOffset(at.X, at.Y):][:4])
		}
	}
}

// fillBlurred covers the whole with the picture, blurred, as stories often do.
func fillBlurred(c cases.Outpaint, out *image.NRGBA) {
	size := out.Rect.Size()
	cover := cases.Cover(c.Input(), size.X, size.Y)
	small := cases.Shrunk(cover, max(1, size.X/40), max(1, size.Y/40))
	draw.CatmullRom.Scale(out, out.Rect, small, small.Rect, draw.Src, nil)
}
