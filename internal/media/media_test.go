package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"

	"pgregory.net/rapid"
)

// tinyWebP is a lossless picture of 1×1 pixel: no encoder is at hand.
const tinyWebP = "RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00/\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"

// marked is a white picture with one black block of 8×8 in the upper left, so that turns show even after JPEG.
func marked(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			shade := color.NRGBA{255, 255, 255, 255}
			if x < 8 && y < 8 {
				shade = color.NRGBA{0, 0, 0, 255}
			}
			img.Set(x, y, shade)
		}
	}
	return img
}

// encoded writes a picture in one of the formats that have an encoder.
func encoded(t testing.TB, format string, img image.Image) []byte {
	t.Helper()
	var buf bytes.Buffer
	var err error
	switch format {
	case "jpeg":
		err = jpeg.Encode(&buf, img, nil)
	case "png":
		err = png.Encode(&buf, img)
	case "gif":
		err = gif.Encode(&buf, img, nil)
	case "webp":
		buf.WriteString(tinyWebP)
	}
	if err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// exif is a TIFF structure whose one entry is the orientation.
func exif(order binary.AppendByteOrder, orientation uint16) []byte {
	head := []byte("II*\x00")
	if order.String() == "BigEndian" {
		head = []byte("MM\x00*")
	}
	head = order.AppendUint32(head, 8)
	head = order.AppendUint16(head, 1)
	head = order.AppendUint16(head, 0x0112)
	head = order.AppendUint16(head, 3)
	head = order.AppendUint32(head, 1)
	head = order.AppendUint16(head, orientation)
	return append(head, 0, 0, 0, 0, 0, 0)
}

// withExif puts EXIF into a JPEG or PNG file where cameras put it.
func withExif(format string, data, exif []byte) []byte {
	var part []byte
	at := 2
	if format == "jpeg" {
		part = binary.BigEndian.AppendUint16([]byte{0xFF, 0xE1}, uint16(len(exif)+8))
		part = append(append(part, "Exif\x00\x00"...), exif...)
	} else {
		at = 33 // after the header chunk
		part = binary.BigEndian.AppendUint32(nil, uint32(len(exif)))
		part = append(append(part, "eXIf"...), exif...)
		part = binary.BigEndian.AppendUint32(part, crc32.ChecksumIEEE(part[4:]))
	}
	return append(append(bytes.Clone(data[:at]), part...), data[at:]...)
}

func TestInspectTellsFormatAndSize(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"jpeg", "png", "gif", "webp"} {
		want := Info{Format: format, Width: 40, Height: 20, Orientation: 1}
		if format == "webp" {
			want.Width, want.Height = 1, 1
		}
		data := encoded(t, format, marked(40, 20))
		got, err := Inspect(data)
		if least := int64(4 * got.Width * got.Height); got.Cost < least {
			t.Errorf("%s costs %d bytes, the pixels alone %d", format, got.Cost, least)
		}
		if got.Cost = 0; err != nil || got != want {
			t.Errorf("Inspect of %s = %+v, %v, want %+v", format, got, err, want)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	png := encoded(t, "png", marked(16, 16))
	vast := bytes.Clone(png)
	binary.BigEndian.PutUint32(vast[16:], 20_000)
	binary.BigEndian.PutUint32(vast[20:], 20_000)
	// The checksum of the header has to fit for the reader to believe the size.
	binary.BigEndian.PutUint32(vast[29:], crc32.ChecksumIEEE(vast[12:29]))
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"nothing":            {nil, ErrFormat},
		"text":               {[]byte("hello, this is not a picture"), ErrFormat},
		"svg":                {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), ErrFormat},
		"half a file":        {png[:len(png)/2], ErrDamaged},
		"vast size declared": {vast, ErrPixels},
		"31 MB":              {make([]byte, MaxBytes+1), ErrBytes},
	} {
		t.Run(name, func(t *testing.T) {
			if _, _, err := Decode(c.data); !errors.Is(err, c.want) {
				t.Errorf("Decode = %v, want %v", err, c.want)
			}
		})
	}
}

func TestDecodeTurnsUpright(t *testing.T) {
	t.Parallel()
	// Where the block of the upper left comes to lie, by orientation, in corners left-right and top-bottom of the upright picture.
	corner := map[uint16][2]bool{1: {false, false}, 2: {true, false}, 3: {true, true}, 4: {false, true},
		5: {false, false}, 6: {true, false}, 7: {true, true}, 8: {false, true}}
	for _, format := range []string{"jpeg", "png"} {
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			for o, at := range corner {
				t.Run(fmt.Sprint(format, order, o), func(t *testing.T) {
					data := withExif(format, encoded(t, format, marked(48, 24)), exif(order, o))
					info, img, err := Decode(data)
					if err != nil {
						t.Fatal(err)
					}
					w, h := 48, 24
					if o >= 5 {
						w, h = h, w
					}
					if img.Bounds() != image.Rect(0, 0, w, h) || info.Width != w || info.Height != h || info.Orientation != int(o) {
						t.Fatalf("picture %v, info %+v, want %d×%d", img.Bounds(), info, w, h)
					}
					x, y := 3, 3
					if at[0] {
						x = w - 4
					}
					if at[1] {
						y = h - 4
					}
					if r, _, _, _ := img.At(x, y).RGBA(); r > 0x4000 {
						t.Errorf("no block at %d,%d", x, y)
					}
				})
			}
		}
	}
}

func TestDecodePutsAPartialFrameOnItsCanvas(t *testing.T) {
	t.Parallel()
	frame := image.NewPaletted(image.Rect(4, 4, 8, 8), color.Palette{color.Black, color.White})
	var buf bytes.Buffer
	err := gif.EncodeAll(&buf, &gif.GIF{Image: []*image.Paletted{frame}, Delay: []int{0}, Config: image.Config{Width: 20, Height: 10, ColorModel: frame.Palette}})
	if err != nil {
		t.Fatal(err)
	}
	_, img, err := Decode(buf.Bytes())
	if err != nil || img.Bounds() != image.Rect(0, 0, 20, 10) {
		t.Fatalf("picture %v, %v", img.Bounds(), err)
	}
	_, _, _, inside := img.At(5, 5).RGBA()
	_, _, _, outside := img.At(15, 5).RGBA()
	if inside != 0xFFFF || outside != 0 {
		t.Errorf("alpha inside %x, outside %x", inside, outside)
	}
}

func TestHashIsOfTheBytes(t *testing.T) {
	t.Parallel()
	const want = "e3b0c44298fc1c149afbf4c8996fb924" // the first half of SHA-256 of nothing
	if got := Hash(nil); got != want {
		t.Errorf("Hash(nil) = %s, want %s", got, want)
	}
}

func TestScaleKeepsRatioAndNeverEnlarges(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(1, 60).Draw(t, "w"), rapid.IntRange(1, 60).Draw(t, "h")
		width := rapid.IntRange(1, 80).Draw(t, "width")
		got := Scale(marked(w, h), width).Bounds()
		if got.Dx() != min(w, width) {
			t.Fatalf("width %d of %d, asked for %d", got.Dx(), w, width)
		}
		if ideal := float64(h*got.Dx()) / float64(w); ideal >= 1 && (float64(got.Dy()) < ideal-0.51 || float64(got.Dy()) > ideal+0.51) {
			t.Fatalf("height %d, want about %.1f", got.Dy(), ideal)
		}
	})
}

func TestPrepareIsForBrowsers(t *testing.T) {
	t.Parallel()
	glass := marked(10, 10)
	glass.Set(5, 5, color.NRGBA{})
	for name, c := range map[string]struct {
		data []byte
		want string
		same bool
	}{
		"jpeg as it is":        {encoded(t, "jpeg", marked(10, 10)), "image/jpeg", true},
		"gif as it is":         {encoded(t, "gif", marked(10, 10)), "image/gif", true},
		"lying jpeg turned":    {withExif("jpeg", encoded(t, "jpeg", marked(10, 20)), exif(binary.LittleEndian, 6)), "image/jpeg", false},
		"lying glass is a png": {withExif("png", encoded(t, "png", glass), exif(binary.BigEndian, 3)), "image/png", false},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := Prepare(c.data)
			if err != nil || p.Type != c.want || bytes.Equal(p.Data, c.data) != c.same {
				t.Fatalf("Prepare = %+v as %s, same %v, %v", p.Info, p.Type, bytes.Equal(p.Data, c.data), err)
			}
			if again, err := Inspect(p.Data); err != nil || again.Width != p.Width || again.Height != p.Height || again.Orientation != 1 {
				t.Errorf("what is kept reads as %+v, %v; want the size %d×%d and upright", again, err, p.Width, p.Height)
			}
		})
	}
}
