package bandit

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestDropsAreEValues: while base rates move as thought possible, their mean is at most 1.
func TestDropsAreEValues(t *testing.T) {
	t.Parallel()
	source := rand.New(rand.NewPCG(3, 5))
	const ads, days, at = 2000, 14, 9
	sum := 0.0
	for range ads {
		base, h := source.NormFloat64(), habits()[source.IntN(len(habits()))]
		var levels []level
		for range days {
			variance := 1 / (50 + 500*source.Float64())
			levels = append(levels, level{base + math.Sqrt(h.wobble*h.wobble+variance)*source.NormFloat64(), variance, 0.8})
			base += h.walk * source.NormFloat64()
		}
		sum += math.Exp(drops(levels)[at]) / ads
	}
	if sum > 1.1 {
		t.Errorf("mean e-value %.3f without a drop", sum)
	}
}

// TestDropsTell what a loss of 30 % from the tenth day on is taken for.
func TestDropsTell(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name         string
		wobble, gain float64
		low, high    float64 // of the e-value
	}{
		{"of what was gained", 0, 0.9, 100, math.Inf(1)},
		{"where days differ by as much", 0.3, 0.9, 0, 5},
		{"where nothing was gained", 0, 0, 0, 1},
	} {
		var levels []level
		for day := range 14 {
			off := c.wobble * float64(day%3-1)
			if day >= 10 {
				off -= 0.35
			}
			levels = append(levels, level{off, 1. / 300, c.gain})
		}
		if e := math.Exp(drops(levels)[10]); e < c.low || e > c.high*(1+1e-9) {
			t.Errorf("a drop %s: e-value %.2f, wanted %v to %v", c.name, e, c.low, c.high)
		}
	}
}
