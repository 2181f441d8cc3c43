package frequency

import (
	"slices"
	"sync/atomic"
)

// Bounds of what is kept of one viewer and one thing with caps.
const (
	mostShowings  = 128 // no cap allows so many
	datedShowings = 64  // kept of decisions whose moment was named, whether or not a window still has them: the next may be earlier
	setShowings   = 128 // of all keys of a set
)

// Memory is what viewers were shown of things with caps.
type Memory struct {
	table *Table[[]Showing] // ascending by time
	lost  atomic.Int64
}

// NewMemory makes room for so many pairs of a viewer and a thing, a power of two. A set of eight takes 264 bytes, however many it holds, and 16 for each
// showing: no more than 2.3 kB.
func NewMemory(pairs int) *Memory {
	return &Memory{table: NewTable(pairs, Rule[[]Showing]{Weigh: func(list []Showing) int { return len(list) }, Most: setShowings})}
}

// Len is how many pairs are remembered.
func (m *Memory) Len() int { return m.table.Len() }

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
	claimed := Showing{At: a.Now, Mark: mark}
	for i, c := range over {
		if a.Viewer == 0 {
			if a.full(c, nil) {
				return false
			}
			continue
		}
		full := false
		m.update(a.Viewer, c, false, func(old []Showing) ([]Showing, bool) {
			if full = a.full(c, old); full || slices.ContainsFunc(old, claimed.same) {
				return nil, false
			}
			return keep(with(old, claimed), c, a.Now, a.Dated), true
		})
		if full {
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
		m.update(viewer, c, before, func(old []Showing) ([]Showing, bool) {
			if slices.Contains(old, seen) {
				return nil, false
			}
			return keep(with(old, seen), c, seen.At, dated), true
		})
	}
}

// Release gives back what was claimed for a decision that is not made after all.
func (m *Memory) Release(a *Ask, over []*Capped, mark uint32) {
	if a.Viewer == 0 {
		return
	}
	for _, c := range over {
		m.update(a.Viewer, c, false, func(old []Showing) ([]Showing, bool) {
			i := slices.Index(old, Showing{At: a.Now, Mark: mark})
			return slices.Delete(slices.Clone(old), max(i, 0), i+1), i >= 0
		})
	}
}

// of is what is remembered of a viewer and a thing.
func (m *Memory) of(viewer uint64, c *Capped) []Showing {
	if viewer == 0 {
		return nil
	}
	return m.table.Get(Mix(viewer, c.Owner))
}

// update is a write for a viewer and a thing.
func (m *Memory) update(viewer uint64, c *Capped, before bool, change func([]Showing) ([]Showing, bool)) {
	var now int64
	forgotten := m.table.update(Mix(viewer, c.Owner), before, func(old []Showing) ([]Showing, bool) {
		list, write := change(old)
		if n := len(list); n > 0 {
			now = list[n-1].At
		}
		return list, write
	})
	for _, list := range forgotten { // its own windows are not known here: this thing's stand for them
		if n := len(list); n > 0 && list[n-1].At > now-c.Longest() {
			m.lost.Add(1)
		}
	}
}

// with is a list with a showing in it, in the place of one of the same decision.
func with(old []Showing, s Showing) []Showing {
	list := make([]Showing, 0, len(old)+1)
	at := -1
	for _, o := range old {
		if o.same(s) {
			continue
		}
		if at < 0 && o.At > s.At {
			at = len(list)
			list = append(list, s)
		}
		list = append(list, o)
	}
	if at < 0 {
		list = append(list, s)
	}
	return list
}

// keep drops what no window has any more and claims that have lapsed, and of named moments only what is over many.
func keep(list []Showing, c *Capped, now int64, dated bool) []Showing {
	most := mostShowings
	if dated {
		most = max(datedShowings, c.most()+1)
	} else {
		after := now - c.Longest()
		list = slices.DeleteFunc(list, func(s Showing) bool { return s.At <= after || !s.Kept && now-s.At >= Hold })
	}
	return list[max(0, len(list)-most):]
}

// most is the greatest number that a cap allows.
func (c *Capped) most() (most int) {
	for _, limit := range c.Caps {
		most = max(most, limit.Most)
	}
	return most
}

// Mix makes one key of two numbers; that two pairs have the same happens to one in millions of millions.
func Mix(viewer, owner uint64) uint64 {
	x := (viewer ^ owner) * 0x9E3779B97F4A7C15
	x ^= x >> 32
	x *= 0xD6E8FEB86659FD93
	return x ^ x>>32
}
