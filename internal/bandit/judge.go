package bandit

// Rule says when an ad's learning counts as done, after the platform's own rule of 50 events in 7 days.
type Rule struct {
	MinEvents         int64   // optimisation events needed
	MinDays           int32   // days since the first impression needed, the first included
	MaxValueRemaining float64 // largest relative loss from stopping now, 95 % quantile
	Tie               float64 // relative difference that is not material
	Objective         Objective
	Enforce           bool // off: a verdict needs no minimum of events and days
}

// DefaultRule withholds verdicts before 50 events and 7 days.
func DefaultRule() Rule {
	return Rule{MinEvents: 50, MinDays: 7, MaxValueRemaining: 0.05, Tie: 0.02, Enforce: true}
}

// Judge decides how far learning has come; winner is a combination number, or -1 when none is declared.
//
// Even means that in 90 % of the draws the best combination brings at most Tie more than even rotation. A winner is declared when
// in 95 % of the draws it brings more than even rotation and at most MaxValueRemaining is left to be gained.
// Limited means that the events of the ad's life so far are too few to reach MinEvents in seven days at that rate.
func Judge(m Model, t Totals, r Rule) (state State, winner int) {
	events, days := t.Clicks, t.LastDay-t.FirstDay+1
	if r.Objective != Clicks {
		events = t.Conversions
	}
	if r.Enforce && (events < r.MinEvents || days < r.MinDays) {
		if days >= 7 && 7*events < r.MinEvents*int64(days) {
			return LearningLimited, -1
		}
		return Learning, -1
	}
	if m.Lift(0.90) <= r.Tie {
		return StableEven, -1
	}
	if m.Lift(0.05) > 0 && m.ValueRemaining() < r.MaxValueRemaining {
		return StableWinner, m.BestBySignature("")
	}
	return Learning, -1
}
