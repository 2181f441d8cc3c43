package deliver

import (
	"maps"
	"slices"
	"time"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/pacing"
	"github.com/marquetry/marquetry/internal/store"
)

// budget is what an account, a campaign or an ad set may cost, in millionths of the account's currency; 0 is no limit.
type budget struct {
	owner           string // id of the account, campaign or ad set
	daily, lifetime int64
	spread          bool  // the lifetime limit is a budget, which is spread over its run, or below one; a cap alone is not
	hurry           bool  // pacing_type no_pacing
	steady          bool  // periods of higher demand are turned off
	hours           *week // in which it may be spent; nil is all
}

// uncapped is the spend cap by which clients of the platform say that there is none.
const uncapped = 922337203685478

// budgetOf reads the limits of an account, a campaign or an ad set, which are stored in minor units. Spend caps limit like budgets; an
// account's counts from when it was last reset.
func budgetOf(o *store.Object, currency string) budget {
	minor := object.MicrosPerMinor(currency)
	least := func(name, limit string, spared int64) int64 {
		n := whole(o.Data, name)
		if ceiling := whole(o.Data, limit); ceiling > 0 && ceiling < uncapped && (n == 0 || ceiling+spared < n) {
			n = ceiling + spared
		}
		return minor * min(n, mostMoney/minor)
	}
	b := budget{owner: o.ID, daily: least("daily_budget", "daily_spend_cap", 0), lifetime: least("lifetime_budget", "lifetime_spend_cap", 0)}
	if total := least("", "spend_cap", whole(o.Data, "spend_cap_since")); total > 0 && (b.lifetime == 0 || total < b.lifetime) {
		b.lifetime = total
	}
	b.spread = whole(o.Data, "lifetime_budget") > 0
	b.hurry = slices.Contains(object.IDs(o.Data["pacing_type"]), "no_pacing")
	b.steady = o.Data["is_budget_schedule_enabled"] == false
	b.hours = weekOf(o.Data)
	return b
}

// spending is what was spent under one budget.
type spending struct {
	days map[int32]int64
	ever int64
}

// spent reports whether nothing is left on a day.
func (b budget) spent(s spending, day int32) bool {
	return b.daily > 0 && s.days[day] >= b.daily || b.lifetime > 0 && s.ever >= b.lifetime
}

// limited reports whether there is anything to count.
func (b budget) limited() bool { return b.daily > 0 || b.lifetime > 0 }

// spentBy adds up what was spent under each budget, by its owner's id, of all ads.
func spentBy(s *Snapshot) map[string]spending {
	spent := map[string]spending{}
	for id := range s.history {
		spend(spent, s.objects.ads[id], s.history[id], 1)
	}
	return spent
}

// respent is what was spent under each budget, now that the days of some ads are others than in the snapshot before. That of before is not changed.
func respent(old, s *Snapshot, changed []string) map[string]spending {
	spent, own := maps.Clone(old.spent), map[string]bool{}
	for _, id := range changed {
		a := s.objects.ads[id]
		if a == nil {
			continue
		}
		for _, b := range a.adset.budgets {
			if sum, known := spent[b.owner]; known && !own[b.owner] {
				spent[b.owner] = spending{maps.Clone(sum.days), sum.ever}
			}
			own[b.owner] = true
		}
		spend(spent, a, old.history[id], -1)
		spend(spent, a, s.history[id], 1)
	}
	return spent
}

// spend adds the days of an ad, nil for none, so many times to what was spent under the budgets over it.
func spend(spent map[string]spending, a *ad, days []dayCount, times int64) {
	if a == nil {
		return
	}
	for _, b := range a.adset.budgets {
		sum, known := spent[b.owner]
		if !known {
			sum.days = map[int32]int64{}
		}
		for i := range days {
			sum.days[days[i].day] += times * days[i].spend
			sum.ever += times * days[i].spend
		}
		spent[b.owner] = sum
	}
}

// exhausted reports whether any budget over an ad set has nothing left on the day of a moment, of what it is raised by included.
func (s *Snapshot) exhausted(set *adset, now time.Time) bool {
	day := dayOf(now, set.account.zone)
	for i, b := range set.budgets {
		spent := s.spent[b.owner]
		if !b.spent(spent, day) {
			continue
		}
		if b.daily += set.gates[i].Raise(now.UnixMilli()); b.spent(spent, day) {
			return true
		}
	}
	return false
}

// paced says whether the budgets over an ad let it be shown now. At a time that the caller named, what was folded decides alone, so that the same
// request gets the same answer.
func (s *Service) paced(snapshot *Snapshot, a *ad, q *query) reason {
	if q.sandbox {
		if snapshot.exhausted(a.adset, q.now) {
			return budgetSpent
		}
		return eligible
	}
	worst, now := eligible, q.now.UnixMilli()
	for _, g := range a.adset.gates {
		switch g.Ask(now, a.adset.account.price) {
		case pacing.Spent:
			return budgetSpent
		case pacing.Wait:
			worst = paced
		case pacing.Free:
		}
	}
	return worst
}

// noteSpent takes the price of an ad that is about to be shown out of what its budgets allow for now, and reports whether it was there: another
// decision may have been faster.
func (s *Service) noteSpent(a *ad, price int64, q *query) bool {
	return q.sandbox || pacing.Claim(a.adset.gates, q.now.UnixMilli(), price)
}
