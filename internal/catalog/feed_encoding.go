package catalog

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// decoded turns text into UTF-8. A mark of byte order at the beginning is dropped, and decides where no encoding was named.
func decoded(file io.Reader, encoding string) io.Reader {
	in := bufio.NewReader(file)
	head, _ := in.Peek(4) // fewer at the end
	for _, mark := range []struct{ bytes, encoding string }{
		{"\xef\xbb\xbf", "UTF8"}, {"\xff\xfe\x00\x00", "UTF32LE"}, {"\x00\x00\xfe\xff", "UTF32BE"}, {"\xff\xfe", "UTF16LE"}, {"\xfe\xff", "UTF16BE"},
	} {
		if bytes.HasPrefix(head, []byte(mark.bytes)) && (encoding == "" || encoding == "AUTODETECT" || encoding == mark.encoding) {
			_, _ = in.Discard(len(mark.bytes)) // they were there a moment ago
			encoding = mark.encoding
			break
		}
	}
	switch encoding {
	case "LATIN1":
		return &runes{in: in, width: 1}
	case "UTF16LE":
		return &runes{in: in, width: 2, order: binary.LittleEndian}
	case "UTF16BE":
		return &runes{in: in, width: 2, order: binary.BigEndian}
	case "UTF32LE":
		return &runes{in: in, width: 4, order: binary.LittleEndian}
	case "UTF32BE":
		return &runes{in: in, width: 4, order: binary.BigEndian}
	}
	return in
}

// runes reads units of a fixed width and gives them out as UTF-8.
type runes struct {
	in    io.Reader
	width int // bytes of a unit: 1, 2 or 4
	order binary.ByteOrder
	out   []byte // not given out yet
}

// Read gives out what fits.
func (r *runes) Read(p []byte) (int, error) {
	for len(r.out) == 0 {
		c, err := r.unit()
		if err != nil {
			return 0, err
		}
		if utf16.IsSurrogate(c) && r.width == 2 {
			low, err := r.unit()
			if err != nil {
				return 0, err
			}
			c = utf16.DecodeRune(c, low)
		}
		r.out = utf8.AppendRune(r.out, c)
	}
	n := copy(p, r.out)
	r.out = r.out[n:]
	return n, nil
}

// unit reads one unit.
func (r *runes) unit() (rune, error) {
	var b [4]byte
	if _, err := io.ReadFull(r.in, b[:r.width]); err != nil {
		return 0, err
	}
	switch r.width {
	case 1:
		return rune(b[0]), nil
	case 2:
		return rune(r.order.Uint16(b[:2])), nil
	}
	if n := r.order.Uint32(b[:]); n <= utf8.MaxRune {
		return rune(n), nil
	}
	return utf8.RuneError, nil
}
