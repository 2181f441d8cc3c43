package bandit

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"
)

// TestCompareHoldsAtAllTimes looks after every day at ads with a small slice of control traffic, and counts in how many of the worlds the
// interval ever misses the ratio of the rates so far: at most 5 %. Twice the rate changes between ads and days, which must not matter.
func TestCompareHoldsAtAllTimes(t *testing.T) {
	t.Parallel()
	const worlds, days, impressions = 300, 60, 4000
	for name, c := range map[string]struct {
		ratio func(day int) float64
		share func(ad, day int) float64
		most  float64 // width of the last interval on the log scale, so that none holds by saying nothing
	}{
		"no lift":              {func(int) float64 { return 1 }, func(int, int) float64 { return 0.02 }, 0.6},
		"half as much again":   {func(int) float64 { return 1.5 }, func(int, int) float64 { return 0.02 }, 0.6},
		"learning":             {func(day int) float64 { return 1 + float64(day)/60 }, func(int, int) float64 { return 0.02 }, 0.6},
		"a slice that changes": {func(int) float64 { return 1.3 }, func(ad, day int) float64 { return 0.01 + 0.1*float64(ad*(day/30)) }, 0.6},
		"any shares":           {func(int) float64 { return 0.7 }, func(_, day int) float64 { return 0.02 + 0.1*float64(day%10) }, 0.6},
	} {
		source := rand.NewPCG(4, 2)
		counts := func(mean float64) int64 { return int64(distuv.Poisson{Lambda: mean, Src: source}.Rand()) }
		missed, width := 0, 0.0
		for range worlds {
			var strata []Stratum
			var of, against float64 // weighted means of the true rates
			wrong := false
			for day := range days {
				for ad := range 2 {
					rate := 0.01 * float64(1+2*ad)
					slice := counts(impressions * c.share(ad, day))
					s := Stratum{Of: Side{Trials: impressions - slice}, Against: Side{Trials: slice}}
					s.Of.Events = counts(rate * c.ratio(day) * float64(s.Of.Trials))
					s.Against.Events = counts(rate * float64(s.Against.Trials))
					weight := rate * float64(s.Of.Trials) * float64(s.Against.Trials)
					of, against = of+weight*c.ratio(day), against+weight
					strata = append(strata, s)
				}
				r := Compare(strata).Ratio
				wrong = wrong || of/against < r.Low || of/against > r.High
				if day == days-1 {
					width += math.Log(r.High/r.Low) / worlds
				}
			}
			if wrong {
				missed++
			}
		}
		t.Logf("%s: missed in %d of %d worlds, last width %.2f", name, missed, worlds, width)
		if float64(missed) > 0.05*worlds || width > c.most {
			t.Errorf("%s: missed in %d of %d worlds, last width %.2f", name, missed, worlds, width)
		}
	}
}

// TestCompareOfLittle checks counts that leave a side of the interval open, and that strata with one side only say nothing.
func TestCompareOfLittle(t *testing.T) {
	t.Parallel()
	nothing := Compare([]Stratum{{Of: Side{100, 7}}, {Against: Side{100, 7}}, {Of: Side{50, 0}, Against: Side{50, 0}}})
	if nothing.Of != (Side{50, 0}) || nothing.Ratio.Low != 0 || !math.IsInf(nothing.Ratio.High, 1) {
		t.Errorf("of nothing: %+v", nothing)
	}
	if r := Compare([]Stratum{{Side{1000, 30}, Side{1000, 0}}}).Ratio; !math.IsInf(r.High, 1) || r.Low < 1 {
		t.Errorf("30 to none: %+v", r)
	}
	if r := Compare([]Stratum{{Side{1000, 0}, Side{1000, 30}}}).Ratio; r.Low != 0 || r.High > 1 {
		t.Errorf("none to 30: %+v", r)
	}
}

// TestCompareMirrors checks that a ratio read from the other side is its reciprocal, that the mean lies inside, and that a stratum cut in
// two of the same kind says the same.
func TestCompareMirrors(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		side := func(name string) Side {
			n := rapid.Int64Range(1, 1e6).Draw(t, name)
			return Side{n, rapid.Int64Range(1, 1+n/5).Draw(t, name+" events")}
		}
		s := Stratum{side("of"), side("against")}
		r, mirrored := Compare([]Stratum{s}).Ratio, Compare([]Stratum{{s.Against, s.Of}}).Ratio
		if r.Low > r.Mean || r.High < r.Mean || math.Abs(r.Mean*mirrored.Mean-1) > 1e-6 || math.Abs(r.Low*mirrored.High-1) > 1e-6 {
			t.Fatalf("%+v: %+v, mirrored %+v", s, r, mirrored)
		}
		twice := Stratum{s.Of.plus(s.Of), s.Against.plus(s.Against)}
		if a, b := Compare([]Stratum{s, s}), Compare([]Stratum{twice}); math.Abs(a.Ratio.Low/b.Ratio.Low-1) > 1e-6 {
			t.Fatalf("%+v, in one stratum %+v", a, b)
		}
	})
}
