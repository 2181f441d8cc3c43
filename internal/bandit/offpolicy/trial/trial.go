// Package trial evaluates policies on logs of simulated ads, where their true value is known, and so the estimates themselves.
package trial

import (
	"slices"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/offpolicy"
	"github.com/marquetry/marquetry/internal/bandit/sim"
)

// Trial says how the logs come about: the default policy, with a control slice, learns as it serves.
type Trial struct {
	Worlds      func(seed uint64) sim.World
	Before      int // impressions from which the policies to be evaluated are learnt, before the log begins
	Impressions int // of the log
	Batch       int // impressions between two deliveries of feedback
	Control     float64
	Options     bandit.Options
}

// Targets names the policies that are evaluated, in the order of the answers: even rotation, the one combination that is truly best on
// average, and as learnt when the log begins: the model's favourite in each context, a Beta per asset, the default policy.
func Targets() []string {
	return []string{"uniform", "best-fixed", "greedy", "asset-beta-frozen", "default-frozen"}
}

// Answer is what a log says of one policy, beside the truth.
type Answer struct {
	Target string
	Truth  float64 // clicks per impression
	offpolicy.Result
}

// Play serves one simulated ad and evaluates the targets on its log.
func (t Trial) Play(seed uint64) ([]Answer, error) {
	world := t.Worlds(seed)
	contender, err := sim.NewContender("default", t.Options)
	if err != nil {
		return nil, err
	}
	log := &listener{trial: t, world: world}
	contender.Learn = t.controlled(world, contender.Learn)
	config := sim.Config{Impressions: t.Before + t.Impressions, Batch: t.Batch, Each: log.take}
	if _, _, err := sim.Run(world, contender, config); err != nil {
		return nil, err
	}
	if log.err != nil {
		return nil, log.err
	}
	results, err := log.replay.Results()
	if err != nil {
		return nil, err
	}
	var answers []Answer
	for i, result := range results {
		answers = append(answers, Answer{Targets()[i], value(world, log.targets[i]), result})
	}
	return answers, nil
}

// controlled puts the control slice around what a contender learns.
func (t Trial) controlled(world sim.World, learn func(sim.World, []bandit.Cell) (bandit.Policy, error)) func(sim.World, []bandit.Cell) (bandit.Policy, error) {
	return func(w sim.World, cells []bandit.Cell) (bandit.Policy, error) {
		policy, err := learn(w, cells)
		if err != nil {
			return nil, err
		}
		even, err := bandit.NewRotation(world.Space, nil)
		if err != nil {
			return nil, err
		}
		return bandit.NewControl(policy, even, t.Control), nil
	}
}

// value is the true click rate of a policy; all segments are equally likely.
func value(world sim.World, policy bandit.Policy) float64 {
	sum := 0.0
	for s, sig := range world.Segments {
		for k, p := range world.Before[s] {
			sum += policy.Propensity(sig, k) * p / float64(len(world.Segments))
		}
	}
	return sum
}

// bestFixed is the combination with the highest true click rate over all segments.
func bestFixed(world sim.World) int {
	sums := make([]float64, world.Space.Size())
	for _, line := range world.Before {
		for k, p := range line {
			sums[k] += p
		}
	}
	return slices.Index(sums, slices.Max(sums))
}
