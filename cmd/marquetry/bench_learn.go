package main

import (
	"fmt"
	"slices"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/sim"
)

// benchLearnCmd is `marquetry bench learn`.
type benchLearnCmd struct {
	Preset      []string `help:"How effects are spread in the simulated ads: real, hill, base, main, faint, loud, null, drift. One table each." default:"real"`
	Space       []int    `help:"Assets per slot." default:"10,5,5,5,5"`
	Seed0       uint64   `help:"Seed of the first simulated ad; those after it count up." default:"101"`
	Instances   int      `help:"Simulated ads. Every policy serves the same ones to the same visitors." default:"16"`
	Impressions int      `help:"Impressions of each ad." default:"100000"`
	Policies    []string `help:"Policies to measure; without it, all that are bearable at this size." placeholder:"NAME"`
	Batch       int      `help:"Impressions between two deliveries of feedback." default:"500"`
	Lag         int      `help:"Newest impressions whose feedback is still missing." default:"0"`
	Checkpoints []int    `help:"Impressions after which to measure, as far as they are reached; the end is always one." default:"10000,30000,100000,300000,1000000"`
	Horizon     *float64 `help:"Optimisation events that the default policy is told to expect over the ad's life: in life the budget and the schedule tell. Without it, what the planned impressions bring at the click rate believed before any data; 0 tells it nothing." placeholder:"EVENTS"`
	JSON        bool     `name:"json" help:"Print one JSON object for each preset."`
}

// Help is the example shown by --help.
func (benchLearnCmd) Help() string {
	return "Policies serve simulated ads whose click probabilities are known. Percent of optimal is the expected clicks of the combinations that were shown, " +
		"out of those of the best ones; capture is 0 for even rotation and 1 for the best. Beside each mean stands its standard error over the ads; " +
		"\"ahead\" is the difference to the first baseline, paired by ad. Times are processor time.\n\n" +
		"Example:\n  marquetry bench learn --instances 4 --impressions 30000 --policies default,asset-beta"
}

// Run measures and prints, one world after the other.
func (c benchLearnCmd) Run(to streams) error {
	if err := c.check(); err != nil {
		return err
	}
	for _, name := range c.Preset {
		preset, err := sim.NewPreset(name, len(c.Space))
		if err != nil {
			return usageError("--preset: " + err.Error())
		}
		table, err := c.play(name, preset.Worlds(bandit.Space{Sizes: c.Space}))
		if err != nil {
			return err
		}
		if c.JSON {
			err = printJSON(to.out, table)
		} else {
			err = table.print(to.out)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// check names the first flag that makes no sense.
func (c benchLearnCmd) check() error {
	for _, rule := range []struct {
		ok   bool
		text string
	}{
		{c.Instances >= 1 && c.Instances <= 10_000, "--instances must be 1 to 10000"},
		{c.Impressions >= 10 && c.Impressions <= 100_000_000, "--impressions must be 10 to 100000000"},
		{c.Batch >= 1, "--batch must be at least 1"},
		{c.Lag >= 0, "--lag must not be negative"},
		{c.Horizon == nil || *c.Horizon >= 0, "--horizon must not be negative"},
		{!slices.ContainsFunc(c.Checkpoints, func(n int) bool { return n < 10 }), "--checkpoints must be at least 10"},
	} {
		if !rule.ok {
			return usageError(rule.text)
		}
	}
	if err := (bandit.Space{Sizes: c.Space}).Validate(); err != nil {
		return usageError("--space: " + err.Error())
	}
	return nil
}

// play has every policy serve the same worlds.
func (c benchLearnCmd) play(name string, worlds func(uint64) sim.World) (*learnTable, error) {
	options := bandit.DefaultOptions()
	options.Horizon = float64(c.Impressions) * options.ClickRate
	if c.Horizon != nil {
		options.Horizon = *c.Horizon
	}
	tournament := sim.Tournament{World: worlds, FirstSeed: c.Seed0, Instances: c.Instances, Config: sim.Config{
		Impressions: c.Impressions, Batch: c.Batch, Lag: c.Lag, Checkpoints: c.Checkpoints, Now: threadTime,
	}}
	names := c.Policies
	if len(names) == 0 {
		names = sim.ContenderNames()
	}
	table := &learnTable{World: name, Space: c.Space, FirstSeed: c.Seed0, Instances: c.Instances, Batch: c.Batch, Lag: c.Lag, Horizon: options.Horizon}
	for _, name := range names {
		contender, err := sim.NewContender(name, options)
		if err != nil {
			return nil, usageError("--policies: " + err.Error())
		}
		result, err := tournament.Play(contender)
		if err != nil {
			return nil, fmt.Errorf("world %s: %w", table.World, err)
		}
		table.Policies = append(table.Policies, result)
	}
	table.compare()
	return table, nil
}
