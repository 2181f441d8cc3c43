package bandit_test

import (
	"testing"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/sim"
)

// verdictModel is a model of which only the quantities that Judge reads matter.
type verdictModel struct {
	bandit.Model
	low, high, remaining float64 // lift at 5 % and at 90 %, value remaining
}

// Lift is low below the median and high above.
func (m verdictModel) Lift(q float64) float64 {
	if q < 0.5 {
		return m.low
	}
	return m.high
}

// ValueRemaining is as set.
func (m verdictModel) ValueRemaining() float64 { return m.remaining }

// BestBySignature is always 7.
func (m verdictModel) BestBySignature(bandit.Signature) int { return 7 }

func TestJudge(t *testing.T) {
	t.Parallel()
	clear := verdictModel{low: 0.2, high: 0.5, remaining: 0.01}
	totals := func(clicks int64, days int32) bandit.Totals {
		return bandit.Totals{Impressions: 100 * clicks, Clicks: clicks, Conversions: clicks / 10, FirstDay: 20000, LastDay: 20000 + days - 1}
	}
	loose, sales := bandit.DefaultRule(), bandit.DefaultRule()
	loose.Enforce = false
	sales.Objective = bandit.Conversions
	for _, c := range []struct {
		name   string
		model  bandit.Model
		totals bandit.Totals
		rule   bandit.Rule
		want   bandit.State
		winner int
	}{
		{"winner", clear, totals(60, 7), bandit.DefaultRule(), bandit.StableWinner, 7},
		{"too few events", clear, totals(49, 6), bandit.DefaultRule(), bandit.Learning, -1},
		{"too few days", clear, totals(5000, 6), bandit.DefaultRule(), bandit.Learning, -1},
		{"cannot reach the events", clear, totals(49, 7), bandit.DefaultRule(), bandit.LearningLimited, -1},
		{"slow but enough", clear, totals(60, 30), bandit.DefaultRule(), bandit.StableWinner, 7},
		{"conversions count", clear, totals(400, 7), sales, bandit.LearningLimited, -1},
		{"minimum not enforced", clear, totals(10, 1), loose, bandit.StableWinner, 7},
		{"value remains", verdictModel{low: 0.2, high: 0.5, remaining: 0.06}, totals(60, 7), bandit.DefaultRule(), bandit.Learning, -1},
		{"perhaps no better than rotation", verdictModel{low: -0.01, high: 0.5, remaining: 0.01}, totals(60, 7), bandit.DefaultRule(), bandit.Learning, -1},
		{"no material difference", verdictModel{low: -0.01, high: 0.02, remaining: 0.01}, totals(60, 7), bandit.DefaultRule(), bandit.StableEven, -1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if state, winner := bandit.Judge(c.model, c.totals, c.rule); state != c.want || winner != c.winner {
				t.Errorf("%s, winner %d; want %s, %d", state, winner, c.want, c.winner)
			}
		})
	}
}

// TestNoWinnerWhereNothingDiffers looks after every tenth of a long even rotation of equal combinations.
func TestNoWinnerWhereNothingDiffers(t *testing.T) {
	t.Parallel()
	preset, err := sim.NewPreset("null", 3)
	if err != nil {
		t.Fatal(err)
	}
	rule := bandit.DefaultRule()
	rule.Enforce = false
	for seed := range uint64(3) {
		w := sim.NewWorld(preset, bandit.Space{Sizes: []int{3, 3, 2}}, 1+seed)
		for n := 10_000; n <= 100_000; n += 10_000 {
			cells := sim.Serve(w, bandit.Uniform{Space: w.Space}, n)
			model := fit(t, w.Space, sim.Attributes(), cells, bandit.DefaultOptions())
			if state, k := bandit.Judge(model, bandit.Totals{Clicks: int64(n)}, rule); state == bandit.StableWinner {
				t.Errorf("seed %d: winner %d after %d impressions", seed, k, n)
			}
		}
	}
}
