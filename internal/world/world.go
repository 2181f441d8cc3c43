package world

import (
	"math"
	"math/rand/v2"
)

// World is the truth: for each segment and combination the probability of a click and of a purchase after it. It is immutable.
type World struct {
	seed     uint64
	slots    []Slot
	pair     Pair
	segments []Segment
	click    [][]float64 // [segment][combination] clicks per impression
	buy      [][]float64 // [segment][combination] purchases per click
	best     []int       // [segment] combination with the most purchases per impression
	uniform  []float64   // [segment] purchases per impression when every combination is shown equally often
}

// New makes a world. The same seed, slots and pair give the same world.
func New(seed uint64, slots []Slot, pair Pair) (*World, error) {
	if err := check(slots, pair); err != nil {
		return nil, err
	}
	w := &World{seed: seed, slots: slots, pair: pair, segments: segments()}
	size := 1
	for _, s := range slots {
		size *= s.Size
	}
	rng := rand.New(rand.NewPCG(seed, streamEffects))
	clicks := w.drawClickEffects(rng)
	buys := w.drawBuyEffects(rng)
	w.click = w.table(size, meanClick, clicks)
	w.buy = w.table(size, meanBuy, buys)
	w.summarise(size)
	return w, nil
}

// summarise finds the best combination and the rate of uniform rotation of each segment.
func (w *World) summarise(size int) {
	for s := range w.segments {
		best, sum := 0, 0.0
		for k := range size {
			sum += w.rate(s, k)
			if w.rate(s, k) > w.rate(s, best) {
				best = k
			}
		}
		w.best = append(w.best, best)
		w.uniform = append(w.uniform, sum/float64(size))
	}
}

// rate is purchases per impression.
func (w *World) rate(segment, k int) float64 { return w.click[segment][k] * w.buy[segment][k] }

// Segments describes the kinds of people.
func (w *World) Segments() []Segment { return w.segments }

// Rates are the probability that a person of the segment clicks when shown this combination, and of a purchase after a click.
func (w *World) Rates(segment int, slots []int) (click, buy float64) {
	k := w.number(slots)
	return w.click[segment][k], w.buy[segment][k]
}

// Rate is purchases per impression.
func (w *World) Rate(segment int, slots []int) float64 { return w.rate(segment, w.number(slots)) }

// Best is the combination with the most purchases per impression in a segment, and that rate.
func (w *World) Best(segment int) (slots []int, rate float64) {
	k := w.best[segment]
	return w.combination(k), w.rate(segment, k)
}

// Uniform is purchases per impression in a segment when every combination is shown equally often.
func (w *World) Uniform(segment int) float64 { return w.uniform[segment] }

// table turns log-odds without intercept into probabilities whose mean, over segments by share and all combinations, is given.
func (w *World) table(size int, mean float64, logOdds func(segment int, slots []int) float64) [][]float64 {
	rates := make([][]float64, len(w.segments))
	for s := range rates {
		rates[s] = make([]float64, size)
		for k := range size {
			rates[s][k] = logOdds(s, w.combination(k))
		}
	}
	intercept := w.intercept(rates, mean)
	for _, row := range rates {
		for k := range row {
			row[k] = sigmoid(intercept + row[k])
		}
	}
	return rates
}

// intercept solves for the mean by bisection; sixty halvings are more than a float64 can tell apart.
func (w *World) intercept(logOdds [][]float64, mean float64) float64 {
	low, high := -15.0, 15.0
	for range 60 {
		mid, sum := (low+high)/2, 0.0
		for s, row := range logOdds {
			for _, x := range row {
				sum += w.segments[s].Share * sigmoid(mid+x) / float64(len(row))
			}
		}
		if sum < mean {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}

// sigmoid turns log-odds into a probability.
func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
