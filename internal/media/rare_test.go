package media

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"slices"
	"testing"
)

// rare is a picture of 16 by 16 pixels, red above and blue below, in a form that no encoder at hand writes: a JPEG in several scans, one in
// inks, an interlaced PNG of 16 bits, and a WebP with losses. The glassy WebP is red above and nothing below.
func rare(t testing.TB, name string) []byte {
	t.Helper()
	data, err := base64.StdEncoding.DecodeString(map[string]string{
		"progressive": "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpK" +
			"SkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wgARCAAQABADASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAIE/8QAFAEBAAAAAAAAAAAAAAAAAAAAA//a" +
			"AAwDAQACEAMQAAAByoM//8QAFBABAAAAAAAAAAAAAAAAAAAAIP/aAAgBAQABBQIf/8QAFREBAQAAAAAAAAAAAAAAAAAAABP/2gAIAQMBAT8Bs//EABURAQEAAAAAAAAAAAAAAAAAAAAT/9oACAECAQ" +
			"E/AYP/xAAUEAEAAAAAAAAAAAAAAAAAAAAg/9oACAEBAAY/Ah//xAAVEAEBAAAAAAAAAAAAAAAAAAAAEf/aAAgBAQABPyGqqv/aAAwDAQACAAMAAAAQx//EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAI" +
			"AQMBAT8QP//EABURAQEAAAAAAAAAAAAAAAAAAABx/9oACAECAQE/EIf/xAAUEAEAAAAAAAAAAAAAAAAAAAAg/9oACAEBAAE/EB//2Q==",
		"inked": "/9j/7gAOQWRvYmUAZAAAAAAC/9sAQwAbEhQXFBEbFxYXHhwbIChCKyglJShROj0wQmBVZWRfVV1baniZgWpxkHNbXYW1hpCeo6utq2eAvMm6pseZqKuk/9sAQwEcHh4oIyhOKytOpG5dbqSkpKSkpK" +
			"SkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSk/8AAFAgAEAAQBAEiAAIRAQMRAQQiAP/EABYAAQEBAAAAAAAAAAAAAAAAAAAEBf/EABkQAAIDAQAAAAAAAAAAAAAAAAAU" +
			"ARJhUf/EABQBAQAAAAAAAAAAAAAAAAAAAAX/xAAXEQADAQAAAAAAAAAAAAAAAAAAAhQV/9oADgQBAAIRAxEEAAA/ALLi5SvHAvHA/QYKhc1H9D+hDAhh/9k=",
		"interlaced": "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQEAIAAAG3BoTjAAAAe0lEQVQ4y+2UwQnAIAxFX6ALuIIruII7dYXuZEdwBR3BFdpLKQUbMNBbfbfw+flJBOU4uJF1hW27Cl1JCWKkQ0KAnF+EZ68ny76/t1" +
			"IFPaMU8J5h1IjPDOIctGYwaHdSR6rVuPQfDfZ3aA2cGzdYMa8wA2ZAhwBYvwwLJ06RPDMdODKeAAAAAElFTkSuQmCC",
		"lossy": "UklGRjwAAABXRUJQVlA4IDAAAACwAQCdASoQABAAD8B8JbACdGuAA90AAP7tEv8212gmCCf2uiwIB/8RHP+iN/i0oAA=",
		"glassy": "UklGRoYAAABXRUJQVlA4WAoAAAAQAAAADwAADwAAQUxQSDgAAAABfyAQSFLYH3iFiEgdUEW2DRVUUEEFFVRQQQUVVFBBBRVUUMHXdojof34el8NmMRl0GpVCJhEJAFZQOCAoAAAAkAEAnQEqEAAQAA" +
			"VAfCWgAnS6AAOYAP7o1x15T4m2/+Zo/Sb6TeYAAA==",
	}[name])
	if err != nil || len(data) == 0 {
		t.Fatal(name, err)
	}
	return data
}

func TestRareFormsAreDecoded(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]Info{
		"progressive": {Format: "jpeg"}, "inked": {Format: "jpeg", Warning: warnInks}, "interlaced": {Format: "png"}, "lossy": {Format: "webp"}, "glassy": {Format: "webp"},
	} {
		img, info, err := Pixels(rare(t, name))
		want.Width, want.Height, want.Orientation, want.Cost = 16, 16, 1, info.Cost
		if err != nil || info != want {
			t.Errorf("%s: %+v, %v", name, info, err)
			continue
		}
		above, below := img.NRGBAAt(8, 0), img.NRGBAAt(8, 15)
		if above.R < 190 || above.B > 80 || above.A < 240 {
			t.Errorf("%s: %v above", name, above)
		}
		if name == "glassy" && below.A > 20 || name != "glassy" && (below.B < 110 || below.R > 90 || below.A != 255) {
			t.Errorf("%s: %v below", name, below)
		}
	}
}

func TestFilmsOfWebPAreRefused(t *testing.T) {
	t.Parallel()
	film := rare(t, "glassy")
	film[20] |= 2
	if _, _, err := Pixels(film); !errors.Is(err, ErrAnimated) || Reason(err) != ErrAnimated.Error() {
		t.Error(err)
	}
}

// TestNothingHidesBehindGarbage has a decoder skip bytes before the header that makes a picture expensive.
func TestNothingHidesBehindGarbage(t *testing.T) {
	t.Parallel()
	plain := rare(t, "progressive")
	want, err := Inspect(plain)
	if err != nil {
		t.Fatal(err)
	}
	for _, garbage := range []string{"?", "\xff\x00", "\xff\xd3", "\xff\xff\xff", "ab\xff\x00\xff"} {
		hidden := slices.Concat(jpegSegment(0xfe, []byte(secret)), []byte(garbage))
		data := slices.Concat(plain[:2], hidden, hidden, plain[2:])
		if got, err := Inspect(data); got != want {
			t.Errorf("%q: %+v, %v", garbage, got, err)
		}
		if p, err := Prepare(data); err != nil || bytes.Contains(p.Data, []byte(secret)) {
			t.Errorf("%q: %q, %v", garbage, p.Data, err)
		}
	}
}

// TestScansAreCounted repeats the last scan of a picture, which is a few bytes that a decoder goes through all of the picture for.
func TestScansAreCounted(t *testing.T) {
	t.Parallel()
	file := rare(t, "progressive")
	last := bytes.LastIndex(file, []byte{0xff, 0xda})
	scan := file[last : len(file)-2]
	for times, want := range map[int]error{1: nil, 20: nil, 100: ErrDamaged} {
		data := slices.Concat(file[:last], bytes.Repeat(scan, times), file[len(file)-2:])
		if _, err := Inspect(data); !errors.Is(err, want) {
			t.Errorf("%d times: %v", times, err)
		}
	}
}

// TestCostsAreNotBelowWhatDecodersHold compares estimates with what is known of decoders: bytes a pixel.
func TestCostsAreNotBelowWhatDecodersHold(t *testing.T) {
	t.Parallel()
	for name, least := range map[string]int64{"progressive": 4 + 3 + 12, "inked": 4 + 4, "interlaced": 4 + 8 + 4, "lossy": 4 + 2, "glassy": 4 + 3} {
		if info, err := Inspect(rare(t, name)); err != nil || info.Cost < least*16*16 {
			t.Errorf("%s: %d bytes, %v", name, info.Cost, err)
		}
	}
}

// fuzz decodes variations of files of one format.
func fuzz(f *testing.F, format string, seeds ...[]byte) {
	f.Helper()
	for _, img := range []image.Image{marked(12, 9), image.NewGray(image.Rect(0, 0, 5, 5)), image.NewPaletted(image.Rect(0, 0, 9, 2), color.Palette{color.White, color.Transparent})} {
		f.Add(encoded(f, format, img))
	}
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		header, err := Inspect(data)
		if err != nil || header.Width*header.Height > 1<<18 {
			return // a small file may declare a large picture; decoding it is slow, not wrong
		}
		img, info, err := Pixels(data)
		if header.Warning = info.Warning; err == nil && (img.Rect != image.Rect(0, 0, info.Width, info.Height) || info != header) {
			t.Fatalf("%+v, then %+v with a picture of %v", header, info, img.Rect)
		}
		if err != nil && Reason(err) == "" {
			t.Fatal(err)
		}
	})
}

func FuzzJPEG(f *testing.F) {
	plain := encoded(f, "jpeg", marked(20, 17))
	fuzz(f, "jpeg", rare(f, "progressive"), rare(f, "inked"), withProfile("jpeg", plain, displayP3()), withExif("jpeg", plain, exif(binary.BigEndian, 8)))
}

func FuzzPNG(f *testing.F) {
	plain, wide := encoded(f, "png", marked(20, 17)), image.NewNRGBA64(image.Rect(0, 0, 5, 4))
	fuzz(f, "png", rare(f, "interlaced"), withProfile("png", plain, adobeRGB()), withExif("png", plain, exif(binary.LittleEndian, 5)), encoded(f, "png", wide))
}

func FuzzGIF(f *testing.F) {
	fuzz(f, "gif", withSecrets(f, "gif", encoded(f, "gif", scene(30, 20))))
}

func FuzzWebP(f *testing.F) {
	plain := rare(f, "lossy")
	profiled := slices.Concat(plain, []byte("ICCP\x04\x00\x00\x00icc?"))
	fuzz(f, "webp", plain, rare(f, "glassy"), profiled, withSecrets(f, "webp", []byte(tinyWebP)))
}

// FuzzExif looks for EXIF that crashes its reader or makes an orientation that there is not.
func FuzzExif(f *testing.F) {
	for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
		f.Add(exif(order, 6))
		f.Add(bytes.Repeat(exif(order, 9), 3))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if o := tiffOrientation(data); o < 1 || o > 8 {
			t.Error(o)
		}
	})
}
