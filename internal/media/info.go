package media

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

// Limits on one picture: the platform's 30 MB, an area that keeps decoded pixels under 160 MB, and about the longest side of a WebP.
const (
	MaxBytes  = 30 << 20
	MaxPixels = 40_000_000
	MaxSide   = 16_384
)

// Info is what the header of a picture says.
type Info struct {
	Format      string // jpeg, png, gif, webp
	Width       int    // pixels, upright: after Orientation was applied
	Height      int
	Orientation int    // 1 to 8 as EXIF numbers them; 1 is upright
	Cost        int64  // bytes of memory that Pixels needs, estimated from above
	Warning     string // what decoding could not do justice to, such as a colour profile; "" before decoding, and for most pictures
}

// codec is how one format is read.
type codec struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error) // the first frame
	cost   int64                                // bytes a pixel that decoding takes at most, beside the pixels that come out
}

// codecs are the formats that are taken. Progressive JPEG holds 4 bytes for each coefficient of up to 4 channels beside the channels
// themselves; interlaced PNG holds the picture twice; WebP without loss has its colours, their predictions and their indices.
func codecs(format string) codec {
	return map[string]codec{
		"jpeg": {jpeg.DecodeConfig, jpeg.Decode, 24},
		"png":  {png.DecodeConfig, png.Decode, 9},
		"gif":  {gif.DecodeConfig, gif.Decode, 2},
		"webp": {webp.DecodeConfig, webp.Decode, 12},
	}[format]
}

// Inspect reads the header alone.
func Inspect(data []byte) (Info, error) {
	if len(data) > MaxBytes {
		return Info{}, ErrBytes
	}
	name, err := format(data)
	if err != nil {
		return Info{}, err
	}
	switch {
	case name == "webp" && animated(data):
		return Info{}, ErrAnimated
	case name == "jpeg" && manyScans(data):
		return Info{}, errors.Join(ErrDamaged, errors.New("it has too many scans"))
	}
	c := codecs(name)
	header, err := c.config(bytes.NewReader(data))
	if err != nil {
		return Info{}, errors.Join(ErrDamaged, err)
	}
	info := Info{Format: name, Width: header.Width, Height: header.Height, Orientation: orientation(name, data)}
	switch {
	case info.Width < 1 || info.Height < 1:
		return Info{}, ErrDamaged
	case info.Width > MaxSide || info.Height > MaxSide || info.Width*info.Height > MaxPixels:
		return Info{}, ErrPixels
	}
	if info.Orientation >= 5 {
		info.Width, info.Height = info.Height, info.Width
	}
	info.Cost = int64(info.Width*info.Height) * cost(c, header.ColorModel, info.Orientation, data)
	return info, nil
}

// cost is how many bytes a pixel decoding takes: what comes out twice where it is turned, and what the decoder holds meanwhile.
func cost(c codec, model color.Model, orientation int, data []byte) int64 {
	out := int64(4)
	if orientation != 1 {
		out = 8
	}
	switch model {
	case color.RGBA64Model, color.NRGBA64Model, color.Gray16Model: // 16 bits a channel
		return out + 2*c.cost
	case color.YCbCrModel, color.GrayModel:
		if !progressive(data) {
			return out + 3
		}
	}
	return out + c.cost
}

// Hash names a picture by its bytes: the first half of their SHA-256, 32 hex digits.
func Hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:16])
}
