package bandit

// Learn fits a model to an ad's cells and finds out all that can be said of it.
func Learn(space Space, attributes []string, cells []Cell, opt Options, totals Totals, rule Rule) (*Learned, error) {
	m, err := fit(space, attributes, cells, opt)
	if err != nil {
		return nil, err
	}
	found := newInquiry(m).find(attributes, rule.Tie)
	m.forget()
	events := dailyEvents(cells, totals, rule.Objective)
	s := Standing{Progress: progressOf(events), Remaining: m.ValueRemaining(), Low: m.Lift(0.05), High: m.Lift(0.90), Any: found.any}
	learned := &Learned{
		Space: space, Policy: m.Policy(), Model: m, Totals: totals, Rule: rule, State: rule.State(s), Winner: -1,
		Assets: found.assets, Pairs: found.pairs, Segments: found.segments, Remaining: s.Remaining, Any: s.Any, Progress: s.Progress,
		Exit: rule.Forecast(s, events, totals.events(rule.Objective)), Outlook: m.outlook(),
	}
	for _, legal := range opt.Parts {
		policy, err := m.PolicyOf(legal)
		if err != nil {
			return nil, err
		}
		learned.Parts = append(learned.Parts, policy)
	}
	if learned.State == StableWinner {
		learned.Winner = m.BestBySignature("")
	}
	return learned, nil
}

// events is the optimisation events of the ad's life.
func (t Totals) events(objective Objective) float64 {
	if objective == Clicks {
		return float64(t.Clicks)
	}
	return float64(t.Conversions)
}
