package media

import (
	"bytes"
	"encoding/binary"
)

// orientation finds the EXIF orientation in a picture's container; 1 when there is none or it makes no sense.
func orientation(format string, data []byte) int {
	var exif []byte
	switch format {
	case "jpeg":
		exif = jpegExif(data)
	case "png":
		exif = pngExif(data)
	case "webp":
		exif = webpExif(data)
	case "tiff":
		exif = data
	}
	return tiffOrientation(exif)
}

// jpegExif walks the segments before the scan and returns the TIFF structure of the first APP1 that holds EXIF.
func jpegExif(data []byte) []byte {
	for at := 2; at+4 <= len(data) && data[at] == 0xFF; {
		marker := data[at+1]
		size := int(binary.BigEndian.Uint16(data[at+2:]))
		end := at + 2 + size
		if marker == 0xDA || size < 2 || end > len(data) {
			return nil
		}
		if exif, ok := bytes.CutPrefix(data[at+4:end], []byte("Exif\x00\x00")); ok && marker == 0xE1 {
			return exif
		}
		at = end
	}
	return nil
}

// pngExif returns the eXIf chunk.
func pngExif(data []byte) []byte {
	return chunk(data, 8, "eXIf", func(head []byte) (string, int, int) {
		return string(head[4:8]), int(binary.BigEndian.Uint32(head)), 4 // a checksum follows each chunk
	})
}

// webpExif returns the EXIF chunk of the RIFF container, without the JPEG prefix that some writers leave in.
func webpExif(data []byte) []byte {
	exif := chunk(data, 12, "EXIF", func(head []byte) (string, int, int) {
		size := int(binary.LittleEndian.Uint32(head[4:8]))
		return string(head[:4]), size, size & 1 // chunks are padded to an even size
	})
	return bytes.TrimPrefix(exif, []byte("Exif\x00\x00"))
}

// chunk walks chunks with heads of eight bytes from a position on and returns the content of the first with that name. Head
// tells a chunk's name, the size of its content and how many bytes follow before the next.
func chunk(data []byte, at int, name string, head func([]byte) (string, int, int)) []byte {
	for at+8 <= len(data) {
		found, size, after := head(data[at : at+8])
		start := at + 8
		if size < 0 || size > len(data)-start {
			return nil
		}
		if found == name {
			return data[start : start+size]
		}
		at = start + size + after
	}
	return nil
}

// tiffOrientation reads tag 0x0112 of the first directory of a TIFF structure.
func tiffOrientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if string(tiff[:2]) == "MM" {
		order = binary.BigEndian
	}
	directory := uint64(order.Uint32(tiff[4:]))
	if directory+2 > uint64(len(tiff)) {
		return 1
	}
	entries := tiff[directory+2:]
	for range order.Uint16(tiff[directory:]) {
		if len(entries) < 12 {
			return 1
		}
		if value := order.Uint16(entries[8:]); order.Uint16(entries) == 0x0112 && value >= 1 && value <= 8 {
			return int(value)
		}
		entries = entries[12:]
	}
	return 1
}
