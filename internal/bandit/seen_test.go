package bandit

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestLearnedPropensity checks that a mean over contexts weighs them by impressions, and that it sums to 1 over the combinations.
func TestLearnedPropensity(t *testing.T) {
	t.Parallel()
	cells := []Cell{{Signature: "a", Combination: 0, Impressions: 300, Clicks: 30}, {Signature: "b", Combination: 1, Impressions: 60, Clicks: 6},
		{Signature: "b", Combination: 2, Impressions: 60, Clicks: 1}, {Signature: "c", Impressions: 40}, {Signature: "d"}}
	space := Space{Sizes: []int{2, 2}}
	model, err := Fit(space, []string{"place"}, cells, DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	l := &Learned{Space: space, Policy: model.Policy(), Contexts: MostSeen(cells, 2)}
	if diff := cmp.Diff([]Seen{{"a", 300}, {"b", 120}}, l.Contexts); diff != "" {
		t.Error(diff)
	}
	sum := 0.0
	for k := range space.Size() {
		got, want := l.Propensity(k), (300*l.Policy.Propensity("a", k)+120*l.Policy.Propensity("b", k))/420
		if math.Abs(got-want) > 1e-12 {
			t.Errorf("combination %d: %v, want %v", k, got, want)
		}
		sum += got
	}
	if math.Abs(sum-1) > 1e-9 {
		t.Errorf("propensities sum to %v", sum)
	}
}
