package baseline

import (
	"math"
	"math/rand/v2"
)

// climber looks for the best combination under drawn weights by changing one slot at a time (Hill et al., algorithm 2).
type climber struct {
	task    *task
	probit  *probit
	weights []float64 // a draw, with the context folded into the assets
	slots   []uint8
	source  *rand.Rand
}

// draw takes weights from the posterior and folds the context in.
func (c *climber) draw(values []int) {
	m := c.probit
	for i, mean := range m.mean {
		c.weights[i] = mean + math.Sqrt(m.square[i])*c.source.NormFloat64()
	}
	for _, v := range values {
		for a := 1; a <= m.assets; a++ {
			c.weights[a] += c.weights[v+a]
		}
	}
}

// climb is the best of the tops reached from random starts. Without pairs every start leads to the same one, unless rules stand between.
func (c *climber) climb() int {
	starts, best, highest := restarts, 0, math.Inf(-1)
	if c.probit.pair == nil && (c.task.options.Legal == nil || len(c.task.options.Legal.Forbidden) == 0) {
		starts = 1
	}
	for range starts {
		c.task.space.Slots(c.task.legal.At(c.source.IntN(c.task.legal.Size())), c.slots)
		for idle, f := 0, 0; idle < len(c.slots); f = (f + 1) % len(c.slots) {
			if idle++; c.improve(f) {
				idle = 1
			}
		}
		score := 0.0
		for f := range c.slots {
			score += c.gain(f, int(c.slots[f]), f)
		}
		if score > highest {
			best, highest = c.task.space.Index(c.slots), score
		}
	}
	return best
}

// improve sets a slot to its best asset beside the others and reports whether that is another one than before.
func (c *climber) improve(f int) bool {
	was := c.slots[f]
	best, highest := was, c.gain(f, int(was), len(c.slots))
	for a := range c.task.space.Sizes[f] {
		if gain := c.gain(f, a, len(c.slots)); gain > highest {
			if c.slots[f] = uint8(a); c.task.legal.Has(c.task.space.Index(c.slots)) {
				best, highest = uint8(a), gain
			}
		}
	}
	c.slots[f] = best
	return best != was
}

// gain is the weight of an asset of slot f and of its pairs with the assets in the slots below limit.
func (c *climber) gain(f, a, limit int) float64 {
	m := c.probit
	sum := c.weights[m.main[f]+a]
	for g := 0; m.pair != nil && g < limit; g++ {
		switch b := int(c.slots[g]); {
		case g < f:
			sum += c.weights[m.pair[g][f]+b*m.sizes[f]+a]
		case g > f:
			sum += c.weights[m.pair[f][g]+a*m.sizes[g]+b]
		}
	}
	return sum
}
