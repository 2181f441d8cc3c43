package bandit

// eagerWork bounds the combinations visited at fit time to fill ballots; contexts beyond it are filled at their first choice.
const eagerWork = 64 * 4 * 6250

// newPool makes the policy among the combinations of even, which are those that are legal. The ballots of the contexts with most impressions
// are filled now.
func (m *Logistic) newPool(legal *Legal, even *Rotation) *pool {
	t := m.table
	p := &pool{
		name: "thompson-logistic", even: even, floor: m.options.Floor, seen: make(map[Signature]*ballot, len(t.bySignature)), values: t.contexts.values,
		compute: func(values []int32) []int32 { return m.ballots(legal, []situation{{values: values}})[0] },
	}
	p.unseen.Store(&map[string]*ballot{})
	ballots := make([]ballot, len(t.situations))
	for sig, s := range t.bySignature {
		p.seen[sig] = &ballots[s]
	}
	eager := min(len(ballots), eagerWork/(m.options.Draws*even.size))
	winners := m.ballots(legal, t.situations[:eager])
	for i, w := range winners {
		ballots[i].once.Do(func() { ballots[i].fill(w) })
	}
	return p
}

// ballots is the best legal combination of each draw in each situation.
func (m *Logistic) ballots(legal *Legal, situations []situation) [][]int32 {
	winners := make([][]int32, len(situations))
	if len(situations) == 0 {
		return winners
	}
	s := m.search(legal)
	for draw := range m.options.Draws {
		s.load(m.bold(draw)...)
		for i, situation := range situations {
			winners[i] = append(winners[i], int32(s.run(situation.values)))
		}
	}
	return winners
}

// bold is a draw that exploration acts on, one slice of coefficients per head.
func (m *Logistic) bold(draw int) [][]float64 {
	coefficients := make([][]float64, len(m.heads))
	for i, head := range m.heads {
		coefficients[i] = head.bold[draw]
	}
	return coefficients
}
