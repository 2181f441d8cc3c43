package webp

import "encoding/binary"

// bitWriter writes values of a few bits, the lowest first.
type bitWriter struct {
	bytes []byte
	held  uint64 // of the next bytes, that are not whole yet
	n     uint   // bits held, fewer than 32
}

// write adds the lowest n bits of a value that has no others, at most 32.
func (w *bitWriter) write(value uint32, n uint) {
	w.held |= uint64(value) << w.n
	if w.n += n; w.n >= 32 {
		w.bytes = binary.LittleEndian.AppendUint32(w.bytes, uint32(w.held))
		w.held >>= 32
		w.n -= 32
	}
}

// flag adds one bit.
func (w *bitWriter) flag(set bool) {
	if set {
		w.write(1, 1)
	} else {
		w.write(0, 1)
	}
}

// whole are the bytes that were written; the last is filled with zeros.
func (w *bitWriter) whole() []byte {
	b := w.bytes
	for n := uint(0); n < w.n; n += 8 {
		b = append(b, byte(w.held>>n))
	}
	return b
}
