package console

import (
	"context"
	"fmt"
	"maps"
	"math/bits"
	"strings"
	"sync"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/sim"
)

// Bounds of a race, so that a visitor cannot keep the server busy: each of the policies takes a few seconds at most.
const (
	mostRaced   = 6250 // combinations
	racedBatch  = 500  // impressions between two lots of feedback
	racedPoints = 20   // of a line
	racedEvents = 250  // clicks or conversions that even rotation should bring, so that there is something to learn from

	mostImpressions = 100_000
	mostRaces       = 50 // that are remembered; a full memory is emptied
)

// course is what policies race on.
type course struct {
	key         string // names it in the memory of races
	world       func(seed uint64) sim.World
	impressions int
	instances   int
	options     bandit.Options
}

// presetCourse is drawn from a preset of the simulator.
func presetCourse(name, size string) (course, error) {
	space := sizeOf(size)
	preset, err := sim.NewPreset(name, len(space.Sizes))
	if err != nil {
		return course{}, err
	}
	c := newCourse(name+"/"+size, space, preset.MeanCTR)
	c.world = preset.Worlds(space)
	return c, nil
}

// courseOf takes the rates that were learnt of an ad for the truth, in the contexts in which it was seen most, all equally often. Its
// simulated ads differ by who comes by only. It stays the same until the ad has twice the impressions.
func courseOf(s *subject) course {
	l := s.learned
	truth := sim.World{Space: l.Space}
	mean := 0.0
	for _, seen := range s.seen {
		segment := strings.ReplaceAll(string(seen.Signature), "|", "/") // one attribute with a value for each context
		line := make([]float64, l.Space.Size())
		for k := range line {
			line[k] = l.Model.Rate(seen.Signature, k).Mean
			mean += line[k] / float64(len(line)*len(s.seen))
		}
		truth.Segments, truth.Before = append(truth.Segments, bandit.Signature(segment)), append(truth.Before, line)
	}
	truth.After = truth.Before
	c := newCourse(fmt.Sprintf("%s/%s/%v/%d", s.ad.ID, s.ad.Text("creative_id"), l.Space.Sizes, bits.Len64(uint64(l.Totals.Impressions))), l.Space, mean)
	c.world = func(seed uint64) sim.World {
		w := truth
		w.Seed = seed
		return w
	}
	return c
}

// newCourse is a course without a world; a larger one has fewer simulated ads. Mean is the rate of clicks, of which policies know as much as they know of
// an account.
func newCourse(key string, space bandit.Space, mean float64) course {
	c := course{key: key, impressions: 20_000, instances: 8, options: bandit.DefaultOptions()}
	if space.Size() > 500 {
		c.impressions, c.instances = 30_000, 2
	}
	if enough := int(racedEvents/max(mean, 1e-6)/1000) * 1000; enough > c.impressions {
		c.impressions, c.instances = min(enough, mostImpressions), min(c.instances, 4)
	}
	c.options.ClickRate = mean
	c.options.Horizon = mean * float64(c.impressions)
	return c
}

// races remembers what policies came to; one runs at a time.
type races struct {
	turn chan struct{} // held by who plays
	mu   sync.Mutex
	by   map[string]*race // by course
}

// race is a course with the results so far, by policy.
type race struct {
	course
	results map[string]sim.Result
}

// newRaces returns an empty memory.
func newRaces() *races { return &races{turn: make(chan struct{}, 1), by: map[string]*race{}} }

// enter returns the race on a course with its results so far. A course that is known stays as it was, so that all policies meet the same truth
// although an ad is being learnt of.
func (r *races) enter(c course) race {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.by[c.key] == nil {
		if len(r.by) >= mostRaces {
			clear(r.by)
		}
		r.by[c.key] = &race{c, map[string]sim.Result{}}
	}
	return race{r.by[c.key].course, maps.Clone(r.by[c.key].results)}
}

// play runs the next policy of a course, if one is left.
func (r *races) play(ctx context.Context, c course) error {
	select {
	case r.turn <- struct{}{}:
		defer func() { <-r.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	now := r.enter(c)
	for _, name := range sim.ContenderNames() {
		if _, ran := now.results[name]; ran {
			continue
		}
		result, err := now.run(name)
		if err == nil {
			r.keep(c.key, name, result)
		}
		return err
	}
	return nil
}

// run measures one policy.
func (c course) run(name string) (sim.Result, error) {
	contender, err := sim.NewContender(name, c.options)
	if err != nil {
		return sim.Result{}, err
	}
	config := sim.Config{Impressions: c.impressions, Batch: racedBatch}
	for i := range racedPoints {
		config.Checkpoints = append(config.Checkpoints, c.impressions*(i+1)/racedPoints)
	}
	return sim.Tournament{World: c.world, FirstSeed: 1, Instances: c.instances, Config: config}.Play(contender)
}

// keep remembers a result, unless the race was forgotten meanwhile.
func (r *races) keep(key, policy string, result sim.Result) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.by[key] != nil {
		r.by[key].results[policy] = result
	}
}
