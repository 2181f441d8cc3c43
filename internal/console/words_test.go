package console

import (
	"math"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/internal/bandit"
	"pgregory.net/rapid"
)

// TestNumber checks the separators.
func TestNumber(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1000: "-1,000", -100: "-100"} {
		if got := number(n); got != want {
			t.Errorf("number(%d) = %q, want %q", n, got, want)
		}
	}
}

// TestPercent checks that small rates keep their digits.
func TestPercent(t *testing.T) {
	t.Parallel()
	for rate, want := range map[float64]string{0: "0.00 %", 1: "100.00 %", 0.0425: "4.25 %", 0.00425: "0.425 %", 0.000425: "0.0425 %", 1e-9: "0.00000 %"} {
		if got := percent(rate); got != want {
			t.Errorf("percent(%v) = %q, want %q", rate, got, want)
		}
	}
}

// TestChance checks that nothing uncertain is written as certain.
func TestChance(t *testing.T) {
	t.Parallel()
	for p, want := range map[float64]string{0: "under 1 %", 0.0099: "under 1 %", 0.01: "1 %", 0.996: "over 99 %", 1: "over 99 %", 0.8: "80 %"} {
		if got := chance(p); got != want {
			t.Errorf("chance(%v) = %q, want %q", p, got, want)
		}
	}
}

// TestEvents checks the plural of pixel events.
func TestEvents(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"Purchase": "purchases", "CompleteRegistration": "complete registrations", "Search": "searches", "": "s"} {
		if got := events(name); got != want {
			t.Errorf("events(%q) = %q, want %q", name, got, want)
		}
	}
}

// TestSentence checks that every state is explained, with the numbers that it rests on.
func TestSentence(t *testing.T) {
	t.Parallel()
	said := map[string]bool{}
	for _, s := range []bandit.State{bandit.Learning, bandit.LearningLimited, bandit.StableWinner, bandit.StableEven} {
		got := sentence(&bandit.Learned{State: s, Progress: bandit.Progress{Events: 7, Days: 1}}, "purchases")
		if !strings.HasPrefix(got, "7 purchases in 1 day so far: ") || said[got] || stateLabel(s) == "" || stateTone(s) == "" {
			t.Errorf("%s: %s", s, got)
		}
		said[got] = true
	}
	if got := sentence(&bandit.Learned{State: bandit.Learning, Totals: bandit.Totals{FirstDay: 1, Since: 7}, Progress: bandit.Progress{Events: 1200, Days: 2}}, "clicks"); !strings.HasPrefix(got,
		"1,200 clicks in 2 days so far since the last significant edit: ") {
		t.Error(got)
	}
}

// TestContextLabel checks how contexts are named.
func TestContextLabel(t *testing.T) {
	t.Parallel()
	for sig, want := range map[bandit.Signature]string{"": "nothing known", "|||": "nothing known", "INSTAGRAM_STORY||female|": "instagram story, female"} {
		if got := contextLabel(sig); got != want {
			t.Errorf("contextLabel(%q) = %q, want %q", sig, got, want)
		}
	}
}

// TestCharts checks that what is drawn stays inside the picture, whatever the numbers.
func TestCharts(t *testing.T) {
	t.Parallel()
	inside := func(t *rapid.T, x float64) {
		if !(x >= 0 && x <= wide) {
			t.Fatalf("%v is outside", x)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.OneOf(rapid.Float64(), rapid.SampledFrom([]float64{0, math.NaN(), math.Inf(1), math.Inf(-1)}))
		most := number.Draw(t, "most")
		inside(t, barOf(number.Draw(t, "value"), most))
		mean := rapid.Float64Range(0, 1).Draw(t, "mean")
		s := spanOf(bandit.Estimate{Mean: mean, Low: mean / 2, High: min(1, mean*2)}, most)
		inside(t, s.From)
		inside(t, s.Mean)
	})
}

// TestForecast checks that only what is known is promised.
func TestForecast(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		forecast bandit.Forecast
		want     string
	}{
		{bandit.Forecast{}, ""},
		{bandit.Forecast{Known: true}, ""},
		{bandit.Forecast{Known: true, Days: 3.2, LowDays: 2, HiDays: 6.5}, " That takes about 4 days more, with 90 % probability 2 to 7 days."},
		{bandit.Forecast{Known: true, Days: 30, LowDays: 0.5, HiDays: math.Inf(1)}, " That takes 1 day more at least."},
	} {
		if got := forecast(c.forecast); got != c.want {
			t.Errorf("%+v: %q, want %q", c.forecast, got, c.want)
		}
	}
}

func TestCount(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		n     int64
		nouns string
		want  string
	}{
		{0, "purchases", "0 purchases"}, {1, "purchases", "1 purchase"}, {1, "searches", "1 search"}, {1200, "clicks", "1,200 clicks"},
	} {
		if got := count(c.n, c.nouns); got != c.want {
			t.Errorf("%d of %s: %s, want %s", c.n, c.nouns, got, c.want)
		}
	}
}
