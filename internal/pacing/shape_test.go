package pacing

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestShapeOf adds up to a day whatever was counted, and follows what is known well.
func TestShapeOf(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		days := make([]Observed, rapid.IntRange(0, 3).Draw(t, "days"))
		for i := range days {
			days[i] = Observed{First: rapid.IntRange(0, Quarters-1).Draw(t, "first"), Weight: rapid.Float64Range(0, 3).Draw(t, "weight")}
			for q := days[i].First; q < Quarters; q++ {
				days[i].Counts[q] = rapid.Int64Range(0, 1e6).Draw(t, "requests")
			}
		}
		sum := 0.0
		for _, w := range ShapeOf(UsualShape(), days) {
			if w < 0 || math.IsNaN(w) {
				t.Fatalf("weight %v", w)
			}
			sum += w
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Fatalf("sums to %v", sum)
		}
	})
}

func TestShapeFollows(t *testing.T) {
	t.Parallel()
	busy := Observed{Weight: 1}
	busy.Counts[40], busy.Counts[41], busy.Counts[42] = 1e6, 1e6, 1e6
	half := Observed{Weight: 1, First: 48}
	for q := 48; q < Quarters; q++ {
		half.Counts[q] = int64(1e9 * UsualShape()[q])
	}
	if got := ShapeOf(UsualShape(), []Observed{busy}); got[40]+got[41]+got[42] < 0.4 {
		t.Errorf("the busy time has %v of the day", got[40:43])
	}
	if got, want := ShapeOf(UsualShape(), []Observed{half})[20], UsualShape()[20]; math.Abs(got/want-1) > 0.05 {
		t.Errorf("a quarter hour before counting began has %v, usually %v", got, want)
	}
	if got := ShareOf(1, []int64{0, 30, 10}); math.Abs(got-(0.1/3+0.9*0.75)) > 1e-9 {
		t.Errorf("share %v", got)
	}
}
