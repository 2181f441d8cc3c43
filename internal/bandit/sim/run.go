package sim

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/marquetry/marquetry/internal/bandit"
)

// usualDay is the impressions of a day when nothing else is said.
const usualDay = 10_000

// Contender is a policy to be measured.
type Contender struct {
	Name   string
	Growth float64 // it learns anew when impressions have grown by this share since the last time, at most once a batch
	Learn  func(world World, cells []bandit.Cell) (bandit.Policy, error)
}

// Config says how long to run and when to measure.
type Config struct {
	Impressions int
	Batch       int              // impressions between two deliveries of feedback
	Lag         int              // newest impressions that stay undelivered
	Day         int              // impressions of a day; 0 is 10,000
	Checkpoints []int            // impressions after which to measure, ascending; the end is always one
	Now         func() time.Time // for the time that learning takes; nil leaves it out

	Each func(segment int, choice bandit.Choice, click bool) // told of every impression, unless nil
}

// Run lets a contender serve a world; it returns the measurements at the checkpoints and the mean time of learning.
func Run(world World, contender Contender, config Config) ([]Checkpoint, time.Duration, error) {
	if config.Impressions < 10 || config.Batch < 1 || config.Lag < 0 || config.Day < 0 {
		return nil, 0, fmt.Errorf("impressions must be at least 10, batch at least 1, lag and day at least 0")
	}
	config.Day = cmp.Or(config.Day, usualDay)
	r := &run{world: world, contender: contender, config: config, book: newBook(world), trace: newTrace(world.Before)}
	if err := r.learn(nil); err != nil {
		return nil, 0, err
	}
	visit(world, config.Impressions, r.serve)
	if r.err != nil {
		return nil, 0, r.err
	}
	var points []Checkpoint
	for _, t := range config.measured() {
		points = append(points, r.trace.at(t))
	}
	return points, r.spent / time.Duration(r.refits), nil
}

// measured is the checkpoints that a run reaches, its end among them.
func (c Config) measured() []int {
	points := slices.DeleteFunc(slices.Clone(c.Checkpoints), func(t int) bool { return t < 10 || t > c.Impressions })
	points = append(points, c.Impressions)
	slices.Sort(points)
	return slices.Compact(points)
}

// run is one contender in one world.
type run struct {
	world     World
	contender Contender
	config    Config
	book      *book
	trace     *trace
	policy    bandit.Policy
	learnt    int // impressions that the policy knows
	refits    int
	spent     time.Duration // in learning
	err       error         // the first of learning; serving stops at it
}

// serve shows the combination that the policy chooses to one visitor.
func (r *run) serve(t, segment int, threshold float64, seed uint64) {
	if r.err != nil {
		return
	}
	table := r.world.Before
	if t >= r.config.Impressions/2 {
		table = r.world.After
	}
	if t == r.config.Impressions/2 {
		r.trace.change(table)
	}
	choice := r.policy.Choose(r.world.Segments[segment], seed)
	k := choice.Combination
	click := threshold < table[segment][k]
	r.book.pending = append(r.book.pending, event{int32(t / r.config.Day), segment, k, click})
	if r.config.Each != nil {
		r.config.Each(segment, choice, click)
	}
	r.trace.add(segment, table[segment][k])
	if (t+1)%r.config.Batch != 0 {
		return
	}
	r.book.deliver(r.config.Lag)
	if fresh := r.book.delivered - r.learnt; fresh > 0 && float64(fresh) >= r.contender.Growth*float64(r.learnt) {
		r.err = r.learn(r.book.cells())
	}
}

// learn replaces the policy.
func (r *run) learn(cells []bandit.Cell) error {
	now := r.config.Now
	if now == nil {
		now = func() time.Time { return time.Time{} }
	}
	start := now()
	policy, err := r.contender.Learn(r.world, cells)
	if err != nil {
		return fmt.Errorf("%s after %d impressions: %w", r.contender.Name, r.book.delivered, err)
	}
	r.spent += now().Sub(start)
	r.refits++
	r.policy, r.learnt = policy, r.book.delivered
	return nil
}
