package baseline

import (
	"fmt"
	"slices"

	"github.com/marquetry/marquetry/internal/bandit"
)

// entry is a baseline: its name and how it learns from a task.
type entry struct {
	name  string
	learn func(*task) (*policy, error)
}

// entries lists the baselines, the strongest of the simple ones first.
func entries() []entry {
	return []entry{
		{"asset-beta", assetBeta},
		{"asset-beta-segment", assetBetaSegment},
		{"mvt1", hill1},
		{"mvt2", hill2},
		{"top-two", topTwo},
		{"split-then-ship", splitThenShip},
		{"combination-beta-eb", combinationBetaEB},
		{"combination-beta", combinationBeta},
		{"uniform", uniform},
	}
}

// Names lists the policies that New knows.
func Names() []string {
	var names []string
	for _, e := range entries() {
		names = append(names, e.name)
	}
	return names
}

// New learns from cells. The result depends neither on the order of the cells nor on how counts are split between equal keys.
// Attributes are the names of the parts of a signature. Options apply as far as a policy has a use for them: Seed, Objective, Legal and
// Floor always.
func New(name string, space bandit.Space, attributes []string, cells []bandit.Cell, opt bandit.Options) (bandit.Policy, error) {
	i := slices.IndexFunc(entries(), func(e entry) bool { return e.name == name })
	if i < 0 {
		return nil, fmt.Errorf("policy %q is unknown, known are %v", name, Names())
	}
	t, err := newTask(space, attributes, cells, opt)
	if err != nil {
		return nil, err
	}
	p, err := entries()[i].learn(t)
	if err != nil {
		return nil, err
	}
	p.name = name
	return p, nil
}
