package sim

import "github.com/marquetry/marquetry/internal/bandit"

// controlShare is the share of traffic that delivery shows evenly unless it is told otherwise.
const controlShare = 0.02

// Watch lets the default policy serve a world while somebody looks at everything that is said of the ad after every batch of feedback.
func Watch(world World, options bandit.Options, config Config, look func(impressions int, said *bandit.Learned)) error {
	rule := bandit.DefaultRule()
	rule.Enforce = false
	return watched(world, options, config, func(n int, cells []bandit.Cell) error {
		said, err := bandit.Learn(world.Space, Attributes(), cells, options, bandit.TotalsOf(cells), rule)
		if err == nil {
			look(n, said)
		}
		return err
	})
}

// Final is what is said of a world after the default policy has served it.
func Final(world World, options bandit.Options, config Config) (cells []bandit.Cell, said *bandit.Learned, err error) {
	err = watched(world, options, config, func(n int, now []bandit.Cell) error {
		if n < config.Impressions-config.Lag {
			return nil
		}
		var err error
		cells = now
		said, err = bandit.Learn(world.Space, Attributes(), cells, options, bandit.TotalsOf(cells), bandit.DefaultRule())
		return err
	})
	return cells, said, err
}

// watched runs the default policy, beside a control slice as in delivery, calling look after every batch.
func watched(world World, options bandit.Options, config Config, look func(int, []bandit.Cell) error) error {
	contender, err := NewContender("default", options)
	if err != nil {
		return err
	}
	inner, growth, learnt := contender.Learn, contender.Growth, 0
	even, err := bandit.NewRotation(world.Space, options.Legal)
	if err != nil {
		return err
	}
	var policy bandit.Policy
	contender.Growth = 0
	contender.Learn = func(w World, cells []bandit.Cell) (bandit.Policy, error) {
		n := int(bandit.TotalsOf(cells).Impressions)
		if n > 0 {
			if err := look(n, cells); err != nil {
				return nil, err
			}
		}
		if policy != nil && float64(n-learnt) < growth*float64(learnt) {
			return policy, nil
		}
		chosen, err := inner(w, cells)
		policy, learnt = bandit.NewControl(chosen, even, controlShare), n
		return policy, err
	}
	_, _, err = Run(world, contender, config)
	return err
}
