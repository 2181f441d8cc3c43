package sim

import (
	"fmt"
	"slices"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/baseline"
)

// ContenderNames lists the policies that can be measured by name.
func ContenderNames() []string { return append([]string{"default"}, baseline.Names()...) }

// NewContender finds a policy by name; options apply to those that have any, with the world's seed in place of theirs. The baselines
// have no floor under their propensities: that is a price which only we ask.
func NewContender(name string, options bandit.Options) (Contender, error) {
	if name == "default" {
		return Contender{name, 0.05, func(w World, cells []bandit.Cell) (bandit.Policy, error) {
			model, err := bandit.Fit(w.Space, w.Context(), cells, w.shape(options))
			if err != nil {
				return nil, err
			}
			return model.Policy(), nil
		}}, nil
	}
	if !slices.Contains(baseline.Names(), name) {
		return Contender{}, fmt.Errorf("policy %q is unknown, known are %v", name, ContenderNames())
	}
	options.Floor = 0
	return Contender{name, growth(name), func(w World, cells []bandit.Cell) (bandit.Policy, error) {
		return baseline.New(name, w.Space, w.Context(), cells, w.shape(options))
	}}, nil
}

// shape puts what is particular to the world into options.
func (w World) shape(options bandit.Options) bandit.Options {
	options.Seed, options.Legal = w.Seed, w.Legal
	if w.Arrivals != nil {
		options.Now, options.Delay = w.Now, bandit.FitDelay(w.Arrivals, w.Now)
	}
	return options
}

// growth is how soon a baseline learns anew: as soon as it can afford.
func growth(name string) float64 {
	switch name {
	case "uniform":
		return 1
	case "asset-beta":
		return 0.01
	}
	return 0.03
}
