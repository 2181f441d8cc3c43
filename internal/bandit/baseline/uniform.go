package baseline

// uniform is even rotation: every legal combination with the same probability, whatever was learnt.
func uniform(t *task) (*policy, error) {
	return &policy{rest: t.spread(make([]float64, t.legal.Size()))}, nil
}
