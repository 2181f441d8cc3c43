package bandit

import (
	"testing"

	"pgregory.net/rapid"
)

// TestSearchFindsTheBest compares the search with a visit of every combination, for one head and for two.
func TestSearchFindsTheBest(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		space := Space{Sizes: rapid.SliceOfN(rapid.IntRange(1, 5), 1, 5).Draw(r, "sizes")}
		l := newLayout(space, []int{1, 2})
		heads := make([][]float64, rapid.IntRange(1, 2).Draw(r, "heads"))
		scale := rapid.Float64Range(0, 2).Draw(r, "scale")
		for h := range heads {
			heads[h] = normals(l.size, 1, rapid.Uint64().Draw(r, "seed")).Data
			for i := range heads[h] {
				heads[h][i] *= scale
			}
		}
		values := []int32{rapid.Int32Range(-1, 0).Draw(r, "first"), rapid.Int32Range(-1, 2).Draw(r, "second")}
		highest, sum := 0.0, 0.0
		slots := make([]uint8, len(space.Sizes))
		features := func(k int) []int32 { return l.features(nil, space.Slots(k, slots), values) }
		for k := range space.Size() {
			highest = max(highest, rate(heads, features(k)))
			sum += rate(heads, features(k))
		}
		s := newSearch(l, len(heads))
		s.load(heads...)
		if got := rate(heads, features(s.run(values))); got < highest*(1-1e-9) {
			r.Fatalf("found %v, highest is %v", got, highest)
		}
		pruned := s.best
		s.all = true
		if all := s.run(values); all != pruned {
			r.Fatalf("%d with pruning, %d without", pruned, all)
		}
		if diff := s.sum/sum - 1; diff < -1e-9 || diff > 1e-9 {
			r.Fatalf("rates sum to %v, want %v", s.sum, sum)
		}
	})
}
