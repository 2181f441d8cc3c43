package frequency

import (
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"
)

// TestNeverOverTheCap has decisions and impressions come in any order, some late, some twice, some never: whenever a decision is let through,
// fewer stood in each window that ends then than its cap allows.
func TestNeverOverTheCap(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		over := []*Capped{
			{Owner: 1, Caps: []Cap{{Window: Day, Most: rapid.IntRange(1, 3).Draw(t, "daily")}, {Window: 7 * Day, Most: rapid.IntRange(2, 5).Draw(t, "weekly")}}},
			{Owner: 2, Caps: []Cap{{Window: 2 * Day, Most: rapid.IntRange(1, 4).Draw(t, "campaign")}}},
		}
		m, now := NewMemory(64), int64(100*Day)
		var made []Showing // Kept once its impression was told of
		for step := range rapid.IntRange(1, 60).Draw(t, "steps") {
			now += rapid.SampledFrom([]int64{0, 1, Hold / 2, Hold, Day / 3, Day}).Draw(t, "later")
			if len(made) > 0 && rapid.Bool().Draw(t, "impression") {
				i := rapid.IntRange(0, len(made)-1).Draw(t, "of")
				made[i].Kept = true
				m.Keep(7, over, made[i], false)
				continue
			}
			ask := &Ask{Viewer: 7, Now: now}
			room := true
			for _, c := range over {
				for _, limit := range c.Caps {
					n := 0
					for _, s := range made {
						if s.At > now-limit.Window && (s.Kept || now-s.At < Hold) {
							n++
						}
					}
					room = room && n < limit.Most
				}
			}
			full, mark := m.Full(ask, over), uint32(step)
			claimed := m.Claim(ask, over, mark)
			if claimed != room || full == room {
				t.Fatalf("claimed %v, full %v, room %v", claimed, full, room)
			}
			if claimed && rapid.IntRange(0, 4).Draw(t, "given back") == 0 {
				m.Release(ask, over, mark)
			} else if claimed {
				made = append(made, Showing{At: now, Mark: mark})
			}
		}
	})
}

// TestClaimsAtOnce has many requests of one viewer at the same moment: as many get a place as there are.
func TestClaimsAtOnce(t *testing.T) {
	t.Parallel()
	m := NewMemory(64)
	set := &Capped{Owner: 1, Caps: []Cap{{Window: Day, Most: 5}}}
	var got, marks atomic.Int64
	var all sync.WaitGroup
	for ad := range uint64(8) {
		over := []*Capped{{Owner: 10 + ad, Caps: []Cap{{Window: Day, Most: 1}}}, set}
		for range 4 {
			all.Go(func() {
				if m.Claim(&Ask{Viewer: 7, Now: Day}, over, uint32(marks.Add(1))) {
					got.Add(1)
				}
			})
		}
	}
	all.Wait()
	if got.Load() > 5 {
		t.Errorf("%d claims under a cap of 5", got.Load())
	}
}

// TestAskingAgainIsTheSame repeats requests whose moment was named, in any order and with their impressions told of at any time.
func TestAskingAgainIsTheSame(t *testing.T) {
	t.Parallel()
	over := []*Capped{{Owner: 1, Caps: []Cap{{Window: 2 * Day, Most: 2}}}}
	m := NewMemory(64)
	ask := func(at int64) bool { return m.Claim(&Ask{Viewer: 7, Now: at * Day, Dated: true}, over, uint32(at)) }
	var first []bool
	for at := range int64(6) {
		first = append(first, ask(at))
		if first[at] {
			m.Keep(7, over, Showing{At: at * Day, Mark: uint32(at)}, true)
		}
	}
	if want := []bool{true, true, true, true, true, true}; !slices.Equal(first, want) {
		t.Fatalf("%v", first)
	}
	over[0].Caps[0].Window = 3 * Day
	m, first = NewMemory(64), nil
	for at := range int64(6) {
		first = append(first, ask(at))
		if first[at] {
			m.Keep(7, over, Showing{At: at * Day, Mark: uint32(at)}, true)
		}
	}
	for at := int64(5); at >= 0; at-- {
		if ask(at) != first[at] {
			t.Errorf("day %d: %v at first", at, first[at])
		}
	}
	if want := []bool{true, true, false, true, true, false}; !slices.Equal(first, want) {
		t.Errorf("%v", first)
	}
}

// TestRecallKeepsTheLatest reads back from the latest impression: the oldest find no room.
func TestRecallKeepsTheLatest(t *testing.T) {
	t.Parallel()
	m := NewMemory(8)
	over := []*Capped{{Owner: 1, Caps: []Cap{{Window: Day, Most: 1}}}}
	for v := uint64(10); v > 0; v-- {
		m.Recall(v, over, Showing{At: Day + int64(v), Mark: 1}, false)
		m.Recall(v, over, Showing{At: Day + int64(v) - 1, Mark: 2}, false)
	}
	for v := range uint64(10) {
		if full, known := m.Full(&Ask{Viewer: v + 1, Now: Day + 20}, over), v+1 > 2; full != known {
			t.Errorf("viewer %d: full %v", v+1, full)
		}
	}
	m.Keep(11, over, Showing{At: Day + 11}, false)
	if !m.Full(&Ask{Viewer: 11, Now: Day + 20}, over) || m.Len() != 8 {
		t.Errorf("%d remembered", m.Len())
	}
}

// TestGivenBackTakesNoRoom claims and releases for one viewer after another.
func TestGivenBackTakesNoRoom(t *testing.T) {
	t.Parallel()
	m := NewMemory(8)
	over := []*Capped{{Owner: 1, Caps: []Cap{{Window: Day, Most: 1}}}}
	m.Keep(7, over, Showing{At: Day}, false)
	for v := range uint64(20) {
		a := &Ask{Viewer: 100 + v, Now: Day}
		if !m.Claim(a, over, 1) {
			t.Fatal("no room")
		}
		m.Release(a, over, 1)
	}
	if m.Len() != 1 || !m.Full(&Ask{Viewer: 7, Now: Day + 1}, over) {
		t.Errorf("%d remembered", m.Len())
	}
}

// TestWhatIsLostIsCounted fills a memory: forgetting what a window still has is counted.
func TestWhatIsLostIsCounted(t *testing.T) {
	t.Parallel()
	m := NewMemory(8)
	over := []*Capped{{Owner: 1, Caps: []Cap{{Window: Day, Most: 1}}}}
	for v := range uint64(10) {
		m.Keep(v+1, over, Showing{At: Day, Mark: uint32(v)}, false)
	}
	if m.Len() != 8 || m.Lost() != 2 {
		t.Errorf("%d remembered, %d lost", m.Len(), m.Lost())
	}
	m.Keep(100, over, Showing{At: 3 * Day}, false)
	if m.Lost() != 2 {
		t.Errorf("%d lost, but no window has the last", m.Lost())
	}
}

// TestASetIsBounded shows one thing very often: what others in the same place have makes room for it.
func TestASetIsBounded(t *testing.T) {
	t.Parallel()
	m := NewMemory(8)
	over := []*Capped{{Owner: 1, Caps: []Cap{{Window: Day, Most: 127}}}}
	for v := range uint64(3) {
		m.Keep(v+1, over, Showing{At: Day}, false)
	}
	for i := range int64(setShowings + 5) {
		m.Keep(9, over, Showing{At: Day + i, Mark: uint32(i)}, false)
		if full := m.Full(&Ask{Viewer: 9, Now: Day + i}, over); full != (i >= 126) {
			t.Fatalf("after %d showings full is %v", i+1, full)
		}
	}
	if m.Len() != 1 || m.Lost() != 3 {
		t.Errorf("%d remembered, %d lost", m.Len(), m.Lost())
	}
}
