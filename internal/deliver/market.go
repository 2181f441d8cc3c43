package deliver

import (
	"hash/fnv"
	"math"
	"slices"
	"time"

	"github.com/marquetry/marquetry/internal/auction"
	"github.com/marquetry/marquetry/internal/bandit"
)

// market is what the auction needs of every ad, in flat lists by the numbers of ads and ad sets, so that thousands of ads are looked at without
// a look-up. It is worked out when a snapshot is made, and immutable like that.
type market struct {
	ads      []stake           // without a bid
	now      []stake           // with the bids of the moment
	steady   []stake           // with the bids for decisions whose caller names the time
	outlooks []*bandit.Outlook // nil while nothing is learnt
	sets     []standing
	offers   []offer
	since    map[string]int64 // unix seconds from which on a budget can be spent, by its owner
}

// stake is an ad as the auction sees it.
type stake struct {
	worth  float64 // of an impression: logarithm of the optimisation events that it brings on average, of a bid of the ad's own, and of its set's bid
	spread float64 // how far it may be off
	salt   uint64  // of its draws
	set    int32
	poor   bool // below the quality floor
	capped bool // does not show when an impression is worth less to it than it costs
}

// standing is an ad set's terms, but for how far its budgets are behind, which changes with the clock.
type standing struct {
	set   *adset
	terms auction.Terms
}

// offer is an ad set's bid. Money is the logarithm of millionths.
type offer struct {
	now, steady float64 // per event: with what budgets want, and without, for decisions whose caller names the time
	floor       float64 // what an impression costs at least
	capped      bool
}

// believed is what an ad's optimisation events per impression are taken to be before any account has data, worth as little as a fit's own belief.
func believed(o bandit.Objective) auction.Rate {
	d := bandit.DefaultOptions()
	rate := auction.Rate{Mean: d.ClickRate, Events: 1 / (d.RateSD * d.RateSD)}
	if o != bandit.Clicks {
		rate.Mean *= d.ConversionRate
	}
	return rate
}

// marketOf works out a snapshot's market.
func marketOf(s *Snapshot) *market {
	m := &market{ads: make([]stake, len(s.objects.ads)), outlooks: make([]*bandit.Outlook, len(s.objects.ads)), sets: make([]standing, len(s.objects.adsets)), since: map[string]int64{}}
	for _, owner := range s.objects.accounts {
		newLedger(s, owner).enter(m)
	}
	for _, set := range s.objects.adsets {
		for _, b := range set.budgets {
			if first, known := m.since[b.owner]; !known || set.opened < first {
				m.since[b.owner] = set.opened
			}
		}
	}
	return m
}

// at is the market with the bids of a moment.
func (m *market) at(now time.Time) *market {
	next := *m
	next.offers = make([]offer, len(m.sets))
	for i := range m.sets {
		set, terms := m.sets[i].set, m.sets[i].terms
		if set == nil { // its account has no ads
			continue
		}
		steady := math.Log(terms.Bid())
		terms.Behind = m.behind(set, now)
		next.offers[i] = offer{
			now: math.Log(terms.Bid()), steady: steady, floor: math.Log(float64(max(1, set.account.price))), capped: terms.Strategy != auction.Automatic,
		}
	}
	next.now = next.bidding(func(o *offer) float64 { return o.now })
	next.steady = next.bidding(func(o *offer) float64 { return o.steady })
	return &next
}

// bidding is the ads with bids.
func (m *market) bidding(bid func(*offer) float64) []stake {
	ads := slices.Clone(m.ads)
	for i := range ads {
		offer := &m.offers[ads[i].set]
		ads[i].worth += bid(offer)
		ads[i].capped = offer.capped
	}
	return ads
}

// of is the ads as a request sees them.
func (m *market) of(q *query) []stake {
	if q.sandbox {
		return m.steady
	}
	return m.now
}

// behind is by how much of a day's money the budgets over a set are behind: of the one that is least behind. 0 without one.
func (m *market) behind(set *adset, now time.Time) float64 {
	least := math.Inf(1)
	for i, b := range set.budgets {
		if share, ok := set.gates[i].Behind(now.UnixMilli(), 1000*m.since[b.owner]); ok {
			least = min(least, share)
		}
	}
	if math.IsInf(least, 1) {
		return 0
	}
	return least
}

// hopeless reports whether an impression is worth less to an ad, the logarithm of millionths, than it costs, whatever is drawn.
func (m *market) hopeless(a *ad) (worth float64, low bool) {
	st := &m.now[a.number]
	return st.worth, st.capped && auction.Score(st.worth, st.spread, auction.Boldness(1), auction.Luckiest) < m.offers[st.set].floor
}

// saltOf gives each ad draws of its own, whatever other ads there are.
func saltOf(id string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(id))
	return h.Sum64()
}
