package frequency

// Times are unix milliseconds.
const (
	Hold = 10 * 60 * 1000      // how long a claim stands for which no impression came in
	Day  = 24 * 60 * 60 * 1000 // a window is a whole number of these, wherever they begin
	skew = 5 * 60 * 1000       // how far ahead the clock of another process may be
)

// Cap says that a viewer may be shown something at most so often within any so many milliseconds.
type Cap struct {
	Window int64
	Most   int
}

// Capped is something with caps: an ad, an ad set or a campaign.
type Capped struct {
	Owner uint64 // hash of its id
	Caps  []Cap  // at least one
}

// Longest is the longest window of its caps, in milliseconds.
func (c *Capped) Longest() (window int64) {
	for _, limit := range c.Caps {
		window = max(window, limit.Window)
	}
	return window
}

// Showing is one decision for, or impression of, something with caps.
type Showing struct {
	At   int64  // unix milliseconds of the decision
	Mark uint32 // of the decision: a part of its id
	Kept bool   // the impression came in
}

// same reports whether two are of one decision.
func (s Showing) same(o Showing) bool { return s.At == o.At && s.Mark == o.Mark }

// Past is a showing that does not, or not only, stand in the memory: the client's counter says it, or the same request has just claimed it.
type Past struct {
	Owner uint64
	At    int64 // unix milliseconds
}

// Ask is who may be shown something, and when.
type Ask struct {
	Viewer uint64 // 0 for nobody known: then Past is all there is
	Now    int64  // unix milliseconds
	Dated  bool   // the moment was named by the caller: only what was before it counts, so that asking again gets the same answer
	Past   []Past
}

// full reports whether something with caps was shown as often as it may be, given what the memory has of it.
func (a *Ask) full(c *Capped, remembered []Showing) bool {
	for _, limit := range c.Caps {
		if a.count(c.Owner, remembered, a.Now-limit.Window) >= limit.Most {
			return true
		}
	}
	return false
}

// count is how often something was shown after a moment.
func (a *Ask) count(owner uint64, remembered []Showing, after int64) (n int) {
	for _, s := range remembered {
		if a.counts(s, after) {
			n++
		}
	}
	for i, p := range a.Past {
		if p.Owner == owner && p.At > after && p.At <= a.Now && a.again(i) >= a.at(remembered, p.At, after) {
			n++
		}
	}
	return n
}

// counts reports whether what is remembered is of the window, and either certain or a claim that still stands.
func (a *Ask) counts(s Showing, after int64) bool {
	if s.At <= after || s.At > a.Now+skew || a.Dated && s.At >= a.Now {
		return false
	}
	return s.Kept || a.Now-s.At < Hold
}

// at is how many showings at a moment are counted already.
func (a *Ask) at(remembered []Showing, moment, after int64) (n int) {
	for _, s := range remembered {
		if s.At == moment && a.counts(s, after) {
			n++
		}
	}
	return n
}

// again is how many like the i-th of the past stand before it.
func (a *Ask) again(i int) (n int) {
	for _, p := range a.Past[:i] {
		if p == a.Past[i] {
			n++
		}
	}
	return n
}
