package bandit_test

import (
	"testing"

	"github.com/marquetry/marquetry/internal/bandit"
)

func TestState(t *testing.T) {
	t.Parallel()
	enforced, loose := bandit.DefaultRule(), bandit.DefaultRule()
	loose.Enforce = false
	clear := func(events int64, days int32, recent int64) bandit.Standing {
		return bandit.Standing{Progress: bandit.Progress{Events: events, Days: days, Recent: recent}, Remaining: 0.01, Low: 0.2, High: 0.5, Any: 1000}
	}
	but := func(change func(*bandit.Standing)) bandit.Standing {
		s := clear(60, 7, 60)
		change(&s)
		return s
	}
	for _, c := range []struct {
		name     string
		standing bandit.Standing
		rule     bandit.Rule
		want     bandit.State
	}{
		{"winner", clear(60, 7, 60), enforced, bandit.StableWinner},
		{"too few events", clear(49, 6, 49), enforced, bandit.Learning},
		{"too few days", clear(5000, 6, 5000), enforced, bandit.Learning},
		{"cannot reach the events", clear(49, 7, 49), enforced, bandit.LearningLimited},
		{"slow but enough", clear(60, 30, 14), enforced, bandit.StableWinner},
		{"minimum not enforced", clear(10, 1, 10), loose, bandit.StableWinner},
		{"value remains", but(func(s *bandit.Standing) { s.Remaining = 0.06 }), enforced, bandit.Learning},
		{"value remains and little comes", but(func(s *bandit.Standing) { s.Remaining, s.Recent = 0.06, 14 }), enforced, bandit.LearningLimited},
		{"perhaps no better than rotation", but(func(s *bandit.Standing) { s.Low = -0.01 }), enforced, bandit.Learning},
		{"perhaps nothing makes a difference", but(func(s *bandit.Standing) { s.Any = 19 }), enforced, bandit.Learning},
		{"no material difference", but(func(s *bandit.Standing) { s.Low, s.High = -0.01, 0.02 }), enforced, bandit.StableEven},
	} {
		if state := c.rule.State(c.standing); state != c.want {
			t.Errorf("%s: %s, want %s", c.name, state, c.want)
		}
	}
}
