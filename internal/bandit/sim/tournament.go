package sim

import (
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/marquetry/marquetry/internal/bandit"
)

// Tournament is the same worlds for every contender, so that differences are paired.
type Tournament struct {
	World     func(seed uint64) World
	FirstSeed uint64 // of the worlds; those after it count up
	Instances int
	Config    Config
}

// Worlds draws the worlds of a preset, one for each seed.
func (p Preset) Worlds(space bandit.Space) func(uint64) World {
	return func(seed uint64) World { return NewWorld(p, space, seed) }
}

// Play measures one contender. Instances run side by side on all cores; the result does not depend on how many there are, times apart.
func (t Tournament) Play(contender Contender) (Result, error) {
	runs, spent := make([][]Checkpoint, t.Instances), make([]time.Duration, t.Instances)
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range t.Instances {
		group.Go(func() (err error) {
			runtime.LockOSThread() // the clock may be that of the thread
			defer runtime.UnlockOSThread()
			runs[i], spent[i], err = Run(t.World(t.FirstSeed+uint64(i)), contender, t.Config)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return Result{}, err
	}
	result := newResult(contender.Name, runs)
	for _, d := range spent {
		result.RefitMS += d.Seconds() * 1000 / float64(t.Instances)
	}
	var err error
	if t.Config.Now != nil && t.Instances > 0 {
		result.DecideNS, err = t.decide(contender)
	}
	return result, err
}

// decide is the nanoseconds of one choice, over many choices of one policy that knows ten thousand impressions.
func (t Tournament) decide(contender Contender) (float64, error) {
	const choices = 200_000
	world := t.World(t.FirstSeed)
	policy, err := contender.Learn(world, Serve(world, bandit.Uniform{Space: world.Space}, 10_000))
	if err != nil {
		return 0, err
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	start := t.Config.Now()
	for seed := range uint64(choices) {
		policy.Choose(world.Segments[seed%uint64(len(world.Segments))], seed)
	}
	return float64(t.Config.Now().Sub(start)/time.Nanosecond) / choices, nil
}
