package bandit_test

import (
	"math"
	"slices"
	"testing"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/sim"
)

// learn fails the test when learning does.
func learn(tb testing.TB, space bandit.Space, cells []bandit.Cell, opt bandit.Options) *bandit.Learned {
	tb.Helper()
	learned, err := bandit.Learn(space, sim.Attributes(), cells, opt, bandit.Totals{}, bandit.DefaultRule())
	if err != nil {
		tb.Fatal(err)
	}
	return learned
}

// meanOf is the mean rate, over all contexts, of the combinations that satisfy a condition.
func meanOf(space bandit.Space, model bandit.Model, condition func(slots []uint8) bool) float64 {
	total, n := 0.0, 0.0
	for k := range space.Size() {
		if condition(space.Slots(k, make([]uint8, len(space.Sizes)))) {
			total, n = total+model.Rate("", k).Mean, n+1
		}
	}
	return total / n
}

// TestEffectsAreRatiosOfEvenMeans works the effects out as their definition says, one combination at a time.
func TestEffectsAreRatiosOfEvenMeans(t *testing.T) {
	t.Parallel()
	space, cells := world(t, 30_000, 4, 3, 2)
	opt := bandit.DefaultOptions()
	opt.Legal = &bandit.Legal{
		Stopped:   [][]bool{{false, true, false, false}, {false, false, true}, {false, false}},
		Forbidden: []bandit.Pair{{SlotA: 0, AssetA: 2, SlotB: 2, AssetB: 1}},
	}
	learned := learn(t, space, cells, opt)
	shown := func(s []uint8, but ...int) bool { // legal, apart from assets of these slots being stopped
		for f, a := range s {
			if opt.Legal.Stopped[f][a] && !slices.Contains(but, f) {
				return false
			}
		}
		return s[0] != 2 || s[2] != 1
	}
	rate := func(f, a int) float64 {
		return meanOf(space, learned.Model, func(s []uint8) bool { return int(s[f]) == a && shown(s, f) })
	}
	effects := make([][]float64, len(space.Sizes))
	for f, n := range space.Sizes {
		mean, open := 0.0, 0.0
		for a := range n {
			if !opt.Legal.Stopped[f][a] {
				mean, open = mean+rate(f, a), open+1
			}
		}
		for a := range n {
			want := rate(f, a) / (mean / open)
			effects[f] = append(effects[f], want)
			if got := learned.Assets[f][a].Effect.Mean; math.Abs(got-want) > 1e-9 {
				t.Errorf("asset %d of slot %d: effect %v, want %v", a, f, got, want)
			}
		}
	}
	all := meanOf(space, learned.Model, func(s []uint8) bool { return shown(s) })
	for _, p := range learned.Pairs {
		if p.Pair.SlotA == 0 && p.Pair.AssetA == 2 && p.Pair.SlotB == 2 && p.Pair.AssetB == 1 {
			continue
		}
		together := meanOf(space, learned.Model, func(s []uint8) bool {
			return int(s[p.Pair.SlotA]) == p.Pair.AssetA && int(s[p.Pair.SlotB]) == p.Pair.AssetB && shown(s, p.Pair.SlotA, p.Pair.SlotB)
		})
		want := together / all / effects[p.Pair.SlotA][p.Pair.AssetA] / effects[p.Pair.SlotB][p.Pair.AssetB]
		if math.Abs(p.Effect.Mean-want) > 1e-9 {
			t.Errorf("pair %v: effect %v, want %v", p.Pair, p.Effect.Mean, want)
		}
	}
}
