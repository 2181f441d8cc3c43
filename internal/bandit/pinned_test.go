package bandit_test

import (
	"math"
	"testing"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/sim"
)

// TestFindingsOfPinnedAssets narrows slots to one asset: that one has nothing to be compared with, and all numbers stay numbers.
func TestFindingsOfPinnedAssets(t *testing.T) {
	t.Parallel()
	space, cells := world(t, 5000, 4, 3, 2)
	for _, stopped := range [][][]bool{
		{{true, false, true, true}, {false, false, false}, {false, false}},
		{{true, true, true, false}, {false, true, true}, {true, false}},
	} {
		opt := bandit.DefaultOptions()
		opt.Legal = &bandit.Legal{Stopped: stopped}
		learned, err := bandit.Learn(space, sim.Attributes(), cells, opt, bandit.Totals{Impressions: 5000}, bandit.DefaultRule())
		if err != nil {
			t.Fatal(err)
		}
		var all []bandit.Finding
		for _, line := range learned.Assets {
			all = append(all, line...)
		}
		for _, p := range learned.Pairs {
			all = append(all, p.Finding)
		}
		for i, f := range all {
			for _, x := range []float64{f.Effect.Mean, f.Effect.Low, f.Effect.High, f.Sure.Low, f.E, f.Best} {
				if math.IsNaN(x) || math.IsInf(x, 0) || x < 0 {
					t.Errorf("%v: finding %d is %+v", stopped, i, f)
					break
				}
			}
		}
	}
}
