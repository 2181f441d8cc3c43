package bandit_test

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/internal/bandit"
)

// anyLegal draws rules for a space; they may leave nothing.
func anyLegal(t *rapid.T, space bandit.Space) *bandit.Legal {
	legal := &bandit.Legal{}
	for _, n := range space.Sizes {
		legal.Stopped = append(legal.Stopped, rapid.SliceOfN(rapid.Bool(), n, n).Draw(t, "stopped"))
	}
	for range rapid.IntRange(0, 4).Draw(t, "pairs") {
		f := rapid.IntRange(0, len(space.Sizes)-2).Draw(t, "slot")
		g := rapid.IntRange(f+1, len(space.Sizes)-1).Draw(t, "other")
		legal.Forbidden = append(legal.Forbidden, bandit.Pair{
			SlotA: f, AssetA: rapid.IntRange(0, space.Sizes[f]-1).Draw(t, "a"), SlotB: g, AssetB: rapid.IntRange(0, space.Sizes[g]-1).Draw(t, "b"),
		})
	}
	return legal
}

// allowed is the definition of a legal combination, one rule at a time.
func allowed(legal *bandit.Legal, slots []uint8) bool {
	for f, a := range slots {
		if legal.Stopped[f][a] {
			return false
		}
	}
	for _, p := range legal.Forbidden {
		if int(slots[p.SlotA]) == p.AssetA && int(slots[p.SlotB]) == p.AssetB {
			return false
		}
	}
	return true
}

func TestRotationIsWhatIsLegal(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		space := bandit.Space{Sizes: rapid.SliceOfN(rapid.IntRange(1, 4), 2, 4).Draw(t, "sizes")}
		legal := anyLegal(t, space)
		var want []int
		for k := range space.Size() {
			if allowed(legal, space.Slots(k, make([]uint8, len(space.Sizes)))) {
				want = append(want, k)
			}
		}
		r, err := bandit.NewRotation(space, legal)
		if len(want) == 0 {
			if !errors.Is(err, bandit.ErrNothingLegal) {
				t.Fatalf("nothing is legal: %v", err)
			}
			return
		}
		if err != nil || r.Size() != len(want) {
			t.Fatalf("%v legal, %v", r, err)
		}
		for i, k := range want {
			if r.At(i) != k {
				t.Fatalf("legal combination %d is %d, want %d", i, r.At(i), k)
			}
		}
		for k := range space.Size() {
			if legal := allowed(legal, space.Slots(k, make([]uint8, len(space.Sizes)))); r.Has(k) != legal || (r.Propensity("", k) > 0) != legal {
				t.Fatalf("combination %d: legal is %v", k, legal)
			}
		}
	})
}

func TestRotationRefusesRulesOfAnotherSpace(t *testing.T) {
	t.Parallel()
	space := bandit.Space{Sizes: []int{2, 3}}
	for name, legal := range map[string]*bandit.Legal{
		"too few slots":    {Stopped: [][]bool{{false, false}}},
		"too few assets":   {Stopped: [][]bool{{false}, {false, false, false}}},
		"pair of one slot": {Forbidden: []bandit.Pair{{0, 0, 0, 1}}},
		"unknown asset":    {Forbidden: []bandit.Pair{{0, 0, 1, 3}}},
	} {
		if _, err := bandit.NewRotation(space, legal); err == nil {
			t.Error(name, "is accepted")
		}
	}
}

// TestControlIsExact counts many choices of policies that know something, wrapped: each combination comes as often as is said and, marked, as
// often as every other, within five standard errors; unmarked ones are what the policy alone would choose.
func TestControlIsExact(t *testing.T) {
	t.Parallel()
	space, all := policies(t)
	even, err := bandit.NewRotation(space, nil)
	if err != nil {
		t.Fatal(err)
	}
	const n, share = 100_000, 0.2
	for _, inner := range all {
		c := bandit.NewControl(inner, even, share)
		chosen, marked := make([]int, space.Size()), make([]int, space.Size())
		for seed := range uint64(n) {
			choice := c.Choose("instagram_feed", seed)
			if p := c.Propensity("instagram_feed", choice.Combination); math.Abs(p-choice.Propensity) > 1e-12 {
				t.Fatalf("%s: chosen with %v, said to be %v", c.Name(), choice.Propensity, p)
			}
			chosen[choice.Combination]++
			if choice.Control {
				marked[choice.Combination]++
			} else if choice.Combination != inner.Choose("instagram_feed", seed).Combination {
				t.Fatal("outside the slice the policy chooses otherwise than alone")
			}
		}
		for k := range chosen {
			wantMarked := share / float64(space.Size())
			want := wantMarked + (1-share)*inner.Propensity("instagram_feed", k)
			if off(chosen[k], n, want) || off(marked[k], n, wantMarked) {
				t.Errorf("%s: combination %d came %d times, want %.0f; marked %d, want %.0f", c.Name(), k, chosen[k], n*want, marked[k], n*wantMarked)
			}
		}
	}
}

// off reports whether a count is more than five standard errors from n × p.
func off(count, n int, p float64) bool {
	return math.Abs(float64(count)-float64(n)*p) > 5*math.Sqrt(float64(n)*p*(1-p))
}

// TestControlOfEvenIsEven wraps even rotation: the propensity is the same number.
func TestControlOfEvenIsEven(t *testing.T) {
	t.Parallel()
	even, err := bandit.NewRotation(bandit.Space{Sizes: []int{3, 7, 5}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if p := bandit.NewControl(even, even, 0.02).Propensity("", 17); p != 1.0/105 {
		t.Errorf("%v is not exactly 1/105", p)
	}
	if bandit.NewControl(even, even, 0) != bandit.Policy(even) {
		t.Error("no slice needs no wrapper")
	}
}
