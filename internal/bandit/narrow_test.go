package bandit_test

import (
	"math"
	"slices"
	"testing"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/sim"
)

// TestWithin learns in a space of which some assets are stopped, and looks at the others only: the same is said of them.
func TestWithin(t *testing.T) {
	t.Parallel()
	large, cells := world(t, 8000, 4, 3, 2)
	small := bandit.Space{Sizes: []int{3, 3, 1}}
	opt := bandit.DefaultOptions()
	opt.Legal = &bandit.Legal{Stopped: [][]bool{{false, false, false, true}, {false, false, false}, {false, true}}}
	rule := bandit.DefaultRule()
	rule.Enforce = false
	wide, err := bandit.Learn(large, sim.Attributes(), cells, opt, bandit.Totals{Impressions: 8000}, rule)
	if err != nil {
		t.Fatal(err)
	}
	l := wide.Within(small)
	if len(l.Assets) != 3 || len(l.Assets[0]) != 3 || len(l.Assets[2]) != 1 {
		t.Errorf("findings on %d slots", len(l.Assets))
	}
	if len(l.Segments) == 0 || slices.ContainsFunc(l.Segments, func(x bandit.SegmentFinding) bool { return x.Asset >= small.Sizes[x.Slot] }) {
		t.Errorf("of %d tastes some are of assets that are not there", len(l.Segments))
	}
	slots, sum, chances := make([]uint8, 3), 0.0, 0.0
	for k, p := range l.Model.ProbabilityBest() {
		in := large.Index(small.Slots(k, slots))
		if l.Model.Rate("instagram_feed", k) != wide.Model.Rate("instagram_feed", in) || l.Policy.Propensity("", k) != wide.Policy.Propensity("", in) {
			t.Errorf("of combination %d something else is said than of %d", k, in)
		}
		sum, chances = sum+p, chances+l.Policy.Propensity("", k)
	}
	if math.Abs(sum-1) > 1e-9 || math.Abs(chances-1) > 1e-9 {
		t.Errorf("probabilities sum to %v and %v", sum, chances)
	}
	for seed := range uint64(200) {
		got, from := l.Policy.Choose("", seed), wide.Policy.Choose("", seed)
		if got.Combination >= small.Size() || large.Index(small.Slots(got.Combination, slots)) != from.Combination || got.Propensity != from.Propensity {
			t.Fatalf("%+v chosen as %+v", from, got)
		}
	}
	if k := l.Model.BestBySignature(""); large.Index(small.Slots(k, slots)) != wide.Model.BestBySignature("") {
		t.Errorf("the best is %d", k)
	}
	if wide.Within(large) != wide {
		t.Error("the whole is not itself")
	}
}
