package offpolicy

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/bandit"
)

// Learner makes a policy from what a log held up to some moment: its cells, and the model fitted to them.
type Learner func(cells []bandit.Cell, model *bandit.Logistic) (Chances, error)

// Shown is one impression of a log with its outcomes: a cell of one impression.
type Shown struct {
	bandit.Cell
	Propensity float64
}

// Replay walks through a log and evaluates policies that learn from it as they go. Whenever the log has grown by a tenth they learn from all
// of it so far and are evaluated on what follows: nobody is judged by impressions that taught him.
type Replay struct {
	space       bandit.Space
	attributes  []string
	options     bandit.Options
	learners    []Learner
	evaluations []*Evaluation
	cells       map[place]bandit.Cell
	totals      bandit.Totals
	rewards     float64 // of the log so far
	squares     float64 // of each reward
	seen, next  int     // impressions, and how many there are at the next stage
}

// place tells cells apart.
type place struct {
	signature   bandit.Signature
	combination int
	day         int32
}

// firstStage is how many impressions the first policies, which know nothing, are evaluated on.
const firstStage = 500

// NewReplay prepares to evaluate learners on a log of so many impressions; options are those of the model. Before are the cells of what came
// earlier, which teach and are not evaluated.
func NewReplay(space bandit.Space, attributes []string, options bandit.Options, before []bandit.Cell, impressions int, learners ...Learner) (*Replay, error) {
	r := &Replay{space: space, attributes: attributes, options: options, learners: learners, cells: map[place]bandit.Cell{}, next: firstStage}
	for range learners {
		r.evaluations = append(r.evaluations, New(MostWeight(impressions)))
	}
	for _, c := range before {
		r.count(c)
	}
	return r, r.stage()
}

// Add takes the next impression of the log.
func (r *Replay) Add(s Shown) error {
	if s.Combination < 0 || s.Combination >= r.space.Size() || !(s.Propensity > 0) {
		return fmt.Errorf("offpolicy: impression %d: combination %d with propensity %v", r.seen, s.Combination, s.Propensity)
	}
	if r.seen == r.next {
		r.next += r.next / 10
		if err := r.stage(); err != nil {
			return err
		}
	}
	r.seen++
	ev := Event{s.Signature, s.Combination, s.Propensity, float64(s.Clicks)}
	switch r.options.Objective {
	case bandit.Conversions:
		ev.Reward = float64(s.Conversions)
	case bandit.Value:
		ev.Reward = float64(s.Value)
	case bandit.Clicks:
	}
	for _, e := range r.evaluations {
		e.Add(ev)
	}
	r.rewards, r.squares = r.rewards+ev.Reward, r.squares+ev.Reward*ev.Reward
	r.count(s.Cell)
	return nil
}

// Results are in the order of the learners.
func (r *Replay) Results() []Result {
	results := make([]Result, len(r.evaluations))
	for i, e := range r.evaluations {
		results[i] = e.Result()
	}
	return results
}

// Cells is the whole log in counters, in the order of their keys.
func (r *Replay) Cells() []bandit.Cell {
	return slices.SortedFunc(maps.Values(r.cells), func(a, b bandit.Cell) int {
		return cmp.Or(strings.Compare(string(a.Signature), string(b.Signature)), cmp.Compare(a.Combination, b.Combination), cmp.Compare(a.Day, b.Day))
	})
}

// count adds a cell to the counters.
func (r *Replay) count(c bandit.Cell) {
	at := place{c.Signature, c.Combination, c.Day}
	sum := r.cells[at]
	sum.Signature, sum.Combination, sum.Day = c.Signature, c.Combination, c.Day
	sum.Impressions, sum.Clicks = sum.Impressions+c.Impressions, sum.Clicks+c.Clicks
	sum.Conversions, sum.Value = sum.Conversions+c.Conversions, sum.Value+c.Value
	r.cells[at] = sum
	r.totals.Conversions, r.totals.Value = r.totals.Conversions+c.Conversions, r.totals.Value+c.Value
}

// stage lets everybody learn from what was seen.
func (r *Replay) stage() error {
	cells := r.Cells()
	model, err := bandit.Fit(r.space, r.attributes, cells, r.options)
	if err != nil {
		return err
	}
	scale := Scale{Unit: 1, Spread: 1}
	if r.rewards > 0 {
		scale.Spread = r.squares / r.rewards
	}
	if r.options.Objective == bandit.Value {
		scale.Unit = float64(r.totals.Value) / float64(max(1, r.totals.Conversions))
		scale.Spread = max(scale.Spread, scale.Unit)
	}
	for i, learn := range r.learners {
		policy, err := learn(cells, model)
		if err != nil {
			return err
		}
		r.evaluations[i].Stage(policy, model, scale)
	}
	return nil
}
