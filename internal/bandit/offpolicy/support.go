package offpolicy

import "fmt"

// Rule is why a log cannot tell what a policy would have brought.
type Rule string

// The rules, in the order in which they are tried.
const (
	RuleMissing Rule = "support.missing" // much of what the policy would show was never shown
	RuleWeight  Rule = "support.ess"     // what was shown of it is worth too few impressions
	RuleEvents  Rule = "support.events"  // too few of them brought anything
	RuleClipped Rule = "support.clipped" // too much rests on single impressions
)

// Bounds of the rules.
const (
	minEffective = 100 // impressions
	minEvents    = 10  // of those, with a reward
	maxMissing   = 0.1 // of the policy's probability
	maxClipped   = 0.1 // likewise
)

// Support says how well a log covers a policy.
type Support struct {
	Effective  float64 // impressions of the policy itself that would tell as much: (Σw)²/Σw² (Kish, 1965)
	Events     float64 // the same of those with a reward, as many as the model expects: what came by luck must not decide
	Largest    float64 // weight of a single impression
	MeanWeight Figure  // 1 when the log could show all that the policy would
	Missing    float64 // share of the policy's probability that the log never showed: 1 - mean weight, 0 at least
	Rare       float64 // share that the log made less than a tenth as likely as even rotation, such as by the floor alone
	Clipped    float64 // share that rests on weights beyond the bound
	Rule       Rule    // the one that says that there is not enough; "" when there is
	Why        string  // that rule as a sentence
}

// Enough reports whether the estimates are to be believed.
func (s Support) Enough() bool { return s.Rule == "" }

// support works out the diagnostics and tries the rules.
func (e *Evaluation) support() Support {
	s := Support{Largest: e.largest, MeanWeight: e.weights.estimate("").Value}
	if total := e.snips.weight; total > 0 {
		s.Effective = total * total / e.snips.weights
		s.Rare, s.Clipped = e.rare/total, e.cut/total
	}
	if e.snips.expectedHit > 0 {
		s.Events = e.snips.expectedHit * e.snips.expectedHit / e.snips.expectedHits
	}
	s.Missing = max(0, 1-s.MeanWeight.Mean)
	s.Rule, s.Why = s.judge()
	return s
}

// judge tries the rules. What is missing must be so beyond two standard errors, since weights scatter around 1.
func (s Support) judge() (Rule, string) {
	switch {
	case s.Missing-2*s.MeanWeight.StandardError > maxMissing:
		return RuleMissing, fmt.Sprintf("%.0f %% of what this policy would show was never shown; at most %.0f %% may be missing", 100*s.Missing, 100*maxMissing)
	case s.Effective < minEffective:
		return RuleWeight, fmt.Sprintf("the log is worth %.0f impressions of this policy, and %d are needed", s.Effective, minEffective)
	case s.Events < minEvents:
		return RuleEvents, fmt.Sprintf("the log is worth %.1f optimisation events of this policy, and %d are needed", s.Events, minEvents)
	case s.Clipped > maxClipped:
		return RuleClipped, fmt.Sprintf("%.0f %% of what this policy would show rests on single impressions that weigh too much; at most %.0f %% may",
			100*s.Clipped, 100*maxClipped)
	}
	return "", ""
}
