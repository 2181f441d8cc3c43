package sim

import (
	"fmt"

	"github.com/marquetry/marquetry/internal/bandit"
)

// Score measures what was shown in a world, whoever chose it, from its probabilities.
type Score struct {
	clicks   [2][][]float64 // probabilities, before and after the change of tastes
	converts [][]float64    // probabilities; nil when clicks are measured
	worth    [2][][]float64 // what is measured: those of clicks, or of conversions per impression
	change   int            // impressions before the change
	shown    int
	trace    *trace
}

// NewScore measures the impressions of a run.
func NewScore(world World, config Config) (*Score, error) {
	if config.Conversions && world.Converts == nil {
		return nil, fmt.Errorf("the world has no conversions")
	}
	legal, err := bandit.NewRotation(world.Space, world.Legal)
	if err != nil {
		return nil, err
	}
	s := &Score{clicks: [2][][]float64{world.Before, world.After}, change: config.Impressions / 2}
	s.worth = s.clicks
	if config.Conversions {
		s.converts = world.Converts()
		s.worth = [2][][]float64{product(world.Before, s.converts), product(world.After, s.converts)}
	}
	s.trace = newTrace(s.worth[0], legal.Size())
	return s, nil
}

// Add counts the next impression and returns the probability of a click on it. So many counters were not empty before it.
func (s *Score) Add(segment, combination, cells int) (click float64) {
	if s.shown == s.change {
		s.trace.change(s.worth[1])
	}
	half := 0
	if s.shown >= s.change {
		half = 1
	}
	s.shown++
	s.trace.add(segment, s.worth[half][segment][combination], cells)
	return s.clicks[half][segment][combination]
}

// Measure returns the checkpoints of a configuration that have been reached.
func (s *Score) Measure(config Config) []Checkpoint {
	var points []Checkpoint
	for _, t := range config.measured() {
		if t <= s.shown {
			points = append(points, s.trace.at(t))
		}
	}
	return points
}
