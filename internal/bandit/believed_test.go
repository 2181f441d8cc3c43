package bandit_test

import (
	"math"
	"testing"

	"github.com/marquetry/marquetry/internal/bandit"
)

// Without data the model is what was believed; with much it is what was seen, whatever was believed.
func TestMeansAreBelievedUntilSeen(t *testing.T) {
	space := bandit.Space{Sizes: []int{2, 3}}
	opt := bandit.DefaultOptions()
	opt.Priors.Means = [][]float64{{0.2, -0.2}, nil}
	opt.Priors.Slots = []float64{0.5, 2}
	for _, c := range []struct {
		impressions int64
		want        float64 // log-odds of the first asset of the first slot over the second
		within      float64
	}{{0, 0.4, 1e-3}, {1_000_000, 0, 0.05}} {
		var cells []bandit.Cell
		for k := range space.Size() {
			cells = append(cells, bandit.Cell{Combination: k, Impressions: c.impressions, Clicks: c.impressions / 50})
		}
		model, err := bandit.Fit(space, nil, cells, opt)
		if err != nil {
			t.Fatal(err)
		}
		logit := func(k int) float64 { m := model.Rate("", k).Mean; return math.Log(m / (1 - m)) }
		if got := logit(0) - logit(3); math.Abs(got-c.want) > c.within {
			t.Errorf("after %d impressions of each the first asset is %.3f ahead, want %.3f", c.impressions, got, c.want)
		}
	}
}

// A slot of which more is expected follows the same clicks further.
func TestSlotsScaleTheSpread(t *testing.T) {
	space := bandit.Space{Sizes: []int{2, 2}}
	opt := bandit.DefaultOptions()
	opt.Priors.Slots = []float64{0.3, 2}
	cells := []bandit.Cell{{Combination: 0, Impressions: 1000, Clicks: 30}, {Combination: 3, Impressions: 1000, Clicks: 15}}
	model, err := bandit.Fit(space, nil, cells, opt)
	if err != nil {
		t.Fatal(err)
	}
	if first, second := model.Rate("", 1).Mean, model.Rate("", 2).Mean; first >= second {
		t.Errorf("the slot with the narrow prior is credited: %.4f with its better asset, %.4f with that of the other", first, second)
	}
}

func TestPriorsMustMatchTheSpace(t *testing.T) {
	for name, p := range map[string]bandit.Priors{
		"slots":    {Slots: []float64{1}},
		"factor":   {Slots: []float64{1, 0}},
		"means":    {Means: [][]float64{{1}, nil}},
		"too many": {Means: [][]float64{nil, nil, nil}},
	} {
		opt := bandit.DefaultOptions()
		opt.Priors.Slots, opt.Priors.Means = p.Slots, p.Means
		if _, err := bandit.Fit(bandit.Space{Sizes: []int{2, 2}}, nil, nil, opt); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
