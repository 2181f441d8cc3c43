package image

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"strings"
	"unicode"

	"github.com/marquetry/marquetry/internal/media/expand"
)

// nrgba is a picture with four bytes a pixel and its corner at the origin.
func nrgba(img image.Image) *image.NRGBA {
	if n, ok := img.(*image.NRGBA); ok && n.Rect.Min == (image.Point{}) {
		return n
	}
	b := img.Bounds()
	n := image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(n, n.Rect, img, b.Min, draw.Src)
	return n
}

// sentence is an error for people who wrote no program.
func sentence(err error) string {
	text := []rune(err.Error())
	text[0] = unicode.ToUpper(text[0])
	return strings.TrimRight(string(text), ".") + "."
}

// expandOrder asks the embedded painter for a target.
func expandOrder(t Target, seed uint64) expand.Order {
	return expand.Order{Width: t.Width, Height: t.Height, Seed: seed}
}

// sized checks what a painter made: a picture of the size that was asked for, with the original inside.
func sized(img *image.NRGBA, t Target, kept image.Rectangle) error {
	if want := image.Rect(0, 0, t.Width, t.Height); img == nil || img.Rect != want || kept.Empty() || !kept.In(want) {
		return fmt.Errorf("image: the painter made no picture of %d × %d pixels with the original inside", t.Width, t.Height)
	}
	return nil
}

// encoded writes a picture into its file.
func (m *maker) encoded(made Made, img *image.NRGBA) (Made, error) {
	var file bytes.Buffer
	if err := png.Encode(&file, img); err != nil {
		return Made{}, fmt.Errorf("image: %w", err)
	}
	made.Data, made.Type = file.Bytes(), "image/png"
	return made, nil
}
