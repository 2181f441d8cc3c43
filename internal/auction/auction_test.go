package auction_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/internal/auction"
)

// lots draws an auction.
func lots(t *rapid.T) []auction.Lot {
	n := rapid.IntRange(1, 120).Draw(t, "ads")
	seed := rapid.Uint64().Draw(t, "seed")
	all := make([]auction.Lot, n)
	for i := range all {
		value := rapid.Float64Range(1, 1e6).Draw(t, "value")
		spread := rapid.Float64Range(0, 1).Draw(t, "spread")
		all[i] = auction.Lot{
			At: int32(i), Owner: rapid.Int32Range(0, 5).Draw(t, "owner"), Value: value, Score: math.Log(value) + spread*auction.Draw(seed, uint64(i)),
			Floor: rapid.SampledFrom([]float64{0, 1000, 5000}).Draw(t, "floor"), Order: uint64(i),
		}
	}
	return all
}

// ranked is the finalists, best first.
func ranked(all []auction.Lot) []auction.Lot {
	var best auction.Best
	for _, l := range all {
		best.Offer(&l)
	}
	return best.Lots()
}

// rival is the best of another advertiser behind the first; nil when there is none.
func rival(order []auction.Lot) *auction.Lot {
	for i := range order {
		if order[i].Owner != order[0].Owner {
			return &order[i]
		}
	}
	return nil
}

func TestBestKeepsTheBestInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := lots(t)
		got := slices.Clone(ranked(all))
		slices.SortFunc(all, func(a, b auction.Lot) int { return a.Compare(&b) })
		if want := all[:min(len(all), auction.Finalists)]; !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

func TestPriceLiesBetweenFloorAndWorth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		order := ranked(lots(t))
		won := order[0]
		price := won.Price(rival(order))
		if price < won.Floor || price > max(won.Floor, won.Value*(1+1e-12)) {
			t.Fatalf("price %v, floor %v, value %v", price, won.Floor, won.Value)
		}
	})
}

func TestAHigherBidNeverLosesWhatALowerOneWins(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := lots(t)
		won := ranked(all)[0]
		factor := rapid.Float64Range(1, 10).Draw(t, "factor")
		all[won.At].Value, all[won.At].Score = won.Value*factor, won.Score+math.Log(factor)
		if again := ranked(all)[0]; again.At != won.At {
			t.Fatalf("ad %d won with less, and %d wins now", won.At, again.At)
		}
	})
}

func TestNoBidIsBetterThanTheTruth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := lots(t)
		for i := range all {
			all[i].Owner = int32(i) // one ad each: an advertiser's own ads do not change its price
			all[i].Score = math.Log(all[i].Value)
		}
		me := rapid.IntRange(0, len(all)-1).Draw(t, "me")
		worth := all[me].Value
		gain := func(bid float64) float64 {
			all[me].Value, all[me].Score = bid, math.Log(bid)
			order := ranked(all)
			if int(order[0].At) != me || bid < all[me].Floor {
				return 0
			}
			return worth - order[0].Price(rival(order))
		}
		honest, other := gain(worth), gain(worth*rapid.Float64Range(0.01, 100).Draw(t, "lie"))
		if other > honest+1e-9*worth {
			t.Fatalf("a lie gains %v, the truth %v", other, honest)
		}
	})
}

func TestDrawsAreNearlyNormal(t *testing.T) {
	var sum, squares, cubes, beyond float64
	const n = 200_000
	for i := range uint64(n) {
		z := auction.Draw(7, i)
		sum, squares, cubes = sum+z, squares+z*z, cubes+z*z*z
		if math.Abs(z) > 1.96 {
			beyond++
		}
	}
	for name, off := range map[string]float64{"mean": sum / n, "variance": squares/n - 1, "skew": cubes / n, "tails": beyond/n - 0.05} {
		if math.Abs(off) > 0.015 {
			t.Errorf("%s is off by %v", name, off)
		}
	}
	if auction.Draw(7, 1) != auction.Draw(7, 1) || auction.Draw(7, 1) == auction.Draw(8, 1) {
		t.Error("a draw is not a function of its seed")
	}
}

func TestCuriosityIsRare(t *testing.T) {
	n := 0
	for seed := range uint64(100_000) {
		if auction.Curious(seed) {
			n++
		}
	}
	if n < 1800 || n > 2200 {
		t.Errorf("%d of 100000 decisions are curious, 2000 were expected", n)
	}
}

func TestBid(t *testing.T) {
	for name, c := range map[string]struct {
		terms auction.Terms
		want  float64
	}{
		"automatic, on schedule":            {auction.Terms{Usual: 100}, 100},
		"automatic, half a day behind":      {auction.Terms{Usual: 100, Behind: 0.5}, 100 * math.Exp(2)},
		"automatic, ahead":                  {auction.Terms{Usual: 100, Behind: -0.25}, 100 * math.Exp(-1)},
		"a bid cap is never exceeded":       {auction.Terms{Strategy: auction.BidCap, Limit: 50, Usual: 100, Behind: 1}, 50},
		"a bid cap ahead of schedule":       {auction.Terms{Strategy: auction.BidCap, Limit: 50, Behind: -0.25}, 50 * math.Exp(-1)},
		"a cost cap before anything":        {auction.Terms{Strategy: auction.CostCap, Limit: 50}, 50},
		"a cost cap that was not used up":   {auction.Terms{Strategy: auction.CostCap, Limit: 50, Events: 5, Spent: 0}, 75},
		"a cost cap that was exceeded":      {auction.Terms{Strategy: auction.CostCap, Limit: 50, Events: 5, Spent: 500}, 25},
		"a cost cap that was lost by far":   {auction.Terms{Strategy: auction.CostCap, Limit: 50, Spent: 1e6}, 12.5},
		"a cost cap that costs nothing":     {auction.Terms{Strategy: auction.CostCap, Limit: 50, Events: 1e6}, 200},
		"a least return, as a cost per one": {auction.Terms{Strategy: auction.MinReturn, Limit: 50, Events: 2, Spent: 100}, 50},
	} {
		if got := c.terms.Bid(); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestRate(t *testing.T) {
	prior := auction.Rate{Mean: 0.01, Events: 1}
	account := prior.Heed(1000, 50_000).Heed(20, 2000)
	if got := fmt.Sprintf("%.4f %.0f", account.Mean, account.Events); got != "0.0170 121" {
		t.Errorf("the account's rate is %s", got)
	}
	fresh := account.Kin()
	if fresh.Mean != account.Mean || fresh.Spread() != 0.5 {
		t.Errorf("a new ad is believed to have %+v", fresh)
	}
	if bad := fresh.After(0, 4000); !bad.Poor(account) {
		t.Errorf("an ad without a click is not poor: %+v", bad)
	}
	for name, ad := range map[string]auction.Rate{"new": fresh, "rather bad": fresh.After(40, 5000), "shown little": fresh.After(0, 300)} {
		if ad.Poor(account) {
			t.Errorf("an ad that is %s is poor: %+v", name, ad)
		}
	}
}
