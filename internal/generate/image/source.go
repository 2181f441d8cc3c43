package image

import (
	"image"
	"strings"

	"github.com/marquetry/marquetry/internal/media"
)

// sentence is a reason as one, whichever painter gave it.
func sentence(reason string) string {
	if reason == "" {
		return "The picture cannot be read."
	}
	return strings.ToUpper(reason[:1]) + strings.TrimSuffix(reason[1:], ".") + "."
}

// encoded writes a picture into a file without loss, so that the original's pixels stay what they are, or into a smaller one. Origin is how the embedded painter made it.
func (w work) encoded(made Made, img *image.NRGBA, lossless bool, origin media.Origin) (_ Made, err error) {
	p := media.Provenance{Origin: origin, Tool: "Marquetry", Source: media.Hash(w.Source)}
	if made.Generator != embedded {
		p.Origin, p.System, p.Version = media.Composite, made.Generator, made.Model
	}
	if made.Type = "image/jpeg"; lossless {
		made.Type = "image/png"
		made.Data, err = media.EncodePNG(img, p)
	}
	if err == nil && (!lossless || img.Opaque()) {
		made.Light, err = media.EncodeJPEG(img, quality, p)
	}
	if !lossless {
		made.Data, made.Light = made.Light, nil
	}
	made.Width, made.Height = img.Rect.Dx(), img.Rect.Dy()
	return made, err
}

// quality of JPEG files that were made, of 100: what is shown for money.
const quality = 92
