package media

import (
	"bytes"
	"encoding/binary"
)

// orientation finds the EXIF orientation in a picture's container; 1 when there is none or it makes no sense.
func orientation(format string, data []byte) int {
	switch format {
	case "jpeg":
		return tiffOrientation(find(format, data, "\xe1", "Exif\x00\x00"))
	case "png":
		return tiffOrientation(find(format, data, "eXIf", ""))
	case "webp": // some writers leave the prefix of JPEG in
		return tiffOrientation(bytes.TrimPrefix(find(format, data, "EXIF", ""), []byte("Exif\x00\x00")))
	}
	return 1
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
