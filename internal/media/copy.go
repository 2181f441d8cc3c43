package media

import (
	"encoding/binary"
	"image"
	"slices"

	"github.com/marquetry/marquetry/internal/media/webp"
)

// Widths are those of the copies that pages choose from, in pixels, in ascending order. No page needs more than three pixels for each of a card's 500.
func Widths() []int { return []int{256, 512, 768, 1080, 1440} }

// Copied is a copy of a picture for browsers.
type Copied struct {
	Type string // content type of Data
	Data []byte
	WebP []byte // the same pixels without loss; nil where it is not tried: of JPEG files, and of more pixels than pages show
}

// mostWebP is the most pixels of a picture that is tried as WebP.
const mostWebP = 4_000_000

// Copy makes a copy of a picture's file that is at most so wide, 0 for as wide as it is, and says in it how the picture was made.
func Copy(data []byte, width int) (c Copied, err error) {
	info, img, err := Decode(data)
	if err != nil {
		return c, err
	}
	if width > 0 {
		img = Scale(img, width)
	}
	p := ProvenanceOf(data)
	if c.Type, c.Data, err = encode(img, quality, p); err != nil {
		return c, err
	}
	if b := img.Bounds(); info.Format != "jpeg" && b.Dx()*b.Dy() <= mostWebP {
		c.WebP, err = encodeWebP(pixels(img), p)
	}
	return c, err
}

// encodeWebP writes a WebP file whose only metadata is where the picture comes from.
func encodeWebP(img *image.NRGBA, p Provenance) ([]byte, error) {
	data, err := webp.Encode(img)
	if err != nil || p == (Provenance{}) {
		return data, err
	}
	const header = 12 // RIFF, length, WEBP
	frame := make([]byte, 10)
	if !img.Opaque() {
		frame[0] = 0x10
	}
	binary.LittleEndian.PutUint32(frame[4:], uint32(img.Rect.Dx()-1))
	frame[7] = byte(img.Rect.Dy() - 1)
	frame[8] = byte((img.Rect.Dy() - 1) >> 8)
	chunk := slices.Concat([]byte("VP8X"), binary.LittleEndian.AppendUint32(nil, uint32(len(frame))), frame)
	return mark("webp", slices.Concat(data[:header], chunk, data[header:]), p), nil
}

// CopyCost is the memory that Copy takes beside decoding, in bytes.
func CopyCost(info Info, width int) int64 {
	if width == 0 || width > info.Width {
		width = info.Width
	}
	return 64 * int64(width) * int64(max(1, info.Height*width/info.Width))
}
