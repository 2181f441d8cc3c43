package image

import (
	"context"
	"image"

	"github.com/marquetry/marquetry/internal/media"
)

// bytesPerPixel is what the embedded painters take for each pixel of a target, as measured.
const bytesPerPixel = 80

// mostPixels is the area of the largest result: a picture that keeps its shape is made smaller than that.
const mostPixels = 4 * mostSide * mostSide

// longest is the side up to which a source is worked on, in pixels: a crop of it still fills the largest target.
const longest = 4096

// decoded is the source of a request, as large as is worked on. What decoding takes is given back.
func (m *maker) decoded(ctx context.Context, r Request) (*image.NRGBA, error) {
	info, err := media.Inspect(r.Source)
	if err != nil {
		return nil, err
	}
	giveBack, err := m.Memory.Take(ctx, info.Cost)
	if err != nil {
		return nil, err
	}
	defer giveBack()
	src, _, err := media.Pixels(r.Source)
	if err != nil {
		return nil, err
	}
	return within(src, longest), nil
}

// within is a picture whose longer side is no longer than that.
func within(src *image.NRGBA, most int) *image.NRGBA {
	w, h := src.Rect.Dx(), src.Rect.Dy()
	if long := max(w, h); long > most {
		return media.Resize(src, max(1, w*most/long), max(1, h*most/long))
	}
	return src
}

// held paints while there is memory for so many pixels. A model is asked without: it may take minutes, while others could paint.
func held[T any](ctx context.Context, m *maker, pixels int, paint func() (T, error)) (painted T, err error) {
	giveBack, err := m.Memory.Take(ctx, int64(min(pixels, mostPixels))*bytesPerPixel)
	if err != nil {
		return painted, err
	}
	defer giveBack()
	return paint()
}
