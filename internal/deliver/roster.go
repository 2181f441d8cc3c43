package deliver

import (
	"math"
	"sync"

	"github.com/marquetry/marquetry/internal/target"
)

// roster is the ads of an account that nothing but the time and the viewer keeps from being shown, with the index by which those are found that a
// viewer may see. It belongs to one snapshot.
type roster struct {
	ads      []*ad   // by position, oldest first
	numbers  []int32 // of these
	index    *target.Index
	made     int64    // unix seconds
	until    []int64  // by position: from made until then nothing but the viewer is asked, in unix seconds
	over     []uint64 // bits: those that had ended when it was made
	soonest  int64    // unix seconds, the first until of those that had not
	ruled    bool     // some have customization rules
	why      reason   // of the ads that are not among these, that which came furthest
	searches sync.Pool
}

// search is the memory of one search.
type search struct {
	owner  *roster
	buffer target.Buffer
	ads    []int32
}

// newRoster sorts out the ads of an account at a time.
func newRoster(x *index, all []*ad, now int64) *roster {
	o := &roster{made: now, why: noAds, soonest: math.MaxInt64}
	var specs []*target.Spec
	for _, a := range all {
		r := x.closed(a, now)
		switch {
		case r == eligible:
			o.until = append(o.until, a.openUntil(now))
		case r == notStarted || r == ended || r == inReview && !a.waiting:
			o.until = append(o.until, 0)
		default:
			o.why = max(o.why, r)
			continue
		}
		at := len(o.ads)
		if at%64 == 0 {
			o.over = append(o.over, 0)
		}
		if r == ended {
			o.over[at/64] |= 1 << (at % 64)
		} else {
			o.soonest = min(o.soonest, o.until[at])
		}
		o.ruled = o.ruled || len(a.partOf) > 0
		o.ads, o.numbers, specs = append(o.ads, a), append(o.numbers, int32(a.number)), append(specs, a.adset.targeting)
	}
	o.index = target.NewIndex(specs)
	o.searches.New = func() any { return &search{owner: o} }
	return o
}

// openUntil is when something other than the viewer may close an ad that is open at a time: its end, or a review that is yet to begin.
func (a *ad) openUntil(now int64) int64 {
	until := int64(math.MaxInt64)
	if end := a.ends(); end != 0 {
		until = end
	}
	if a.review.Verdict == "" && a.review.Since > now {
		until = min(until, a.review.Since)
	}
	return until
}

// memory is that of a search before it begins.
func (o *roster) memory() *search {
	s := o.searches.Get().(*search)
	s.ads = s.ads[:0]
	return s
}

// eligible finds the ads that a viewer may see now.
func (o *roster) eligible(x *index, q *query) found {
	s, now := o.memory(), q.now.Unix()
	left := o.index.Narrow(&q.known, &s.buffer)
	if now >= o.made {
		for i, over := range o.over {
			left[i] &^= over
		}
	}
	shy := false // an ad has nothing to show here
	settled, ads := now >= o.made && now < o.soonest, s.ads
	target.Each(left, func(at int) {
		switch {
		case !settled && (now < o.made || now >= o.until[at]) && x.closed(o.ads[at], now) != eligible:
		case o.ruled && !o.ads[at].shows(q):
			shy = true
		default:
			ads = append(ads, o.numbers[at])
		}
	})
	s.ads = ads
	f := found{ads: ads, of: x, search: s}
	switch {
	case len(ads) > 0:
	case shy:
		f.why = notCustomised
	default:
		f.why = o.reason(x, now)
	}
	return f
}

// reason is why nothing shows, when there is no ad that the viewer may see.
func (o *roster) reason(x *index, now int64) reason {
	why := o.why
	for _, a := range o.ads {
		r := x.closed(a, now)
		if r == eligible {
			return notTargeted
		}
		why = max(why, r)
	}
	return why
}
