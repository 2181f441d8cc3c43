package baseline

import (
	"cmp"
	"slices"

	"github.com/marquetry/marquetry/internal/bandit"
)

// task is what a baseline learns from.
type task struct {
	space      bandit.Space
	attributes []string
	cells      []bandit.Cell // as they came
	rows       []row         // by signature and combination
	options    bandit.Options
	legal      *bandit.Rotation
}

// row is what came of one combination in one context, over all days.
type row struct {
	signature   bandit.Signature
	combination int
	trials      float64 // impressions
	events      float64 // optimisation events among them, at most trials
}

// newTask checks what New is given and adds up the cells.
func newTask(space bandit.Space, attributes []string, cells []bandit.Cell, opt bandit.Options) (*task, error) {
	if err := opt.Validate(); err != nil {
		return nil, err
	}
	if err := space.Validate(cells...); err != nil {
		return nil, err
	}
	legal, err := bandit.NewRotation(space, opt.Legal)
	if err != nil {
		return nil, err
	}
	return &task{space, attributes, cells, sum(cells, opt.Objective), opt, legal}, nil
}

// believedRate is the optimisation events per impression believed before any data.
func (t *task) believedRate() float64 {
	if t.options.Objective == bandit.Clicks {
		return t.options.ClickRate
	}
	return t.options.ClickRate * t.options.ConversionRate
}

// sum adds up cells of one context and combination, in an order that is that of the keys.
func sum(cells []bandit.Cell, objective bandit.Objective) []row {
	order := slices.Clone(cells)
	slices.SortFunc(order, func(a, b bandit.Cell) int {
		return cmp.Or(cmp.Compare(a.Signature, b.Signature), cmp.Compare(a.Combination, b.Combination))
	})
	var sums []bandit.Cell
	var conversions, value int64
	for i, c := range order {
		if i == 0 || c.Signature != order[i-1].Signature || c.Combination != order[i-1].Combination {
			sums = append(sums, bandit.Cell{Signature: c.Signature, Combination: c.Combination})
		}
		s := &sums[len(sums)-1]
		s.Impressions, s.Clicks = s.Impressions+c.Impressions, s.Clicks+c.Clicks
		s.Conversions, s.Value = s.Conversions+c.Conversions, s.Value+c.Value
		conversions, value = conversions+c.Conversions, value+c.Value
	}
	worth := float64(value) / max(1, float64(conversions)) // of one conversion
	rows := make([]row, len(sums))
	for i, s := range sums {
		r := row{s.Signature, s.Combination, float64(s.Impressions), float64(s.Clicks)}
		switch {
		case objective == bandit.Value && worth > 0:
			r.events = float64(s.Value) / worth
		case objective != bandit.Clicks:
			r.events = float64(s.Conversions)
		}
		r.events = max(0, min(r.events, r.trials))
		rows[i] = r
	}
	return rows
}

// byContext splits the rows by context. Only so many contexts, those with most impressions, stand for themselves; the rows of all
// others are in rest.
func (t *task) byContext(limit int) (own map[bandit.Signature][]row, rest []row) {
	type context struct {
		rows   []row
		trials float64
	}
	var contexts []context
	for i, r := range t.rows {
		if i == 0 || r.signature != t.rows[i-1].signature {
			contexts = append(contexts, context{rows: t.rows[i:i]})
		}
		c := &contexts[len(contexts)-1]
		c.rows, c.trials = c.rows[:len(c.rows)+1], c.trials+r.trials
	}
	slices.SortStableFunc(contexts, func(a, b context) int { return cmp.Compare(b.trials, a.trials) })
	own = map[bandit.Signature][]row{}
	for i, c := range contexts {
		if i < limit {
			own[c.rows[0].signature] = c.rows
		} else {
			rest = append(rest, c.rows...)
		}
	}
	return own, rest
}
