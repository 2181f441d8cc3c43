package media

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"image"
	_ "image/gif"  // registers the decoder
	_ "image/jpeg" // registers the decoder
	_ "image/png"  // registers the decoder

	_ "golang.org/x/image/bmp"  // registers the decoder
	_ "golang.org/x/image/tiff" // registers the decoder
	_ "golang.org/x/image/webp" // registers the decoder
)

// Limits on one picture: the platform's 30 MB, and an area that keeps a decoded picture under 160 MB.
const (
	MaxBytes  = 30 << 20
	MaxPixels = 40_000_000
	MaxSide   = 30_000
)

// What can be wrong with a picture.
var (
	ErrBytes   = errors.New("the file is larger than 30 MB")
	ErrFormat  = errors.New("the file is not a JPEG, PNG, GIF, BMP, TIFF or WebP picture")
	ErrPixels  = errors.New("the picture has more than 40 million pixels, or a side over 30,000")
	ErrDamaged = errors.New("the picture is damaged")
)

// Info is what the header of a picture says.
type Info struct {
	Format      string // jpeg, png, gif, bmp, tiff, webp
	Width       int    // pixels, upright: after Orientation was applied
	Height      int
	Orientation int // 1 to 8 as EXIF numbers them; 1 is upright
}

// Inspect reads the header alone.
func Inspect(data []byte) (Info, error) {
	if len(data) > MaxBytes {
		return Info{}, ErrBytes
	}
	header, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return Info{}, broken(err)
	}
	info := Info{Format: format, Width: header.Width, Height: header.Height, Orientation: orientation(format, data)}
	switch {
	case info.Width < 1 || info.Height < 1:
		return Info{}, ErrDamaged
	case info.Width > MaxSide || info.Height > MaxSide || info.Width*info.Height > MaxPixels:
		return Info{}, ErrPixels
	}
	if info.Orientation >= 5 {
		info.Width, info.Height = info.Height, info.Width
	}
	return info, nil
}

// broken tells a file that no decoder knows from one that a decoder choked on. The decoder's own words stay in the error's text.
func broken(err error) error {
	if errors.Is(err, image.ErrFormat) {
		return ErrFormat
	}
	return errors.Join(ErrDamaged, err)
}

// Hash names a picture by its bytes: the first half of their SHA-256, 32 hex digits.
func Hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:16])
}
