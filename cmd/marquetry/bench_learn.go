package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/alecthomas/kong"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/sim"
)

// benchLearnCmd is `marquetry bench learn`.
type benchLearnCmd struct {
	Preset      []string `help:"How effects are spread in the simulated ads: real, hill, base, main, faint, loud, null, aa, drift. One table each; real unless --world is given." placeholder:"NAME"`
	World       []string `help:"File of a simulated ad of your own, as JSON or as a table of creatives with their click rates. One table each; the ads differ by their visitors." type:"existingfile" placeholder:"FILE"`
	Space       []int    `help:"Assets per slot in the simulated ads of presets; 10,5,5,5,5 unless said otherwise." placeholder:"N"`
	Seed0       uint64   `name:"seed0" help:"Seed of the first simulated ad; those after it count up." default:"101"`
	Instances   int      `help:"Simulated ads. Every policy serves the same ones to the same visitors." default:"16"`
	Impressions int      `help:"Impressions of each ad." default:"100000"`
	Policies    []string `help:"Policies to measure; without it, all that are bearable at this size." placeholder:"NAME"`
	Batch       int      `help:"Impressions between two deliveries of feedback." default:"500"`
	Lag         int      `help:"Newest impressions whose feedback is still missing." default:"0"`
	Checkpoints []int    `help:"Impressions after which to measure, as far as they are reached; the end is always one." default:"10000,30000,100000,300000,1000000"`
	Day         int      `help:"Impressions of a day. Without it 10000, and a tenth of all when conversions are measured." placeholder:"N"`
	Objective   string   `help:"What is optimised and measured: clicks or conversions." enum:"clicks,conversions" default:"clicks"`
	Instant     bool     `help:"Conversions are known with their clicks, and not up to 30 days later."`
	Forgetting  float64  `help:"Chance, over the life of an ad whose viewers do not change, that the default policy forgets the past all the same; 0 never forgets." default:"0.05"`
	Delay       bool     `help:"The default policy estimates how late conversions come and makes up for it, as the server does." default:"true" negatable:""`
	Replicas    int      `help:"Also check that the counters of so many replicas, merged, give the model of one to the last bit." placeholder:"N"`
	Horizon     *float64 `help:"Optimisation events that the default policy is told to expect over the ad's life: in life the budget and the schedule tell. Without it, what the planned impressions bring at the click rate believed before any data; 0 tells it nothing." placeholder:"EVENTS"`
	JSON        bool     `name:"json" help:"Print one JSON object for each preset."`

	LiveAds int     `help:"Measure instead what learning from so many live ads costs, fitted again by the server's rule." placeholder:"N"`
	Rate    float64 `help:"Impressions per second of all live ads together." default:"100"`
	Seconds int     `help:"Simulated seconds of the live ads." default:"600"`

	OverHTTP    bool   `name:"over-http" help:"Measure instead a server: one is started, or takes the simulated people at --url. Smaller unless said otherwise: 3,3,2 assets, 20000 impressions, one ad."`
	URL         string `name:"url" help:"Address of a running server, in which ads are made." placeholder:"URL"`
	Token       string `help:"Access token for it, with the sandbox scope." env:"MARQUETRY_TOKEN"`
	Connections int    `help:"Simulated people under way at once." default:"8"`
}

// Help is the example shown by --help.
func (benchLearnCmd) Help() string {
	return "Policies serve simulated ads whose click probabilities are known. Percent of optimal is the expected clicks of the combinations that were shown, " +
		"out of those of the best ones; capture is 0 for even rotation and 1 for the best. Beside each mean stands its standard error over the ads; " +
		"\"ahead\" is the difference to the first baseline, paired by ad. Times are processor time.\n\n" +
		"Example:\n  marquetry bench learn --instances 4 --impressions 30000 --policies default,asset-beta"
}

// Run measures and prints, one world after the other.
func (c benchLearnCmd) Run(ctx context.Context, line *kong.Context, to streams) error {
	if err := errors.Join(c.check(), checkMode(c.mode(), given(line))); err != nil {
		return err
	}
	switch c.mode() {
	case "live-ads":
		return c.live(to)
	case "over-http":
		return c.overHTTP(ctx, given(line), to)
	}
	worlds, err := c.worlds()
	if err != nil {
		return err
	}
	for _, world := range worlds {
		table, err := c.play(world)
		if err != nil {
			return err
		}
		if c.JSON {
			err = printJSON(to.out, table)
		} else {
			err = errors.Join(table.print(to.out), table.printCosts(to.out))
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
		{c.Day >= 0, "--day must not be negative"},
		{!c.Instant || c.Objective == "conversions", "--instant is of conversions; add --objective conversions"},
		{c.Replicas == 0 || c.Replicas >= 2 && c.Replicas <= 64, "--replicas must be 2 to 64"},
		{c.LiveAds >= 0 && c.LiveAds <= 1_000_000, "--live-ads must be up to 1000000"},
		{c.Rate > 0 && c.Rate <= 100_000, "--rate must be over 0 and up to 100000"},
		{c.Seconds >= 1 && c.Seconds <= 1_000_000, "--seconds must be 1 to 1000000"},
		{c.Connections >= 1 && c.Connections <= 1000, "--connections must be 1 to 1000"},
		{c.Forgetting >= 0 && c.Forgetting < 1, "--forgetting must be at least 0 and below 1"},
		{c.Horizon == nil || *c.Horizon >= 0, "--horizon must not be negative"},
		{!slices.ContainsFunc(c.Checkpoints, func(n int) bool { return n < 10 }), "--checkpoints must be at least 10"},
	} {
		if !rule.ok {
			return usageError(rule.text)
		}
	}
	return nil
}

// worlds are the kinds of simulated ads, presets first.
func (c benchLearnCmd) worlds() ([]func(seed uint64) sim.World, error) {
	presets, space := c.Preset, bandit.Space{Sizes: c.Space}
	if len(c.World) == 0 && len(presets) == 0 {
		presets = sim.PresetNames()[:1]
	}
	if len(presets) == 0 && len(c.Space) > 0 {
		return nil, usageError("--space is of presets; the file of --world has one of its own")
	}
	if len(c.Space) == 0 {
		space.Sizes = []int{10, 5, 5, 5, 5}
	}
	if err := space.Validate(); err != nil {
		return nil, usageError("--space: " + err.Error())
	}
	var worlds []func(seed uint64) sim.World
	for _, name := range presets {
		preset, err := sim.NewPreset(name, len(space.Sizes))
		if err != nil {
			return nil, usageError("--preset: " + err.Error())
		}
		worlds = append(worlds, preset.Worlds(space))
	}
	for _, path := range c.World {
		data, err := os.ReadFile(path) //nolint:gosec // the operator names it
		if err != nil {
			return nil, err
		}
		world, err := sim.ReadWorld(data)
		if err == nil && c.Objective == "conversions" && world.Converts == nil {
			err = errors.New("world: it has no conversions")
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		world.Name = cmp.Or(world.Name, filepath.Base(path))
		worlds = append(worlds, world.Worlds)
	}
	return worlds, nil
}

// play has every policy serve the same worlds.
func (c benchLearnCmd) play(worlds func(uint64) sim.World) (*learnTable, error) {
	options := c.options()
	tournament := sim.Tournament{World: worlds, FirstSeed: c.Seed0, Instances: c.Instances, Config: sim.Config{
		Impressions: c.Impressions, Batch: c.Batch, Lag: c.Lag, Day: c.day(), Checkpoints: c.Checkpoints,
		Conversions: options.Objective == bandit.Conversions, Instant: c.Instant, Delay: c.Delay && !c.Instant, Now: threadTime,
	}}
	first := worlds(c.Seed0)
	table := &learnTable{
		World: first.Name, Space: first.Space.Sizes, Slots: first.Slots, FirstSeed: c.Seed0, Instances: c.Instances, Objective: c.Objective,
		Batch: c.Batch, Lag: c.Lag, Horizon: options.Horizon,
	}
	names := c.Policies
	if len(names) == 0 {
		names = bearable(first.Space.Size())
	}
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
	if c.Replicas > 0 {
		same, err := tournament.Replicate(c.Replicas, options)
		if err != nil {
			return nil, err
		}
		table.Replicas = &replicated{c.Replicas, same}
	}
	return table, nil
}

// options are those of the default policy, as far as baselines have them too.
func (c benchLearnCmd) options() bandit.Options {
	options := bandit.DefaultOptions()
	options.Forgetting = c.Forgetting
	options.Horizon = float64(c.Impressions) * options.ClickRate
	if c.Objective == "conversions" {
		options.Objective = bandit.Conversions
		options.Horizon *= options.ConversionRate
	}
	if c.Horizon != nil {
		options.Horizon = *c.Horizon
	}
	return options
}

// day is the impressions of a day.
func (c benchLearnCmd) day() int {
	if c.Day == 0 && c.Objective == "conversions" {
		return max(1, c.Impressions/10)
	}
	return c.Day
}

// bearable lists the policies that end in a reasonable time in a space of so many combinations.
func bearable(size int) []string {
	if size <= 20_000 {
		return sim.ContenderNames()
	}
	return []string{"default", "asset-beta", "uniform"}
}
