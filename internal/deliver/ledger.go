package deliver

import (
	"math"
	"slices"

	"github.com/marquetry/marquetry/internal/auction"
	"github.com/marquetry/marquetry/internal/bandit"
)

// headstart is how far over the floor an automatic bid starts where an account has paid for nothing yet.
const headstart = 2

// summed is what happened to one ad over its days.
type summed struct {
	impressions, clicks, events, spend float64
	current                            struct{ events, spend float64 } // since the last significant edit
}

// kind is what the ads of an account have in common that want the same event.
type kind struct {
	rate          auction.Rate
	events, spend float64
	value, valued float64 // of conversions, and how many of them
}

// ledger sums up an account for the auction: what its ads have in common is what is believed of each before its own counters speak.
type ledger struct {
	snapshot *Snapshot
	owner    *account
	clicks   auction.Rate
	kinds    map[goal]*kind
}

// goal is what an ad set's bid is for.
type goal struct {
	objective bandit.Objective
	event     string // conversion that counts; "" for clicks
	shown     bool   // the impression itself: impressions and reach
}

// goal is what an ad set's bid is for.
func (set *adset) goal() goal {
	g := goal{objective: set.objective, shown: set.shown}
	if set.objective != bandit.Clicks {
		g.event = set.event
	}
	return g
}

// newLedger sums up an account.
func newLedger(s *Snapshot, owner *account) *ledger {
	l := &ledger{snapshot: s, owner: owner, clicks: believed(bandit.Clicks), kinds: map[goal]*kind{}}
	for _, a := range owner.ads {
		sum, k := s.sums[a.number], l.kind(a.adset)
		l.clicks = l.clicks.Heed(sum.clicks, sum.impressions)
		k.rate = k.rate.Heed(sum.events, s.exposureOf(a, sum))
		k.events, k.spend = k.events+sum.events, k.spend+sum.spend
		if learned := s.learned[a.id]; learned != nil {
			k.value, k.valued = k.value+float64(learned.Totals.Value), k.valued+float64(learned.Totals.Conversions)
		}
	}
	return l
}

// kind is that of an ad set.
func (l *ledger) kind(set *adset) *kind {
	k := l.kinds[set.goal()]
	if k == nil {
		k = &kind{rate: believed(set.objective)}
		l.kinds[set.goal()] = k
	}
	return k
}

// sumsOf adds up all ads.
func sumsOf(s *Snapshot) []summed {
	sums := make([]summed, len(s.objects.ads))
	for _, a := range s.objects.ads {
		sums[a.number] = s.sum(a)
	}
	return sums
}

// resummed is the sums of a snapshot before, where some ads have others now.
func resummed(old, s *Snapshot, changed []string) []summed {
	sums := slices.Clone(old.sums)
	for _, id := range changed {
		if a := s.objects.ads[id]; a != nil {
			sums[a.number] = s.sum(a)
		}
	}
	return sums
}

// sum adds up the days of an ad.
func (s *Snapshot) sum(a *ad) (sum summed) {
	since := a.adset.since()
	for i := range s.history[a.id] {
		d := &s.history[a.id][i]
		events := float64(d.optimised(a.adset))
		if a.adset.shown {
			events = float64(d.impressions)
		}
		sum.impressions += float64(d.impressions)
		sum.clicks += float64(d.clicks)
		sum.events += events
		sum.spend += float64(d.spend)
		if d.day >= since {
			sum.current.events += events
			sum.current.spend += float64(d.spend)
		}
	}
	return sum
}

// exposureOf is how many impressions an ad's events would have taken as its combinations are chosen now: what is shown has become better since the
// first of them, and some conversions are still to come.
func (s *Snapshot) exposureOf(a *ad, sum summed) float64 {
	learned := s.learned[a.id]
	if learned == nil || learned.Outlook.Rate <= 0 {
		return sum.impressions
	}
	return (sum.events + believed(a.adset.objective).Events) / learned.Outlook.Rate
}

// enter writes what the auction needs of the account's ads and ad sets.
func (l *ledger) enter(m *market) {
	for _, a := range l.owner.ads {
		k, sum := l.kind(a.adset), l.snapshot.sums[a.number]
		stake := stake{salt: a.salt, set: int32(a.adset.number), spread: leastSpread}
		if !a.adset.shown {
			rate := k.rate.Kin().After(sum.events, l.snapshot.exposureOf(a, sum))
			stake.worth, stake.spread = math.Log(rate.Mean), max(leastSpread, rate.Spread())
		}
		if learned := l.snapshot.learned[a.id]; learned != nil && learned.Outlook.Rate > 0 {
			m.outlooks[a.number] = &learned.Outlook
		}
		stake.worth += a.dearer()
		stake.poor = l.clicks.Kin().After(sum.clicks, sum.impressions).Poor(l.clicks)
		m.ads[a.number] = stake
		standing := &m.sets[a.adset.number]
		standing.set = a.adset
		standing.terms.Spent += sum.current.spend
		standing.terms.Events += sum.current.events
	}
	for _, a := range l.owner.ads {
		standing := &m.sets[a.adset.number]
		standing.terms = l.terms(a.adset, standing.terms)
	}
}

// dearer is the logarithm of how many times its ad set's limit an ad bids; 0 when it has no bid of its own.
func (a *ad) dearer() float64 {
	if limited := a.adset.strategy == auction.BidCap || a.adset.strategy == auction.CostCap; !limited || a.bid <= 0 {
		return 0
	}
	return math.Log(a.bid / a.adset.limit)
}

// leastSpread is how far scores of ads differ of which everything is known, so that equals take turns.
const leastSpread = 1e-3

// terms completes an ad set's terms.
func (l *ledger) terms(set *adset, t auction.Terms) auction.Terms {
	k, floor := l.kind(set), float64(max(1, l.owner.price))
	mean := k.rate.Mean
	if set.shown {
		mean = 1
	}
	t.Strategy, t.Limit = set.strategy, set.limit
	t.Usual = (headstart*floor/mean + k.spend) / (1 + k.events)
	if set.strategy == auction.MinReturn {
		if k.value == 0 { // nothing is known yet of what events bring
			t.Strategy = auction.Automatic
			return t
		}
		t.Limit = k.value / k.valued / set.limit
	}
	return t
}
