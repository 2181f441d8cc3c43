package bandit_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/sim"
)

var update = flag.Bool("update", false, "write golden files")

// attributes are the context attributes of most tests; signatures have two parts.
func attributes() []string { return []string{"placement", "gender"} }

// smallSpace has 12 combinations.
func smallSpace() bandit.Space { return bandit.Space{Sizes: []int{3, 2, 2}} }

// fit fails the test when the fit does.
func fit(tb testing.TB, space bandit.Space, attributes []string, cells []bandit.Cell, opt bandit.Options) *bandit.Logistic {
	tb.Helper()
	model, err := bandit.Fit(space, attributes, cells, opt)
	if err != nil {
		tb.Fatal(err)
	}
	return model
}

// drawCells makes cells of smallSpace with two context attributes.
func drawCells(t *rapid.T) []bandit.Cell {
	cell := rapid.Custom(func(t *rapid.T) bandit.Cell {
		impressions := rapid.Int64Range(0, 5000).Draw(t, "impressions")
		clicks := rapid.Int64Range(0, impressions/10).Draw(t, "clicks")
		conversions := rapid.Int64Range(0, clicks).Draw(t, "conversions")
		return bandit.Cell{
			Signature:   bandit.Signature(rapid.SampledFrom([]string{"feed|f", "feed|m", "story|f", "|", "story|"}).Draw(t, "signature")),
			Combination: rapid.IntRange(0, 11).Draw(t, "combination"),
			Day:         rapid.Int32Range(20000, 20010).Draw(t, "day"),
			Impressions: impressions, Clicks: clicks, Conversions: conversions, Value: conversions * 1_000_000,
		}
	})
	return rapid.SliceOfN(cell, 0, 40).Draw(t, "cells")
}

// portrait is all that a model says, bit for bit.
func portrait(tb testing.TB, m *bandit.Logistic, space bandit.Space) string {
	tb.Helper()
	said := map[string]any{"best": m.ProbabilityBest(), "remaining": m.ValueRemaining(), "lift": m.Lift(0.5)}
	for _, sig := range []bandit.Signature{"", "feed|f", "story|m", "never|seen"} {
		for k := range space.Size() {
			said[fmt.Sprintf("%s/%d", sig, k)] = []any{m.Rate(sig, k), m.Policy().Propensity(sig, k)}
		}
		said[string(sig)] = m.BestBySignature(sig)
	}
	text, err := json.MarshalIndent(said, "", " ")
	if err != nil {
		tb.Fatal(err)
	}
	return string(text)
}

func TestFitDependsOnSetOfCellsOnly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		opt := bandit.DefaultOptions()
		opt.Objective = rapid.SampledFrom([]bandit.Objective{bandit.Clicks, bandit.Conversions, bandit.Value}).Draw(r, "objective")
		cells := drawCells(r)
		shuffled := rapid.Permutation(cells).Draw(r, "shuffled")
		a := portrait(t, fit(t, smallSpace(), attributes(), cells, opt), smallSpace())
		b := portrait(t, fit(t, smallSpace(), attributes(), shuffled, opt), smallSpace())
		if diff := cmp.Diff(a, b); diff != "" {
			r.Fatalf("order matters: %s", diff)
		}
	})
}

func TestFitOfMergedReplicasIsFitOfAll(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		cells := drawCells(r)
		var split []bandit.Cell // every cell cut in two replicas' cells
		for _, c := range cells {
			left := bandit.Cell{Signature: c.Signature, Combination: c.Combination, Day: c.Day, Impressions: c.Impressions / 3, Clicks: c.Clicks / 10}
			c.Impressions -= left.Impressions
			c.Clicks -= left.Clicks
			split = append(split, left, c)
		}
		a := portrait(t, fit(t, smallSpace(), attributes(), cells, bandit.DefaultOptions()), smallSpace())
		b := portrait(t, fit(t, smallSpace(), attributes(), split, bandit.DefaultOptions()), smallSpace())
		if diff := cmp.Diff(a, b); diff != "" {
			r.Fatalf("merging matters: %s", diff)
		}
	})
}

func TestProbabilitiesSumToOne(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		cells := drawCells(r)
		model := fit(t, smallSpace(), attributes(), cells, bandit.DefaultOptions())
		sum := 0.0
		for _, p := range model.ProbabilityBest() {
			sum += p
		}
		if math.Abs(sum-1) > 1e-9 {
			r.Fatalf("probabilities of being best sum to %v", sum)
		}
		for _, p := range []bandit.Policy{model.Policy(), bandit.Uniform{Space: smallSpace()}} {
			for _, sig := range []bandit.Signature{"", "feed|f", "new|new"} {
				sum := 0.0
				for k := range smallSpace().Size() {
					sum += p.Propensity(sig, k)
				}
				if math.Abs(sum-1) > 1e-9 {
					r.Fatalf("%s: propensities sum to %v", p.Name(), sum)
				}
			}
		}
	})
}

func TestIntervalsHoldTheMeanAndShrink(t *testing.T) {
	t.Parallel()
	space, cells := world(t, 20_000, 3, 3, 2)
	more := slices.Clone(cells)
	for i := range more {
		more[i].Impressions *= 20
		more[i].Clicks *= 20
	}
	before := fit(t, space, sim.Attributes(), cells, bandit.DefaultOptions())
	after := fit(t, space, sim.Attributes(), more, bandit.DefaultOptions())
	for _, sig := range []bandit.Signature{"", "facebook_feed", "never"} {
		for k := range space.Size() {
			wide, narrow := before.Rate(sig, k), after.Rate(sig, k)
			if wide.Low >= wide.Mean || wide.Mean >= wide.High {
				t.Errorf("%q %d: mean outside the interval %v", sig, k, wide)
			}
			if sig != "never" && narrow.High-narrow.Low > 0.7*(wide.High-wide.Low) {
				t.Errorf("%q %d: 20 times the data left %v at %v", sig, k, wide, narrow)
			}
		}
	}
}

// TestRecoversTheTruth gives a model exact counts of a world that it can express, and expects the world's rates back.
func TestRecoversTheTruth(t *testing.T) {
	t.Parallel()
	preset, err := sim.NewPreset("hill", 3)
	if err != nil {
		t.Fatal(err)
	}
	w := sim.NewWorld(preset, smallSpace(), 7)
	var cells []bandit.Cell
	for s, sig := range w.Segments {
		for k, p := range w.Before[s] {
			const n = 4_000_000
			cells = append(cells, bandit.Cell{Signature: sig, Combination: k, Impressions: n, Clicks: int64(math.Round(n * p))})
		}
	}
	model := fit(t, w.Space, sim.Attributes(), cells, bandit.DefaultOptions())
	for s, sig := range w.Segments {
		best := 0
		for k, p := range w.Before[s] {
			if got := model.Rate(sig, k).Mean; math.Abs(got/p-1) > 0.005 {
				t.Errorf("%s %d: rate %.5f, truth %.5f", sig, k, got, p)
			}
			if p > w.Before[s][best] {
				best = k
			}
		}
		if got := model.BestBySignature(sig); got != best {
			t.Errorf("%s: best %d, truth %d", sig, got, best)
		}
		if p := model.Policy().Propensity(sig, best); p < 0.9 {
			t.Errorf("%s: the best is chosen with probability %.3f only", sig, p)
		}
	}
	if v := model.ValueRemaining(); v > 0.01 {
		t.Errorf("value remaining %.4f after 192 million impressions", v)
	}
}

// TestIntervalsCover serves worlds evenly and counts the truths within the 95 % intervals. Over 40 worlds it is 93 %; where pairs are
// much stronger than the prior has them it is less (hill 86 %).
func TestIntervalsCover(t *testing.T) {
	t.Parallel()
	preset, err := sim.NewPreset("real", 3)
	if err != nil {
		t.Fatal(err)
	}
	within, all := 0.0, 0.0
	for seed := range uint64(12) {
		w := sim.NewWorld(preset, bandit.Space{Sizes: []int{3, 3, 2}}, seed)
		model := fit(t, w.Space, sim.Attributes(), sim.Serve(w, bandit.Uniform{Space: w.Space}, 20_000), bandit.DefaultOptions())
		for s, sig := range w.Segments {
			for k, p := range w.Before[s] {
				if e := model.Rate(sig, k); e.Low <= p && p <= e.High {
					within++
				}
				all++
			}
		}
	}
	t.Logf("%.1f %% of the truths lie within", 100*within/all)
	if within/all < 0.88 {
		t.Errorf("only %.1f %% of the truths lie within", 100*within/all)
	}
}

// TestConversionsDecide has one combination that is clicked more and one that converts more.
func TestConversionsDecide(t *testing.T) {
	t.Parallel()
	space := bandit.Space{Sizes: []int{2}}
	cells := []bandit.Cell{
		{Signature: "feed", Combination: 0, Impressions: 100_000, Clicks: 3000, Conversions: 30, Value: 30 * 90_000_000},
		{Signature: "feed", Combination: 1, Impressions: 100_000, Clicks: 2000, Conversions: 300, Value: 300 * 5_000_000},
	}
	for objective, want := range map[bandit.Objective]int{bandit.Clicks: 0, bandit.Conversions: 1, bandit.Value: 0} {
		opt := bandit.DefaultOptions()
		opt.Objective = objective
		if got := fit(t, space, []string{"placement"}, cells, opt).BestBySignature("feed"); got != want {
			t.Errorf("objective %d: best %d, want %d", objective, got, want)
		}
	}
}

func TestGoldenFit(t *testing.T) {
	t.Parallel()
	opt := bandit.DefaultOptions()
	opt.Seed = 42
	source := rand.New(rand.NewPCG(1, 2))
	var cells []bandit.Cell
	for k := range smallSpace().Size() {
		for _, sig := range []bandit.Signature{"feed|f", "feed|m", "story|f"} {
			cells = append(cells, bandit.Cell{Signature: sig, Combination: k, Day: 20000, Impressions: 1000, Clicks: source.Int64N(40)})
		}
	}
	model := fit(t, smallSpace(), attributes(), cells, opt)
	var got bytes.Buffer
	for _, sig := range []bandit.Signature{"", "feed|f", "story|m"} {
		for k, best := range model.ProbabilityBest() {
			e := model.Rate(sig, k)
			fmt.Fprintf(&got, "%-8s %2d  %.6f %.6f %.6f  propensity %.6f  best %.4f\n", sig, k, e.Mean, e.Low, e.High,
				model.Policy().Propensity(sig, k), best)
		}
	}
	fmt.Fprintf(&got, "best %d, value remaining %.6f, lift %.6f\n", model.BestBySignature(""), model.ValueRemaining(), model.Lift(0.5))
	golden(t, "fit.golden", got.Bytes())
}

// golden compares with a file under testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s: %s", path, diff)
	}
}
