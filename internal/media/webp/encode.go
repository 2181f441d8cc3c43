package webp

import (
	"encoding/binary"
	"errors"
	"image"
)

// MaxSide is how wide and high a picture may be, in pixels.
const MaxSide = 1 << 14

// errSide says that a picture is none, or too large for the format.
var errSide = errors.New("webp: a picture is 1 to 16384 pixels wide and high")

// Numbers of the format's transforms.
const (
	transformPredict = 0
	transformGreen   = 2
	transformIndex   = 3
)

// Encode writes a picture. What is wholly transparent loses its colour, and nothing else does.
func Encode(img *image.NRGBA) ([]byte, error) {
	width, height := img.Rect.Dx(), img.Rect.Dy()
	if width < 1 || height < 1 || width > MaxSide || height > MaxSide {
		return nil, errSide
	}
	pixels, translucent := colours(img)
	if palette, index := paletteOf(pixels); palette != nil {
		return file(width, height, translucent, indexed(pixels, width, palette, index)), nil
	}
	green := lessGreen(pixels)
	a, b := file(width, height, translucent, guessed(green, width, height)), file(width, height, translucent, func(w *bitWriter) {
		w.write(1|transformGreen<<1, 3)
		w.write(0, 1)
		writeImage(w, green, width, true)
	})
	if len(b) < len(a) {
		return b, nil
	}
	return a, nil
}

// colours are the pixels as 0xAARRGGBB, and whether some are not opaque.
func colours(img *image.NRGBA) (pixels []uint32, translucent bool) {
	pixels = make([]uint32, 0, img.Rect.Dx()*img.Rect.Dy())
	for y := range img.Rect.Dy() {
		for row := img.Pix[y*img.Stride:][:4*img.Rect.Dx()]; len(row) > 0; row = row[4:] {
			p := uint32(row[3])<<24 | uint32(row[0])<<16 | uint32(row[1])<<8 | uint32(row[2])
			if row[3] == 0 {
				p = 0
			}
			pixels, translucent = append(pixels, p), translucent || row[3] < 255
		}
	}
	return pixels, translucent
}

// file puts a picture's bits into a file.
func file(width, height int, translucent bool, content func(*bitWriter)) []byte {
	var w bitWriter
	w.write(0x2f, 8)
	w.write(uint32(width-1), 14)
	w.write(uint32(height-1), 14)
	w.flag(translucent)
	w.write(0, 3) // version
	content(&w)
	body := w.whole()
	b := append([]byte("RIFF"), make([]byte, 4)...)
	b = append(b, "WEBPVP8L"...)
	b = append(binary.LittleEndian.AppendUint32(b, uint32(len(body))), body...)
	if len(body)%2 != 0 {
		b = append(b, 0)
	}
	binary.LittleEndian.PutUint32(b[4:], uint32(len(b)-8))
	return b
}

// guessed writes pixels without green as differences from what is predicted.
func guessed(pixels []uint32, width, height int) func(*bitWriter) {
	return func(w *bitWriter) {
		differences, tiles, across := predicted(pixels, width, height)
		w.write(1|transformGreen<<1, 3)
		w.write(1|transformPredict<<1, 3)
		w.write(tileBits-2, 3)
		writeImage(w, tiles, across, false)
		w.write(0, 1)
		writeImage(w, differences, width, true)
	}
}

// paletteOf lists the colours of a picture in the order in which they come, and where each is in the list; nil for more than 256.
func paletteOf(pixels []uint32) (palette []uint32, index map[uint32]uint32) {
	index = map[uint32]uint32{}
	last := ^pixels[0]
	for _, p := range pixels {
		if p == last {
			continue
		}
		last = p
		if _, known := index[p]; known {
			continue
		}
		if len(palette) == 256 {
			return nil, nil
		}
		index[p] = uint32(len(palette))
		palette = append(palette, p)
	}
	return palette, index
}

// indexed writes pixels as indices into their colours, several in one pixel where there are at most 16.
func indexed(pixels []uint32, width int, palette []uint32, index map[uint32]uint32) func(*bitWriter) {
	each, packed := uint32(8), 0 // bits of an index; how many indices are in one pixel, as a power of two
	switch n := len(palette); {
	case n <= 2:
		each, packed = 1, 3
	case n <= 4:
		each, packed = 2, 2
	case n <= 16:
		each, packed = 4, 1
	}
	steps := make([]uint32, len(palette))
	before := uint32(0)
	for i, p := range palette {
		steps[i], before = minus(p, before), p
	}
	across := (width + 1<<packed - 1) >> packed
	indices := make([]uint32, len(pixels)/width*across)
	for i := range indices {
		indices[i] = black
	}
	for i, p := range pixels {
		x := i % width
		indices[i/width*across+x>>packed] |= index[p] << (8 + uint32(x&(1<<packed-1))*each)
	}
	return func(w *bitWriter) {
		w.write(1|transformIndex<<1, 3)
		w.write(uint32(len(palette)-1), 8)
		writeImage(w, steps, len(steps), false)
		w.write(0, 1)
		writeImage(w, indices, across, true)
	}
}
