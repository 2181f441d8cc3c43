package bandit_test

import (
	"testing"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/sim"
)

// world makes cells of n impressions of a simulated ad, served evenly.
func world(tb testing.TB, n int, sizes ...int) (bandit.Space, []bandit.Cell) {
	tb.Helper()
	preset, err := sim.NewPreset("real", len(sizes))
	if err != nil {
		tb.Fatal(err)
	}
	w := sim.NewWorld(preset, bandit.Space{Sizes: sizes}, 1)
	return w.Space, sim.Serve(w, bandit.Uniform{Space: w.Space}, n)
}

// benchmarkFit measures a refit from cells of n impressions.
func benchmarkFit(b *testing.B, n int, sizes ...int) {
	space, cells := world(b, n, sizes...)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := bandit.Fit(space, sim.Attributes(), cells, bandit.DefaultOptions()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFitSmall(b *testing.B) { benchmarkFit(b, 10_000, 3, 3, 2) }

func BenchmarkFitMiddle(b *testing.B) { benchmarkFit(b, 20_000, 3, 3, 3, 2, 2) }

func BenchmarkFitLarge(b *testing.B) { benchmarkFit(b, 50_000, 10, 5, 5, 5, 5) }

// BenchmarkLearnLarge is BenchmarkFitLarge with all that is to be said of the ad.
func BenchmarkLearnLarge(b *testing.B) {
	space, cells := world(b, 50_000, 10, 5, 5, 5, 5)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := bandit.Learn(space, sim.Attributes(), cells, bandit.DefaultOptions(), bandit.Totals{}, bandit.DefaultRule()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkChoose(b *testing.B) {
	space, cells := world(b, 20_000, 10, 5, 5, 5, 5)
	model, err := bandit.Fit(space, sim.Attributes(), cells, bandit.DefaultOptions())
	if err != nil {
		b.Fatal(err)
	}
	policy, seed := model.Policy(), uint64(0)
	b.ReportAllocs()
	for b.Loop() {
		seed++
		policy.Choose("instagram_feed", seed)
	}
}
