package bandit_test

import (
	"math"
	"strconv"
	"sync"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/sim"
)

// policies are all policies after some data of one world.
func policies(t *testing.T) (bandit.Space, []bandit.Policy) {
	t.Helper()
	space, cells := world(t, 5000, 4, 3, 2)
	model := fit(t, space, sim.Attributes(), cells, bandit.DefaultOptions())
	return space, []bandit.Policy{model.Policy(), bandit.Uniform{Space: space}}
}

// TestPropensitiesMatchShares compares 200,000 choices with the stated probabilities: chi-square at 1 in 10,000, seeds fixed.
func TestPropensitiesMatchShares(t *testing.T) {
	t.Parallel()
	space, all := policies(t)
	for _, p := range all {
		for _, sig := range []bandit.Signature{"instagram_feed", "never seen"} {
			const n = 200_000
			counts := make([]float64, space.Size())
			for seed := range uint64(n) {
				c := p.Choose(sig, seed)
				if want := p.Propensity(sig, c.Combination); math.Abs(c.Propensity-want) > 1e-12 {
					t.Fatalf("%s: choice says %v, policy says %v", p.Name(), c.Propensity, want)
				}
				counts[c.Combination]++
			}
			square, free := 0.0, -1.0
			for k, got := range counts {
				expected := n * p.Propensity(sig, k)
				if expected == 0 {
					if got > 0 {
						t.Errorf("%s: combination %d has propensity 0 and was chosen", p.Name(), k)
					}
					continue
				}
				square += (got - expected) * (got - expected) / expected
				free++
			}
			if limit := (distuv.ChiSquared{K: free}).Quantile(1 - 1e-4); square > limit {
				t.Errorf("%s %q: chi-square %.1f over %.1f", p.Name(), sig, square, limit)
			}
		}
	}
}

func TestChoiceIsAFunctionOfSeed(t *testing.T) {
	t.Parallel()
	_, first := policies(t)
	_, second := policies(t)
	for i, p := range first {
		for seed := range uint64(500) {
			if a, b := p.Choose("facebook_reels", seed), second[i].Choose("facebook_reels", seed); a != b {
				t.Fatalf("%s: seed %d gave %v and %v", p.Name(), seed, a, b)
			}
		}
	}
}

// TestChooseConcurrently fills tables of unseen contexts from many goroutines; the race detector watches.
func TestChooseConcurrently(t *testing.T) {
	t.Parallel()
	space, all := policies(t)
	var group sync.WaitGroup
	for g := range 8 {
		group.Go(func() {
			for seed := range uint64(200) {
				sig := bandit.Signature("v" + strconv.Itoa(g%3))
				if k := all[0].Choose(sig, seed).Combination; k < 0 || k >= space.Size() {
					t.Errorf("combination %d", k)
				}
			}
		})
	}
	group.Wait()
}

func TestChooseDoesNotAllocate(t *testing.T) {
	_, all := policies(t)
	for _, p := range all {
		seed := uint64(0)
		if n := testing.AllocsPerRun(100, func() { seed++; p.Choose("facebook_feed", seed) }); n != 0 {
			t.Errorf("%s: %v allocations per choice", p.Name(), n)
		}
	}
}

// TestUnseenValuesHaveNoEffect: a context never seen is served as the model knows combinations without it.
func TestUnseenValuesHaveNoEffect(t *testing.T) {
	t.Parallel()
	_, all := policies(t)
	for k := range 24 {
		if a, b := all[0].Propensity("new", k), all[0].Propensity("other", k); a != b {
			t.Errorf("combination %d: %v and %v", k, a, b)
		}
	}
}

func TestPriorPolicyExplores(t *testing.T) {
	t.Parallel()
	space := bandit.Space{Sizes: []int{3, 3, 3, 2, 2}}
	p := fit(t, space, sim.Attributes(), nil, bandit.DefaultOptions()).Policy()
	tried := map[int]bool{}
	for seed := range uint64(1000) {
		tried[p.Choose("facebook_feed", seed).Combination] = true
	}
	if len(tried) < 30 {
		t.Errorf("only %d combinations tried before any data", len(tried))
	}
}
