package sim

import (
	"math"
	"math/rand/v2"

	"github.com/marquetry/marquetry/internal/auction"
)

// refreshes is how often a day bids and rates are worked out anew.
const refreshes = 96

// burst is the share of a day's budget by which spending may be ahead of an even schedule.
const burst = 0.02

// Outcome is what one run brought. Money is in units of the currency; values are expected, by the true rates.
type Outcome struct {
	Value     float64 // of the events, to the advertisers
	Revenue   float64 // to the owner of the inventory
	Filled    float64 // share of the impressions that were sold
	Kept      float64 // share of the advertisers with a limit on the average cost that paid at most a tenth more
	Newcomers float64 // value of the events of ads that came in later
	Automatic float64 // value of the events of advertisers without a limit
}

// Surplus is what is left to the advertisers.
func (o Outcome) Surplus() float64 { return o.Value - o.Revenue }

// run is the state of one run.
type run struct {
	*World
	policy  Policy
	rng     *rand.Rand
	ads     []seen
	purses  []purse
	outcome Outcome
}

// seen is what is known of an ad, and of its rates per context (logarithms).
type seen struct {
	events, shown   [contexts]float64
	rates, spreads  [contexts]float64
	clicks, showing float64
	poor            bool
}

// purse is what an advertiser has spent and had.
type purse struct {
	today, spent  float64
	events, truth float64 // seen; expected by the true rates
	bid           float64 // logarithm
}

// Run sells all impressions of a world.
func (w *World) Run(policy Policy, seed uint64) Outcome {
	r := &run{World: w, policy: policy, rng: rand.New(rand.NewPCG(seed, 2)), ads: make([]seen, len(w.ads)), purses: make([]purse, len(w.advertisers))}
	total := w.Days * w.Daily
	for i := range total {
		if i%w.Daily == 0 {
			for p := range r.purses {
				r.purses[p].today = 0
			}
		}
		if i%max(1, w.Daily/refreshes) == 0 {
			r.refresh(float64(i%w.Daily) / float64(w.Daily))
		}
		r.sell(i)
	}
	r.outcome.Filled /= float64(total)
	r.outcome.Kept = r.kept()
	return r.outcome
}

// refresh works out bids and rates, at a share of the day.
func (r *run) refresh(elapsed float64) {
	common := make([]auction.Rate, len(r.advertisers))
	for i, a := range r.advertisers {
		common[i] = a.usual
	}
	for i := range r.ads {
		owner := r.World.ads[i].owner
		common[owner] = common[owner].Heed(r.ads[i].clicks, r.ads[i].showing)
	}
	for i, a := range r.advertisers {
		p := &r.purses[i]
		p.bid = math.Log(auction.Terms{
			Strategy: a.strategy, Limit: a.limit, Usual: (2*floor/common[i].Mean + p.spent) / (1 + p.events),
			Spent: p.spent, Events: p.events, Behind: elapsed - p.today/a.budget,
		}.Bid())
	}
	for i := range r.ads {
		r.ads[i].learn(&r.World.ads[i], common[r.World.ads[i].owner], r.policy == Truth)
	}
}

// contextual is how many events' worth an ad's overall rate is for its rate in one context.
const contextual = 8

// learn works out an ad's rates from its counters.
func (s *seen) learn(truth *ad, common auction.Rate, known bool) {
	all := common.Kin().After(s.clicks, s.showing)
	s.poor = all.Poor(common)
	for c := range contexts {
		rate := auction.Rate{Mean: all.Mean, Events: min(all.Events, contextual)}.After(s.events[c], s.shown[c])
		s.rates[c], s.spreads[c] = math.Log(rate.Mean), rate.Spread()
		if known {
			s.rates[c], s.spreads[c] = math.Log(truth.rates[c]), 0
		}
	}
}

// sell gives one impression away.
func (r *run) sell(i int) {
	c := r.context(r.rng.Float64())
	seed, luck := r.rng.Uint64(), r.rng.Float64()
	elapsed := float64(i%r.Daily) / float64(r.Daily)
	var best auction.Best
	boldness := auction.Boldness(r.contenders(c, i))
	for at := range r.World.ads {
		a, known := &r.World.ads[at], &r.ads[at]
		p, owner := &r.purses[a.owner], &r.advertisers[a.owner]
		if a.from > i || a.rates[c] == 0 || p.today >= owner.budget*min(1, elapsed+burst) {
			continue
		}
		score := r.policy.score(p.bid, known.rates[c], known.spreads[c], boldness, auction.Draw(seed, uint64(at)))
		if owner.strategy != auction.Automatic && !r.policy.admits(score, p.bid, known.rates[c]) {
			continue
		}
		value := math.Exp(p.bid + known.rates[c])
		if known.poor && !auction.Curious(seed) && r.policy != FirstCome && r.policy != BidOnly && r.policy != Truth {
			score -= auction.Demotion
		}
		best.Offer(&auction.Lot{At: int32(at), Owner: int32(a.owner), Value: value, Score: score, Floor: floor, Order: uint64(at)})
	}
	order := best.Lots()
	if len(order) == 0 {
		return
	}
	var next *auction.Lot
	for l := range order {
		if order[l].Owner != order[0].Owner {
			next = &order[l]
			break
		}
	}
	r.show(int(order[0].At), c, r.policy.price(&order[0], next), luck)
}

// contenders is how many ads may show in a context at an impression, whatever their budgets.
func (r *run) contenders(c, i int) int {
	n := 0
	for at := range r.World.ads {
		if a := &r.World.ads[at]; a.from <= i && a.rates[c] > 0 {
			n++
		}
	}
	return max(1, n)
}

// show counts an impression of an ad in a context.
func (r *run) show(at, c int, price, luck float64) {
	a, known := &r.World.ads[at], &r.ads[at]
	p, owner := &r.purses[a.owner], &r.advertisers[a.owner]
	rate := a.rates[c]
	p.today, p.spent, p.truth = p.today+price, p.spent+price, p.truth+rate
	known.shown[c]++
	known.showing++
	if luck < rate {
		known.events[c]++
		known.clicks++
		p.events++
	}
	value := rate * owner.value / 1e6
	o := &r.outcome
	o.Value, o.Revenue, o.Filled = o.Value+value, o.Revenue+price/1e6, o.Filled+1
	if a.from > 0 {
		o.Newcomers += value
	}
	if owner.strategy == auction.Automatic {
		o.Automatic += value
	}
}

// kept is the share of limits on average costs that were kept, of the advertisers that had anything to speak of.
func (r *run) kept() float64 {
	const enough = 10 // events: with fewer, chance decides
	kept, all := 0.0, 0.0
	for i, a := range r.advertisers {
		p := &r.purses[i]
		if (a.strategy == auction.CostCap || a.strategy == auction.MinReturn) && p.truth >= enough {
			all++
			if p.spent <= 1.1*a.limit*p.truth {
				kept++
			}
		}
	}
	return kept / max(1, all)
}
