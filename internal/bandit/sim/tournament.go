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

// Worlds are the same ad with other visitors for each seed.
func (w World) Worlds(seed uint64) World {
	w.Seed = seed
	return w
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
	result := NewResult(contender.Name, runs)
	for _, d := range spent {
		result.RefitMS += d.Seconds() * 1000 / float64(t.Instances)
	}
	if t.Config.Now == nil {
		return result, nil
	}
	err := t.weigh(contender, &result)
	return result, err
}

// weigh finds the nanoseconds of one choice, over many choices, and the memory of a policy that knows ten thousand impressions.
func (t Tournament) weigh(contender Contender, result *Result) error {
	const choices, copies = 200_000, 4
	world := t.World(t.FirstSeed)
	even, err := bandit.NewRotation(world.Space, world.Legal)
	if err != nil {
		return err
	}
	cells := Serve(world, even, 10_000)
	kept := make([]bandit.Policy, copies)
	result.ModelBytes, err = retained(cells, func() (err error) {
		for i := range kept {
			if kept[i], err = contender.Learn(world, cells); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	result.ModelBytes /= copies
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	start := t.Config.Now()
	for seed := range uint64(choices) {
		kept[seed%copies].Choose(world.Segments[seed%uint64(len(world.Segments))], seed)
	}
	result.DecideNS = float64(t.Config.Now().Sub(start)/time.Nanosecond) / choices
	return nil
}

// retained is the bytes that are in use after some work on cells besides those before it.
func retained(cells []bandit.Cell, work func() error) (float64, error) {
	before := heap()
	err := work()
	after := heap()
	runtime.KeepAlive(cells) // or their memory would be taken off
	return max(0, after-before), err
}

// heap is the bytes in use after a collection.
func heap() float64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}
