package deliver

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/marquetry/marquetry/internal/bandit"
)

// longAgo is a snapshot of so many ads, fifty to a set, each with so many days behind it.
func longAgo(ads, days int) *Snapshot {
	owner := &account{price: 5000, zone: time.UTC, budget: budget{owner: theAccount, lifetime: 1e15}}
	s := &Snapshot{
		objects: &index{accounts: map[string]*account{theAccount: owner}, ads: map[string]*ad{}, adsets: map[string]*adset{}},
		history: map[string][]dayCount{},
	}
	var under *adset
	for i := range ads {
		if i%50 == 0 {
			id := fmt.Sprint("s", i/50)
			under = &adset{id: id, number: i / 50, account: owner, objective: bandit.Conversions, event: "Purchase", budgets: []budget{{owner: id, daily: 1e9}, owner.budget}}
			s.objects.adsets[id] = under
		}
		a := &ad{id: fmt.Sprint("a", i), number: i, adset: under}
		under.ads, owner.ads = append(under.ads, a), append(owner.ads, a)
		s.objects.ads[a.id] = a
		for day := range days {
			s.history[a.id] = append(s.history[a.id], dayCount{day: int32(20_000 + day), impressions: 100, clicks: 2, spend: 500_000, conversions: map[string]int64{"Purchase": 1}})
		}
	}
	return s
}

func BenchmarkSpentBy(b *testing.B) {
	s := longAgo(10_000, 90)
	for b.Loop() {
		spentBy(s)
	}
}

func BenchmarkRespent(b *testing.B) {
	s := longAgo(10_000, 90)
	s.spent, s.sums = spentBy(s), sumsOf(s)
	changed := slices.Collect(maps.Keys(s.history))[:1000]
	for b.Loop() {
		respent(s, s, changed)
		resummed(s, s, changed)
	}
}

func BenchmarkMarket(b *testing.B) {
	s := longAgo(10_000, 90)
	s.sums = sumsOf(s)
	for b.Loop() {
		marketOf(s)
	}
}
