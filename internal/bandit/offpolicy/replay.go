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

// Question is a policy to be evaluated: one that learns, or the log's own with some combinations left out.
type Question struct {
	Learn Learner
	Only  func(combination int) bool // what is left, see [Evaluation.Thin]; Learn is not asked
}

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
	questions   []Question
	evaluations []*Evaluation
	cells       map[place]bandit.Cell
	totals      bandit.Totals
	rewards     float64 // of the log so far
	squares     float64 // of each reward
	coming      []Shown // of the present stage
	size        int     // of it, in impressions
	stages      int     // impressions before it
}

// place tells cells apart.
type place struct {
	signature   bandit.Signature
	combination int
	day         int32
}

// firstStage is how many impressions the first policies, which know nothing, are evaluated on.
const firstStage = 500

// NewReplay prepares to evaluate policies on a log of so many impressions; options are those of the model. Before are the cells of what came
// earlier, which teach and are not evaluated.
func NewReplay(space bandit.Space, attributes []string, options bandit.Options, before []bandit.Cell, impressions int, questions ...Question) (*Replay, error) {
	if err := space.Validate(); err != nil {
		return nil, err
	}
	r := &Replay{space: space, attributes: attributes, options: options, questions: questions, cells: map[place]bandit.Cell{}, size: firstStage}
	for range questions {
		r.evaluations = append(r.evaluations, New(MostWeight(impressions)))
	}
	for _, c := range before {
		r.count(c)
	}
	return r, nil
}

// Add takes the next impression of the log.
func (r *Replay) Add(s Shown) error {
	if s.Combination < 0 || s.Combination >= r.space.Size() || !(s.Propensity > 0) {
		return fmt.Errorf("offpolicy: impression %d: combination %d with propensity %v", r.stages+len(r.coming), s.Combination, s.Propensity)
	}
	r.coming = append(r.coming, s)
	if len(r.coming) < r.size {
		return nil
	}
	return r.stage()
}

// Results ends the log; they are in the order of the questions.
func (r *Replay) Results() ([]Result, error) {
	if err := r.stage(); err != nil {
		return nil, err
	}
	results := make([]Result, len(r.evaluations))
	for i, e := range r.evaluations {
		results[i] = e.Result()
	}
	return results, nil
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

// stage lets everybody learn from what was seen before, evaluates them on what came since, and then takes that in.
func (r *Replay) stage() error {
	if len(r.coming) == 0 {
		return nil
	}
	cells := r.Cells()
	model, err := bandit.Fit(r.space, r.attributes, cells, r.options)
	if err != nil {
		return err
	}
	scale := r.scale()
	events := make([]Event, len(r.coming))
	for i, s := range r.coming {
		events[i] = Event{s.Signature, s.Combination, s.Propensity, r.reward(s.Cell)}
		r.rewards, r.squares = r.rewards+events[i].Reward, r.squares+events[i].Reward*events[i].Reward
		r.count(s.Cell)
	}
	for i, q := range r.questions {
		if err := r.evaluations[i].ask(q, events, cells, model, scale); err != nil {
			return err
		}
	}
	r.stages += len(r.coming)
	r.coming, r.size = r.coming[:0], max(firstStage/10, r.stages/10)
	return nil
}

// ask evaluates on a stage.
func (e *Evaluation) ask(q Question, events []Event, cells []bandit.Cell, model *bandit.Logistic, scale Scale) error {
	if q.Only != nil {
		e.Stage(nil, model, scale)
		e.Thin(events, q.Only)
		return nil
	}
	policy, err := q.Learn(cells, model)
	if err != nil {
		return err
	}
	e.Stage(policy, model, scale)
	for _, ev := range events {
		e.Add(ev)
	}
	return nil
}

// reward is what came of an impression, by the objective.
func (r *Replay) reward(c bandit.Cell) float64 {
	switch r.options.Objective {
	case bandit.Conversions:
		return float64(c.Conversions)
	case bandit.Value:
		return float64(c.Value)
	case bandit.Clicks:
	}
	return float64(c.Clicks)
}

// scale relates the model to the rewards seen so far.
func (r *Replay) scale() Scale {
	scale := Scale{Unit: 1, Spread: 1}
	if r.options.Objective == bandit.Value {
		scale.Unit = float64(r.totals.Value) / float64(max(1, r.totals.Conversions))
		scale.Spread = scale.Unit
	}
	if r.rewards > 0 {
		scale.Spread = r.squares / r.rewards
	}
	return scale
}
