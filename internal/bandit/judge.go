package bandit

// Rule says when an ad's learning counts as done, after the platform's own rule of 50 events in 7 days.
type Rule struct {
	MinEvents         int64   // optimisation events needed since the last significant edit
	MinDays           int32   // days needed since then, the first included
	MaxValueRemaining float64 // largest relative loss from stopping now, 95 % quantile
	Tie               float64 // relative difference that is not material
	Objective         Objective
	Enforce           bool // off: a verdict needs no minimum of events and days
}

// DefaultRule withholds verdicts before 50 events and 7 days.
func DefaultRule() Rule {
	return Rule{MinEvents: 50, MinDays: 7, MaxValueRemaining: 0.05, Tie: 0.02, Enforce: true}
}

// Standing is what the state of an ad follows from.
type Standing struct {
	Progress
	Remaining float64 // value remaining
	Low, High float64 // lift at 5 % and at 90 %, see Model
	Any       float64 // e-value against "no asset and no pair makes any difference"
}

// State is how far learning has come. It is over with the minimum of events and days and little value remaining. Then it is even when
// in 90 % of the draws the best combination brings at most Tie more than even rotation; a winner is declared when in 95 % of the draws
// it brings more than that, and the e-value says, whenever one looks, that something makes a difference.
// Learning is limited when the present rate is too low for the minimum of events in a week.
func (r Rule) State(s Standing) State {
	few := r.Enforce && (s.Events < r.MinEvents || s.Days < r.MinDays)
	switch {
	case few || s.Remaining >= r.MaxValueRemaining:
		if s.Days >= week && s.Recent < r.MinEvents {
			return LearningLimited
		}
	case s.High <= r.Tie:
		return StableEven
	case s.Low > 0 && s.Any >= 1/levelSure:
		return StableWinner
	}
	return Learning
}
