package media

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"slices"
	"testing"
)

// secret is what no file that is served may hold.
const secret = "52.3731,4.8922"

// withSecrets puts a secret wherever a format has room for one, and a provenance where it has room for that.
func withSecrets(t testing.TB, format string, data []byte) []byte {
	t.Helper()
	said := Provenance{Origin: Composite, Source: "0123"}
	switch format {
	case "jpeg":
		data = mark(format, data, said)
		data = slices.Concat(data[:2], jpegSegment(0xe1, []byte("Exif\x00\x00"+secret)), jpegSegment(0xfe, []byte(secret)), jpegSegment(0xe2, []byte("MPF\x00"+secret)), data[2:])
	case "png":
		data = mark(format, data, said)
		data = slices.Concat(data[:33], makeChunk("tEXt", []byte("Comment\x00"+secret)), makeChunk("eXIf", []byte(secret)), data[33:])
	case "webp":
		head := slices.Concat([]byte("VP8X\x0a\x00\x00\x00"), make([]byte, 10))
		head[8] = 8
		data = slices.Concat(data[:12], head, data[12:], []byte("EXIF\x0e\x00\x00\x00"+secret))
		binary.LittleEndian.PutUint32(data[4:], uint32(len(data)-8))
		data = mark(format, data, said)
	case "gif":
		at := 13 + colours(data[10])
		data = slices.Concat(data[:at], []byte("\x21\xfe\x0e"+secret+"\x00\x21\xff\x0bXMP DataXMP\x0e"+secret+"\x00"), data[at:])
	}
	return append(bytes.Clone(data), secret...)
}

func TestNoSecretsAreServed(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"jpeg", "png", "webp", "gif"} {
		clean := encoded(t, format, scene(20, 20))
		file := withSecrets(t, format, clean)
		p, err := Prepare(file)
		if err != nil || bytes.Contains(p.Data, []byte(secret)) || bytes.Count(file, []byte(secret)) < 2 {
			t.Errorf("%s: %v, %q", format, err, p.Data)
			continue
		}
		if got := ProvenanceOf(p.Data); format != "gif" && got != (Provenance{Origin: Composite, Source: "0123"}) {
			t.Errorf("%s says %+v", format, got)
		}
		want, _, _ := Pixels(clean)
		got, info, err := Pixels(p.Data)
		if err != nil || info.Format != format || !bytes.Equal(got.Pix, want.Pix) {
			t.Errorf("%s: %+v, %v", format, info, err)
		}
	}
}

func TestAnimationsAreServedWhole(t *testing.T) {
	t.Parallel()
	palette := color.Palette{color.Black, color.White}
	film := gif.GIF{LoopCount: 3}
	for range 4 {
		film.Image, film.Delay = append(film.Image, image.NewPaletted(image.Rect(0, 0, 9, 9), palette)), append(film.Delay, 10)
	}
	var file bytes.Buffer
	if err := gif.EncodeAll(&file, &film); err != nil {
		t.Fatal(err)
	}
	p, err := Prepare(withSecrets(t, "gif", file.Bytes()))
	if err != nil || !bytes.Equal(p.Data, file.Bytes()) {
		t.Errorf("%q became %q, %v", file.Bytes(), p.Data, err)
	}
}

// FuzzPrepare looks for a picture that can be decoded, but not any more once it was made ready to be served.
func FuzzPrepare(f *testing.F) {
	for _, format := range []string{"jpeg", "png", "webp", "gif"} {
		f.Add(withSecrets(f, format, encoded(f, format, marked(12, 9))))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if info, err := Inspect(data); err != nil || info.Width*info.Height > 1<<16 {
			return
		}
		p, err := Prepare(data)
		if err != nil {
			return
		}
		got, info, err := Pixels(p.Data)
		if err != nil || info.Width != p.Width || info.Height != p.Height || info.Orientation != 1 {
			t.Fatalf("%+v became %+v, %v", p.Info, info, err)
		}
		if _, whole := stripped(p.Format, data); whole && p.Orientation == 1 && !bytes.Equal(got.Pix, pixels(p.Image).Pix) {
			t.Fatal("the pixels are others")
		}
	})
}
