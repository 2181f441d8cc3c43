package media

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
)

// stripped is a picture's file without what does not make the picture: places, cameras, names, comments, thumbnails and whatever follows its
// end. What it says of how it was made stays. False means that the file could not be walked to its end.
func stripped(name string, data []byte) (file []byte, ok bool) {
	switch name {
	case "jpeg":
		file, ok = strippedJPEG(data)
	case "png":
		file, ok = strippedPNG(data)
	case "webp":
		file, ok = strippedWebP(data)
	case "gif":
		file, ok = strippedGIF(data)
	}
	if !ok {
		return nil, false
	}
	return mark(name, file, ProvenanceOf(data)), true
}

// strippedJPEG keeps the segments that decoders need: JFIF's, the colour profile, Adobe's note on the colour model, and all that are not for
// applications.
func strippedJPEG(data []byte) ([]byte, bool) {
	file, at := bytes.Clone(data[:2]), 2
	for p := range parts("jpeg", data) {
		at += len(p.raw)
		switch marker := p.kind[0]; {
		case marker == 0xe2 && bytes.HasPrefix(p.content, []byte("ICC_PROFILE\x00")), marker == 0xe0, marker == 0xee, marker < 0xe0:
			file = append(file, p.raw[len(p.raw)-len(p.content)-4:]...)
		}
	}
	scans := data[at:]
	for len(scans) > 2 && scans[1] == 0xff {
		scans = scans[1:]
	}
	end, _ := walkScans(scans)
	if end < 0 || !bytes.HasPrefix(scans, []byte{0xff, 0xda}) {
		return nil, false
	}
	return append(file, scans[:end]...), true
}

// strippedPNG keeps the chunks that decoders need, those on colours and sizes, and those of animations.
func strippedPNG(data []byte) ([]byte, bool) {
	file, kept := bytes.Clone(data[:8]), strings.Fields("tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs acTL fcTL fdAT")
	for p := range parts("png", data) {
		if p.kind[0] < 'a' || slices.Contains(kept, p.kind) {
			file = append(file, p.raw...)
		}
		if p.kind == "IEND" {
			return file, true
		}
	}
	return nil, false
}

// strippedWebP keeps the chunks that decoders need, and corrects the header that announces the others.
func strippedWebP(data []byte) ([]byte, bool) {
	file, ok := bytes.Clone(data[:12]), false
	for p := range parts("webp", data) {
		switch p.kind {
		case "VP8 ", "VP8L":
			ok = true
		case "VP8X", "ICCP", "ALPH":
		default:
			continue
		}
		file = append(file, p.raw...)
	}
	if announce := extended(file); announce != nil {
		*announce &^= 0x0c // EXIF and XMP
	}
	binary.LittleEndian.PutUint32(file[4:], uint32(len(file)-8))
	return file, ok
}

// extended is the byte of a WebP's extended header in which bits announce what else the file has; nil for a simple file.
func extended(file []byte) *byte {
	if len(file) < 30 || string(file[12:16]) != "VP8X" {
		return nil
	}
	return &file[20]
}

// strippedGIF keeps frames, what says how to show them, and how often an animation is repeated.
func strippedGIF(data []byte) ([]byte, bool) {
	at := 13
	if len(data) >= at {
		at += colours(data[10])
	}
	if at > len(data) {
		return nil, false
	}
	file := bytes.Clone(data[:at])
	for at+11 < len(data) || at < len(data) && data[at] == 0x3b {
		end, keep := at+2, true
		switch data[at] {
		case 0x3b: // the end
			return append(file, 0x3b), true
		case 0x2c: // a frame
			end = at + 11 + colours(data[at+9])
		case 0x21: // an extension
			keep = data[at+1] == 0xf9 || data[at+1] == 0xff && bytes.HasPrefix(data[at+3:], []byte("NETSCAPE2.0"))
		default:
			return nil, false
		}
		for end < len(data) && data[end] != 0 {
			end += 1 + int(data[end])
		}
		if end++; end > len(data) {
			return nil, false
		}
		if keep {
			file = append(file, data[at:end]...)
		}
		at = end
	}
	return nil, false
}

// colours is how many bytes a colour table of a GIF takes, by the byte that describes it.
func colours(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (1 + flags&7)
}
