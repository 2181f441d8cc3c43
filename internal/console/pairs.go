package console

import (
	"github.com/marquetry/marquetry/internal/bandit"
)

// shownPairs is how many pairs a page shows.
const shownPairs = 8

// pairsView is what helps what: pairs of assets that do better or worse together than each by itself lets expect.
type pairsView struct {
	One  float64 // where no effect is, in the coordinates of the charts
	List []pairView
}

// pairView is one pair.
type pairView struct {
	A, B assetView
	judged
}

// pairs shows the pairs of which most can be said.
func (s *subject) pairs() pairsView {
	if s.learned == nil || len(s.feed.Pools) == 0 {
		return pairsView{}
	}
	found := s.learned.Pairs[:min(shownPairs, len(s.learned.Pairs))]
	most := 1.0
	for _, p := range found {
		most = max(most, p.Effect.High)
	}
	view := pairsView{One: barOf(1, most)}
	for _, p := range found {
		one := pairView{A: s.half(p.Pair.SlotA, p.Pair.AssetA), B: s.half(p.Pair.SlotB, p.Pair.AssetB), judged: judge(p.Finding, most)}
		if p.Say == bandit.SayBetter || p.Say == bandit.SayWorse {
			one.Verdict += " together"
		}
		view.List = append(view.List, one)
	}
	return view
}

// half is one of the two assets of a pair.
func (s *subject) half(slot, asset int) assetView {
	return s.asset(s.feed.Pools[slot].Assets[asset], asset)
}
