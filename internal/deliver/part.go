package deliver

import (
	"fmt"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/target"
)

// part is what a customization rule of a creative lets through of what its ad may show.
type part struct {
	legal *bandit.Legal
	even  *bandit.Rotation // over legal
}

// parted is an ad whose feed has customization rules: what of it may be shown depends on place and viewer. Choices are exact within each part, and
// what comes of them teaches the one model of the ad.
type parted struct {
	parts  []part
	partOf []int // by rule of the creative; -1 where a rule lets nothing through that the advertiser has not stopped
}

// partsOf splits what an ad may show by the rules of its creative. The error is [bandit.ErrNothingLegal] when no rule lets anything through.
func partsOf(c *shown, legal *bandit.Legal) (p parted, err error) {
	known := map[string]int{}
	for _, allowed := range c.allowed {
		legal := within(legal, allowed)
		name := fmt.Sprint(legal.Stopped)
		at, again := known[name]
		if !again {
			at = -1
			if even, err := bandit.NewRotation(c.space, legal); err == nil {
				at = len(p.parts)
				p.parts = append(p.parts, part{legal, even})
			}
			known[name] = at
		}
		p.partOf = append(p.partOf, at)
	}
	if len(c.allowed) > 0 && len(p.parts) == 0 {
		return p, bandit.ErrNothingLegal
	}
	return p, nil
}

// within is what is legal and allowed by the marks of a rule.
func within(legal *bandit.Legal, allowed [][]bool) *bandit.Legal {
	narrow := &bandit.Legal{Stopped: make([][]bool, len(allowed))}
	if legal != nil {
		narrow.Forbidden = legal.Forbidden
	}
	for f, marks := range allowed {
		narrow.Stopped[f] = make([]bool, len(marks))
		for i, ok := range marks {
			narrow.Stopped[f][i] = !ok || legal != nil && legal.Stopped != nil && legal.Stopped[f][i]
		}
	}
	return narrow
}

// shows reports whether an ad has anything to show on an occasion.
func (a *ad) shows(q *query) bool { return len(a.partOf) == 0 || a.partOf[a.rule(q)] >= 0 }

// rule is the position of the rule of the ad's creative that fits.
func (a *ad) rule(q *query) int { return a.creative.rule(q) }

// rule is the position of the rule that fits, 0 without rules.
func (c *shown) rule(q *query) int {
	if len(c.rules) == 0 {
		return 0
	}
	return c.rules.Fitting(&q.occasion, func(rule int) bool { return c.audiences[rule] != nil && c.audiences[rule].Surely(&q.known) })
}

// policyOf is what chooses among the combinations that an ad may show on an occasion.
func (a *ad) policyOf(learned *bandit.Learned, q *query) bandit.Policy {
	if len(a.partOf) == 0 {
		return learned.Policy
	}
	return learned.Parts[a.partOf[a.rule(q)]]
}

// positions are the preview formats by name, for [Service.occasion].
func positions() map[string]object.PreviewFormat {
	all := map[string]object.PreviewFormat{}
	for _, format := range object.PreviewFormats() {
		all[format.Name] = format
	}
	return all
}

// occasion is what customization rules themselves ask of a context. Their words for places are those of targeting, not of reports.
func (s *Service) occasion(c *eventlog.Context) creative.Occasion {
	format := s.places[c.Placement]
	o := creative.Occasion{Platform: format.Platform, Position: format.Position}
	o.AgeFrom, o.AgeTo, _ = ageRange(c.Age)
	return o
}

// legals are what may be shown, by part.
func (p *parted) legals() []*bandit.Legal {
	var all []*bandit.Legal
	for _, part := range p.parts {
		all = append(all, part.legal)
	}
	return all
}

// audiencesOf are the audiences of customization rules; nil where there is none, or one that cannot be told.
func audiencesOf(rules creative.CustomRules, targets *target.Compiler) []*target.Spec {
	specs := make([]*target.Spec, len(rules))
	for i := range rules {
		if asks := rules[i].Audience; asks != nil {
			spec := targets.Compile(asks, nil)
			if asks["locales"] == nil || spec.Asks(target.Locales) { // of languages that nobody knows nothing would be asked
				specs[i] = spec
			}
		}
	}
	return specs
}
