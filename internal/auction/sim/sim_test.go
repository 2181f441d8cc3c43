package sim

import "testing"

// small is a world that is played in a moment.
func small(seed uint64) *World {
	return NewWorld(Shape{Advertisers: 16, Days: 3, Daily: 3000}, seed)
}

func TestSameSeedsSameOutcome(t *testing.T) {
	for _, p := range Policies() {
		if a, b := small(1).Run(p, 5), small(1).Run(p, 5); a != b {
			t.Errorf("%s: %+v, then %+v", p, a, b)
		}
	}
}

func TestNobodySpendsMoreThanTheirBudget(t *testing.T) {
	w := small(2)
	most := 0.0
	for _, a := range w.advertisers {
		most += float64(w.Days) * a.budget / 1e6
	}
	for _, p := range Policies() {
		o := w.Run(p, 1)
		if o.Revenue <= 0 || o.Revenue > 1.05*most {
			t.Errorf("%s: %.2f was paid, all budgets are %.2f", p, o.Revenue, most)
		}
		if least := floor * o.Filled * float64(w.Days*w.Daily) / 1e6; o.Revenue < least*(1-1e-9) {
			t.Errorf("%s: %.2f was paid, the floor is %.2f", p, o.Revenue, least)
		}
	}
}

func TestValueBeatsTurnsAndBids(t *testing.T) {
	var ours, turns, bids float64
	for seed := range uint64(4) {
		w := small(seed)
		ours, turns, bids = ours+w.Run(Ours, seed).Value, turns+w.Run(FirstCome, seed).Value, bids+w.Run(BidOnly, seed).Value
	}
	if ours < 1.05*turns || ours < 1.05*bids {
		t.Errorf("by value %.0f, in turns %.0f, by bid %.0f", ours, turns, bids)
	}
}
