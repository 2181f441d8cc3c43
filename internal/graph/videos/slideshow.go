package videos

import (
	"context"
	"fmt"
	"image"

	"github.com/marquetry/marquetry/internal/fetch"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/object"
)

// Limits of a slideshow.
const (
	fewestSlides  = 3
	mostSlides    = 7
	usualDuration = 1000 // milliseconds of a slide
	mostDuration  = 10_000
	slideSide     = 1280 // pixels of the longer side, at most
)

// slideshow makes a video of pictures from their addresses, in the shape of the first.
func (s *service) slideshow(ctx context.Context, call *graph.Call) ([]byte, error) {
	field := object.Field{Name: "slideshow_spec", Kind: object.Object}
	value, bad := field.Coerce("slideshow_spec", call.Params["slideshow_spec"], nil)
	if bad != nil {
		return nil, bad
	}
	spec, _ := value.(map[string]any)
	addresses := object.IDs(spec["images_urls"])
	duration := object.Whole(spec, "duration_ms")
	if spec["duration_ms"] == nil {
		duration = usualDuration
	}
	switch n := len(addresses); {
	case n < fewestSlides || n > mostSlides:
		f := object.Broken("slideshow.images", 0, fmt.Sprintf("images_urls has %d addresses, %d to %d are allowed", n, fewestSlides, mostSlides), "slideshow_spec", "images_urls")
		f.Sent, f.Limit = n, mostSlides
		return nil, f
	case duration < 1 || duration > mostDuration:
		return nil, object.Broken("slideshow.duration", 0, fmt.Sprintf("duration_ms must be 1 to %d", mostDuration), "slideshow_spec", "duration_ms")
	}
	return s.slides(ctx, addresses, uint32(duration))
}

// slides fetches the pictures and puts them into a video.
func (s *service) slides(ctx context.Context, addresses []string, duration uint32) ([]byte, error) {
	var frames [][]byte
	var size image.Point
	for _, address := range addresses {
		got, err := s.Fetch.Get(ctx, address, fetch.Want{Field: "slideshow_spec", MaxBytes: media.MaxBytes, Types: []string{"image/"}})
		if err != nil {
			return nil, err
		}
		frame, err := s.slide(ctx, got.Data, &size)
		if err != nil {
			return nil, unusable("slideshow_spec", err)
		}
		frames = append(frames, frame)
	}
	return media.Slides(frames, size.X, size.Y, duration), nil
}

// slide scales a picture to the size of all, which the first one gives.
func (s *service) slide(ctx context.Context, data []byte, size *image.Point) ([]byte, error) {
	giveBack, err := s.Memory.Decoding(ctx, data)
	if err != nil {
		return nil, err
	}
	defer giveBack()
	info, img, err := media.Decode(data)
	if err != nil {
		return nil, err
	}
	if *size == (image.Point{}) {
		longer := max(info.Width, info.Height, slideSide)
		*size = image.Pt(max(2, info.Width*slideSide/longer&^1), max(2, info.Height*slideSide/longer&^1))
	}
	return media.Fitted(img, size.X, size.Y)
}
