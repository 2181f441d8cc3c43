// Package raster paints a sketch as pixels, as a browser shows it as a page: the same boxes, with the Go fonts and without anything from outside.
//
// Letters that the fonts lack (they have Latin, Greek and Cyrillic) are drawn as soft bars of about their width. It is pure: the same
// sketch and pictures give the same pixels on every machine.
package raster

import (
	"image"
	"image/color"
	"strconv"

	"golang.org/x/image/draw"

	"github.com/marquetry/marquetry/internal/graph/previews/sketch"
)

// Options are what a sketch does not say.
type Options struct {
	Width, Height int                            // of the frame, in CSS pixels; a page that is not as high as its frame may be higher
	Scale         int                            // device pixels to a CSS pixel
	Picture       func(hash string) *image.NRGBA // finds an image by its hash; nil when there is none
}

// mostHigh bounds a page, in CSS pixels.
const mostHigh = 2560

// Paint draws a page.
func Paint(p sketch.Page, o Options) (*image.RGBA, error) {
	faces, err := newFaces(o.Scale)
	if err != nil {
		return nil, err
	}
	w := painter{scale: o.Scale, faces: faces, picture: o.Picture, icons: sketch.Icons(), mirrored: p.Mirrored}
	height := w.px(o.Height)
	if !p.Full {
		height = min(max(height, w.height(p.Root, w.px(o.Width))), w.px(mostHigh))
	}
	img := image.NewRGBA(image.Rect(0, 0, w.px(o.Width), height))
	draw.Draw(img, img.Rect, image.NewUniform(parse(p.Background)), image.Point{}, draw.Src)
	w.paint(img, p.Root, img.Rect)
	return img, nil
}

// painter knows what is the same for all boxes. Its lengths are device pixels.
type painter struct {
	scale    int
	faces    *faces
	picture  func(hash string) *image.NRGBA
	icons    map[string][]sketch.Path
	mirrored bool
}

// px is a length in device pixels.
func (w *painter) px(css int) int { return css * w.scale }

// parse reads a colour as sketches have it; anything else is transparent.
func parse(text string) color.NRGBA {
	if len(text) == 7 {
		text += "ff"
	}
	n, err := strconv.ParseUint(text[min(1, len(text)):], 16, 32)
	if err != nil || len(text) != 9 {
		return color.NRGBA{}
	}
	return color.NRGBA{R: uint8(n >> 24), G: uint8(n >> 16), B: uint8(n >> 8), A: uint8(n)}
}
