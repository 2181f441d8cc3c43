package bandit_test

import (
	"testing"

	"github.com/marquetry/marquetry/internal/bandit"
)

// tasted is cells of 3 × 2 assets in four placements, the first of them unknown, shown evenly; in stories asset 1 of the first slot
// brings 1.8 times the clicks.
func tasted(impressions int64) (bandit.Space, []bandit.Cell) {
	space := bandit.Space{Sizes: []int{3, 2}}
	var cells []bandit.Cell
	for _, where := range []bandit.Signature{"", "instagram_feed", "instagram_stories", "facebook_reels"} {
		for k := range space.Size() {
			c := bandit.Cell{Signature: where, Combination: k, Impressions: impressions, Clicks: impressions / 50}
			if where == "instagram_stories" && k/2 == 1 {
				c.Clicks = c.Clicks * 9 / 5
			}
			cells = append(cells, c)
		}
	}
	return space, cells
}

// TestTastesAreSaid finds the one asset that one placement likes; what is less liked there, as the other is more, may be said too.
func TestTastesAreSaid(t *testing.T) {
	t.Parallel()
	space, cells := tasted(50_000)
	l := learn(t, space, cells)
	first := l.Segments[0]
	if first.Attribute != "placement" || first.Value != "instagram_stories" || first.Slot != 0 || first.Asset != 1 || first.Say != bandit.SayBetter {
		t.Errorf("the strongest taste: %+v", first)
	}
	if want := 1.34; first.Effect.Low > want || first.Effect.High < want { // the root of 1.8: three quarters of it by placement, two thirds by asset
		t.Errorf("effect %+v, want %v", first.Effect, want)
	}
	for _, f := range l.Segments {
		if f.Value == "" {
			t.Errorf("an unknown placement has a taste: %+v", f)
		}
		if f.Slot == 1 && f.Say != bandit.SayLearning && f.Say != bandit.SayEven {
			t.Errorf("a slot that nobody has a taste in: %+v", f)
		}
	}
	if len(l.Segments) != 3*(3+2) {
		t.Errorf("%d findings, want those on five assets in three placements", len(l.Segments))
	}
}

// TestSharedValuesHaveNoTaste gives own numbers to two values; the others are told apart by nobody.
func TestSharedValuesHaveNoTaste(t *testing.T) {
	t.Parallel()
	space, cells := tasted(5_000)
	for i := range cells {
		if where := cells[i].Signature; where == "facebook_reels" || where == "instagram_feed" {
			cells[i].Impressions *= 2
		}
	}
	options := bandit.DefaultOptions()
	options.Values = 2
	l, err := bandit.Learn(space, []string{"placement"}, cells, options, bandit.Totals{}, bandit.DefaultRule())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range l.Segments {
		if f.Value != "facebook_reels" && f.Value != "instagram_feed" {
			t.Errorf("a value without a number of its own: %+v", f)
		}
	}
	if len(l.Segments) != 2*(3+2) {
		t.Errorf("%d findings, want those on five assets in two placements", len(l.Segments))
	}
}
