package remote

import (
	"encoding/base64"
	"fmt"
	"image"
	"math"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/media"
)

// decode checks the header of a file and decodes it. It must be a JPEG, PNG or WebP picture in the ratio that was asked for, and hold at most four times the pixels.
func decode(file []byte, size image.Point) (*image.NRGBA, error) {
	info, err := media.Inspect(file)
	switch {
	case err != nil:
		return nil, fmt.Errorf("is no picture: %w", err)
	case !slices.Contains([]string{"jpeg", "png", "webp"}, info.Format):
		return nil, fmt.Errorf("is a picture in the format %s, not JPEG, PNG or WebP", info.Format)
	case info.Width*info.Height > 4*max(size.X*size.Y, LeastPixels):
		return nil, fmt.Errorf("has %d × %d pixels where %d × %d were asked for", info.Width, info.Height, size.X, size.Y)
	case math.Abs(float64(info.Width*size.Y)/float64(info.Height*size.X)-1) > 0.03:
		return nil, fmt.Errorf("has %d × %d pixels, another shape than the %d × %d that were asked for", info.Width, info.Height, size.X, size.Y)
	}
	img, _, err := media.Pixels(file)
	if err != nil {
		return nil, fmt.Errorf("is no picture: %w", err)
	}
	return img, nil
}

// fromBase64 reads a file out of JSON. Some servers put the head of a data URL before it.
func fromBase64(text string) ([]byte, *failure) {
	if _, data, ok := strings.Cut(text, ";base64,"); ok {
		text = data
	}
	file, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, &failure{text: "the answer's picture is no base 64"}
	}
	return file, nil
}
