package sim

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/marquetry/marquetry/internal/bandit"
)

// Contender is a policy to be measured.
type Contender struct {
	Name   string
	Growth float64 // it learns anew when impressions have grown by this share since the last time, and at every batch below that
	Learn  func(world World, cells []bandit.Cell) (bandit.Policy, error)
}

// Config says how long to run and when to measure.
type Config struct {
	Impressions int
	Batch       int   // impressions between two deliveries of feedback
	Lag         int   // newest impressions that stay undelivered
	Checkpoints []int // when to measure, ascending; Impressions is always one
}

// Checkpoint is a measurement after so many impressions, from expected clicks, free of the clicks' noise.
type Checkpoint struct {
	Impressions int
	Cumulative  float64 // percent of the best possible clicks since the start
	LastTenth   float64 // the same over the last tenth
	Capture     float64 // last tenth: 0 as uniform, 1 as the best possible
	Regret      float64 // expected clicks lost since the start
}

// Serve shows n impressions by one policy, without learning, and returns what came of them.
func Serve(world World, policy bandit.Policy, n int) []bandit.Cell {
	book := newBook(world)
	visit(world, n, func(_, segment int, threshold float64, seed uint64) {
		k := policy.Choose(world.Segments[segment], seed).Combination
		book.pending = append(book.pending, event{segment, k, threshold < world.Before[segment][k]})
	})
	book.deliver(0)
	return book.cells()
}

// visit draws the visitors of a world: the segment, the threshold that the click probability must exceed, a seed for the choice.
func visit(world World, n int, serve func(t, segment int, threshold float64, seed uint64)) {
	segment := rand.New(rand.NewPCG(world.Seed, 101))
	threshold := rand.New(rand.NewPCG(world.Seed, 202))
	seeds := rand.NewPCG(world.Seed, 303)
	for t := range n {
		serve(t, segment.IntN(len(world.Segments)), threshold.Float64(), seeds.Uint64())
	}
}

// trace sums expected clicks up to each impression; index t is after t impressions.
type trace struct{ got, best, even []float64 }

// Run lets a contender serve a world and returns its measurements at the checkpoints.
func Run(world World, contender Contender, config Config) ([]Checkpoint, error) {
	if config.Impressions < 1 || config.Batch < 1 || config.Lag < 0 {
		return nil, fmt.Errorf("impressions and batch must be at least 1, lag at least 0")
	}
	policy, err := contender.Learn(world, nil)
	if err != nil {
		return nil, err
	}
	segment := rand.New(rand.NewPCG(world.Seed, 101))
	threshold := rand.New(rand.NewPCG(world.Seed, 202))
	seeds := rand.NewPCG(world.Seed, 303)
	best, even := summarise(world.Before), summariseEven(world.Before)
	book := newBook(world)
	sums := trace{[]float64{0}, []float64{0}, []float64{0}}
	table := world.Before
	learnt := 0
	for t := range config.Impressions {
		if t == config.Impressions/2 {
			table = world.After
			best, even = summarise(table), summariseEven(table)
		}
		s := segment.IntN(len(world.Segments))
		u := threshold.Float64()
		k := policy.Choose(world.Segments[s], seeds.Uint64()).Combination
		book.pending = append(book.pending, event{s, k, u < table[s][k]})
		sums.add(table[s][k], best[s], even[s])
		if (t+1)%config.Batch != 0 {
			continue
		}
		book.deliver(config.Lag)
		if fresh := book.delivered - learnt; fresh == 0 || float64(fresh) < contender.Growth*float64(learnt) {
			continue
		}
		learnt = book.delivered
		if policy, err = contender.Learn(world, book.cells()); err != nil {
			return nil, err
		}
	}
	var points []Checkpoint
	for _, t := range append(slices.Clone(config.Checkpoints), config.Impressions) {
		if t >= 10 && t <= config.Impressions && (len(points) == 0 || points[len(points)-1].Impressions < t) {
			points = append(points, sums.at(t))
		}
	}
	return points, nil
}

// add appends the expected clicks of one impression.
func (s *trace) add(got, best, even float64) {
	push := func(sums *[]float64, x float64) { *sums = append(*sums, (*sums)[len(*sums)-1]+x) }
	push(&s.got, got)
	push(&s.best, best)
	push(&s.even, even)
}

// at measures after t impressions.
func (s *trace) at(t int) Checkpoint {
	from := t - t/10
	got, best, even := s.got[t]-s.got[from], s.best[t]-s.best[from], s.even[t]-s.even[from]
	c := Checkpoint{
		Impressions: t,
		Cumulative:  100 * s.got[t] / s.best[t],
		LastTenth:   100 * got / best,
		Regret:      s.best[t] - s.got[t],
	}
	if best > even {
		c.Capture = (got - even) / (best - even)
	}
	return c
}

// summarise is the highest probability of each segment.
func summarise(table [][]float64) []float64 {
	best := make([]float64, len(table))
	for s, line := range table {
		best[s] = slices.Max(line)
	}
	return best
}

// summariseEven is the mean probability of each segment.
func summariseEven(table [][]float64) []float64 {
	even := make([]float64, len(table))
	for s, line := range table {
		for _, p := range line {
			even[s] += p / float64(len(line))
		}
	}
	return even
}

// event is an impression with what came of it.
type event struct {
	segment, combination int
	click                bool
}

// book counts delivered events.
type book struct {
	world               World
	impressions, clicks [][]int64
	pending             []event
	delivered           int
}

// newBook makes empty counters for a world.
func newBook(w World) *book {
	b := &book{world: w}
	for range w.Segments {
		b.impressions = append(b.impressions, make([]int64, w.Space.Size()))
		b.clicks = append(b.clicks, make([]int64, w.Space.Size()))
	}
	return b
}

// deliver counts all pending events but the newest lag.
func (b *book) deliver(lag int) {
	n := max(0, len(b.pending)-lag)
	for _, e := range b.pending[:n] {
		b.impressions[e.segment][e.combination]++
		if e.click {
			b.clicks[e.segment][e.combination]++
		}
	}
	b.pending = b.pending[n:]
	b.delivered += n
}

// cells lists the counters that are not empty.
func (b *book) cells() []bandit.Cell {
	var cells []bandit.Cell
	for s, sig := range b.world.Segments {
		for k, n := range b.impressions[s] {
			if n > 0 {
				cells = append(cells, bandit.Cell{Signature: sig, Combination: k, Impressions: n, Clicks: b.clicks[s][k]})
			}
		}
	}
	return cells
}
