package frequency

import "sync/atomic"

// Table remembers a value under each of a bounded number of keys. It is a fixed number of shelves; each is an immutable list, the key that was
// written last first, which a write replaces as a whole. When a shelf is full, the key at its end is forgotten.
type Table[T any] struct {
	shelves []atomic.Pointer[shelf[T]]
	keys    atomic.Int64
}

// shelf is some keys with their values.
type shelf[T any] struct {
	n       int
	entries [ways]entry[T]
}

// entry is a key with its value.
type entry[T any] struct {
	key   uint64
	value T
}

// NewTable makes room for so many keys, a power of two of at least 8. What a shelf holds takes memory only once something is written there.
func NewTable[T any](keys int) *Table[T] {
	return &Table[T]{shelves: make([]atomic.Pointer[shelf[T]], keys/ways)}
}

// Len is the number of keys that are remembered.
func (t *Table[T]) Len() int { return int(t.keys.Load()) }

// Get is the value of a key, which is well mixed; the zero value when there is none, or it was forgotten.
func (t *Table[T]) Get(key uint64) (value T) {
	s := t.of(key).Load()
	if i := s.find(key); i >= 0 {
		return s.entries[i].value
	}
	return value
}

// Update replaces the value of a key by what change makes of it, the zero value if there is none; unless write, everything stays as it is.
// Change is asked again when another write came between.
func (t *Table[T]) Update(key uint64, change func(old T) (value T, write bool)) {
	t.update(key, false, change)
}

// Recall is Update by what happened before all that is in the table: a new key comes last, and is itself forgotten where there is no room.
func (t *Table[T]) Recall(key uint64, change func(old T) (value T, write bool)) {
	t.update(key, true, change)
}

// update is either of them.
func (t *Table[T]) update(key uint64, last bool, change func(old T) (value T, write bool)) {
	for place := t.of(key); ; {
		old := place.Load()
		var value T
		at := old.find(key)
		if at >= 0 {
			value = old.entries[at].value
		}
		value, write := change(value)
		if !write {
			return
		}
		to := 0
		if last && at < 0 {
			to = old.len()
		} else if last {
			to = at
		}
		next := old.with(entry[T]{key, value}, at, to)
		if place.CompareAndSwap(old, next) {
			t.keys.Add(int64(next.n - old.len()))
			return
		}
	}
}

// of is where the shelf of a key stands: its low bits choose it.
func (t *Table[T]) of(key uint64) *atomic.Pointer[shelf[T]] {
	return &t.shelves[key&uint64(len(t.shelves)-1)]
}

// with is a new shelf: that of before with an entry put in at a place, but without the one at another, -1 for none, as far as there is room.
func (s *shelf[T]) with(put entry[T], without, place int) *shelf[T] {
	next := &shelf[T]{}
	add := func(e entry[T]) {
		if next.n < ways {
			next.entries[next.n] = e
			next.n++
		}
	}
	for i := range s.len() {
		if i == place {
			add(put)
		}
		if i != without {
			add(s.entries[i])
		}
	}
	if place == s.len() {
		add(put)
	}
	return next
}

// len is the number of keys of a shelf; nil is an empty one.
func (s *shelf[T]) len() int {
	if s == nil {
		return 0
	}
	return s.n
}

// find is where a key stands, -1 when it does not.
func (s *shelf[T]) find(key uint64) int {
	for i := range s.len() {
		if s.entries[i].key == key {
			return i
		}
	}
	return -1
}
