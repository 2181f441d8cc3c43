package sim

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/internal/bandit"
)

// play runs a named policy with default options; a change to the options may be given.
func play(tb testing.TB, tournament Tournament, name string) Result {
	tb.Helper()
	contender, err := NewContender(name, bandit.DefaultOptions())
	if err != nil {
		tb.Fatal(err)
	}
	result, err := tournament.Play(contender)
	if err != nil {
		tb.Fatal(err)
	}
	return result
}

// TestDefaultBeatsItsBaselines plays the same worlds with every policy. The margins leave room for noise: they are far below the means
// measured on more and larger worlds.
func TestDefaultBeatsItsBaselines(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"base", "loud"} {
		tournament := Tournament{
			World: preset(t, name, 3).Worlds(smallSpace()), FirstSeed: 101, Instances: 8,
			Config: Config{Impressions: 20_000, Batch: 500},
		}
		last := map[string]float64{}
		for _, policy := range []string{"default", "asset-beta", "uniform"} {
			last[policy] = play(t, tournament, policy).Checkpoints[0].LastTenth
		}
		t.Logf("%s: last tenth %v", name, last)
		if last["default"] < last["uniform"]+15 {
			t.Errorf("%s: default %.1f, uniform %.1f", name, last["default"], last["uniform"])
		}
		if last["default"] < last["asset-beta"]-4 {
			t.Errorf("%s: default %.1f, asset-beta %.1f", name, last["default"], last["asset-beta"])
		}
	}
}

func TestUniformCapturesNothing(t *testing.T) {
	t.Parallel()
	tournament := Tournament{
		World: preset(t, "base", 3).Worlds(smallSpace()), FirstSeed: 1, Instances: 4,
		Config: Config{Impressions: 20_000, Batch: 1000, Checkpoints: []int{1, 5000, 99_000}},
	}
	result := play(t, tournament, "uniform")
	if len(result.Checkpoints) != 2 || result.Checkpoints[0].Impressions != 5000 {
		t.Fatalf("checkpoints %v", result.Checkpoints)
	}
	if c := result.Checkpoints[1].Capture; c < -0.05 || c > 0.05 {
		t.Errorf("uniform captures %v", c)
	}
}

func TestRunRepeats(t *testing.T) {
	t.Parallel()
	tournament := Tournament{
		World: preset(t, "drift", 3).Worlds(smallSpace()), FirstSeed: 3, Instances: 1,
		Config: Config{Impressions: 4000, Batch: 500, Lag: 700},
	}
	if diff := cmp.Diff(play(t, tournament, "default"), play(t, tournament, "default")); diff != "" {
		t.Error(diff)
	}
}

func TestPlayTimesWhenGivenAClock(t *testing.T) {
	t.Parallel()
	tick := time.Time{}
	tournament := Tournament{
		World: preset(t, "base", 3).Worlds(smallSpace()), FirstSeed: 3, Instances: 1,
		Config: Config{Impressions: 1000, Batch: 500, Now: func() time.Time { tick = tick.Add(time.Millisecond); return tick }},
	}
	result := play(t, tournament, "asset-beta")
	if result.RefitMS != 1 || result.DecideNS != 5 {
		t.Errorf("refit %v ms, decide %v ns on a clock of one millisecond a reading", result.RefitMS, result.DecideNS)
	}
}

func TestRunReports(t *testing.T) {
	t.Parallel()
	world := NewWorld(preset(t, "base", 3), smallSpace(), 1)
	broken := Contender{Name: "broken", Learn: func(w World, cells []bandit.Cell) (bandit.Policy, error) {
		if cells == nil {
			return bandit.Uniform{Space: w.Space}, nil
		}
		return nil, fmt.Errorf("cannot learn")
	}}
	if _, _, err := Run(world, broken, Config{Impressions: 1000, Batch: 100}); err == nil {
		t.Error("an error of learning was dropped")
	}
	if _, _, err := Run(world, broken, Config{Impressions: 1000}); err == nil {
		t.Error("a batch of 0 was accepted")
	}
	if _, err := NewContender("oracle", bandit.DefaultOptions()); err == nil {
		t.Error("an unknown policy was accepted")
	}
}
