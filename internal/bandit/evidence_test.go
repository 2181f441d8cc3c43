package bandit

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"pgregory.net/rapid"
)

// TestEvidenceAddsUpFeatures compares slope and curvature with sums over the features of every row.
func TestEvidenceAddsUpFeatures(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		space := Space{Sizes: rapid.SliceOfN(rapid.IntRange(1, 4), 1, 5).Draw(r, "sizes")}
		counts := rapid.SliceOfN(rapid.IntRange(1, 3), 0, 3).Draw(r, "values")
		l := newLayout(space, counts)
		situations := make([]situation, 3)
		for i := range situations {
			for a, n := range counts {
				situations[i].values = append(situations[i].values, int32(l.value[a]+rapid.IntRange(0, n-1).Draw(r, "value")))
			}
		}
		var rows []row
		for s := range situations {
			for k := range space.Size() {
				if rapid.IntRange(0, 3).Draw(r, "shown") == 0 {
					rows = append(rows, row{s, k, float64(1 + k), float64(k % 2)})
				}
			}
		}
		at := normals(l.size, 1, rapid.Uint64().Draw(r, "seed")).Data
		slope, curve := make([]float64, l.size), make([]float64, l.size*l.size)
		for _, w := range rows {
			features := l.features(nil, space.Slots(w.combination, make([]uint8, len(space.Sizes))), situations[w.situation].values)
			p := sigmoid(linear(at, features))
			for i, a := range features {
				slope[a] += w.events - w.trials*p
				for _, b := range features[i:] {
					curve[int(a)*l.size+int(b)] += w.trials * p * (1 - p)
				}
			}
		}
		e := newEvidence(l, space, situations, rows)
		got := make([]float64, l.size)
		e.slope(at, got)
		same(r, "slope", got, slope)
		h := blas64.Symmetric{N: l.size, Stride: l.size, Uplo: blas.Upper, Data: make([]float64, l.size*l.size)}
		e.curve(at, h)
		same(r, "curvature", h.Data, curve)
	})
}

// same fails when two vectors differ by more than rounding.
func same(r *rapid.T, what string, got, want []float64) {
	for i := range want {
		if math.Abs(got[i]-want[i]) > 1e-9*(1+math.Abs(want[i])) {
			r.Fatalf("%s %d: %v, want %v", what, i, got[i], want[i])
		}
	}
}
