package bandit

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

// TestEValueIsAMixture integrates the likelihood ratio numerically.
func TestEValueIsAMixture(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		e := likelihood{rapid.Float64Range(-1, 1).Draw(r, "center"), rapid.Float64Range(0.01, 2).Draw(r, "variance")}
		tau := rapid.Float64Range(0.05, 0.5).Draw(r, "tau")
		want, steps := 0.0, 4000
		for i := range steps {
			z := -8 + 16*(float64(i)+0.5)/float64(steps)
			ratio := math.Exp((e.center*z*tau - z*tau*z*tau/2) / e.variance)
			want += ratio * math.Exp(-z*z/2) / math.Sqrt(2*math.Pi) * 16 / float64(steps)
		}
		if got := e.value(tau); math.Abs(got-want) > 1e-4*want {
			t.Fatalf("%v, want %v", got, want)
		}
		edge := likelihood{e.sequence(tau, 0.05), e.variance} // no effect lies on the edge of the interval
		if got := edge.value(tau); math.Abs(got-20) > 1e-6 {
			t.Fatalf("the e-value on the edge is %v, want 20", got)
		}
		one := func(x float64) *mat.SymDense { return mat.NewSymDense(1, []float64{x}) }
		prior := 3.0
		posterior := 1 / (1/e.variance + 1/prior)
		got := jointValue(mat.NewVecDense(1, []float64{e.center / e.variance * posterior}), mat.NewVecDense(1, nil), one(posterior), one(prior), one(tau*tau))
		if math.Abs(got-want) > 1e-4*want {
			t.Fatalf("jointly %v, want %v", got, want)
		}
	})
}

// TestEValueSurvivesOptionalStopping watches the mean of growing samples without an effect: at most one in twenty may ever reach 20.
func TestEValueSurvivesOptionalStopping(t *testing.T) {
	t.Parallel()
	source, reached := rand.New(rand.NewPCG(3, 4)), 0
	const runs = 1000
	for range runs {
		sum := 0.0
		for n := 1.0; n <= 2000; n++ {
			sum += source.NormFloat64()
			if (likelihood{sum / n, 1 / n}).value(expectAsset) >= 20 {
				reached++
				break
			}
		}
	}
	if reached > runs/20 {
		t.Errorf("%d of %d runs reached 20", reached, runs)
	}
}

// TestDiscoverIsEBH compares with the definition: the largest k of which k e-values are at least n / (level × k).
func TestDiscoverIsEBH(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(0, 500), 1, 12).Draw(r, "values")
		threshold := math.Inf(1)
		for k := 1; k <= len(values); k++ {
			above, least := 0, float64(len(values))/(0.05*float64(k))
			for _, x := range values {
				if x >= least {
					above++
				}
			}
			if above >= k {
				threshold = least
			}
		}
		for i, got := range discover(values, 0.05) {
			if want := values[i] >= threshold; got != want {
				t.Fatalf("%v of %v: %v, want %v", values[i], values, got, want)
			}
		}
	})
}
