package bandit

import (
	"testing"

	"pgregory.net/rapid"
)

// TestBoldnessFollowsTheLifeOfAnAd: for long lives a longer horizon never explores less; exploration falls past the horizon; no factor leaves 0 to 1.
func TestBoldnessFollowsTheLifeOfAnAd(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		opt := DefaultOptions()
		events := rapid.Float64Range(0, 1e6).Draw(r, "events")
		opt.Horizon = rapid.Float64Range(1, 1e6).Draw(r, "horizon")
		now := temper(opt, events)
		for g, alpha := range now {
			if alpha < 0 || alpha > 1 {
				r.Fatalf("group %d: %v", g, alpha)
			}
		}
		if past := max(opt.Horizon, 1000) * 4; opt.Horizon > 15_000 && temper(opt, past)[groupMain] >= temper(opt, past/4)[groupMain] {
			r.Fatalf("exploration does not fall past the horizon %v", opt.Horizon)
		}
		opt.Horizon *= 3
		if longer := temper(opt, events); opt.Horizon >= 45_000 && events >= 1000 && longer[groupMain] < now[groupMain] {
			r.Fatalf("a longer life explores less: %v, %v", longer, now)
		}
		opt.Alpha = 0.6
		if fixed := temper(opt, events); fixed[groupMain] != 0.6 || fixed[groupCross] != 0.6 {
			r.Fatalf("alpha is not fixed: %v", fixed)
		}
	})
}
