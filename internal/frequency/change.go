package frequency

import "slices"

// Bounds of what is kept of one viewer and one thing with caps.
const (
	mostShowings  = 128 // no cap allows so many
	datedShowings = 64  // kept of decisions whose moment was named, whether or not a window still has them: the next may be earlier
)

// change is a claim, one that is given back, or an impression.
type change struct {
	is    Showing
	now   int64 // unix milliseconds
	ask   *Ask  // whether there is room, of a claim
	back  bool  // it is given back
	last  bool  // it came before all that is remembered
	dated bool  // the moment was named by the caller

	refused bool // there was no room
}

// due reports whether a change changes what is remembered of a thing.
func (d *change) due(c *Capped, old []Showing) bool {
	switch {
	case d.back:
		return slices.Contains(old, d.is)
	case d.ask != nil:
		d.refused = d.ask.full(c, old)
		return !d.refused && !slices.ContainsFunc(old, d.is.same)
	}
	return !slices.Contains(old, d.is)
}

// join is a set with the change of a key that stands at a position in it, 0 for nowhere. The key comes first now, but one that came before all
// that is remembered stays where it is, or comes last.
func (d *change) join(c *Capped, key uint64, old set, at int) joined {
	next := joined{set: make(set, 1, len(old)+3)}
	if !d.last {
		d.put(&next, c, key, old, at)
	}
	for i := 1; i < len(old); i = old.next(i) {
		if i != at {
			next.add(uint64(old[i].At), old[i+1:old.next(i)])
		} else if d.last {
			d.put(&next, c, key, old, at)
		}
	}
	if d.last && at == 0 {
		d.put(&next, c, key, old, at)
	}
	return next
}

// put adds the changed key. The windows of the others in the set are not known here: those of its thing stand for them.
func (d *change) put(next *joined, c *Capped, key uint64, old set, at int) {
	var list []Showing
	if at != 0 {
		list = old[at+1 : old.next(at)]
	}
	from := next.open(key)
	next.set = d.appendTo(next.set, c, list)
	next.since = next.set[len(next.set)-1].At - c.Longest()
	next.end(from)
}

// appendTo appends a list with the change: without what no window has any more and without claims that have lapsed, and of named moments only
// without what is over many.
func (d *change) appendTo(to []Showing, c *Capped, old []Showing) []Showing {
	from, put, after, most := len(to), d.back, d.now-c.Longest(), mostShowings
	if d.dated {
		most = max(datedShowings, c.most()+1)
	}
	for _, o := range old {
		if o.same(d.is) {
			continue
		}
		if !put && o.At > d.is.At {
			to, put = append(to, d.is), true
		}
		if d.dated || d.back || o.At > after && (o.Kept || d.now-o.At < Hold) {
			to = append(to, o)
		}
	}
	if !put {
		to = append(to, d.is)
	}
	if over := len(to) - from - most; over > 0 && !d.back {
		to = slices.Delete(to, from, from+over)
	}
	return to
}

// most is the greatest number that a cap allows.
func (c *Capped) most() (most int) {
	for _, limit := range c.Caps {
		most = max(most, limit.Most)
	}
	return most
}
