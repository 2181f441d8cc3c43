package trial

import (
	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/baseline"
	"github.com/marquetry/marquetry/internal/bandit/offpolicy"
	"github.com/marquetry/marquetry/internal/bandit/sim"
)

// listener keeps the log of a simulated ad: the first impressions make the targets, the others are replayed.
type listener struct {
	trial   Trial
	world   sim.World
	before  []bandit.Cell
	targets []bandit.Policy
	replay  *offpolicy.Replay
	err     error // the first
}

// take is told of every impression.
func (l *listener) take(segment int, choice bandit.Choice, click bool) {
	cell := bandit.Cell{Signature: l.world.Segments[segment], Combination: choice.Combination, Impressions: 1}
	if click {
		cell.Clicks = 1
	}
	if len(l.before) < l.trial.Before {
		l.before = append(l.before, cell)
		return
	}
	if l.replay == nil && l.err == nil {
		l.err = l.begin()
	}
	if l.err == nil {
		l.err = l.replay.Add(offpolicy.Shown{Cell: cell, Propensity: choice.Propensity})
	}
}

// begin freezes the targets and starts the log.
func (l *listener) begin() error {
	options := l.trial.Options
	options.Seed = l.world.Seed + 1 // not the noise of the policy that serves
	model, err := bandit.Fit(l.world.Space, sim.Attributes(), l.before, options)
	if err != nil {
		return err
	}
	beta, err := baseline.New("asset-beta", l.world.Space, sim.Attributes(), l.before, options)
	if err != nil {
		return err
	}
	best := bestFixed(l.world)
	l.targets = []bandit.Policy{
		bandit.Uniform{Space: l.world.Space},
		offpolicy.Certain(func(bandit.Signature) int { return best }),
		offpolicy.Greedy(model),
		beta, model.Policy(),
	}
	var questions []offpolicy.Question
	for _, target := range l.targets {
		questions = append(questions, offpolicy.Question{Learn: func([]bandit.Cell, *bandit.Logistic) (offpolicy.Chances, error) { return target, nil }})
	}
	l.replay, err = offpolicy.NewReplay(l.world.Space, sim.Attributes(), options, l.before, l.trial.Impressions, questions...)
	return err
}
