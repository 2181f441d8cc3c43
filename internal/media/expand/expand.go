package expand

import (
	"context"
	"fmt"
	"image"
)

// MaxSide is the longest side of a result, in pixels: time and memory grow with the area.
const MaxSide = 4096

// Expand extends a picture to the size that is ordered. See [Func] for what goes in and what an error means.
func Expand(ctx context.Context, src *image.NRGBA, o Order) (Result, error) {
	if o.Width < 1 || o.Height < 1 || o.Width > MaxSide || o.Height > MaxSide {
		return Result{}, fmt.Errorf("a picture of %d×%d pixels: sides are from 1 to %d", o.Width, o.Height, MaxSide)
	}
	if src.Rect.Empty() {
		return Result{}, fmt.Errorf("the picture is empty")
	}
	kept := Fit(src.Rect.Size(), o.Width, o.Height)
	if code := hopeless(src.Rect.Size(), kept.Size(), o); code != "" {
		return Result{Kept: kept, Code: code, Reason: reason(code)}, nil
	}
	c := newCanvas(src, kept, o.Width, o.Height)
	c.extendFlat(o.Seed)
	var f forecast
	f.foresee(c)
	if err := newPainter(o).fill(ctx, c); err != nil {
		return Result{}, err
	}
	f.review(c.img, kept)
	return f.result(c, kept), nil
}

// leastShare is what the source must fill of the target's area: more than the rest of it nobody can make up.
const leastShare = 0.2

// hopeless says why a source of that size is not even tried; "" when it is.
func hopeless(source, kept image.Point, o Order) string {
	switch {
	case max(source.X, source.Y) < MinSide:
		return CodeSmall
	case float64(kept.X*kept.Y) < leastShare*float64(o.Width*o.Height) || min(kept.X, kept.Y) < 4*patchSize:
		return CodeNarrow
	}
	return ""
}

// extendFlat continues the sides that are flat, one after the other: what was continued is known to the next.
func (c *canvas) extendFlat(seed uint64) {
	for _, at := range []place{left, right, top, bottom} {
		if s := c.side(at); s.depth > 0 && s.flat() {
			s.extend(seed + uint64(at))
			c.known = c.known.Union(s.covers)
		}
	}
}
