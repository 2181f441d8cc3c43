package bandit_test

import (
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/marquetry/marquetry/internal/bandit"
)

// serveDays makes the cells of days in which rate tells the click rate of a combination, and impressions how often each is shown.
func serveDays(seed uint64, days int, impressions func(day, k int) int64, rate func(day, k int) float64) []bandit.Cell {
	source := rand.NewPCG(seed, 7)
	var cells []bandit.Cell
	for day := range days {
		for k := range smallSpace().Size() {
			n := impressions(day, k)
			clicks := distuv.Binomial{N: float64(n), P: rate(day, k), Src: source}.Rand()
			cells = append(cells, bandit.Cell{Signature: "feed|f", Combination: k, Day: 20_000 + int32(day), Impressions: n, Clicks: int64(clicks)})
		}
	}
	return cells
}

// evenly shows every combination as often.
func evenly(int, int) int64 { return 800 }

// TestPastIsForgottenWhenTastesChange: the images change places after twelve days.
func TestPastIsForgottenWhenTastesChange(t *testing.T) {
	t.Parallel()
	cells := serveDays(1, 16, evenly, func(day, k int) float64 {
		if best := k / 4; day < 12 && best == 0 || day >= 12 && best == 2 {
			return 0.03
		}
		return 0.02
	})
	opt := bandit.DefaultOptions()
	model := fit(t, smallSpace(), attributes(), cells, opt)
	if day, weight := model.Changed(); day != 20_012 || weight > 0.3 {
		t.Errorf("changed on day %d, weight of the past %v", day, weight)
	}
	if best := model.BestBySignature(""); best/4 != 2 {
		t.Errorf("best combination %d is of the old image", best)
	}
	opt.Forgetting = 0
	if best := fit(t, smallSpace(), attributes(), cells, opt).BestBySignature(""); best/4 != 0 {
		t.Errorf("best combination %d of a fit that never forgets", best)
	}
}

// TestNothingIsForgottenWithoutReason: what moves is the base rate, or the traffic between pairs that do well and pairs that do not.
func TestNothingIsForgottenWithoutReason(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name        string
		impressions func(day, k int) int64
		rate        func(day, k int) float64
	}{
		{"base rate", evenly, func(day, k int) float64 { return []float64{0.01, 0.02, 0.03, 0.02}[day%4] * (1 + float64(k/4)/4) }},
		{"traffic", func(day, k int) int64 {
			if (k%4 == 0) == (day < 8) {
				return 2000
			}
			return 100
		}, func(_, k int) float64 { return []float64{0.02, 0.026, 0.026, 0.02}[k%4] * (1 + float64(k/4)/4) }},
	} {
		cells := serveDays(2, 16, c.impressions, c.rate)
		if day, weight := fit(t, smallSpace(), attributes(), cells, bandit.DefaultOptions()).Changed(); weight != 1 {
			t.Errorf("%s: changed on day %d, weight of the past %v", c.name, day, weight)
		}
	}
}

// TestForgettingKeepsItsLevel looks at ads after every day of their life.
func TestForgettingKeepsItsLevel(t *testing.T) {
	t.Parallel()
	opt := bandit.DefaultOptions()
	opt.Draws, opt.Forgetting = 8, 0.2
	const ads, days = 40, 14
	forgotten := 0
	for ad := range ads {
		cells := serveDays(uint64(ad), days, func(int, int) int64 { return 100 }, func(_, k int) float64 { return 0.02 + 0.002*float64(k%5) })
		for day := 1; day <= days; day++ {
			if _, weight := fit(t, smallSpace(), attributes(), cells[:day*smallSpace().Size()], opt).Changed(); weight < 1 {
				forgotten++
				break
			}
		}
	}
	if forgotten > ads/5 {
		t.Errorf("%d of %d ads forgot their past", forgotten, ads)
	}
}

// TestChosenLoses: one combination has nearly all impressions, as it was the best; after twelve days it is half as good, and hardly anything else is
// seen. A base rate that is lower for all from some day on is no change where all are shown as often.
func TestChosenLoses(t *testing.T) {
	t.Parallel()
	mostly := func(_, k int) int64 {
		if k == 0 {
			return 8000
		}
		return 40
	}
	lost := func(day, k int) float64 {
		if k == 0 && day < 12 {
			return 0.045
		}
		return 0.02
	}
	cells := serveDays(4, 15, mostly, lost)
	if day, weight := fit(t, smallSpace(), attributes(), cells, bandit.DefaultOptions()).Changed(); day != 20_012 || weight > 0.3 {
		t.Errorf("changed on day %d, weight of the past %v", day, weight)
	}
	cells = serveDays(4, 15, evenly, func(day, _ int) float64 { return lost(day, 0) })
	if day, weight := fit(t, smallSpace(), attributes(), cells, bandit.DefaultOptions()).Changed(); weight != 1 {
		t.Errorf("lower for all: changed on day %d, weight of the past %v", day, weight)
	}
}
