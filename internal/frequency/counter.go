package frequency

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// mostCounted is how many showings a counter holds: the latest.
const mostCounted = 48

// Counter is what a viewer without an id was shown, as the client keeps it. Whoever reads one has made sure that it is of our making.
type Counter struct {
	Viewer uint64 // a random number, by which requests that run at once are told to be of one viewer
	Issued int64  // unix milliseconds
	Past   []Past
}

// Append writes a counter: viewer, moment, then for each owner how many showings and how long before the moment each was, in milliseconds.
func (c *Counter) Append(b []byte) []byte {
	b = binary.BigEndian.AppendUint64(b, c.Viewer)
	b = binary.AppendVarint(b, c.Issued)
	past := slices.Clone(c.Past)
	slices.SortFunc(past, func(x, y Past) int { return cmp.Compare(y.At, x.At) })
	past = past[:min(len(past), mostCounted)]
	slices.SortStableFunc(past, func(x, y Past) int { return cmp.Compare(x.Owner, y.Owner) })
	for len(past) > 0 {
		n := 1
		for n < len(past) && past[n].Owner == past[0].Owner {
			n++
		}
		b = binary.BigEndian.AppendUint64(b, past[0].Owner)
		b = binary.AppendUvarint(b, uint64(n))
		for _, p := range past[:n] {
			b = binary.AppendVarint(b, c.Issued-p.At)
		}
		past = past[n:]
	}
	return b
}

// ReadCounter reads what Append wrote; not ok when it is anything else.
func ReadCounter(b []byte) (c Counter, ok bool) {
	if len(b) < 8 {
		return c, false
	}
	c.Viewer, b = binary.BigEndian.Uint64(b), b[8:]
	if c.Issued, b, ok = varint(b); !ok {
		return c, false
	}
	for len(b) > 0 {
		if len(b) < 8 {
			return c, false
		}
		owner := binary.BigEndian.Uint64(b)
		n, size := binary.Uvarint(b[8:])
		if size <= 0 || n == 0 || n > mostCounted || len(c.Past)+int(n) > mostCounted {
			return c, false
		}
		b = b[8+size:]
		for range n {
			var ago int64
			if ago, b, ok = varint(b); !ok {
				return c, false
			}
			c.Past = append(c.Past, Past{owner, c.Issued - ago})
		}
	}
	return c, true
}

// varint takes a signed number off the front.
func varint(b []byte) (n int64, rest []byte, ok bool) {
	n, size := binary.Varint(b)
	if size <= 0 {
		return 0, nil, false
	}
	return n, b[size:], true
}
