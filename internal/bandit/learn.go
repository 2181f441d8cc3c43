package bandit

// Learn fits a model to an ad's cells and finds out all that can be said of it.
func Learn(space Space, attributes []string, cells []Cell, opt Options, totals Totals, rule Rule) (*Learned, error) {
	m, err := fit(space, attributes, cells, opt)
	if err != nil {
		return nil, err
	}
	found := newInquiry(m).find(rule.Tie)
	m.forget()
	learned := &Learned{
		Space: space, Policy: m.Policy(), Model: m, Totals: totals, Rule: rule,
		Assets: found.assets, Pairs: found.pairs, Remaining: m.ValueRemaining(),
	}
	learned.State, learned.Winner = Judge(m, totals, rule)
	return learned, nil
}
