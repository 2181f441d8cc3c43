package previews

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"

	"github.com/marquetry/marquetry/internal/graph/previews/raster"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/store"
)

// Bounds of painted previews: their frame in CSS pixels, device pixels to one of these, and how many are painted at the same time.
const (
	mostPaintedWide = 1080
	mostPaintedHigh = 1920
	density         = 2
	painters        = 2
)

// picture paints a scene. Pictures from elsewhere are not fetched, and stay plain areas.
func (s *Service) picture(ctx context.Context, made scene) ([]byte, error) {
	select {
	case s.painting <- struct{}{}:
		defer func() { <-s.painting }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	found, err := s.images(ctx, made)
	if err != nil {
		return nil, err
	}
	img, err := raster.Paint(made.page(), raster.Options{Width: made.Wide, Height: made.High, Scale: density,
		Picture: func(hash string) *image.NRGBA { return found[hash] }})
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	err = encoder.Encode(&b, img)
	return b.Bytes(), err
}

// images decodes the images of a scene, not larger than they are painted; one that is gone or broken is left out.
func (s *Service) images(ctx context.Context, made scene) (map[string]*image.NRGBA, error) {
	found := map[string]*image.NRGBA{}
	for _, c := range made.Cards {
		if c.Hash == "" || found[c.Hash] != nil {
			continue
		}
		var data []byte
		err := s.config.DB.Read(ctx, func(tx store.Tx) (err error) {
			_, data, err = tx.Blob(ctx, c.Hash)
			return err
		})
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if img, err := s.decode(ctx, data, made.Wide*density, max(made.Wide, made.High)*density); err == nil {
			found[c.Hash] = img
		} else if ctx.Err() != nil {
			return nil, err
		}
	}
	return found, nil
}

// decode is an image within so many pixels, in its own ratio: what of one that is far taller than the frame would not be seen is not held either.
func (s *Service) decode(ctx context.Context, data []byte, width, height int) (*image.NRGBA, error) {
	free, err := s.config.Memory.Decoding(ctx, data)
	if err != nil {
		return nil, err
	}
	defer free()
	img, info, err := media.Pixels(data)
	if err != nil || info.Width <= width && info.Height <= height {
		return img, err
	}
	if info.Width*height < info.Height*width {
		return media.Resize(img, max(1, info.Width*height/info.Height), height), nil
	}
	return media.Resize(img, width, max(1, info.Height*width/info.Width)), nil
}
