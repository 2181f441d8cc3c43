package media

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"slices"
)

// Where XMP packets lie in files (XMP specification, part 3).
const (
	jpegXMP = "http://ns.adobe.com/xap/1.0/\x00"
	pngXMP  = "XML:com.adobe.xmp\x00"
	plain   = "\x00\x00\x00\x00" // no compression, no language, no translated keyword
)

// mostUnpacked bounds what compressed metadata may unpack to, in bytes.
const mostUnpacked = 1 << 20

// ProvenanceOf reads what a picture's file says of how it was made; the zero value when it says nothing.
func ProvenanceOf(data []byte) Provenance {
	name, err := format(data)
	if err != nil {
		return Provenance{}
	}
	switch name {
	case "jpeg":
		return parsePacket(find(name, data, "\xe1", jpegXMP))
	case "png":
		return parsePacket(international(find(name, data, "iTXt", pngXMP)))
	case "webp":
		return parsePacket(find(name, data, "XMP ", ""))
	}
	return Provenance{}
}

// international is the text of a PNG's iTXt chunk after its keyword.
func international(chunk []byte) []byte {
	if len(chunk) < 2 {
		return nil
	}
	_, rest, _ := bytes.Cut(chunk[2:], []byte{0}) // language
	_, text, _ := bytes.Cut(rest, []byte{0})      // keyword in that language
	if chunk[0] == 0 {
		return text
	}
	text, _ = unpack(text)
	return text
}

// unpack reads a zlib stream that is not too long.
func unpack(packed []byte) ([]byte, error) {
	r, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(io.LimitReader(r, mostUnpacked+1))
	if err == nil && len(content) > mostUnpacked {
		err = errors.New("more metadata than is read")
	}
	return content, err
}

// mark puts a provenance into a file that has none. A GIF takes none, nor does a WebP of the simple kind.
func mark(name string, data []byte, p Provenance) []byte {
	if p == (Provenance{}) {
		return data
	}
	const header = 8 + 25 // of a PNG: signature and IHDR
	switch name {
	case "jpeg":
		return slices.Concat(data[:2], jpegSegment(0xe1, []byte(jpegXMP), p.packet()), data[2:])
	case "png":
		return slices.Concat(data[:header], makeChunk("iTXt", []byte(pngXMP+plain), p.packet()), data[header:])
	case "webp":
		packet := p.packet()
		data = slices.Concat(data, []byte("XMP "), binary.LittleEndian.AppendUint32(nil, uint32(len(packet))), packet, make([]byte, len(packet)&1))
		if announce := extended(data); announce != nil {
			*announce |= 4
		}
		binary.LittleEndian.PutUint32(data[4:], uint32(len(data)-8))
	}
	return data
}

// jpegSegment writes a segment, whose content is at most 65,533 bytes long.
func jpegSegment(marker byte, content ...[]byte) []byte {
	body := bytes.Join(content, nil)
	return append(binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(body)+2)), body...)
}

// makeChunk writes a chunk of a PNG.
func makeChunk(kind string, content ...[]byte) []byte {
	named := append([]byte(kind), bytes.Join(content, nil)...)
	chunk := append(binary.BigEndian.AppendUint32(nil, uint32(len(named)-4)), named...)
	return binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(named))
}
