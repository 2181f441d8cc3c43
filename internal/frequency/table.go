package frequency

import "sync/atomic"

// ways is how many keys share a set.
const ways = 8

// Table remembers a value under each of a bounded number of keys. It is a fixed number of sets; each is an immutable list, the key that was
// written last first, which a write replaces as a whole. When a set is full, the key at its end is forgotten.
type Table[T any] struct {
	sets []atomic.Pointer[set[T]]
	keys atomic.Int64
	rule Rule[T]
}

// Rule bounds what the values of one set weigh together, where they are not all of one size. The zero rule bounds nothing.
type Rule[T any] struct {
	Weigh func(T) int
	Most  int
}

// set is some keys with their values.
type set[T any] struct {
	n       int
	entries [ways]entry[T]
}

// entry is a key with its value.
type entry[T any] struct {
	key   uint64
	value T
}

// NewTable makes room for so many keys, a power of two of at least 8. What a set holds takes memory only once something is written there.
func NewTable[T any](keys int, rule Rule[T]) *Table[T] {
	return &Table[T]{sets: make([]atomic.Pointer[set[T]], keys/ways), rule: rule}
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
// Change is asked again when another write came between. What had to be forgotten for it is returned.
func (t *Table[T]) Update(key uint64, change func(old T) (value T, write bool)) (forgotten []T) {
	return t.update(key, false, change)
}

// Recall is Update by what happened before all that is in the table: a new key comes last, and is itself forgotten where there is no room.
func (t *Table[T]) Recall(key uint64, change func(old T) (value T, write bool)) (forgotten []T) {
	return t.update(key, true, change)
}

// update is either of them.
func (t *Table[T]) update(key uint64, last bool, change func(old T) (value T, write bool)) (forgotten []T) {
	slot := t.of(key)
	for {
		old := slot.Load()
		var value T
		at := old.find(key)
		if at >= 0 {
			value = old.entries[at].value
		}
		value, write := change(value)
		if !write {
			return nil
		}
		place := 0
		if last && at < 0 {
			place = old.len()
		} else if last {
			place = at
		}
		next, forgotten := t.rule.join(entry[T]{key, value}, old, at, place)
		if slot.CompareAndSwap(old, next) {
			t.keys.Add(int64(next.n - old.len()))
			return forgotten
		}
	}
}

// of is where the set of a key stands: its low bits choose it.
func (t *Table[T]) of(key uint64) *atomic.Pointer[set[T]] { return &t.sets[key&uint64(len(t.sets)-1)] }

// join is a new set: that of before with an entry put in at a place, but without the one at another, -1 for none, as far as there is room. What
// weighs nothing, where values weigh anything, is left out.
func (r Rule[T]) join(put entry[T], old *set[T], without, place int) (next *set[T], forgotten []T) {
	next = &set[T]{}
	weight := 0
	add := func(e entry[T]) {
		if r.Weigh != nil && r.Weigh(e.value) == 0 {
			return
		}
		if weight += r.of(e.value); next.n == ways || weight > r.Most {
			forgotten = append(forgotten, e.value)
			return
		}
		next.entries[next.n] = e
		next.n++
	}
	for i := range old.len() {
		if i == place {
			add(put)
		}
		if i != without {
			add(old.entries[i])
		}
	}
	if place == old.len() {
		add(put)
	}
	return next, forgotten
}

// of is what a value weighs.
func (r Rule[T]) of(value T) int {
	if r.Weigh == nil {
		return 0
	}
	return r.Weigh(value)
}

// len is the number of keys of a set; nil is an empty one.
func (s *set[T]) len() int {
	if s == nil {
		return 0
	}
	return s.n
}

// find is where a key stands, -1 when it does not.
func (s *set[T]) find(key uint64) int {
	for i := range s.len() {
		if s.entries[i].key == key {
			return i
		}
	}
	return -1
}
