package media

// Widths are those of the copies that pages choose from, in pixels, in ascending order. No page needs more than three pixels for each of a card's 500.
func Widths() []int { return []int{256, 512, 768, 1080, 1440} }

// Copied is a copy of a picture for browsers.
type Copied struct {
	Type string // content type of Data
	Data []byte
	WebP []byte // the same without loss; nil where that is not tried: of photographs, and of more pixels than a page shows
}

// mostWebP is the most pixels of a picture that is tried as WebP.
const mostWebP = 4_000_000

// Copy makes a copy of a picture's file that is at most so wide, 0 for as wide as it is, and says in it how the picture was made.
func Copy(data []byte, width int) (c Copied, err error) {
	_, img, err := Decode(data)
	if err != nil {
		return c, err
	}
	if width > 0 {
		img = Scale(img, width)
	}
	c.Type, c.Data, err = encode(img, quality, ProvenanceOf(data))
	return c, err
}

// CopyCost is the memory that Copy takes beside decoding, in bytes.
func CopyCost(info Info, width int) int64 {
	if width == 0 || width > info.Width {
		width = info.Width
	}
	return 64 * int64(width) * int64(max(1, info.Height*width/info.Width))
}
