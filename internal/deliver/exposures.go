package deliver

import "github.com/marquetry/marquetry/internal/frequency"

// How much of who saw what is remembered, in one process.
const (
	rememberedPairs = 1 << 18 // of a viewer and an ad, by how often the one saw the other: 9 MB
	cappedPairs     = 1 << 20 // of a viewer and an ad, ad set or campaign with caps: 70 MB with three showings each, never over 300 MB
)

// exposures remembers what viewers were shown. What it answers for a time depends on what was before that time alone, so that a request that
// is repeated gets the same answer.
type exposures struct {
	times  *frequency.Table[firsts] // by viewer and ad
	capped *frequency.Memory
}

// newExposures remembers nothing yet.
func newExposures() exposures {
	return exposures{frequency.NewTable[firsts](rememberedPairs), frequency.NewMemory(cappedPairs)}
}

// firsts is when a viewer was shown an ad for the first three times, in unix milliseconds, ascending; 0 is not yet. More are never asked for.
type firsts [3]int64

// add notes that a viewer was shown something at a time, in unix milliseconds, before all that is remembered or just now. The same moment counts once.
func (e *exposures) add(viewer, ad uint64, at int64, before bool) {
	if viewer == 0 {
		return
	}
	note := func(old firsts) (firsts, bool) {
		now := old.with(at)
		return now, now != old
	}
	if before {
		e.times.Recall(frequency.Mix(viewer, ad), note)
	} else {
		e.times.Update(frequency.Mix(viewer, ad), note)
	}
}

// with takes a time in if it is among the first three.
func (f firsts) with(at int64) firsts {
	for i, t := range f {
		if t == at {
			break
		}
		if t == 0 || at < t {
			f[i], at = at, t
		}
		if t == 0 {
			break
		}
	}
	return f
}

// of is how often the viewer will have been shown an ad once it is shown again: 1, 2-3 or 4+; "" for an unknown viewer. What was shown in the same
// millisecond was shown before, unless the caller names the time: then it may be this very request that was asked before.
func (e *exposures) of(q *query, ad uint64) string {
	if q.viewer == 0 {
		return ""
	}
	before, now := 0, q.now.UnixMilli()
	if !q.sandbox {
		now++
	}
	for _, t := range e.times.Get(frequency.Mix(q.viewer, ad)) {
		if t != 0 && t < now {
			before++
		}
	}
	return [...]string{"1", "2-3", "2-3", "4+"}[before]
}
