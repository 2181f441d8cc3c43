package raster

import (
	"image"
	"image/color"

	"golang.org/x/image/draw"
	"golang.org/x/image/vector"

	"github.com/marquetry/marquetry/internal/graph/previews/sketch"
)

// paint draws a box into its rectangle. What is in a box with round corners is drawn aside and then put in through the corners.
func (w *painter) paint(img *image.RGBA, b sketch.Box, r image.Rectangle) {
	if r.Empty() || !r.Overlaps(img.Rect) {
		return
	}
	if b.Radius == 0 {
		w.content(img, b, r)
		return
	}
	layer := image.NewRGBA(r)
	w.content(layer, b, r)
	radius := min(w.px(b.Radius), r.Dx()/2, r.Dy()/2)
	if b.Edge != "" {
		draw.DrawMask(layer, r, image.NewUniform(parse(b.Edge)), image.Point{}, ring{rounded(r.Dx(), r.Dy(), radius), w.scale, radius}.mask(), image.Point{}, draw.Over)
	}
	draw.DrawMask(img, r, layer, r.Min, rounded(r.Dx(), r.Dy(), radius), image.Point{}, draw.Over)
}

// content draws a box with square corners.
func (w *painter) content(img *image.RGBA, b sketch.Box, r image.Rectangle) {
	if b.Fill != "" {
		draw.Draw(img, r, image.NewUniform(parse(b.Fill)), image.Point{}, draw.Over)
	}
	w.put(img, b.Picture, r)
	if b.Shade != [2]string{} {
		shade(img, r, parse(b.Shade[0]), parse(b.Shade[1]))
	}
	line := 0
	if b.Edge != "" {
		line = w.scale
		if b.Radius == 0 {
			edge(img, r, line, parse(b.Edge))
		}
	}
	left, right := b.Pad[3], b.Pad[1]
	if w.mirrored {
		left, right = right, left
	}
	inner := image.Rect(r.Min.X+w.px(left)+line, r.Min.Y+w.px(b.Pad[0])+line, r.Max.X-w.px(right)-line, r.Max.Y-w.px(b.Pad[2])-line)
	switch {
	case b.Icon.Name != "":
		w.icon(img, b.Icon, inner)
	case !b.Text.Empty():
		w.text(img, b.Text, inner)
	case b.Axis == sketch.Row:
		w.row(img, b, inner)
	case b.Axis == sketch.Stack:
		for _, child := range b.Inside {
			w.paint(img, child, inner)
		}
	default:
		w.column(img, b, inner)
	}
}

// offsets are where boxes of given lengths begin along an axis.
func offsets(lengths []int, room, gap int, main sketch.Align) []int {
	free := room - gap*(len(lengths)-1)
	for _, length := range lengths {
		free -= length
	}
	at, starts := 0, make([]int, len(lengths))
	switch main {
	case sketch.Center:
		at = free / 2
	case sketch.End:
		at = free
	case sketch.Between:
		if len(lengths) > 1 {
			gap += max(0, free) / (len(lengths) - 1)
		}
	}
	for i, length := range lengths {
		starts[i] = at
		at += length + gap
	}
	return starts
}

// column draws boxes below each other.
func (w *painter) column(img *image.RGBA, b sketch.Box, r image.Rectangle) {
	heights, left, grows := make([]int, len(b.Inside)), r.Dy()-w.px(b.Gap)*(len(b.Inside)-1), 0
	for i, child := range b.Inside {
		if child.Grow == 0 {
			heights[i] = w.height(child, w.across(b, child, r.Dx()))
		}
		left -= heights[i]
		grows += child.Grow
	}
	spread(heights, b.Inside, max(0, left), grows)
	for i, y := range offsets(heights, r.Dy(), w.px(b.Gap), b.Main) {
		wide := w.across(b, b.Inside[i], r.Dx())
		x := w.side(r, wide, b.Cross)
		w.paint(img, b.Inside[i], image.Rect(x, r.Min.Y+y, x+wide, r.Min.Y+y+heights[i]))
	}
}

// side is where a box begins across a column.
func (w *painter) side(r image.Rectangle, wide int, cross sketch.Align) int {
	switch {
	case cross == sketch.Center:
		return r.Min.X + (r.Dx()-wide)/2
	case (cross == sketch.End) != w.mirrored:
		return r.Max.X - wide
	}
	return r.Min.X
}

// row draws boxes beside each other, in the direction of reading.
func (w *painter) row(img *image.RGBA, b sketch.Box, r image.Rectangle) {
	widths := w.shares(b, r.Dx())
	for i, x := range offsets(widths, r.Dx(), w.px(b.Gap), b.Main) {
		child := b.Inside[i]
		high, y := r.Dy(), r.Min.Y
		if b.Cross != sketch.Stretch || child.Height > 0 {
			high = min(high, w.height(child, widths[i]))
		}
		switch b.Cross {
		case sketch.Center:
			y += (r.Dy() - high) / 2
		case sketch.End:
			y += r.Dy() - high
		}
		left := r.Min.X + x
		if w.mirrored {
			left = r.Max.X - x - widths[i]
		}
		w.paint(img, child, image.Rect(left, y, left+widths[i], y+high))
	}
}

// shade lays a vertical gradient over a rectangle.
func shade(img *image.RGBA, r image.Rectangle, top, bottom color.NRGBA) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		at, of := y-r.Min.Y, max(1, r.Dy()-1)
		mix := func(a, b uint8) uint8 { return uint8((int(a)*(of-at) + int(b)*at) / of) }
		line := color.NRGBA{mix(top.R, bottom.R), mix(top.G, bottom.G), mix(top.B, bottom.B), mix(top.A, bottom.A)}
		draw.Draw(img, image.Rect(r.Min.X, y, r.Max.X, y+1), image.NewUniform(line), image.Point{}, draw.Over)
	}
}

// edge draws the four sides of a rectangle.
func edge(img *image.RGBA, r image.Rectangle, line int, ink color.NRGBA) {
	for _, side := range []image.Rectangle{
		{r.Min, image.Pt(r.Max.X, r.Min.Y+line)}, {image.Pt(r.Min.X, r.Max.Y-line), r.Max}, {r.Min, image.Pt(r.Min.X+line, r.Max.Y)}, {image.Pt(r.Max.X-line, r.Min.Y), r.Max},
	} {
		draw.Draw(img, side, image.NewUniform(ink), image.Point{}, draw.Over)
	}
}

// rounded is a mask with round corners.
func rounded(width, height, radius int) *image.Alpha {
	mask := image.NewAlpha(image.Rect(0, 0, width, height))
	if width <= 0 || height <= 0 {
		return mask
	}
	pen := vector.NewRasterizer(width, height)
	w, h, r := float32(width), float32(height), float32(radius)
	k := float32(radius) * 0.44771525 // 1 − 4/3·(√2−1): where the pulling points of a quarter of a circle lie from the corner
	pen.MoveTo(r, 0)
	pen.LineTo(w-r, 0)
	pen.CubeTo(w-k, 0, w, k, w, r)
	pen.LineTo(w, h-r)
	pen.CubeTo(w, h-k, w-k, h, w-r, h)
	pen.LineTo(r, h)
	pen.CubeTo(k, h, 0, h-k, 0, h-r)
	pen.LineTo(0, r)
	pen.CubeTo(0, k, k, 0, r, 0)
	pen.ClosePath()
	pen.Draw(mask, mask.Rect, image.Opaque, image.Point{})
	return mask
}

// ring is the line along the inside of a mask with round corners.
type ring struct {
	outer        *image.Alpha
	line, radius int
}

// mask is the outer form without the inner one.
func (r ring) mask() *image.Alpha {
	b := r.outer.Rect
	inner := rounded(b.Dx()-2*r.line, b.Dy()-2*r.line, max(0, r.radius-r.line))
	out := image.NewAlpha(b)
	copy(out.Pix, r.outer.Pix)
	for y := range inner.Rect.Dy() {
		for x := range inner.Rect.Dx() {
			at := out.PixOffset(x+r.line, y+r.line)
			out.Pix[at] -= min(out.Pix[at], inner.AlphaAt(x, y).A)
		}
	}
	return out
}
