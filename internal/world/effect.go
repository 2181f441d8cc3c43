package world

import "math/rand/v2"

// Sizes of the effects, as log-odds. They are chosen so that the best combination of a segment sells about three times as often as
// uniform rotation, and so that there is something to learn on every seed.
const (
	meanClick = 0.05 // clicks per impression, over everybody and all combinations
	meanBuy   = 0.14 // purchases per click, likewise

	alone    = -0.20 // of each asset of the pair without the other
	together = 1.35  // of both, on top of each alone

	chance    = 0.02 // standard deviation of what two other assets do to each other
	tasteSize = 0.50 // what a segment's taste changes, relative to the slot's own spread
	buySize   = 0.15 // what assets do to purchases per click, relative to what they do to clicks
)

// Streams keep the random numbers of different purposes apart.
const (
	streamEffects = 0x9e3779b97f4a7c15 + iota
	streamPeople
	streamVisits
)

// spread is the distance of a slot's best asset from its middle: pictures and titles matter most, and what is read last least.
func spread(slot int) float64 {
	spreads := [...]float64{0.10, 0.10, 0.28, 0.02, 0.04}
	if slot < len(spreads) {
		return spreads[slot]
	}
	return 0.1
}

// drawClickEffects draws what assets, pairs and tastes do to clicks, and returns the log-odds of a combination in a segment.
func (w *World) drawClickEffects(rng *rand.Rand) func(segment int, slots []int) float64 {
	mains := w.drawMains(rng, 1)
	w.setPair(mains, alone)
	chances := w.drawChances(rng)
	tastes := make([][][]float64, len(w.segments))
	for s := range tastes {
		tastes[s] = w.drawMains(rng, tasteSize)
		w.setPair(tastes[s], 0)
	}
	return func(segment int, slots []int) float64 {
		x := w.segments[segment].clicks
		for f, a := range slots {
			x += mains[f][a] + tastes[segment][f][a]
			for g := range f {
				x += chances[f][g][a][slots[g]]
			}
		}
		if slots[w.pair.A.Slot] == w.pair.A.Asset && slots[w.pair.B.Slot] == w.pair.B.Asset {
			x += together
		}
		return x
	}
}

// drawBuyEffects draws what assets do to purchases per click, which is little: the ad's work is done by then.
func (w *World) drawBuyEffects(rng *rand.Rand) func(segment int, slots []int) float64 {
	mains := w.drawMains(rng, buySize)
	return func(segment int, slots []int) float64 {
		x := w.segments[segment].buys
		for f, a := range slots {
			x += mains[f][a]
		}
		return x
	}
}

// drawMains gives the assets of each slot evenly spaced effects from -spread to spread, times scale, in random order: which asset
// is good is left to chance, that one of them is good is not.
func (w *World) drawMains(rng *rand.Rand, scale float64) [][]float64 {
	effects := make([][]float64, len(w.slots))
	for f, slot := range w.slots {
		effects[f] = make([]float64, slot.Size)
		for rank, a := range rng.Perm(slot.Size) {
			if slot.Size > 1 {
				effects[f][a] = scale * spread(f) * (2*float64(rank)/float64(slot.Size-1) - 1)
			}
		}
	}
	return effects
}

// setPair gives both assets of the pair the same effect, in place of what was drawn: what they do is nobody's taste.
func (w *World) setPair(effects [][]float64, x float64) {
	for _, p := range []Place{w.pair.A, w.pair.B} {
		effects[p.Slot][p.Asset] = x
	}
}

// drawChances draws small effects of two assets on each other: [slot][lower slot][asset][asset of the lower slot].
func (w *World) drawChances(rng *rand.Rand) [][][][]float64 {
	effects := make([][][][]float64, len(w.slots))
	for f := range effects {
		effects[f] = make([][][]float64, f)
		for g := range f {
			effects[f][g] = make([][]float64, w.slots[f].Size)
			for a := range effects[f][g] {
				row := make([]float64, w.slots[g].Size)
				for b := range row {
					row[b] = chance * rng.NormFloat64()
				}
				effects[f][g][a] = row
			}
		}
	}
	return effects
}
