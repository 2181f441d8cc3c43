package sim

import (
	"fmt"

	"github.com/marquetry/marquetry/internal/bandit"
)

// ContenderNames lists the policies that can be measured by name.
func ContenderNames() []string { return []string{"default", "asset-beta", "uniform"} }

// NewContender finds a policy by name; options apply to those that have any, with the world's seed in place of theirs.
func NewContender(name string, options bandit.Options) (Contender, error) {
	switch name {
	case "default":
		return Contender{name, 0.05, func(w World, cells []bandit.Cell) (bandit.Policy, error) {
			options.Seed = w.Seed
			model, err := bandit.Fit(w.Space, Attributes(), cells, options)
			if err != nil {
				return nil, err
			}
			return model.Policy(), nil
		}}, nil
	case "asset-beta":
		return Contender{name, 0, func(w World, cells []bandit.Cell) (bandit.Policy, error) {
			options.Seed = w.Seed
			return bandit.NewAssetBeta(w.Space, cells, options)
		}}, nil
	case "uniform":
		return Contender{name, 1, func(w World, _ []bandit.Cell) (bandit.Policy, error) {
			return bandit.Uniform{Space: w.Space}, nil
		}}, nil
	}
	return Contender{}, fmt.Errorf("policy %q is unknown, known are %v", name, ContenderNames())
}
