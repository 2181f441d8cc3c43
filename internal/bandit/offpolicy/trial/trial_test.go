package trial_test

import (
	"math"
	"testing"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/offpolicy/trial"
	"github.com/marquetry/marquetry/internal/bandit/sim"
)

// TestEstimatesMeetTheTruth evaluates every target on adaptive logs. The bound is four standard errors, so that chance does not break it:
// the benchmark prints how they are spread.
func TestEstimatesMeetTheTruth(t *testing.T) {
	t.Parallel()
	preset, err := sim.NewPreset("base", 3)
	if err != nil {
		t.Fatal(err)
	}
	play := trial.Trial{
		Worlds: preset.Worlds(bandit.Space{Sizes: []int{3, 3, 2}}), Before: 2000, Impressions: 20_000, Batch: 500, Control: 0.05, Options: bandit.DefaultOptions(),
	}
	enough := 0
	for seed := range uint64(4) {
		answers, err := play.Play(seed)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range answers {
			if !a.Support.Enough() {
				continue
			}
			enough++
			if v := a.Best().Value; math.Abs(v.Mean-a.Truth) > 4*v.StandardError {
				t.Errorf("seed %d, %s: %v ± %v, truth %v", seed, a.Target, v.Mean, v.StandardError, a.Truth)
			}
		}
	}
	if enough < 10 {
		t.Errorf("only %d of 20 answers have enough support", enough)
	}
}
