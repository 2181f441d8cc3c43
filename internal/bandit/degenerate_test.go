package bandit_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/internal/bandit"
)

func TestDegenerateInputs(t *testing.T) {
	t.Parallel()
	conversions := bandit.DefaultOptions()
	conversions.Objective = bandit.Conversions
	one := []bandit.Cell{{Signature: "feed", Combination: 0, Impressions: 100_000}}
	for _, c := range []struct {
		name  string
		sizes []int
		cells []bandit.Cell
		opt   bandit.Options
	}{
		{"no data", []int{3, 2}, nil, bandit.DefaultOptions()},
		{"no data, conversions", []int{3, 2}, nil, conversions},
		{"no clicks", []int{3, 2}, one, bandit.DefaultOptions()},
		{"no clicks, conversions", []int{3, 2}, one, conversions},
		{"all clicks", []int{2}, []bandit.Cell{{Impressions: 1000, Clicks: 1000, Conversions: 1000, Value: 5}}, conversions},
		{"more clicks than impressions", []int{2}, []bandit.Cell{{Impressions: 10, Clicks: 1000}}, bandit.DefaultOptions()},
		{"clicks without impressions", []int{2}, []bandit.Cell{{Clicks: 5, Conversions: 7}}, conversions},
		{"one combination", []int{1}, one, bandit.DefaultOptions()},
		{"one asset in every slot", []int{1, 1, 1, 1, 1}, one, conversions},
		{"value without conversions", []int{2}, []bandit.Cell{{Impressions: 10, Value: 5}}, conversions},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			space := bandit.Space{Sizes: c.sizes}
			m := fit(t, space, []string{"placement"}, c.cells, c.opt)
			for _, sig := range []bandit.Signature{"", "feed", "other"} {
				for k := range space.Size() {
					e := m.Rate(sig, k)
					if !(0 < e.Low && e.Low <= e.Mean && e.Mean <= e.High && e.High < 1) {
						t.Errorf("%q %d: %v", sig, k, e)
					}
				}
				if k := m.Policy().Choose(sig, 1).Combination; k < 0 || k >= space.Size() {
					t.Errorf("%q: combination %d", sig, k)
				}
			}
			if v := m.ValueRemaining(); math.IsNaN(v) || v < 0 {
				t.Errorf("value remaining %v", v)
			}
		})
	}
}

// TestThousandsOfSignatures checks that values of a context are bounded: the rarest share one effect.
func TestThousandsOfSignatures(t *testing.T) {
	t.Parallel()
	space := bandit.Space{Sizes: []int{2, 2}}
	var cells []bandit.Cell
	for i := range 3000 {
		clicks := int64(0)
		if i%4 == 3 {
			clicks = 3
		}
		cells = append(cells, bandit.Cell{
			Signature: bandit.Signature(fmt.Sprintf("v%d|w%d", i, i%7)), Combination: i % 4, Impressions: 100 + int64(i%3), Clicks: clicks,
		})
	}
	opt := bandit.DefaultOptions()
	m := fit(t, space, attributes(), cells, opt)
	rates := map[float64]bool{}
	for _, c := range cells {
		rates[m.Rate(c.Signature, 0).Mean] = true
	}
	if most := (opt.Values + 1) * 8; len(rates) > most {
		t.Errorf("%d different rates, want at most %d", len(rates), most)
	}
	if got := m.BestBySignature(""); got != 3 {
		t.Errorf("best %d, want 3", got)
	}
}

func TestFitRefuses(t *testing.T) {
	t.Parallel()
	bad := bandit.DefaultOptions()
	bad.Draws = 0
	for _, c := range []struct {
		name, want string
		sizes      []int
		cells      []bandit.Cell
		opt        bandit.Options
	}{
		{"no slots", "at least one slot", nil, nil, bandit.DefaultOptions()},
		{"empty slot", "slot 1 has 0 assets", []int{2, 0}, nil, bandit.DefaultOptions()},
		{"too large", "more than", []int{200, 200, 200}, nil, bandit.DefaultOptions()},
		{"outside", "combination 4 is outside", []int{2, 2}, []bandit.Cell{{Combination: 4}}, bandit.DefaultOptions()},
		{"negative", "negative count", []int{2, 2}, []bandit.Cell{{Clicks: -1}}, bandit.DefaultOptions()},
		{"options", "draws", []int{2}, nil, bad},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			space := bandit.Space{Sizes: c.sizes}
			if _, err := bandit.Fit(space, nil, c.cells, c.opt); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Fit: error %v, want %q", err, c.want)
			}
		})
	}
}
