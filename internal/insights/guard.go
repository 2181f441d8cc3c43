package insights

import (
	"fmt"

	"github.com/marquetry/marquetry/internal/bandit"
)

// Guard withholds verdicts until an ad has run long enough and converted often enough to be believed. It never withholds numbers.
type Guard struct {
	Mode        string // "enforce", or "off"; "warn" is as off: the learning state is in every row
	Days        int    // an ad's first and last impression are at least this many days apart, both counted
	Conversions int    // optimisation events
}

// DefaultGuard is seven days and fifty conversions, enforced.
func DefaultGuard() Guard { return Guard{Mode: "enforce", Days: 7, Conversions: 50} }

// Validate reports settings that make no sense.
func (g Guard) Validate() error {
	switch g.Mode {
	case "enforce", "warn", "off":
	default:
		return fmt.Errorf("verdict guardrail: mode must be enforce, warn or off, not %q", g.Mode)
	}
	if g.Days < 0 || g.Conversions < 0 {
		return fmt.Errorf("verdict guardrail: days and conversions must not be negative")
	}
	return nil
}

// holds reports whether verdicts are withheld from an ad with these totals.
func (g Guard) holds(t bandit.Totals) bool {
	days := int(t.LastDay-t.FirstDay) + 1
	return g.Mode == "enforce" && (days < g.Days || t.Conversions < int64(g.Conversions))
}
