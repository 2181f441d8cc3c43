package previews

import (
	"bytes"
	"image"
	"image/png"
	"testing"

	"github.com/marquetry/marquetry/internal/graph/graphtest"
)

func TestPicturesAreHeldNoLargerThanTheyArePainted(t *testing.T) {
	t.Parallel()
	s := service(t, graphtest.Now())
	for _, c := range []struct{ width, height, wide, high int }{
		{20, 4000, 2, 400}, {4000, 20, 200, 1}, {4000, 2, 200, 1}, {2, 4000, 1, 400}, {100, 90, 100, 90}, {400, 600, 200, 300},
	} {
		var b bytes.Buffer
		if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, c.width, c.height))); err != nil {
			t.Fatal(err)
		}
		img, err := s.decode(t.Context(), b.Bytes(), 200, 400)
		if err != nil || img.Rect.Dx() != c.wide || img.Rect.Dy() != c.high {
			t.Errorf("%d × %d became %v, want %d × %d: %v", c.width, c.height, img.Rect, c.wide, c.high, err)
		}
	}
}

func TestThePictureOfAVideoIsTheSameEachTime(t *testing.T) {
	t.Parallel()
	spec := map[string]any{}
	for _, name := range []string{"f", "b", "e", "a", "d", "c"} {
		spec[name] = map[string]any{"video_id": "7", "name": name}
	}
	for range 50 {
		if found := holding(spec, "7", "video_id"); found["name"] != "a" {
			t.Fatal(found)
		}
	}
}
