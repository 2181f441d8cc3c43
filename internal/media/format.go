package media

import (
	"bytes"
	"errors"
)

// What can be wrong with a picture. [Reason] has the words for those who sent it.
var (
	ErrBytes    = errors.New("the file is larger than 30 MB")
	ErrFormat   = errors.New("the file is not a JPEG, PNG, GIF or WebP picture")
	ErrAnimated = errors.New("the file is an animated WebP, of which no frame is taken: send a still picture as JPEG, PNG or WebP, or an animation as GIF")
	ErrPixels   = errors.New("the picture has more than 40 million pixels, or a side over 16,384")
	ErrDamaged  = errors.New("the picture is damaged")
)

// foreign is a picture in a format that is known and not taken. It is an [ErrFormat].
type foreign struct {
	name, instead string
}

func (f foreign) Error() string {
	return "the file is a picture in the format " + f.name + ", which is not taken: send it as " + f.instead
}

func (f foreign) Is(target error) bool { return target == ErrFormat }

// Reason says what is wrong with a picture, in words for whoever sent it; "" when the error is about something else. What a decoder said is
// left out.
func Reason(err error) string {
	if f := (foreign{}); errors.As(err, &f) {
		return f.Error()
	}
	for _, known := range []error{ErrBytes, ErrFormat, ErrAnimated, ErrPixels, ErrDamaged} {
		if errors.Is(err, known) {
			return known.Error()
		}
	}
	return ""
}

// format recognises a file by its first bytes: jpeg, png, gif or webp, or else an error that names what it is.
func format(data []byte) (string, error) {
	for _, f := range []struct{ name, magic string }{
		{"jpeg", "\xff\xd8\xff"}, {"png", "\x89PNG\r\n\x1a\n"}, {"gif", "GIF87a"}, {"gif", "GIF89a"}, {"webp", "RIFF????WEBP"},
	} {
		if matches(data, f.magic) {
			return f.name, nil
		}
	}
	for _, f := range []struct{ name, magic, instead string }{
		{"BMP", "BM????\x00\x00\x00\x00", "PNG"}, {"TIFF", "II*\x00", "JPEG or PNG"}, {"TIFF", "MM\x00*", "JPEG or PNG"}, {"TIFF", "II+\x00", "JPEG or PNG"},
		{"AVIF", "????ftypavi", "JPEG or WebP"}, {"HEIC", "????ftyphe", "JPEG"}, {"HEIC", "????ftypmif1", "JPEG"}, {"HEIC", "????ftypmsf1", "JPEG"},
		{"JPEG XL", "\xff\x0a", "JPEG"}, {"JPEG XL", "\x00\x00\x00\x0cJXL ", "JPEG"}, {"JPEG 2000", "\x00\x00\x00\x0cjP  ", "JPEG"},
		{"Photoshop", "8BPS", "JPEG or PNG"},
	} {
		if matches(data, f.magic) {
			return "", foreign{still(data, f.name), f.instead}
		}
	}
	return "", ErrFormat
}

// still tells AVIF from HEIC where a file names only the container that both share: the brands after it tell.
func still(data []byte, name string) string {
	if name == "HEIC" && bytes.Contains(data[:min(len(data), 64)], []byte("avif")) {
		return "AVIF"
	}
	return name
}

// matches compares the beginning of a file with a pattern in which ? is any byte.
func matches(data []byte, magic string) bool {
	if len(data) < len(magic) {
		return false
	}
	for i := range len(magic) {
		if magic[i] != '?' && magic[i] != data[i] {
			return false
		}
	}
	return true
}
