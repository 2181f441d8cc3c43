package console

import "github.com/marquetry/marquetry/internal/bandit"

// tastesView is who likes what: assets that do better or worse in one place, or with one kind of people, than they do elsewhere.
type tastesView struct {
	One  float64 // where no effect is, in the coordinates of the charts
	List []tasteView
}

// tasteView is one of them.
type tasteView struct {
	Who  string
	What assetView
	judged
}

// tastes shows those of which it can be said that they make a difference; none is no table.
func (s *subject) tastes() tastesView {
	if s.learned == nil || len(s.feed.Pools) == 0 {
		return tastesView{}
	}
	var found []bandit.SegmentFinding
	most := 1.0
	for _, x := range s.learned.Segments {
		if (x.Say == bandit.SayBetter || x.Say == bandit.SayWorse) && len(found) < shownPairs {
			found, most = append(found, x), max(most, x.Effect.High)
		}
	}
	view := tastesView{One: barOf(1, most)}
	for _, x := range found {
		one := tasteView{Who: capital(contextLabel(bandit.Signature(x.Value))), What: s.half(x.Slot, x.Asset)}
		one.judged = judge(x.Finding, most)
		view.List = append(view.List, one)
	}
	return view
}
