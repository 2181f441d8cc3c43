package raster

import (
	"image"

	"golang.org/x/image/draw"

	"github.com/marquetry/marquetry/internal/graph/previews/sketch"
)

// put draws the part of an image that shows, as large as it takes to fill the rectangle; what is too much is cut at both sides. One that
// is not at hand is a plain area.
func (w *painter) put(img *image.RGBA, p sketch.Picture, r image.Rectangle) {
	if p.Src == "" {
		return
	}
	var source *image.NRGBA
	if p.Hash != "" && w.picture != nil {
		source = w.picture(p.Hash)
	}
	if source == nil {
		draw.Draw(img, r, image.NewUniform(parse("#c9ced6")), image.Point{}, draw.Src)
		return
	}
	part := source.Rect
	if p.Part != [4]int{} && p.Width > 0 && p.Height > 0 {
		inside := slice(image.Rect(0, 0, p.Width, p.Height), source.Rect.Dx(), source.Rect.Dy())
		scaled := func(n, of, to int) int { return n * to / of }
		part = image.Rect(
			scaled(p.Part[0]-inside.Min.X, inside.Dx(), source.Rect.Dx()), scaled(p.Part[1]-inside.Min.Y, inside.Dy(), source.Rect.Dy()),
			scaled(p.Part[0]+p.Part[2]-inside.Min.X, inside.Dx(), source.Rect.Dx()), scaled(p.Part[1]+p.Part[3]-inside.Min.Y, inside.Dy(), source.Rect.Dy()),
		).Intersect(source.Rect)
	}
	if p.Whole {
		r = middle(r, part.Dx(), part.Dy())
	}
	part = middle(part, r.Dx(), r.Dy())
	if p.Blur {
		w.blurred(img, source, part, r)
		return
	}
	draw.CatmullRom.Scale(img, r, source, part, draw.Over, nil)
}

// middle is the largest part in the middle of a rectangle that has the ratio of a size.
func middle(r image.Rectangle, width, height int) image.Rectangle {
	across, along := r.Dx(), r.Dy()
	if across*height > along*width {
		across = max(1, along*width/height)
	} else {
		along = max(1, across*height/width)
	}
	x, y := r.Min.X+(r.Dx()-across)/2, r.Min.Y+(r.Dy()-along)/2
	return image.Rect(x, y, x+across, y+along)
}

// slice is where an image of a size lies that fills a rectangle and sticks out evenly.
func slice(r image.Rectangle, width, height int) image.Rectangle {
	across, along := r.Dx(), r.Dy()
	if across*height > along*width {
		along = across * height / width
	} else {
		across = along * width / height
	}
	x, y := r.Min.X+(r.Dx()-across)/2, r.Min.Y+(r.Dy()-along)/2
	return image.Rect(x, y, x+across, y+along)
}

// blurred draws an image far out of focus and a little darker: as few pixels, enlarged.
func (w *painter) blurred(img *image.RGBA, source *image.NRGBA, part, r image.Rectangle) {
	few := image.NewRGBA(image.Rect(0, 0, 6, max(2, 6*r.Dy()/r.Dx())))
	draw.BiLinear.Scale(few, few.Rect, source, part, draw.Src, nil)
	draw.CatmullRom.Scale(img, r, few, few.Rect, draw.Over, nil)
	draw.Draw(img, r, image.NewUniform(parse("#00000047")), image.Point{}, draw.Over)
}
