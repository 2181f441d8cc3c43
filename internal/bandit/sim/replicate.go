package sim

import (
	"slices"

	"github.com/marquetry/marquetry/internal/bandit"
)

// Replicate shows the first world's visitors combinations evenly, has them counted by so many replicas, each of which sees every n-th visitor,
// and reports whether the default policy learns from all their counters together what it learns from those of one server: every rate,
// interval, probability of being best and propensity, to the last bit.
func (t Tournament) Replicate(replicas int, options bandit.Options) (identical bool, err error) {
	world := t.World(t.FirstSeed)
	even, err := bandit.NewRotation(world.Space, world.Legal)
	if err != nil {
		return false, err
	}
	whole := newBook(world)
	parts := make([]*book, replicas)
	for i := range parts {
		parts[i] = newBook(world)
	}
	Visit(world, t.Config.Impressions, func(n, segment int, threshold float64, seed uint64) {
		k := even.Choose(world.Segments[segment], seed).Combination
		e := event{place{0, segment, k}, threshold < world.Before[segment][k]}
		whole.pending = append(whole.pending, e)
		parts[n%replicas].pending = append(parts[n%replicas].pending, e)
	})
	whole.deliver(0)
	var merged []bandit.Cell
	for _, p := range slices.Backward(parts) {
		p.deliver(0)
		merged = append(merged, p.cells()...)
	}
	one, err := bandit.Fit(world.Space, world.Context(), whole.cells(), world.shape(options))
	if err != nil {
		return false, err
	}
	many, err := bandit.Fit(world.Space, world.Context(), merged, world.shape(options))
	if err != nil {
		return false, err
	}
	return same(world, one, many), nil
}

// same compares what two models say.
func same(world World, a, b *bandit.Logistic) bool {
	for k := range world.Space.Size() {
		if a.Rate("", k) != b.Rate("", k) {
			return false
		}
		for _, sig := range world.Segments {
			if a.Rate(sig, k) != b.Rate(sig, k) || a.Policy().Propensity(sig, k) != b.Policy().Propensity(sig, k) {
				return false
			}
		}
	}
	return slices.Equal(a.ProbabilityBest(), b.ProbabilityBest()) && a.ValueRemaining() == b.ValueRemaining()
}
