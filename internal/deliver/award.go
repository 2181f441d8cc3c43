package deliver

import "github.com/marquetry/marquetry/internal/auction"

// award is a decision for an ad by its id, and what it pays for the impression, in millionths of its account's currency.
type award struct {
	ad    *ad
	id    uint64
	price int64
	lot   auction.Lot
}

// award gives the places that were asked for to different ads, best first. The ads come in the order of their rank; whether a frequency cap or
// a budget stands against one is asked only once its turn has come, so that thousands of candidates cost no more than their ranking. What is
// awarded is claimed at once, so that no other decision can have it as well. Without any ad, why the one that came furthest is not shown.
func (s *Service) award(snapshot *Snapshot, found found, q *query, id func(i int) uint64) (won []award, why reason) {
	ranked, next := s.rank(snapshot, found.ads, q, id(0)), id(1)
	defer ranked.release()
	for len(won) < q.count {
		lot := ranked.pop()
		if lot == nil {
			break
		}
		a := found.ads[lot.At]
		if q.terms != nil && !q.terms.admits(a, lot) {
			continue // the exchange is told why
		}
		r := s.admits(snapshot, a, q)
		if r == eligible {
			r = s.claimShown(a, q, next)
		}
		if r != eligible {
			why = max(why, r)
			continue
		}
		won = append(won, award{ad: a, id: next, lot: *lot})
		if len(won) < q.count {
			next = id(len(won) + 1)
		}
	}
	switch {
	case len(won) > 0:
		why = eligible
	case why == eligible && ranked.outbid:
		why = outbid
	}
	return s.claimed(snapshot, ranked, won, q), why
}

// admits says what caps and budgets say of an ad that would be shown now.
func (s *Service) admits(snapshot *Snapshot, a *ad, q *query) reason {
	if r := s.capped(a, q); r != eligible {
		return r
	}
	return s.paced(snapshot, a, q)
}

// claimed prices what was won and takes it out of budgets and caps.
func (s *Service) claimed(snapshot *Snapshot, ranked *ranking, won []award, q *query) []award {
	for i := range won {
		won[i].price = ranked.price(&won[i].lot, func(a *ad) bool { return s.admits(snapshot, a, q) == eligible })
		if q.terms != nil {
			won[i].price = q.terms.price(&won[i].lot, won[i].price)
		}
		s.noteSpent(won[i].ad, won[i].price, q)
	}
	return won
}
