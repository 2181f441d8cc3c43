package deliver

import (
	"math"
	"time"
)

// openDays is how far ahead an ad set with a daily budget and no end is planned for.
const openDays = 30

// plan is what says how long an ad will go on. Money is in millionths of the account's currency.
type plan struct {
	price           int64   // of one impression, as a mean
	lifetime, daily float64 // what the ad may spend in all and per day; +Inf is no limit
	days            float64 // left until its end, from the last day with data; +Inf is no end
	prior           float64 // optimisation events per impression believed before any data

	spent, impressions, events int64   // so far
	pace                       float64 // impressions per whole day so far; +Inf while that is not known
}

// horizon is how many optimisation events the ad will have had at the end of its life: those of impressions that it can pay for, but no more of
// them per day than there were so far, at its own rate, in which what was believed before weighs as much as one event. 0 is unknown: nothing
// ends the ad, or nothing says how fast it goes.
func (p plan) horizon() float64 {
	days := p.days
	if math.IsInf(days, 1) && !math.IsInf(p.daily, 1) {
		days = openDays
	}
	if days == 0 {
		return float64(p.events)
	}
	left := days * p.pace
	if price := float64(p.price); price > 0 {
		left = min(left, max(0, p.lifetime-float64(p.spent))/price, days*p.daily/price)
	}
	if math.IsInf(left, 1) {
		return 0
	}
	rate := float64(p.events+1) / (float64(p.impressions) + 1/p.prior)
	return float64(p.events) + left*rate
}

// planOf is the plan of an ad: budgets are shared by the active ads under them.
func (s *Snapshot) planOf(a *ad, prior float64) plan {
	set := a.adset
	p := plan{price: set.account.price, lifetime: math.Inf(1), daily: math.Inf(1), days: math.Inf(1), pace: math.Inf(1), prior: prior}
	for _, b := range set.budgets {
		ads := float64(max(1, s.objects.sharing[b.owner]))
		if b.lifetime > 0 {
			p.lifetime = min(p.lifetime, float64(b.lifetime)/ads)
		}
		if b.daily > 0 {
			p.daily = min(p.daily, float64(b.daily)/ads)
		}
	}
	history := s.history[a.id]
	for _, d := range history {
		p.spent, p.impressions, p.events = p.spent+d.spend, p.impressions+d.impressions, p.events+d.optimised(set)
	}
	if p.impressions > 0 { // rivals may have made it dearer
		p.price = max(p.price, p.spent/p.impressions)
	}
	if n := len(history); n > 0 {
		last, first := history[n-1], history[0]
		if before := p.impressions - last.impressions; before > 0 {
			p.pace = float64(before) / float64(last.day-first.day)
		}
		if end := a.ends(); end != 0 {
			p.days = max(0, float64(dayOf(time.Unix(end, 0), set.account.zone)-last.day))
		}
	}
	return p
}

// ends is when the ad or its set ends, in unix seconds; 0 when neither does.
func (a *ad) ends() int64 {
	if a.end == 0 || a.adset.end == 0 {
		return max(a.end, a.adset.end)
	}
	return min(a.end, a.adset.end)
}
