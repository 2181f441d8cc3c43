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
	Conversions bool             // measure by conversions, which come later than their clicks; the world must have them
	Instant     bool             // conversions are known with their clicks
	Delay       bool             // policies are told how late conversions come
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
	score, err := NewScore(world, config)
	if err != nil {
		return nil, 0, err
	}
	r := &run{world: world, contender: contender, config: config, book: newBook(world), buyer: newBuyer(world), score: score}
	if err := r.learn(nil); err != nil {
		return nil, 0, err
	}
	Visit(world, config.Impressions, r.serve)
	if r.err != nil {
		return nil, 0, r.err
	}
	return score.Measure(config), r.spent / time.Duration(r.refits), nil
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
	buyer     buyer
	score     *Score
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
	choice := r.policy.Choose(r.world.Segments[segment], seed)
	k := choice.Combination
	click := threshold < r.score.Add(segment, k, len(r.book.counted))
	where := place{int32(t / r.config.Day), segment, k}
	r.book.pending = append(r.book.pending, event{where, click})
	if r.config.Conversions {
		r.buy(t, where, click)
	}
	if r.config.Each != nil {
		r.config.Each(segment, choice, click)
	}
	if (t+1)%r.config.Batch != 0 {
		return
	}
	r.book.deliver(r.config.Lag)
	r.book.convert(t + 1)
	if fresh := r.book.delivered - r.learnt; fresh > 0 && float64(fresh) >= r.contender.Growth*float64(r.learnt) {
		r.err = r.learn(r.book.cells())
	}
}

// buy draws whether a click converts, and when that will be known.
func (r *run) buy(t int, where place, click bool) {
	threshold, delay := r.buyer.next()
	if !click || threshold >= r.score.converts[where.segment][where.combination] {
		return
	}
	if r.config.Instant {
		delay = 0
	}
	r.book.purchases = append(r.book.purchases, purchase{
		where, t + int(delay*float64(r.config.Day)/hours), bandit.AgeOf(delay / 24),
	})
}

// learn replaces the policy.
func (r *run) learn(cells []bandit.Cell) error {
	now := r.config.Now
	if now == nil {
		now = func() time.Time { return time.Time{} }
	}
	world := r.world
	if r.config.Delay {
		world.Now, world.Arrivals = float64(r.book.delivered)/float64(r.config.Day), r.book.arrivals
	}
	start := now()
	policy, err := r.contender.Learn(world, cells)
	if err != nil {
		return fmt.Errorf("%s after %d impressions: %w", r.contender.Name, r.book.delivered, err)
	}
	r.spent += now().Sub(start)
	r.refits++
	r.policy, r.learnt = policy, r.book.delivered
	return nil
}
