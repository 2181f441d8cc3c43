package deliver

import (
	"cmp"
	"hash/fnv"
	"slices"
	"sync/atomic"
	"time"

	"github.com/marquetry/marquetry/internal/eventlog"
)

// How much of what viewers looked at is remembered, in one process.
const (
	rememberedLooks = 1 << 16 // viewers: 10 MB
	rememberedItems = 8       // of each, the latest
	lookedFor       = 30 * 24 * time.Hour
)

// looks remembers which items viewers looked at lately, as pixel and Conversions API said. A viewer has one place, by the keyed hash; one who
// comes to the place of another has it from then on. Neither reading nor writing takes a lock: what is in a place is never changed, but replaced.
type looks [rememberedLooks]atomic.Pointer[look]

// look is what one viewer looked at, the latest first.
type look struct {
	viewer uint64
	items  [rememberedItems]glance
}

// glance is one item at a time. Equal numbers of different accounts are different items.
type glance struct {
	item   uint64 // hash of account and number
	at     int64  // unix milliseconds; 0 for none
	bought bool   // and is not looked for any more
}

// itemKey is the hash of a shop's number of an item.
func itemKey(retailerID string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(retailerID))
	return h.Sum64()
}

// itemOf is the key of an item together with its account (digits); itemOf of that again is the item's.
func itemOf(account string, key uint64) uint64 { return key ^ itemKey(account)*0x9E3779B97F4A7C15 }

// add notes what a viewer did with items.
func (l *looks) add(o *eventlog.Outcome, at int64) {
	if o == nil || o.Viewer == 0 || len(o.Items) == 0 {
		return
	}
	place := &l[o.Viewer%rememberedLooks]
	for {
		before := place.Load()
		after := look{viewer: o.Viewer}
		var kept []glance
		if before != nil && before.viewer == o.Viewer {
			kept = before.items[:]
		}
		for _, id := range o.Items {
			kept = noted(kept, glance{itemOf(o.AccountID, itemKey(id)), at, o.Name == "Purchase"})
		}
		copy(after.items[:], kept)
		if place.CompareAndSwap(before, &after) {
			return
		}
	}
}

// noted is a list with what happened to an item, unless it says something later of it. The order in which events come makes no difference.
func noted(list []glance, g glance) []glance {
	out := make([]glance, 0, rememberedItems+1)
	for _, old := range list {
		switch {
		case old.at == 0:
		case old.item != g.item:
			out = append(out, old)
		case old.at > g.at || old.at == g.at && old.bought:
			g = old
		}
	}
	out = append(out, g)
	slices.SortFunc(out, func(a, b glance) int { return cmp.Or(cmp.Compare(b.at, a.at), cmp.Compare(a.item, b.item)) })
	return out[:min(len(out), rememberedItems)]
}

// of is what a viewer had looked at before a time, the latest first; only those with a time.
func (l *looks) of(viewer uint64, now time.Time) (items [rememberedItems]glance) {
	if viewer == 0 {
		return items
	}
	known := l[viewer%rememberedLooks].Load()
	if known == nil || known.viewer != viewer {
		return items
	}
	n, until := 0, now.UnixMilli()
	for _, g := range known.items {
		if g.at != 0 && !g.bought && g.at < until && g.at >= until-lookedFor.Milliseconds() {
			items[n] = g
			n++
		}
	}
	return items
}
