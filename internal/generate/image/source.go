package image

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"strings"

	"github.com/marquetry/marquetry/internal/media/expand"
)

// sentence is what is wrong, for people who wrote no program.
func sentence(reason string) string {
	if reason == "" {
		return "The picture cannot be read."
	}
	return strings.ToUpper(reason[:1]) + reason[1:] + "."
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
