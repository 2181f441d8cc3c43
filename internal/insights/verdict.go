package insights

import (
	"fmt"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/object"
)

// Verdict is what can be said of one combination.
type Verdict string

// The verdicts.
const (
	VerdictLearning Verdict = "LEARNING"               // too early; a winner is withheld
	VerdictLimited  Verdict = "LEARNING_LIMITED"       // not enough optimisation events to ever tell
	VerdictWinner   Verdict = "WINNER"                 // declared best
	VerdictBehind   Verdict = "BEHIND"                 // another combination was declared best
	VerdictEven     Verdict = "NO_MATERIAL_DIFFERENCE" // all are about as good
)

// VerdictOf says what can be said of combination k. How long to withhold a winner is the learner's guardrail, and in its state.
func VerdictOf(l *bandit.Learned, k int) Verdict {
	switch {
	case l.State == bandit.LearningLimited:
		return VerdictLimited
	case l.State == bandit.StableEven:
		return VerdictEven
	case l.State == bandit.StableWinner && l.Winner == k:
		return VerdictWinner
	case l.State == bandit.StableWinner:
		return VerdictBehind
	}
	return VerdictLearning
}

// nothingLearnt is the reason of rows of an ad that has no model yet.
const nothingLearnt = "Nothing has been learnt of this ad yet."

// verdict is the members of a verdict and its reason.
func verdict(v Verdict, why string) object.Ordered {
	return object.Ordered{{Name: "verdict", Value: v}, {Name: "why", Value: why}}
}

// interval is a rate or a ratio with the 95 % interval.
func interval(e bandit.Estimate) object.Ordered {
	return object.Ordered{{Name: "mean", Value: decimals(e.Mean)}, {Name: "low", Value: decimals(e.Low)}, {Name: "high", Value: decimals(e.High)}}
}

// whyCombination says in one sentence why combination k has its verdict.
func (a *adReport) whyCombination(l *bandit.Learned, k int) string {
	switch VerdictOf(l, k) {
	case VerdictWinner:
		return fmt.Sprintf("With 95 %% certainty it brings at least %s than showing all evenly, and looking further would bring at most %s.",
			more(1+l.Model.Lift(0.05), a.yield(l)), more(1+l.Remaining, ""))
	case VerdictBehind:
		winner, own := l.Model.Rate("", l.Winner), l.Model.Rate("", k)
		return fmt.Sprintf("The winner brings about %s: at a rate of %s against %s.", more(winner.Mean/own.Mean, a.yield(l)), percent(winner.Mean), percent(own.Mean))
	case VerdictEven:
		return fmt.Sprintf("With 90 %% certainty the best combination brings at most %s than showing all evenly; under %s is no difference that matters.",
			more(1+l.Model.Lift(0.90), a.yield(l)), percent(l.Rule.Tie))
	case VerdictLimited:
		return fmt.Sprintf("%s in the last seven days: at this pace the %d in seven days, which learning takes, will not come.", number(l.Progress.Recent, a.event(l)), l.Rule.MinEvents)
	case VerdictLearning:
	}
	return a.whyLearning(l)
}

// whyLearning says what learning still waits for.
func (a *adReport) whyLearning(l *bandit.Learned) string {
	switch rule, so := l.Rule, l.Progress; {
	case rule.Enforce && (so.Events < rule.MinEvents || so.Days < rule.MinDays):
		return fmt.Sprintf("%d of %d %ss and %d of %d days so far%s.", so.Events, rule.MinEvents, a.event(l), so.Days, rule.MinDays, ahead(l.Exit))
	case l.Remaining >= rule.MaxValueRemaining:
		return fmt.Sprintf("Learning on may still bring %s; it ends when that is under %s%s.", more(1+l.Remaining, a.yield(l)), percent(rule.MaxValueRemaining), ahead(l.Exit))
	}
	return "It is not certain yet that choosing brings more than showing all evenly" + ahead(l.Exit) + "."
}
