package media

import (
	"bytes"
	"errors"
	"image"
	"math"
	"slices"
	"testing"
)

// frame is a JPEG picture of a size.
func frame(t testing.TB, width, height int) []byte {
	t.Helper()
	card, err := Card("A title that is too long for one line", width, height)
	if err != nil {
		t.Fatal(err)
	}
	_, data, err := Encode(card)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// inspect reads a video that is in memory.
func inspect(data []byte) (Video, error) {
	return InspectVideo(bytes.NewReader(data), int64(len(data)))
}

// mvhd is a movie's header of version 0 in thousandths of a second.
func mvhd(length uint32) []byte {
	return box("mvhd", be(uint32(0), uint64(0), uint32(1000), length), make([]byte, 80))
}

func TestInspectVideo(t *testing.T) {
	picture := frame(t, 64, 36)
	ftyp := box("ftyp", []byte("isom\x00\x00\x02\x00"))
	cover := box("udta", box("meta", be(uint32(0)), box("ilst", box("covr", box("data", be(uint64(13)), picture)))), be(uint32(0)))
	turned := box("tkhd", be(uint32(0), uint64(0), uint32(1), uint32(0), uint32(0), uint64(0), uint64(0), uint32(0), uint32(1<<16)), make([]byte, 28),
		be(uint32(640)<<16, uint32(360)<<16))
	long := box("mvhd", be(uint32(1<<24), uint64(0), uint64(0), uint32(600), uint64(600*7200)), make([]byte, 80))
	large := slices.Concat(be(uint32(1)), []byte("mdat"), be(uint64(20)), []byte("data"))
	for name, c := range map[string]struct {
		data []byte
		want Video
		err  error
	}{
		"pictures in QuickTime":        {Slides([][]byte{picture, picture}, 64, 36, 750), Video{"video/quicktime", 1.5, 64, 36, picture}, nil},
		"cover picture":                {slices.Concat(ftyp, box("moov", mvhd(2500), cover)), Video{"video/mp4", 2.5, 0, 0, picture}, nil},
		"held upright":                 {slices.Concat(ftyp, box("moov", mvhd(1000), box("trak", turned))), Video{"video/mp4", 1, 360, 640, nil}, nil},
		"64 bits":                      {slices.Concat(ftyp, large, box("moov", long)), Video{"video/mp4", 7200, 0, 0, nil}, nil},
		"in fragments":                 {slices.Concat(ftyp, box("moov", mvhd(math.MaxUint32), box("mvex", box("mehd", be(uint32(0), uint32(4000)))))), Video{"video/mp4", 4, 0, 0, nil}, nil},
		"old QuickTime without a type": {box("moov", mvhd(1000)), Video{"video/quicktime", 1, 0, 0, nil}, nil},
		"nothing":                      {nil, Video{}, ErrVideo},
		"a picture":                    {picture, Video{}, ErrVideo},
		"no header":                    {slices.Concat(ftyp, box("mdat", picture)), Video{}, ErrVideoDamaged},
		"cut off":                      {slices.Concat(ftyp, box("mdat", picture))[:100], Video{}, ErrVideoDamaged},
		"a box larger than its parent": {slices.Concat(ftyp, box("moov", be(uint32(99)), []byte("mvhd"), make([]byte, 40))), Video{}, ErrVideoDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := inspect(c.data)
			if !errors.Is(err, c.err) || got.Type != c.want.Type || got.Length != c.want.Length || got.Width != c.want.Width || got.Height != c.want.Height {
				t.Errorf("got %+v, %v; want %+v, %v", got, err, c.want, c.err)
			}
			if !bytes.Equal(got.Still, c.want.Still) {
				t.Errorf("a still of %d bytes, want %d", len(got.Still), len(c.want.Still))
			}
		})
	}
}

func TestCard(t *testing.T) {
	for _, title := range []string{"", "One", "ああああああああああああああああああああああああああああ", "many many many many many many many many many many many many words"} {
		card, err := Card(title, 320, 180)
		if err != nil || card.Bounds() != image.Rect(0, 0, 320, 180) {
			t.Fatal(title, err)
		}
		empty, _ := Card("", 320, 180)
		if same := bytes.Equal(pixels(card).Pix, pixels(empty).Pix); same != (title == "") {
			t.Errorf("%q: same as an empty card: %v", title, same)
		}
	}
}

// FuzzInspectVideo looks for a file that crashes the reader or gives a length that is none.
func FuzzInspectVideo(f *testing.F) {
	picture := frame(f, 16, 16)
	f.Add(Slides([][]byte{picture}, 16, 16, 1000))
	f.Add(slices.Concat(box("ftyp", []byte("isom")), box("moov", mvhd(1000), box("udta", box("meta", be(uint32(0)), box("ilst", box("covr", box("data", be(uint64(13)), picture))))))))
	f.Fuzz(func(t *testing.T, data []byte) {
		v, err := inspect(data)
		if err != nil && !errors.Is(err, ErrVideo) && !errors.Is(err, ErrVideoDamaged) {
			t.Fatal(err)
		}
		if v.Length < 0 || math.IsNaN(v.Length) || math.IsInf(v.Length, 0) || v.Width < 0 || v.Height < 0 {
			t.Errorf("%+v", v)
		}
	})
}
