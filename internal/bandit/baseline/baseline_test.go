package baseline_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/baseline"
	"github.com/marquetry/marquetry/internal/bandit/sim"
)

// world makes cells of n impressions of a simulated ad, served evenly.
func world(tb testing.TB, n int) (bandit.Space, []bandit.Cell) {
	tb.Helper()
	preset, err := sim.NewPreset("base", 3)
	if err != nil {
		tb.Fatal(err)
	}
	w := sim.NewWorld(preset, bandit.Space{Sizes: []int{4, 3, 2}}, 1)
	return w.Space, sim.Serve(w, bandit.Uniform{Space: w.Space}, n)
}

// rules stop an asset and forbid a pair.
func rules() *bandit.Legal {
	return &bandit.Legal{
		Stopped:   [][]bool{{false, false, true, false}, {false, false, false}, {false, false}},
		Forbidden: []bandit.Pair{{SlotA: 0, AssetA: 1, SlotB: 2, AssetB: 0}},
	}
}

// learn fails the test when a policy cannot be had.
func learn(tb testing.TB, name string, space bandit.Space, cells []bandit.Cell, opt bandit.Options) bandit.Policy {
	tb.Helper()
	p, err := baseline.New(name, space, sim.Attributes(), cells, opt)
	if err != nil {
		tb.Fatalf("%s: %v", name, err)
	}
	return p
}

// TestPoliciesConform holds every policy to its contract: the propensities of the combinations sum to 1, choices have the propensities
// that they state, their shares agree with them (chi-square at 1 in 10,000, seeds fixed), and what is not legal is never shown.
func TestPoliciesConform(t *testing.T) {
	t.Parallel()
	space, cells := world(t, 5000)
	for _, legal := range []*bandit.Legal{nil, rules()} {
		opt := bandit.DefaultOptions()
		opt.Legal = legal
		model, err := bandit.Fit(space, sim.Attributes(), cells, opt)
		if err != nil {
			t.Fatal(err)
		}
		even, err := bandit.NewRotation(space, legal)
		if err != nil {
			t.Fatal(err)
		}
		policies := []bandit.Policy{model.Policy(), even, bandit.NewControl(model.Policy(), even, 0.1)}
		for _, name := range baseline.Names() {
			p := learn(t, name, space, cells, opt)
			if p.Name() != name {
				t.Errorf("%s calls itself %s", name, p.Name())
			}
			policies = append(policies, p)
		}
		for _, p := range policies {
			for _, sig := range []bandit.Signature{"instagram_feed", "never seen"} {
				conforms(t, p, sig, space, even)
			}
		}
	}
}

// conforms checks one policy in one context.
func conforms(t *testing.T, p bandit.Policy, sig bandit.Signature, space bandit.Space, legal *bandit.Rotation) {
	t.Helper()
	const n = 100_000
	counts := make([]float64, space.Size())
	for seed := range uint64(n) {
		c := p.Choose(sig, seed)
		if want := p.Propensity(sig, c.Combination); c.Propensity != want || c != p.Choose(sig, seed) {
			t.Fatalf("%s: seed %d gives %v, and another time %v; policy says %v", p.Name(), seed, c, p.Choose(sig, seed), want)
		}
		counts[c.Combination]++
	}
	sum, square, free := 0.0, 0.0, -1.0
	for k, got := range counts {
		propensity := p.Propensity(sig, k)
		if (propensity > 0 || got > 0) && !legal.Has(k) {
			t.Errorf("%s: combination %d is not legal, has propensity %v and was shown %v times", p.Name(), k, propensity, got)
		}
		if sum += propensity; propensity > 0 {
			square += (got - n*propensity) * (got - n*propensity) / (n * propensity)
			free++
		} else if got > 0 {
			t.Errorf("%s: combination %d has propensity 0 and was shown", p.Name(), k)
		}
	}
	if math.Abs(sum-1) > 1e-9 {
		t.Errorf("%s %q: propensities sum to %v", p.Name(), sig, sum)
	}
	if free > 0 && square > (distuv.ChiSquared{K: free}).Quantile(1-1e-4) {
		t.Errorf("%s %q: chi-square %.1f with %v degrees of freedom", p.Name(), sig, square, free)
	}
}

// TestOrderAndSplittingDoNotMatter shuffles cells and cuts them in two.
func TestOrderAndSplittingDoNotMatter(t *testing.T) {
	t.Parallel()
	space, cells := world(t, 5000)
	var cut []bandit.Cell
	for _, c := range cells {
		a, b := c, c
		a.Impressions, a.Clicks = c.Impressions/3, 0
		b.Impressions, b.Day = c.Impressions-a.Impressions, 3
		cut = append(cut, a, b)
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(cut), func(i, j int) { cut[i], cut[j] = cut[j], cut[i] })
	for _, name := range baseline.Names() {
		a, b := learn(t, name, space, cells, bandit.DefaultOptions()), learn(t, name, space, cut, bandit.DefaultOptions())
		for k := range space.Size() {
			if x, y := a.Propensity("facebook_feed", k), b.Propensity("facebook_feed", k); x != y {
				t.Fatalf("%s: combination %d has propensity %v or %v", name, k, x, y)
			}
		}
	}
}

func TestChooseDoesNotAllocate(t *testing.T) {
	space, cells := world(t, 5000)
	for _, name := range baseline.Names() {
		p, seed := learn(t, name, space, cells, bandit.DefaultOptions()), uint64(0)
		if n := testing.AllocsPerRun(100, func() { seed++; p.Choose("facebook_feed", seed) }); n != 0 {
			t.Errorf("%s: %v allocations per choice", name, n)
		}
	}
}

// TestAssetBetaDrawsAsAFreshDrawWould compares the integrated propensities with draws taken anew for every choice.
func TestAssetBetaDrawsAsAFreshDrawWould(t *testing.T) {
	t.Parallel()
	space := bandit.Space{Sizes: []int{4}}
	cells := []bandit.Cell{{Combination: 0, Impressions: 900, Clicks: 15}, {Combination: 1, Impressions: 4000, Clicks: 80}, {Combination: 2, Impressions: 20}}
	opt := bandit.DefaultOptions()
	opt.Floor = 0
	p := learn(t, "asset-beta", space, cells, opt)
	const n = 100_000
	won, source := make([]float64, 4), rand.NewPCG(1, 2)
	for range n {
		best, highest := 0, -1.0
		for a, c := range append(cells, bandit.Cell{}) {
			if x := (distuv.Beta{Alpha: float64(1 + c.Clicks), Beta: float64(1 + c.Impressions - c.Clicks), Src: source}).Rand(); x > highest {
				best, highest = a, x
			}
		}
		won[best] += 1.0 / n
	}
	for a, share := range won {
		if got := p.Propensity("", a); math.Abs(got-share) > 0.006 { // four standard deviations of a share of 100,000
			t.Errorf("asset %d: propensity %.4f, drawn %.4f", a, got, share)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	space, broken := bandit.Space{Sizes: []int{2, 2}}, bandit.DefaultOptions()
	broken.Floor = 1
	none := bandit.DefaultOptions()
	none.Legal = &bandit.Legal{Stopped: [][]bool{{true, true}, {false, false}}}
	for _, c := range []struct {
		want, name string
		cells      []bandit.Cell
		opt        bandit.Options
	}{
		{"policy \"oracle\" is unknown", "oracle", nil, bandit.DefaultOptions()},
		{"floor must be", "uniform", nil, broken},
		{"outside", "uniform", []bandit.Cell{{Combination: 4}}, bandit.DefaultOptions()},
		{bandit.ErrNothingLegal.Error(), "asset-beta", nil, none},
	} {
		if _, err := baseline.New(c.name, space, nil, c.cells, c.opt); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want %q", err, c.want)
		}
	}
}
