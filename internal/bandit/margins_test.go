package bandit

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// meanOf is the mean rate, over all contexts, of the combinations that satisfy a condition.
func meanOf(space Space, model *Logistic, condition func(slots []uint8) bool) float64 {
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
	space, source := Space{Sizes: []int{4, 3, 2}}, rand.New(rand.NewPCG(1, 2))
	var cells []Cell
	for k := range space.Size() {
		for _, sig := range []Signature{"feed", "story"} {
			n := source.Int64N(3000)
			cells = append(cells, Cell{Signature: sig, Combination: k, Impressions: n, Clicks: source.Int64N(n/20 + 1)})
		}
	}
	opt := DefaultOptions()
	opt.Legal = &Legal{
		Stopped:   [][]bool{{false, true, false, false}, {false, false, true}, {false, false}},
		Forbidden: []Pair{{SlotA: 0, AssetA: 2, SlotB: 2, AssetB: 1}},
	}
	model, err := fit(space, []string{"placement"}, cells, opt)
	if err != nil {
		t.Fatal(err)
	}
	q := newInquiry(model)
	shown := func(s []uint8, but ...int) bool { // legal, apart from assets of these slots being stopped
		for f, a := range s {
			if opt.Legal.Stopped[f][a] && !slices.Contains(but, f) {
				return false
			}
		}
		return s[0] != 2 || s[2] != 1
	}
	rate := func(f, a int) float64 {
		return meanOf(space, model, func(s []uint8) bool { return int(s[f]) == a && shown(s, f) })
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
			if got := math.Exp(q.assetEffects(f)[a]); math.Abs(got-want) > 1e-9 {
				t.Errorf("asset %d of slot %d: effect %v, want %v", a, f, got, want)
			}
		}
	}
	all := meanOf(space, model, func(s []uint8) bool { return shown(s) })
	for f, n := range space.Sizes {
		for g := f + 1; g < len(space.Sizes); g++ {
			for i, effect := range q.pairEffects(f, g) {
				a, b := i/space.Sizes[g], i%space.Sizes[g]
				together := meanOf(space, model, func(s []uint8) bool { return int(s[f]) == a && int(s[g]) == b && shown(s, f, g) })
				want := together / all / effects[f][a] / effects[g][b]
				if forbidden := f == 0 && a == 2 && g == 2 && b == 1; !forbidden && math.Abs(math.Exp(effect)-want) > 1e-9 {
					t.Errorf("assets %d and %d of slots %d (of %d) and %d: effect %v, want %v", a, b, f, n, g, math.Exp(effect), want)
				}
			}
		}
	}
}
