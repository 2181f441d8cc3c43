package deliver

import "math/rand/v2"

// ranking hands out ads in the order in which they are to be shown.
type ranking struct {
	ads []*ad
	rng *rand.Rand
}

// rank puts ads in order, evenly by seed.
func (s *Service) rank(_ *Snapshot, ads []*ad, _ *query, seed uint64) *ranking {
	return &ranking{ads: ads, rng: rand.New(rand.NewPCG(seed, uint64(len(ads))))}
}

// next is the ad that comes next.
func (r *ranking) next() (*ad, bool) {
	if len(r.ads) == 0 {
		return nil, false
	}
	i := 0
	if len(r.ads) > 1 {
		i = r.rng.IntN(len(r.ads))
	}
	chosen := r.ads[i]
	r.ads[0], r.ads[i] = r.ads[i], r.ads[0]
	r.ads = r.ads[1:]
	return chosen, true
}

// price is what an ad pays for one impression, in millionths of its account's currency.
func (r *ranking) price(a *ad) int64 { return a.adset.account.price }
