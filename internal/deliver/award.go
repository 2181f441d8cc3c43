package deliver

import (
	"cmp"
	"slices"

	"github.com/marquetry/marquetry/internal/auction"
)

// award is a decision for an ad by its id, and what it pays for the impression, in millionths of its account's currency.
type award struct {
	ad    *ad
	id    uint64
	price int64
	lot   auction.Lot
}

// award gives the places that were asked for to different ads, best first. The ads come in the order of their rank; whether a frequency cap or
// a budget stands against one is asked only once its turn has come, so that thousands of candidates cost no more than their ranking. What is
// awarded is claimed at once, so that no other decision can have it as well; for one that another was faster to claim the next ones follow. Without
// any ad, why the one that came furthest is not shown.
func (s *Service) award(snapshot *Snapshot, found found, q *query, draw draws) (won []award, why reason) {
	found.count(q)
	ranked := s.rank(snapshot, found.ads, q, draw.at(0))
	defer ranked.release()
	for tried := 1; len(won) < q.count; {
		from, next := len(won), draw.at(tried)
		for len(won) < q.count {
			a, lot := ranked.pop()
			if lot == nil {
				break
			}
			if q.terms != nil && !q.terms.admits(a, lot) {
				continue // the exchange is told why
			}
			if r := s.claims(snapshot, a, q, next); r != eligible {
				why = max(why, r)
				q.excluded.add(a, r, q)
				continue
			}
			won = append(won, award{ad: a, id: next, lot: *lot})
			if tried++; len(won) < q.count {
				next = draw.at(tried)
			}
		}
		chosen := len(won)
		if won = append(won[:from], s.claimed(snapshot, ranked, won[from:], q)...); chosen == len(won) {
			break
		}
		why = max(why, paced)
	}
	switch {
	case len(won) > 0:
		return won, eligible
	case why == eligible && ranked.outbid:
		return nil, outbid
	}
	return nil, why
}

// admits says what the page, caps and budgets say of an ad that would be shown now.
func (s *Service) admits(snapshot *Snapshot, a *ad, q *query) reason {
	if slices.Contains(q.shown, a.id) {
		return onPage
	}
	if r := s.capped(a, q); r != eligible {
		return r
	}
	return s.paced(snapshot, a, q)
}

// claims is admits, and takes the places under caps for a decision if the ad may be shown. To take them is to ask for them, so that only where budgets
// keep the ad away caps are asked before.
func (s *Service) claims(snapshot *Snapshot, a *ad, q *query, decision uint64) reason {
	if slices.Contains(q.shown, a.id) {
		return onPage
	}
	r := s.paced(snapshot, a, q)
	if r == eligible {
		return s.claimShown(a, q, decision)
	}
	return cmp.Or(s.capped(a, q), r)
}

// claimed prices what was won and takes it out of budgets. What another decision has taken meanwhile is left out, and its places under caps are given
// back.
func (s *Service) claimed(snapshot *Snapshot, ranked *ranking, won []award, q *query) []award {
	kept := won[:0]
	for _, w := range won {
		w.price = ranked.price(&w.lot, func(a *ad) bool { return s.admits(snapshot, a, q) == eligible })
		if q.terms != nil {
			w.price = q.terms.price(&w.lot, w.price)
		}
		if s.noteSpent(w.ad, w.price, q) {
			kept = append(kept, w)
		} else {
			s.releaseShown(w, q)
			q.excluded.add(w.ad, paced, q)
		}
	}
	return kept
}
