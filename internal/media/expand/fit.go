package expand

import (
	"image"
	"image/draw"

	"github.com/marquetry/marquetry/internal/media"
)

// MinSide is what the longer side of a source must have, in pixels, and maxGrowth how often a source is enlarged at most: beyond
// them a placement would show a blur.
const (
	MinSide   = 500
	maxGrowth = 2
)

// Fit is where a source of that size lies in a target: scaled to touch two sides, though never beyond twice its size, in the middle.
func Fit(source image.Point, width, height int) image.Rectangle {
	w, h := width, (source.Y*width+source.X/2)/source.X
	if h > height {
		w, h = (source.X*height+source.Y/2)/source.Y, height
	}
	w, h = max(1, min(w, maxGrowth*source.X)), max(1, min(h, maxGrowth*source.Y))
	return image.Rect(0, 0, w, h).Add(image.Pt((width-w)/2, (height-h)/2))
}

// newCanvas puts the source, scaled, into its place; transparent parts lie on white, as on the platform's pages.
func newCanvas(src *image.NRGBA, kept image.Rectangle, width, height int) *canvas {
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	draw.Draw(img, kept, image.White, image.Point{}, draw.Src)
	if kept.Size() != src.Rect.Size() {
		src = media.Resize(src, kept.Dx(), kept.Dy())
	}
	draw.Draw(img, kept, src, src.Rect.Min, draw.Over)
	return &canvas{img: img, known: kept}
}
