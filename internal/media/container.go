package media

import (
	"encoding/binary"
	"iter"
)

// part is a piece of a file: a segment of a JPEG, or a chunk of a PNG or WebP.
type part struct {
	kind    string // of a JPEG one byte, its marker; else four letters
	content []byte
	raw     []byte // the content with its head, and a checksum or padding where the format has them
}

// parts walks through what a file consists of, up to the first piece that is not whole. Of a JPEG these are the segments before the scan.
func parts(format string, data []byte) iter.Seq[part] {
	return func(yield func(part) bool) {
		next, at := segment, 2
		switch format {
		case "png":
			next, at = pngChunk, 8
		case "webp":
			next, at = webpChunk, 12
		case "gif":
			return
		}
		for at <= len(data) {
			p, ok := next(data[at:])
			if !ok || !yield(p) {
				return
			}
			at += len(p.raw)
		}
	}
}

// segment reads a segment of a JPEG (ITU-T T.81, annex B): a marker, which bytes of 0xFF may precede, and a length that counts itself.
func segment(b []byte) (part, bool) {
	fill := 0
	for fill+1 < len(b) && b[fill] == 0xFF && b[fill+1] == 0xFF {
		fill++
	}
	if len(b) < fill+4 || b[fill] != 0xFF || b[fill+1] == 0xDA {
		return part{}, false
	}
	size := int(binary.BigEndian.Uint16(b[fill+2:]))
	end := fill + 2 + size
	if size < 2 || end > len(b) {
		return part{}, false
	}
	return part{string(b[fill+1 : fill+2]), b[fill+4 : end], b[:end]}, true
}

// pngChunk reads a length, a name, the content and a checksum.
func pngChunk(b []byte) (part, bool) {
	if len(b) < 12 {
		return part{}, false
	}
	size := uint64(binary.BigEndian.Uint32(b))
	if size > uint64(len(b)-12) {
		return part{}, false
	}
	return part{string(b[4:8]), b[8 : 8+size], b[:12+size]}, true
}

// webpChunk reads a name, a length and the content, which is padded to an even length. The padding of the last chunk may be missing.
func webpChunk(b []byte) (part, bool) {
	if len(b) < 8 {
		return part{}, false
	}
	size := uint64(binary.LittleEndian.Uint32(b[4:]))
	if size > uint64(len(b)-8) {
		return part{}, false
	}
	return part{string(b[:4]), b[8 : 8+size], b[:min(uint64(len(b)), 8+size+size&1)]}, true
}

// find is the content of the first piece of a kind that begins with a prefix, without it; nil when there is none.
func find(format string, data []byte, kind, prefix string) []byte {
	for p := range parts(format, data) {
		if p.kind == kind && len(p.content) >= len(prefix) && string(p.content[:len(prefix)]) == prefix {
			return p.content[len(prefix):]
		}
	}
	return nil
}

// progressive reports whether a JPEG comes in several scans, whose coefficients a decoder holds all at once.
func progressive(data []byte) bool {
	for p := range parts("jpeg", data) {
		if p.kind == "\xc2" {
			return true
		}
	}
	return false
}

// animated reports whether the extended header of a WebP announces several frames.
func animated(data []byte) bool {
	head := find("webp", data, "VP8X", "")
	return len(head) > 0 && head[0]&2 != 0
}
