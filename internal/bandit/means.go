package bandit

// Means is the rate at the mode of every combination in one context, by number.
func (m *Logistic) Means(sig Signature) []float64 {
	rates, modes, values := make([]float64, m.space.Size()), m.modes(), m.table.contexts.values(sig)
	slots := make([]uint8, len(m.space.Sizes))
	var features []int32
	for k := range rates {
		features = m.layout.features(features[:0], m.space.Slots(k, slots), values)
		rates[k] = rate(modes, features)
	}
	return rates
}
