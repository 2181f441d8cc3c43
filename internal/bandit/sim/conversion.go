package sim

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/marquetry/marquetry/internal/bandit"
)

// meanConversion is how many of a world's clicks convert, over all segments and combinations.
const meanConversion = 0.10

// hours of a simulated day.
const hours = 24

// conversions draws the probability that a click converts, by segment and combination: from other effects than the clicks', half as large.
func conversions(preset Preset, space bandit.Space, segments int, seed uint64) [][]float64 {
	half := func(sd func(int) float64) func(int) float64 { return func(f int) float64 { return sd(f) / 2 } }
	pair := preset.Pair
	preset.Main, preset.Context, preset.Residual = half(preset.Main), half(preset.Context), preset.Residual/2
	preset.Segment /= 2
	preset.Pair = func(f, g int) float64 { return pair(f, g) / 2 }
	source := rand.New(rand.NewPCG(seed+1_000_000, 0x9E3779B97F4A7C15))
	table := probabilities(preset, space, segments, normals(source, effectCount(space, segments)))
	for _, line := range table {
		for k := range line {
			line[k] = min(1, meanConversion*line[k]/preset.MeanCTR)
		}
	}
	return table
}

// product is the probability that an impression brings a conversion.
func product(clicks, conversions [][]float64) [][]float64 {
	table := make([][]float64, len(clicks))
	for s := range table {
		table[s] = slices.Clone(clicks[s])
		for k := range table[s] {
			table[s][k] *= conversions[s][k]
		}
	}
	return table
}

// buyer draws whether a click converts and when: once for every visitor, clicking or not, so that it does not depend on what was shown.
type buyer struct{ source *rand.Rand }

// newBuyer starts the draws of a world.
func newBuyer(w World) buyer { return buyer{rand.New(rand.NewPCG(w.Seed, 404))} }

// next is the threshold that the probability of converting must exceed, and the delay in hours, which has the shape of Criteo's log:
// 35 % come within an hour, half within a day, the others spread evenly over the logarithm of the time up to 30 days.
func (b buyer) next() (threshold, delay float64) {
	threshold, u := b.source.Float64(), b.source.Float64()
	switch {
	case u < 0.35:
		return threshold, u / 0.35
	case u < 0.50:
		return threshold, math.Pow(hours, (u-0.35)/0.15)
	}
	return threshold, hours * math.Pow(30, (u-0.50)/0.50)
}
