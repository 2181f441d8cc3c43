package sim

import (
	"math"
	"time"

	"github.com/marquetry/marquetry/internal/bandit"
)

// Tournament is the same worlds for every contender, so that differences are paired.
type Tournament struct {
	Preset    Preset
	Space     bandit.Space
	FirstSeed uint64
	Instances int
	Config    Config
}

// Result is a contender's mean over the instances.
type Result struct {
	Policy      string         `json:"policy"`
	Checkpoints []MeanPoint    `json:"checkpoints"`
	DecideNS    float64        `json:"decide_ns"` // one choice; 0 without a clock
	RefitMS     float64        `json:"refit_ms"`  // one learning, mean over the run; 0 without a clock
	Runs        [][]Checkpoint `json:"-"`         // by instance
}

// MeanPoint is a checkpoint averaged over instances.
type MeanPoint struct {
	Checkpoint
	StandardError float64 `json:"standard_error"` // of Capture
}

// Play measures one contender.
func (t Tournament) Play(contender Contender) (Result, error) {
	result := Result{Policy: contender.Name}
	for i := range t.Instances {
		world := NewWorld(t.Preset, t.Space, t.FirstSeed+uint64(i))
		points, refit, err := Run(world, contender, t.Config)
		if err != nil {
			return result, err
		}
		result.Runs = append(result.Runs, points)
		result.RefitMS += refit.Seconds() * 1000 / float64(t.Instances)
	}
	for i := range t.Config.measured() {
		result.Checkpoints = append(result.Checkpoints, meanPoint(result.Runs, i))
	}
	var err error
	if t.Config.Now != nil && t.Instances > 0 {
		result.DecideNS, err = t.decide(contender)
	}
	return result, err
}

// meanPoint averages the i-th checkpoint of all runs.
func meanPoint(runs [][]Checkpoint, i int) MeanPoint {
	n := float64(len(runs))
	m := MeanPoint{Checkpoint: Checkpoint{Impressions: runs[0][i].Impressions}}
	for _, run := range runs {
		m.Cumulative += run[i].Cumulative / n
		m.LastTenth += run[i].LastTenth / n
		m.Capture += run[i].Capture / n
		m.Regret += run[i].Regret / n
	}
	squares := 0.0
	for _, run := range runs {
		squares += (run[i].Capture - m.Capture) * (run[i].Capture - m.Capture)
	}
	m.StandardError = math.Sqrt(squares / max(1, n-1) / n)
	return m
}

// decide is the nanoseconds of one choice, over many choices of one policy that knows ten thousand impressions.
func (t Tournament) decide(contender Contender) (float64, error) {
	const choices = 200_000
	world := NewWorld(t.Preset, t.Space, t.FirstSeed)
	policy, err := contender.Learn(world, Serve(world, bandit.Uniform{Space: t.Space}, 10_000))
	if err != nil {
		return 0, err
	}
	start := t.Config.Now()
	for seed := range uint64(choices) {
		policy.Choose(world.Segments[seed%uint64(len(world.Segments))], seed)
	}
	return float64(t.Config.Now().Sub(start)/time.Nanosecond) / choices, nil
}
