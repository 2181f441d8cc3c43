// Package sim is an inventory with simulated advertisers whose true rates and values are known, to measure what an auction is worth to them and to
// the owner of the inventory.
package sim

import (
	"math"
	"math/rand/v2"

	"github.com/marquetry/marquetry/internal/auction"
)

// contexts is how many kinds of viewers and places there are.
const contexts = 6

// floor is what an impression costs at least: a thousand cost 5 units of the currency.
const floor = 5000

// Shape is how large a world is.
type Shape struct {
	Advertisers int
	Days        int
	Daily       int // impressions on a day
}

// World is one inventory with its advertisers. It is immutable.
type World struct {
	Shape
	advertisers []advertiser
	ads         []ad
	kinds       [contexts]float64 // share of the impressions up to each context
}

// advertiser is one account with one ad set.
type advertiser struct {
	strategy auction.Strategy
	limit    float64 // millionths per event; of Automatic 0
	value    float64 // of an event, millionths
	budget   float64 // of a day, millionths
	usual    auction.Rate
}

// ad is one ad.
type ad struct {
	owner int
	rates [contexts]float64 // events per impression, 0 where it is not targeted
	from  int               // impression with which it comes in
}

// NewWorld makes a world. Rates lie around 1.5 % for one half of the advertisers (clicks) and around 0.3 % for the other (conversions); those of
// an advertiser's ads differ by a factor of about 1.6, and between contexts by about 1.4. A quarter of the ads come in later.
func NewWorld(shape Shape, seed uint64) *World {
	rng := rand.New(rand.NewPCG(seed, 1))
	w := &World{Shape: shape}
	sum := 0.0
	for c := range w.kinds {
		sum += math.Exp(0.5 * rng.NormFloat64())
		w.kinds[c] = sum
	}
	for c := range w.kinds {
		w.kinds[c] /= sum
	}
	for owner := range shape.Advertisers {
		w.join(owner, rng)
	}
	return w
}

// join makes an advertiser with its ads. An impression is worth about three times the floor, and budgets are about what an even share of all
// impressions is worth: whom they are worth more, spends more.
func (w *World) join(owner int, rng *rand.Rand) {
	usual := []float64{0.015, 0.003}[owner%2]
	own := usual * math.Exp(0.5*rng.NormFloat64())
	worth := 3 * floor * math.Exp(0.6*rng.NormFloat64())
	a := advertiser{
		strategy: auction.Strategy(owner / 2 % 4), value: worth / own,
		budget: worth * float64(w.Daily) / float64(w.Advertisers) * math.Exp(0.5*rng.NormFloat64()),
		usual:  auction.Rate{Mean: usual, Events: 0.44},
	}
	switch a.strategy {
	case auction.BidCap:
		a.limit = a.value
	case auction.CostCap, auction.MinReturn:
		a.limit = 0.8 * a.value
	case auction.Automatic:
	}
	w.advertisers = append(w.advertisers, a)
	for range 1 + rng.IntN(4) {
		x, rate := ad{owner: owner}, own*math.Exp(0.5*rng.NormFloat64())
		for c := range x.rates {
			x.rates[c] = min(0.5, rate*math.Exp(0.35*rng.NormFloat64()))
			if rng.Float64() < 0.3 {
				x.rates[c] = 0
			}
		}
		if rng.IntN(4) == 0 {
			x.from = 1 + rng.IntN(w.Daily*max(1, w.Days-1))
		}
		w.ads = append(w.ads, x)
	}
}

// context is that of an impression, by a number in [0, 1).
func (w *World) context(u float64) int {
	c := 0
	for c < contexts-1 && w.kinds[c] <= u {
		c++
	}
	return c
}
