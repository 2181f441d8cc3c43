package bandit

// Outlook is what an impression of an ad is expected to bring when its policy chooses.
type Outlook struct {
	Rate     float64               // optimisation events per impression, over the contexts seen; 0 while nothing is learnt
	Contexts map[Signature]float32 // factor on it in each context seen
}

// outlook works it out: the policy shows what wins the draws, so their winners count by how often they win.
func (m *Logistic) outlook() Outlook {
	b := m.believe()
	slots := make([]uint8, len(m.space.Sizes))
	features := m.layout.features(nil, m.space.Slots(b.best, slots), nil)
	relative := 0.0 // to the best combination, at the average context
	for k, share := range b.share {
		if share > 0 {
			relative += share * rate(b.mode, m.layout.features(nil, m.space.Slots(k, slots), nil))
		}
	}
	relative /= rate(b.mode, features)
	m.space.Slots(b.best, slots)
	mean, modes := m.meanRate(slots), m.modes()
	o := Outlook{Rate: mean * relative, Contexts: make(map[Signature]float32, len(m.table.bySignature))}
	for sig, s := range m.table.bySignature {
		features = m.layout.features(features[:0], slots, m.table.situations[s].values)
		o.Contexts[sig] = float32(rate(modes, features) / mean)
	}
	return o
}
