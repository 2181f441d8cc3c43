package frequency

import "sync/atomic"

// Memory is what viewers were shown of things with caps. Neither reading nor writing takes a lock: a write replaces a set as a whole.
type Memory struct {
	places []place
	pairs  atomic.Int64
	lost   atomic.Int64
}

// NewMemory makes room for so many pairs of a viewer and a thing, a power of two of at least 8. A pair takes 16 bytes and 16 for each showing, and their
// set 24: no more than 2.3 kB.
func NewMemory(pairs int) *Memory { return &Memory{places: make([]place, pairs/ways)} }

// Len is how many pairs are remembered.
func (m *Memory) Len() int { return int(m.pairs.Load()) }

// Lost is how many pairs were forgotten for want of room while a window still had one of their showings.
func (m *Memory) Lost() int64 { return m.lost.Load() }

// Full reports whether any of some things was shown as often as it may be.
func (m *Memory) Full(a *Ask, over []*Capped) bool {
	for _, c := range over {
		if a.full(c, m.of(a.Viewer, c)) {
			return true
		}
	}
	return false
}

// Claim takes a place under each of some things for a decision that is being made, or under none: not ok when one of them is full by now.
func (m *Memory) Claim(a *Ask, over []*Capped, mark uint32) bool {
	claim := change{is: Showing{At: a.Now, Mark: mark}, ask: a, now: a.Now, dated: a.Dated}
	for i, c := range over {
		if a.Viewer == 0 {
			if a.full(c, nil) {
				return false
			}
			continue
		}
		if m.write(a.Viewer, c, &claim); claim.refused {
			m.Release(a, over[:i], mark)
			return false
		}
	}
	return true
}

// Keep takes an impression in, once, however often it is told of.
func (m *Memory) Keep(viewer uint64, over []*Capped, seen Showing, dated bool) {
	m.keep(viewer, over, seen, dated, false)
}

// Recall is Keep of an impression that came before all that are remembered: none of those is forgotten for it.
func (m *Memory) Recall(viewer uint64, over []*Capped, seen Showing, dated bool) {
	m.keep(viewer, over, seen, dated, true)
}

// keep is Recall, or Keep.
func (m *Memory) keep(viewer uint64, over []*Capped, seen Showing, dated, before bool) {
	seen.Kept = true
	for _, c := range over {
		m.write(viewer, c, &change{is: seen, now: seen.At, dated: dated, last: before})
	}
}

// Release gives back what was claimed for a decision that is not made after all.
func (m *Memory) Release(a *Ask, over []*Capped, mark uint32) {
	if a.Viewer == 0 {
		return
	}
	for _, c := range over {
		m.write(a.Viewer, c, &change{is: Showing{At: a.Now, Mark: mark}, back: true, now: a.Now, dated: true})
	}
}

// of is what is remembered of a viewer and a thing.
func (m *Memory) of(viewer uint64, c *Capped) []Showing {
	if viewer == 0 {
		return nil
	}
	key := Mix(viewer, c.Owner)
	all, _ := m.place(key).load()
	_, list := all.find(key)
	return list
}

// place is where a key stands: its low bits choose it.
func (m *Memory) place(key uint64) *place { return &m.places[key&uint64(len(m.places)-1)] }

// write changes what is remembered of a viewer and a thing. It is tried again when another write came between.
func (m *Memory) write(viewer uint64, c *Capped, d *change) {
	key := Mix(viewer, c.Owner)
	for place := m.place(key); ; {
		old, first := place.load()
		at, list := old.find(key)
		if !d.due(c, list) {
			return
		}
		next := d.join(c, key, old, at)
		if place.swap(first, next.set) {
			m.pairs.Add(int64(next.keys - old.keys()))
			m.lost.Add(next.missed)
			return
		}
	}
}

// Mix makes one key of two numbers; that two pairs have the same happens to one in millions of millions.
func Mix(viewer, owner uint64) uint64 {
	x := (viewer ^ owner) * 0x9E3779B97F4A7C15
	x ^= x >> 32
	x *= 0xD6E8FEB86659FD93
	return x ^ x>>32
}
