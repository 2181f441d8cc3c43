package bandit_test

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/internal/bandit"
)

// TestOnlyLegalIsChosen holds the model and its policy to rules that are checked by brute force.
func TestOnlyLegalIsChosen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		opt := bandit.DefaultOptions()
		opt.Legal = anyLegal(r, smallSpace())
		opt.Objective = rapid.SampledFrom([]bandit.Objective{bandit.Clicks, bandit.Conversions}).Draw(r, "objective")
		set := map[int]bool{}
		for k := range smallSpace().Size() {
			if allowed(opt.Legal, smallSpace().Slots(k, make([]uint8, 3))) {
				set[k] = true
			}
		}
		model, err := bandit.Fit(smallSpace(), attributes(), drawCells(r), opt)
		if len(set) == 0 {
			if !errors.Is(err, bandit.ErrNothingLegal) {
				r.Fatalf("nothing is legal, and the error is %v", err)
			}
			return
		}
		if err != nil {
			r.Fatal(err)
		}
		for _, sig := range []bandit.Signature{"", "feed|f", "new|new"} {
			sum, best := 0.0, model.BestBySignature(sig)
			for k := range smallSpace().Size() {
				p := model.Policy().Propensity(sig, k)
				if set[k] != (p > 0) {
					r.Fatalf("%q: combination %d has propensity %v, legal is %v", sig, k, p, set[k])
				}
				if sig != "" && set[k] && model.Rate(sig, k).Mean > model.Rate(sig, best).Mean*(1+1e-9) {
					r.Fatalf("%q: %d is better than the best, %d", sig, k, best)
				}
				sum += p
			}
			if math.Abs(sum-1) > 1e-9 || !set[best] {
				r.Fatalf("%q: propensities sum to %v, the best %d is legal: %v", sig, sum, best, set[best])
			}
			for seed := range uint64(50) {
				if c := model.Policy().Choose(sig, seed); !set[c.Combination] {
					r.Fatalf("%q: %d was chosen", sig, c.Combination)
				}
			}
		}
		for k, p := range model.ProbabilityBest() {
			if p > 0 && !set[k] {
				r.Fatalf("combination %d is best with probability %v", k, p)
			}
		}
	})
}

// TestPartsShareWhatIsLearnt: a policy of a part chooses as that of a model would to which nothing else is legal.
func TestPartsShareWhatIsLearnt(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		opt, cells, legal := bandit.DefaultOptions(), drawCells(r), anyLegal(r, smallSpace())
		opt.Parts = []*bandit.Legal{legal}
		whole, err := bandit.Learn(smallSpace(), attributes(), cells, opt, bandit.TotalsOf(cells), bandit.DefaultRule())
		opt.Legal, opt.Parts = legal, nil
		alone, wrong := bandit.Fit(smallSpace(), attributes(), cells, opt)
		if err != nil || wrong != nil {
			if !errors.Is(err, bandit.ErrNothingLegal) || !errors.Is(wrong, bandit.ErrNothingLegal) {
				r.Fatalf("%v, and alone %v", err, wrong)
			}
			return
		}
		for _, sig := range []bandit.Signature{"", "feed|f", "new|new"} {
			for k := range smallSpace().Size() {
				if p, want := whole.Parts[0].Propensity(sig, k), alone.Policy().Propensity(sig, k); p != want {
					r.Fatalf("%q: combination %d has propensity %v, alone %v", sig, k, p, want)
				}
			}
		}
	})
}

func TestLegalMustFitTheSpace(t *testing.T) {
	t.Parallel()
	for name, legal := range map[string]*bandit.Legal{
		"slots":  {Stopped: [][]bool{{false}}},
		"assets": {Stopped: [][]bool{{false}, {false, false}, {false, false}}},
		"order":  {Forbidden: []bandit.Pair{{SlotA: 1, SlotB: 0}}},
		"range":  {Forbidden: []bandit.Pair{{SlotA: 0, AssetA: 3, SlotB: 1}}},
		"slot":   {Stopped: [][]bool{{true, true, true}, {false, false}, {false, false}}},
	} {
		opt := bandit.DefaultOptions()
		opt.Legal = legal
		if _, err := bandit.Fit(smallSpace(), attributes(), nil, opt); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
