package media

import (
	"bytes"
	"encoding/binary"
	"iter"
)

// mostScans is about six times what is usual.
const mostScans = 64

// part is a piece of a file: a segment of a JPEG, or a chunk of a PNG or WebP.
type part struct {
	kind    string // of a JPEG one byte, its marker; else four letters
	content []byte
	raw     []byte // the content with its head, a checksum or padding where the format has them, and what is skipped before a segment
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

// segment reads a segment of a JPEG (ITU-T T.81, annex B): a marker and a length that counts itself. What decoders skip before a marker is
// skipped here, too, so that nothing can be hidden behind it.
func segment(b []byte) (part, bool) {
	skip := 0
	for skip+1 < len(b) && (b[skip] != 0xff || bare(b[skip+1])) {
		skip++
	}
	if len(b) < skip+4 || b[skip+1] == 0xda || b[skip+1] == 0xd9 {
		return part{}, false
	}
	size := int(binary.BigEndian.Uint16(b[skip+2:]))
	end := skip + 2 + size
	if size < 2 || end > len(b) {
		return part{}, false
	}
	return part{string(b[skip+1 : skip+2]), b[skip+4 : end], b[:end]}, true
}

// bare reports whether a byte after 0xFF begins no segment: it fills up, or belongs into a scan.
func bare(marker byte) bool {
	return marker == 0xff || marker == 0 || marker >= 0xd0 && marker <= 0xd7
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

// walkScans counts the scans of a JPEG from the first on, and says how long they are up to the end of the picture; -1 for one without end.
// Within a scan a byte of 0xFF is followed by 0, or by the marker of a restart.
func walkScans(scans []byte) (end, count int) {
	for at := 0; ; {
		next := bytes.IndexByte(scans[min(at, len(scans)):], 0xff)
		if at += next; next < 0 || at+1 >= len(scans) {
			return -1, count
		}
		switch marker := scans[at+1]; {
		case marker == 0xff:
			at++
		case marker == 0xd9:
			return at + 2, count
		case bare(marker):
			at += 2
		case at+3 >= len(scans):
			return -1, count
		default:
			if marker == 0xda {
				count++
			}
			at += 2 + int(binary.BigEndian.Uint16(scans[at+2:]))
		}
	}
}

// manyScans reports whether a JPEG has more scans than any program writes. A few bytes can make a scan that a decoder goes through the whole
// picture for.
func manyScans(data []byte) bool {
	at := 2
	for p := range parts("jpeg", data) {
		at += len(p.raw)
	}
	_, count := walkScans(data[at:])
	return count > mostScans
}
