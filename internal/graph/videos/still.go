package videos

import (
	"context"
	"image"

	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Sides of a drawn card, in pixels.
const (
	cardSide  = 720 // the longer one
	cardLeast = 120
)

// still is a picture that is ready to stand for a video.
type still struct {
	hash, contentType string
	data              []byte
	width, height     int
}

// newStill checks an uploaded or embedded picture.
func newStill(data []byte) (still, error) {
	p, err := media.Prepare(data)
	return still{media.Hash(data), p.Type, p.Data, p.Width, p.Height}, err
}

// uploadedStill checks a picture that came in a parameter, as soon as there is memory for it.
func (s *service) uploadedStill(ctx context.Context, param string, data []byte) (still, error) {
	giveBack, err := s.Memory.Decoding(ctx, data)
	if err != nil {
		return still{}, unusable(param, err)
	}
	defer giveBack()
	made, err := newStill(data)
	return made, unusable(param, err)
}

// firstStill is the picture that a file carries, or a card in its shape.
func firstStill(v media.Video, title string) (still, error) {
	if v.Still != nil {
		if s, err := newStill(v.Still); err == nil {
			return s, nil
		}
	}
	width, height := v.Width, v.Height
	if width < 1 || height < 1 {
		width, height = 16, 9
	}
	longer := max(width, height)
	width, height = max(cardLeast, width*cardSide/longer), max(cardLeast, height*cardSide/longer)
	card, err := media.Card(title, width, height)
	if err != nil {
		return still{}, err
	}
	return encoded(card)
}

// encoded makes a still of a drawn picture.
func encoded(img image.Image) (still, error) {
	contentType, data, err := media.Encode(img)
	return still{media.Hash(data), contentType, data, img.Bounds().Dx(), img.Bounds().Dy()}, err
}

// keep writes the picture and gives the thumbnail as a video's data holds it.
func (s still) keep(ctx context.Context, tx store.Tx, preferred bool) (map[string]any, error) {
	id, _, err := tx.NextID(ctx)
	if err != nil {
		return nil, err
	}
	row := map[string]any{"id": id, "hash": s.hash, "width": int64(s.width), "height": int64(s.height), "is_preferred": preferred}
	return row, tx.PutBlob(ctx, s.hash, s.contentType, s.data)
}

// unusable says what is wrong with a picture that was sent. No error stays none.
func unusable(param string, err error) error {
	if reason := media.Reason(err); reason != "" {
		return object.Broken("video.thumbnail", 2446496, reason, param)
	}
	return err
}
