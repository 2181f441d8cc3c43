package deliver

import (
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// budget is what a campaign or an ad set may cost, in millionths of the account's currency; 0 is no limit.
type budget struct {
	owner           string // id of the campaign or ad set
	daily, lifetime int64
}

// uncapped is the spend cap by which clients of the platform say that there is none.
const uncapped = 922337203685478

// budgetOf reads the limits of a campaign or an ad set, which are stored in minor units. A campaign's spend cap is a limit of its lifetime.
func budgetOf(o *store.Object, currency string) budget {
	minor := object.MicrosPerMinor(currency)
	b := budget{owner: o.ID, daily: minor * whole(o.Data, "daily_budget"), lifetime: minor * whole(o.Data, "lifetime_budget")}
	if ceiling := whole(o.Data, "spend_cap"); ceiling > 0 && ceiling < uncapped && (b.lifetime == 0 || minor*ceiling < b.lifetime) {
		b.lifetime = minor * ceiling
	}
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

// spentBy adds up what was spent under each budget, by its owner's id. It is as fresh as the fold, so that a budget can be overshot by
// what is decided within about a second.
func spentBy(s *Snapshot) map[string]spending {
	spent := map[string]spending{}
	for id, days := range s.history {
		a := s.objects.ads[id]
		if a == nil {
			continue
		}
		for _, b := range a.adset.budgets {
			sum, known := spent[b.owner]
			if !known {
				sum.days = map[int32]int64{}
			}
			for _, d := range days {
				sum.days[d.day] += d.spend
				sum.ever += d.spend
			}
			spent[b.owner] = sum
		}
	}
	return spent
}

// exhausted reports whether any budget over an ad set has nothing left on a day.
func (s *Snapshot) exhausted(set *adset, day int32) bool {
	for _, b := range set.budgets {
		if b.spent(s.spent[b.owner], day) {
			return true
		}
	}
	return false
}
