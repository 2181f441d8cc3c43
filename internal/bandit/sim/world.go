package sim

import (
	"math"
	"math/rand/v2"

	"github.com/marquetry/marquetry/internal/bandit"
)

// segments are the context of a world: values of the one attribute, placement, all equally likely.
func segments() []bandit.Signature {
	return []bandit.Signature{"facebook_feed", "instagram_feed", "instagram_stories", "facebook_reels"}
}

// Attributes names the context attributes of the worlds of presets.
func Attributes() []string { return []string{"placement"} }

// World is one simulated ad.
type World struct {
	Name       string   // in tables
	Slots      []string // names; nil when they have none
	Space      bandit.Space
	Attributes []string // of the context; nil is those of the presets
	Segments   []bandit.Signature
	Legal      *bandit.Legal // nil when every combination may be shown
	Seed       uint64
	Before     [][]float64 // click probability by segment and combination; 0 where that is not legal
	After      [][]float64 // the same in the second half of a run; the same table unless tastes change

	Converts func() [][]float64 // probability that a click converts, by segment and combination; nil when nothing is sold

	Now      float64         // days since the start when a policy learns
	Arrivals bandit.Arrivals // conversions until then; nil when policies are not to know
}

// Context names the attributes of a world's context.
func (w World) Context() []string {
	if w.Attributes == nil {
		return Attributes()
	}
	return w.Attributes
}

// NewWorld draws the world of a preset and seed. The order of the draws is part of the specification.
func NewWorld(preset Preset, space bandit.Space, seed uint64) World {
	source := rand.New(rand.NewPCG(seed, 0x9E3779B97F4A7C15))
	w := World{Name: preset.Name, Space: space, Segments: segments(), Seed: seed}
	effects := normals(source, effectCount(space, len(w.Segments)))
	if preset.Segment > 0 { // only then, so that the draws of the other presets stay what they were
		preset.liking = normals(source, len(w.Segments))
	}
	w.Before = probabilities(preset, space, len(w.Segments), effects)
	w.After = w.Before
	if preset.Drifts {
		fresh := normals(source, len(effects))
		for i, e := range effects {
			effects[i] = math.Sqrt(1-0.8*0.8)*e + 0.8*fresh[i]
		}
		w.After = probabilities(preset, space, len(w.Segments), effects)
	}
	w.Converts = func() [][]float64 { return conversions(preset, space, len(w.Segments), seed) }
	return w
}

// effectCount is how many normals one table is made of.
func effectCount(space bandit.Space, segments int) int {
	assets, pairs := 0, 0
	for f, n := range space.Sizes {
		assets += n
		for _, m := range space.Sizes[f+1:] {
			pairs += n * m
		}
	}
	return assets + pairs + segments*(assets+space.Size())
}

// normals draws n standard normals.
func normals(source *rand.Rand, n int) []float64 {
	z := make([]float64, n)
	for i := range z {
		z[i] = source.NormFloat64()
	}
	return z
}

// probabilities builds a table from standard normals in the order main, pair, context, residual.
func probabilities(p Preset, space bandit.Space, segments int, z []float64) [][]float64 {
	take := func(n int) []float64 {
		head := z[:n]
		z = z[n:]
		return head
	}
	slots := len(space.Sizes)
	main, pair := make([][]float64, slots), make([][][]float64, slots)
	for f, n := range space.Sizes {
		main[f] = take(n)
	}
	for f, n := range space.Sizes {
		pair[f] = make([][]float64, slots)
		for g := f + 1; g < slots; g++ {
			pair[f][g] = take(n * space.Sizes[g])
		}
	}
	context := make([][][]float64, segments)
	for s := range context {
		context[s] = make([][]float64, slots)
		for f, n := range space.Sizes {
			context[s][f] = take(n)
		}
	}
	table, chosen := make([][]float64, segments), make([]uint8, slots)
	for s := range table {
		residual := take(space.Size())
		table[s] = make([]float64, len(residual))
		for k := range table[s] {
			eta := 0.0
			if p.liking != nil {
				eta = p.Segment * p.liking[s]
			}
			for f, a := range space.Slots(k, chosen) {
				eta += p.Main(f) * main[f][a]
			}
			for f := range chosen {
				for g := f + 1; g < slots; g++ {
					eta += p.Pair(f, g) * pair[f][g][int(chosen[f])*space.Sizes[g]+int(chosen[g])]
				}
			}
			for f, a := range chosen {
				eta += p.Context(f) * context[s][f][a]
			}
			table[s][k] = eta + p.Residual*residual[k]
		}
	}
	centre(table, p.MeanCTR)
	return table
}

// centre turns log-odds into probabilities with the wanted plain mean, by bisection for the intercept.
func centre(table [][]float64, mean float64) {
	low, high := -15.0, 5.0
	for range 80 {
		middle, sum, n := (low+high)/2, 0.0, 0
		for _, line := range table {
			for _, eta := range line {
				sum += sigmoid(middle + eta)
			}
			n += len(line)
		}
		if sum/float64(n) < mean {
			low = middle
		} else {
			high = middle
		}
	}
	for _, line := range table {
		for k, eta := range line {
			line[k] = sigmoid((low+high)/2 + eta)
		}
	}
}

// sigmoid turns log-odds into a probability.
func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
