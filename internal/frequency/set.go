package frequency

import (
	"sync/atomic"
	"unsafe"
)

// ways is how many keys share a place, setShowings how many showings those have together.
const (
	ways        = 8
	setShowings = 128
)

// set is what is remembered under the keys that share a place, the key that was written last first. It is one piece of memory without pointers, so
// that the garbage collector has nothing to look at in it: first a showing whose Mark is how many elements there are, then for each key one whose At
// is the key and whose Mark is how many showings of the key follow. A set is not changed once it is in its place; nil is an empty one.
type set []Showing

// place is where a set stands, by its first element.
type place struct{ first atomic.Pointer[Showing] }

// load is the set that stands there, and its first element for swap.
func (p *place) load() (set, *Showing) {
	first := p.first.Load()
	if first == nil {
		return nil, nil
	}
	return unsafe.Slice(first, first.Mark), first //nolint:gosec // as long as the slice whose first element it is, see swap
}

// swap puts a set in the place of the one that was loaded, unless another has come between.
func (p *place) swap(old *Showing, next set) bool {
	if len(next) <= 1 {
		return p.first.CompareAndSwap(old, nil)
	}
	next[0].Mark = uint32(len(next))
	return p.first.CompareAndSwap(old, &next[0])
}

// next is where the key behind that at a position stands; the first stands at 1.
func (s set) next(at int) int { return at + 1 + int(s[at].Mark) }

// keys is how many there are.
func (s set) keys() (n int) {
	for at := 1; at < len(s); at = s.next(at) {
		n++
	}
	return n
}

// find is where a key stands and what is remembered under it; 0 and nothing when it is not there.
func (s set) find(key uint64) (at int, list []Showing) {
	for at := 1; at < len(s); at = s.next(at) {
		if uint64(s[at].At) == key {
			return at, s[at+1 : s.next(at)]
		}
	}
	return 0, nil
}

// joined is a set in the making.
type joined struct {
	set
	keys, showings int
	since          int64 // unix milliseconds: keys with later showings are missed when there is no room for them
	missed         int64
}

// open begins a key, whose showings are then appended.
func (j *joined) open(key uint64) (at int) {
	j.set = append(j.set, Showing{At: int64(key)})
	return len(j.set) - 1
}

// end ends a key, which is left out again if nothing stands under it, or if there is no room.
func (j *joined) end(at int) {
	n := len(j.set) - at - 1
	if j.showings += n; n > 0 && j.keys < ways && j.showings <= setShowings {
		j.set[at].Mark = uint32(n)
		j.keys++
		return
	}
	if n > 0 && j.set[at+n].At > j.since {
		j.missed++
	}
	j.set = j.set[:at]
}

// add adds a key with its showings.
func (j *joined) add(key uint64, list []Showing) {
	from := j.open(key)
	j.set = append(j.set, list...)
	j.end(from)
}
