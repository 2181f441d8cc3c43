package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/sim"
)

// benchEffectsCmd is `marquetry bench effects`.
type benchEffectsCmd struct {
	Preset      []string `help:"How effects are spread in the simulated ads." default:"real,hill,base,main"`
	Space       []int    `help:"Assets per slot." default:"10,5,5,5,5"`
	Seed0       uint64   `name:"seed0" help:"Seed of the first simulated ad; those after it count up." default:"101"`
	Instances   int      `help:"Simulated ads of each preset." default:"16"`
	Impressions int      `help:"Impressions of each ad, by the default policy." default:"100000"`
	JSON        bool     `name:"json" help:"Print one JSON object for each preset."`
}

// Help is the example shown by --help.
func (benchEffectsCmd) Help() string {
	return "The effect of an asset is its rate, all else shown evenly, relative to the mean of its slot; of a pair, the factor beyond its two assets; " +
		"of a segment, the factor of an asset's effect in one context beyond its effect on average. " +
		"All are known of simulated ads. The error is the root mean square of the difference of logarithms; beside the learner's stand that of the raw ratio " +
		"of clicks per impression and that of saying nothing.\n\nExample:\n  marquetry bench effects --preset real --instances 4"
}

// audited is what was found in one preset.
type audited struct {
	Preset string `json:"preset"`
	sim.Audit
}

// Run measures and prints.
func (c benchEffectsCmd) Run(to streams) error {
	w := tabwriter.NewWriter(to.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "preset\tof\tcount\terror\traw ratio\tno data\tinside 95 %%\tinside for ever\twidth\t\n")
	for _, name := range c.Preset {
		a, err := c.audit(name)
		if err != nil {
			return err
		}
		if c.JSON {
			if err := printJSON(to.out, audited{name, a}); err != nil {
				return err
			}
			continue
		}
		for _, line := range []struct {
			of string
			sim.AuditOf
		}{{"assets", a.Assets}, {"pairs", a.Pairs}, {"segments", a.Segments}} {
			fmt.Fprintf(w, "%s\t%s\t%d\t%.3f\t%.3f\t%.3f\t%.1f %%\t%.1f %%\t%.3f\t\n",
				name, line.of, line.Count, line.Error, line.Raw, line.None, line.Covered, line.Sure, line.Width)
		}
	}
	if c.JSON {
		return nil
	}
	return w.Flush()
}

// audit sums over the ads of one preset.
func (c benchEffectsCmd) audit(name string) (sim.Audit, error) {
	var a sim.Audit
	preset, err := sim.NewPreset(name, len(c.Space))
	if err != nil {
		return a, usageError("--preset: " + err.Error())
	}
	options := bandit.DefaultOptions()
	options.Horizon = float64(c.Impressions) * options.ClickRate
	for i := range c.Instances {
		world := sim.NewWorld(preset, bandit.Space{Sizes: c.Space}, c.Seed0+uint64(i))
		cells, said, err := sim.Final(world, options, sim.Config{Impressions: c.Impressions, Batch: 500})
		if err != nil {
			return a, err
		}
		a.Audit(world, cells, said)
	}
	a.Assets, a.Pairs, a.Segments = a.Assets.Mean(), a.Pairs.Mean(), a.Segments.Mean()
	return a, nil
}
