package bandit_test

import (
	"testing"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/sim"
)

// learn fails the test when learning does; a verdict needs no minimum of events and days.
func learn(tb testing.TB, space bandit.Space, cells []bandit.Cell) *bandit.Learned {
	tb.Helper()
	rule := bandit.DefaultRule()
	rule.Enforce = false
	learned, err := bandit.Learn(space, sim.Attributes(), cells, bandit.DefaultOptions(), bandit.Totals{}, rule)
	if err != nil {
		tb.Fatal(err)
	}
	return learned
}

// said counts the assets, pairs and tastes of which something is said.
func said(l *bandit.Learned, say bandit.Say) int {
	n := 0
	for _, line := range l.Assets {
		for _, f := range line {
			if f.Say == say {
				n++
			}
		}
	}
	for _, p := range l.Pairs {
		if p.Say == say {
			n++
		}
	}
	for _, x := range l.Segments {
		if x.Say == say {
			n++
		}
	}
	return n
}

// TestNothingIsSaidWhereNothingDiffers looks after every tenth of a long even rotation of equal combinations.
func TestNothingIsSaidWhereNothingDiffers(t *testing.T) {
	t.Parallel()
	preset, err := sim.NewPreset("null", 3)
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(3) {
		w := sim.NewWorld(preset, bandit.Space{Sizes: []int{3, 3, 2}}, 1+seed)
		for n := 10_000; n <= 100_000; n += 10_000 {
			l := learn(t, w.Space, sim.Serve(w, bandit.Uniform{Space: w.Space}, n))
			if l.State == bandit.StableWinner || said(l, bandit.SayBetter)+said(l, bandit.SayWorse) > 0 {
				t.Errorf("seed %d after %d impressions: %s, assets %+v", seed, n, l.State, l.Assets)
			}
		}
	}
}

// TestWhatDiffersIsSaid gives one asset twice the clicks of its neighbours, and one pair twice those of its assets.
func TestWhatDiffersIsSaid(t *testing.T) {
	t.Parallel()
	space := bandit.Space{Sizes: []int{3, 3}}
	cells := make([]bandit.Cell, space.Size())
	for k := range cells {
		cells[k] = bandit.Cell{Combination: k, Impressions: 400_000, Clicks: 6_000}
		if k < 3 {
			cells[k].Clicks *= 2
		}
	}
	cells[8].Clicks *= 2
	l := learn(t, space, cells)
	if got := l.Assets[0][0]; got.Say != bandit.SayBetter || got.Effect.Low > 1.38 || got.Effect.High < 1.38 { // 2 of (2 + 1 + 4/3)/3
		t.Errorf("the better asset: %+v", got)
	}
	if got := l.Pairs[0]; got.Say != bandit.SayBetter || got.Pair != (bandit.Pair{SlotA: 0, AssetA: 2, SlotB: 1, AssetB: 2}) {
		t.Errorf("the better pair: %+v", got)
	}
	if got := l.Assets[1][0]; got.Say == bandit.SayBetter {
		t.Errorf("an asset like others: %+v", got)
	}
	if l.State != bandit.StableWinner || l.Any < 1e6 {
		t.Errorf("%s, e-value %v", l.State, l.Any)
	}
}
