package deliver

import (
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/internal/auction"
)

// contest is an auction made up of a number: every ad is an advertiser's own, and one in ten may not show.
func contest(n int, seed uint64) (*Service, *Snapshot, []int32) {
	s := &Service{rankings: sync.Pool{New: func() any { return new(ranking) }}, seen: newExposures()}
	m, x, r := &market{}, &index{}, rand.New(rand.NewPCG(seed, 0))
	var ads []int32
	for i := range n {
		x.numbered = append(x.numbered, &ad{number: i, adset: &adset{number: i, account: &account{number: i, price: 5000}}})
		st := stake{
			worth: math.Log(5000) + 1 + r.NormFloat64(), spread: []float64{0, 1e-3, 0.1, 0.5, 1.5}[r.IntN(5)], salt: r.Uint64(), set: int32(i),
			poor: r.IntN(10) == 0, capped: r.IntN(2) == 0,
		}
		m.now, m.outlooks, m.offers = append(m.now, st), append(m.outlooks, nil), append(m.offers, offer{floor: math.Log(5000)})
		if r.IntN(10) > 0 {
			ads = append(ads, int32(i))
		}
	}
	return s, &Snapshot{objects: x, market: m}, ads
}

// inFull is the auction without any short cut: each ad drawn for, and all of them in order.
func inFull(m *market, ads []int32, seed uint64) (order []auction.Lot) {
	for _, number := range ads {
		st := &m.now[number]
		score := auction.Score(st.worth, st.spread, auction.Boldness(len(ads)), auction.Draw(seed, st.salt))
		if st.capped && score < m.offers[number].floor {
			continue
		}
		if st.poor && !auction.Curious(seed) {
			score -= auction.Demotion
		}
		order = append(order, auction.Lot{At: number, Value: math.Exp(st.worth), Score: score, Floor: 5000, Order: st.salt})
	}
	slices.SortFunc(order, func(a, b auction.Lot) int { return a.Compare(&b) })
	return order
}

// TestShortCutsChangeNothing compares the ranking, which draws for no ad that cannot win, with the auction in full: the same ads come in the same order,
// and the first pays the same price.
func TestShortCutsChangeNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s, snapshot, ads := contest(rapid.IntRange(1, 150).Draw(t, "ads"), rapid.Uint64().Draw(t, "contest"))
		seed := rapid.Uint64().Draw(t, "seed")
		want := inFull(snapshot.market, ads, seed)
		r := s.rank(snapshot, ads, &query{}, seed)
		defer r.release()
		for i, next := range want {
			a, lot := r.pop()
			if lot == nil || lot.At != next.At {
				t.Fatalf("place %d of %d is for %+v, not for %+v", i, len(want), lot, next)
			}
			if i > 0 {
				continue
			}
			price := next.Floor
			if len(want) > 1 {
				price = next.Price(&want[1])
			}
			if got := r.price(lot, func(*ad) bool { return true }); got != int64(math.Round(min(price, max(next.Floor, maxBid)))) {
				t.Fatalf("ad %d pays %d, not %v", a.number, got, price)
			}
		}
		if _, lot := r.pop(); lot != nil {
			t.Fatalf("%+v comes after all", lot)
		}
	})
}
