package main

import (
	"fmt"
	"slices"
	"text/tabwriter"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/sim"
)

// benchVerdictsCmd is `marquetry bench verdicts`.
type benchVerdictsCmd struct {
	Preset      []string `help:"How effects are spread in the simulated ads; in null nothing differs, so that every claim is false." default:"null,real,loud"`
	Space       []int    `help:"Assets per slot." default:"3,3,2"`
	Seed0       uint64   `name:"seed0" help:"Seed of the first simulated ad; those after it count up." default:"101"`
	Instances   int      `help:"Simulated ads of each preset." default:"200"`
	Impressions int      `help:"Impressions of each ad, by the default policy." default:"100000"`
	Batch       int      `help:"Impressions between two looks at all that is said." default:"500"`
	JSON        bool     `name:"json" help:"Print one JSON object for each preset."`
}

// Help is the example shown by --help.
func (benchVerdictsCmd) Help() string {
	return "Somebody looks at an ad after every batch and believes the first claim that is made: a winner among the combinations, an asset or a pair better or worse " +
		"than its company, an asset better or worse in one context than elsewhere. The minimum of 50 events and 7 days does not apply. Where nothing differs, claims may be made in 5 % of the ads.\n\n" +
		"Example: two copies of one asset\n  marquetry bench verdicts --preset null --space 2,1"
}

// claims is what was ever claimed of the ads of one preset.
type claims struct {
	Preset string           `json:"preset"`
	Space  []int            `json:"space"`
	Kinds  map[string]claim `json:"claims"`
}

// claim is one kind of claim.
type claim struct {
	Percent float64 `json:"percent_of_ads"`     // in which it was ever made
	Median  int     `json:"median_impressions"` // at which it was first made, over all ads; 0 when half of them never saw it
}

// claimKinds are the kinds of claims in the order in which they are printed.
func claimKinds() []string { return []string{"winner", "asset", "pair", "segment", "any"} }

// Run measures and prints.
func (c benchVerdictsCmd) Run(to streams) error {
	if c.Instances < 1 || c.Batch < 1 || c.Impressions < c.Batch {
		return usageError("--instances and --batch must be at least 1, --impressions at least --batch")
	}
	w := tabwriter.NewWriter(to.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "preset\tads\tclaim\tever made\tfirst at (median)\t\n")
	for _, name := range c.Preset {
		found, err := c.watch(name)
		if err != nil {
			return err
		}
		if c.JSON {
			if err := printJSON(to.out, found); err != nil {
				return err
			}
			continue
		}
		for _, kind := range claimKinds() {
			fmt.Fprintf(w, "%s\t%d\t%s\t%.1f %%\t%d\t\n", name, c.Instances, kind, found.Kinds[kind].Percent, found.Kinds[kind].Median)
		}
	}
	if c.JSON {
		return nil
	}
	return w.Flush()
}

// watch looks at the ads of one preset.
func (c benchVerdictsCmd) watch(name string) (*claims, error) {
	preset, err := sim.NewPreset(name, len(c.Space))
	if err != nil {
		return nil, usageError("--preset: " + err.Error())
	}
	options := bandit.DefaultOptions()
	options.Horizon = float64(c.Impressions) * options.ClickRate
	first := map[string][]int{}
	for i := range c.Instances {
		seen := map[string]int{}
		world := sim.NewWorld(preset, bandit.Space{Sizes: c.Space}, c.Seed0+uint64(i))
		err := sim.Watch(world, options, sim.Config{Impressions: c.Impressions, Batch: c.Batch}, func(n int, said *bandit.Learned) {
			for _, kind := range claimed(said) {
				if seen[kind] == 0 {
					seen[kind] = n
				}
			}
		})
		if err != nil {
			return nil, err
		}
		for _, kind := range claimKinds() {
			if seen[kind] > 0 {
				first[kind] = append(first[kind], seen[kind])
			}
		}
	}
	found := &claims{Preset: name, Space: c.Space, Kinds: map[string]claim{}}
	for _, kind := range claimKinds() {
		at := slices.Sorted(slices.Values(first[kind]))
		of := claim{Percent: 100 * float64(len(at)) / float64(c.Instances)}
		if half := (c.Instances - 1) / 2; half < len(at) {
			of.Median = at[half]
		}
		found.Kinds[kind] = of
	}
	return found, nil
}

// claimed lists the kinds of claims that are made.
func claimed(said *bandit.Learned) []string {
	var kinds []string
	claims := func(f bandit.Finding) bool { return f.Say == bandit.SayBetter || f.Say == bandit.SayWorse }
	if said.State == bandit.StableWinner {
		kinds = append(kinds, "winner")
	}
	if slices.ContainsFunc(said.Assets, func(line []bandit.Finding) bool { return slices.ContainsFunc(line, claims) }) {
		kinds = append(kinds, "asset")
	}
	if slices.ContainsFunc(said.Pairs, func(p bandit.PairFinding) bool { return claims(p.Finding) }) {
		kinds = append(kinds, "pair")
	}
	if slices.ContainsFunc(said.Segments, func(x bandit.SegmentFinding) bool { return claims(x.Finding) }) {
		kinds = append(kinds, "segment")
	}
	if len(kinds) > 0 {
		kinds = append(kinds, "any")
	}
	return kinds
}
