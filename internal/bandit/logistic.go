package bandit

import (
	"fmt"
)

// MaxCombinations is the largest space that can be fitted; every combination is visited to find the best.
const MaxCombinations = 1 << 20

// Logistic is a Bayesian logistic regression on assets, pairs of assets, context and assets under context. It is immutable.
type Logistic struct {
	space   Space
	even    *Rotation // the legal combinations
	options Options
	layout  *layout
	table   *table
	heads   []*posterior // clicks per impression, then conversions per click unless the objective is clicks
	policy  *pool
	belief  belief
	past    past
}

// Fit learns from cells. The result is a pure function of the set of cells and the options: the order of the cells and how counts
// are split between equal keys do not matter, to the last bit. Attributes are the names of the parts of a signature.
func Fit(space Space, attributes []string, cells []Cell, opt Options) (*Logistic, error) {
	m, err := fit(space, attributes, cells, opt)
	if err != nil {
		return nil, err
	}
	m.forget()
	return m, nil
}

// fit is Fit, with what findings need besides.
func fit(space Space, attributes []string, cells []Cell, opt Options) (*Logistic, error) {
	if err := opt.Validate(); err != nil {
		return nil, err
	}
	if err := space.Validate(cells...); err != nil {
		return nil, err
	}
	even, err := NewRotation(space, opt.Legal)
	if err != nil {
		return nil, err
	}
	if err := space.matches(opt.Priors); err != nil {
		return nil, err
	}
	opt.Values = space.contextValues(opt.Values)
	t := newTable(len(attributes), cells, opt)
	m := &Logistic{space: space, even: even, options: opt, table: t, layout: newLayout(space, t.contexts.count)}
	if err := m.fit(); err != nil {
		return nil, err
	}
	if m.past = m.changed(); m.past.weight < 1 {
		t.weigh(opt, m.past)
		m.heads = nil
		if err := m.fit(); err != nil {
			return nil, err
		}
	}
	m.policy = m.newPool(opt.Legal, even)
	t.days, t.clicks, t.conversions = nil, nil, nil // the rows are not needed again
	return m, nil
}

// Changed is the day from which on tastes are different, and the weight that the days before still have; 1 when there is no evidence
// of a change.
func (m *Logistic) Changed() (day int32, weight float64) { return m.past.from, m.past.weight }

// forget drops what only findings need.
func (m *Logistic) forget() {
	for _, head := range m.heads {
		head.scratch = nil
	}
}

// Validate checks that the space can be fitted and that cells lie in it.
func (s Space) Validate(cells ...Cell) error {
	if len(s.Sizes) == 0 {
		return fmt.Errorf("bandit: a space needs at least one slot")
	}
	size := 1
	for i, n := range s.Sizes {
		if n < 1 || n > 255 {
			return fmt.Errorf("bandit: slot %d has %d assets, allowed are 1 to 255", i, n)
		}
		if size *= n; size > MaxCombinations {
			return fmt.Errorf("bandit: more than %d combinations", MaxCombinations)
		}
	}
	for _, c := range cells {
		if c.Combination < 0 || c.Combination >= size {
			return fmt.Errorf("bandit: combination %d is outside the %d of the space", c.Combination, size)
		}
		if c.Impressions < 0 || c.Clicks < 0 || c.Conversions < 0 {
			return fmt.Errorf("bandit: combination %d has a negative count", c.Combination)
		}
	}
	return nil
}

// matches checks that what is believed of slots and assets is of this space.
func (s Space) matches(p Priors) error {
	if n := len(p.Slots); n != 0 && n != len(s.Sizes) || len(p.Means) > len(s.Sizes) {
		return fmt.Errorf("bandit: priors of %d slots, means of %d, the space has %d", n, len(p.Means), len(s.Sizes))
	}
	for f, factor := range p.Slots {
		if !(factor > 0) {
			return fmt.Errorf("bandit: the factor of slot %d on the priors must be positive", f)
		}
	}
	for f, means := range p.Means {
		if n := len(means); n != 0 && n != s.Sizes[f] {
			return fmt.Errorf("bandit: slot %d has %d assets and means of %d", f, s.Sizes[f], n)
		}
	}
	return nil
}

// fit finds the posteriors. The noise behind the draws changes with the data, so that no direction is explored by accident for ever.
func (m *Logistic) fit() error {
	opt, p := m.options, m.options.Priors
	sd := [groups]float64{groupMain: boldness * p.Main, groupPair: p.Pair, groupContext: p.Context, groupCross: p.Cross}
	trials, events := total(m.table.clicks)
	seed := mix(opt.Seed ^ mix(uint64(trials)) ^ mix(mix(uint64(events))))
	rows := [][]row{m.table.clicks}
	if opt.Objective != Clicks {
		_, events = total(m.table.conversions)
		rows = append(rows, m.table.conversions)
	}
	t := temper(opt, events)
	for i, rows := range rows {
		rate := opt.ClickRate
		if i == 1 {
			rate = opt.ConversionRate
			for g := range sd {
				sd[g] *= opt.ConversionSD
			}
			p.Means = nil // what is believed of assets is believed of clicks
		}
		r := newRegression(m.layout, newEvidence(m.layout, m.space, m.table.situations, rows), rate, opt.RateSD, p)
		head, err := fitPosterior(r, sd, p.Weight, t, opt, seed+uint64(i))
		if err != nil {
			return err
		}
		m.heads = append(m.heads, head)
	}
	return nil
}

// total sums rows.
func total(rows []row) (trials, events float64) {
	for _, r := range rows {
		trials, events = trials+r.trials, events+r.events
	}
	return trials, events
}

// Policy chooses by this model; it shares the model's memory.
func (m *Logistic) Policy() Policy { return m.policy }

// PolicyOf chooses by this model among what is legal, in the place of what was legal when it was fitted. The error is that of [NewRotation].
func (m *Logistic) PolicyOf(legal *Legal) (Policy, error) {
	even, err := NewRotation(m.space, legal)
	if err != nil {
		return nil, err
	}
	return m.newPool(legal, even), nil
}
