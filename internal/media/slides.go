package media

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// Slides makes a QuickTime video of JPEG pictures of one size, each shown for so many milliseconds. It has one track, whose samples are
// the pictures themselves (Motion JPEG), and no sound.
func Slides(pictures [][]byte, width, height int, milliseconds uint32) []byte {
	header := func(first int) []byte {
		return slices.Concat(box("ftyp", []byte("qt  \x00\x00\x02\x00qt  ")), movieBox(pictures, width, height, milliseconds, first))
	}
	content := box("mdat", pictures...)
	first := len(header(0)) + 8 // the header's length does not depend on where the first picture lies
	return slices.Concat(header(first), content)
}

// movieBox describes the movie and its track; the first picture lies at a place in the file and the others follow it.
func movieBox(pictures [][]byte, width, height int, milliseconds uint32, first int) []byte {
	count := uint32(len(pictures))
	length := count * milliseconds
	matrix := be(uint32(1<<16), uint32(0), uint32(0), uint32(0), uint32(1<<16), uint32(0), uint32(0), uint32(0), uint32(1<<30))
	sizes := be(uint32(0), uint32(0), count)
	for _, p := range pictures {
		sizes = binary.BigEndian.AppendUint32(sizes, uint32(len(p)))
	}
	sample := box("jpeg", make([]byte, 6), be(uint16(1)), make([]byte, 16), be(uint16(width), uint16(height), uint32(72<<16), uint32(72<<16), uint32(0), uint16(1)),
		make([]byte, 32), be(uint16(24), uint16(0xffff)))
	table := box("stbl",
		box("stsd", be(uint32(0), uint32(1)), sample),
		box("stts", be(uint32(0), uint32(1), count, milliseconds)),
		box("stsc", be(uint32(0), uint32(1), uint32(1), count, uint32(1))),
		box("stsz", sizes),
		box("stco", be(uint32(0), uint32(1), uint32(first))))
	information := box("minf", box("vmhd", be(uint32(1), uint64(0))),
		box("dinf", box("dref", be(uint32(0), uint32(1)), box("url ", be(uint32(1))))), table)
	track := box("trak",
		box("tkhd", be(uint32(7), uint64(0), uint32(1), uint32(0), length, uint64(0), uint64(0)), matrix, be(uint32(width)<<16, uint32(height)<<16)),
		box("mdia",
			box("mdhd", be(uint32(0), uint64(0), uint32(1000), length, uint32(0))),
			box("hdlr", []byte("\x00\x00\x00\x00mhlrvide"), make([]byte, 13)), information))
	return box("moov", box("mvhd", be(uint32(0), uint64(0), uint32(1000), length, uint32(1<<16), uint16(1<<8)), make([]byte, 10), matrix,
		make([]byte, 24), be(uint32(2))), track)
}

// box writes one box of a file.
func box(kind string, content ...[]byte) []byte {
	body := bytes.Join(content, nil)
	return slices.Concat(be(uint32(len(body)+8)), []byte(kind), body)
}

// be writes numbers of a fixed size, the highest byte first.
func be(numbers ...any) []byte {
	var out []byte
	for _, n := range numbers {
		out, _ = binary.Append(out, binary.BigEndian, n) // fails for what has no fixed size
	}
	return out
}
