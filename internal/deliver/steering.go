package deliver

import (
	"fmt"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/steer"
)

// steering is how an ad's combinations are to be chosen, as its advertiser or else the operator wants it.
type steering struct {
	wishes    steer.Wishes
	recipe    recipe
	legal     *bandit.Legal    // nil when every combination may be shown
	even      *bandit.Rotation // over what may be shown
	unlearned *bandit.Learned  // even rotation, for as long as there is no model
	parted
}

// recipe is what a model and its policy are made by, besides counters. One that was made by another recipe has to be made anew.
type recipe struct {
	creative  string // id
	event     string // that counts as conversion
	objective bandit.Objective
	policy    string
	share     float64 // of the control slice
	legal     string  // what may be shown, in one spelling
	since     int32   // first day of which events count towards the end of learning, see [adset.since]
}

// steer reads an ad that has a creative. Before is the ad as it was, nil for none: what may be shown is worked out only when it is not the same, as
// that takes milliseconds. The error is [bandit.ErrNothingLegal] when nothing of it may be shown.
func (a *ad) steer(data map[string]any, cfg *Config, before *ad) (err error) {
	wishes := steer.Of(data)
	a.wishes, a.even, a.legal = wishes, a.creative.even, wishes.Legal(a.creative.feed)
	a.recipe = recipe{
		creative: a.creative.id, event: a.adset.event, objective: a.adset.objective, policy: cfg.Policy, share: cfg.ControlShare,
	}
	if wishes.Policy != "" {
		a.recipe.policy = wishes.Policy
	}
	if wishes.Share >= 0 {
		a.recipe.share = wishes.Share
	}
	if a.legal != nil {
		a.recipe.legal = fmt.Sprint(*a.legal)
	}
	switch {
	case before != nil && before.creative == a.creative && before.recipe.legal == a.recipe.legal:
		a.legal, a.even, a.parted = before.legal, before.even, before.parted
	case a.legal != nil:
		if a.even, err = bandit.NewRotation(a.creative.space, a.legal); err != nil {
			return err
		}
		fallthrough
	default:
		if a.parted, err = partsOf(a.creative, a.legal); err != nil {
			return err
		}
	}
	a.unlearned = &bandit.Learned{Space: a.creative.space, Policy: a.even, State: bandit.Learning, Winner: -1}
	for _, p := range a.parts {
		a.unlearned.Parts = append(a.unlearned.Parts, p.even)
	}
	a.slice(a.unlearned)
	return nil
}

// slice gives the policies of an ad its control slice.
func (s *steering) slice(l *bandit.Learned) {
	l.Policy = bandit.NewControl(l.Policy, s.even, s.recipe.share)
	for i, p := range s.parts {
		l.Parts[i] = bandit.NewControl(l.Parts[i], p.even, s.recipe.share)
	}
}
