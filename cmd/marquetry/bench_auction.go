package main

import (
	"fmt"
	"math"
	"slices"
	"text/tabwriter"

	"github.com/marquetry/marquetry/internal/auction/sim"
)

// benchAuctionCmd is `marquetry bench auction`.
type benchAuctionCmd struct {
	Policy      []string `help:"Who gets an impression." default:"value,first-come,bid-only,value-mean,value-drawn,value-truth"`
	Advertisers int      `help:"Advertisers of each world, one to four ads each." default:"32"`
	Days        int      `help:"Days of each world." default:"7"`
	Daily       int      `help:"Impressions on a day." default:"10000"`
	Seed0       uint64   `name:"seed0" help:"Seed of the first world; those after it count up." default:"1"`
	Instances   int      `help:"Worlds in which each policy runs." default:"16"`
	JSON        bool     `name:"json" help:"Print one JSON object for each policy."`
}

// Help is the example shown by --help.
func (benchAuctionCmd) Help() string {
	return "One inventory, advertisers with bids, caps, budgets and newcomers, whose true rates and values are known. value and revenue are what the events are worth to " +
		"the advertisers, and what they pay the owner, relative to first-come in the same world; surplus is what is left to them, relative to the value of first-come; " +
		"each with its standard error over worlds. against is the paired difference of value to the first policy. kept is the share of limits on average costs that were " +
		"kept, newcomers the value of later ads relative to value-truth, which knows the true rates.\n\nExample:\n  marquetry bench auction --instances 4"
}

// auctioned is what was found of one policy.
type auctioned struct {
	Policy    string   `json:"policy"`
	Value     estimate `json:"value"`
	Revenue   estimate `json:"revenue"`
	Surplus   estimate `json:"surplus"`
	Against   estimate `json:"against_first"`
	Kept      estimate `json:"cost_caps_kept"`
	Newcomers estimate `json:"newcomers"`
	Filled    estimate `json:"filled"`
}

// estimate is a mean with its standard error.
type estimate struct {
	Mean  float64 `json:"mean"`
	Error float64 `json:"standard_error"`
}

// String writes an estimate.
func (e estimate) String() string { return fmt.Sprintf("%.3f ±%.3f", e.Mean, e.Error) }

// Run measures and prints.
func (c benchAuctionCmd) Run(to streams) error {
	outcomes := map[sim.Policy][]sim.Outcome{}
	asked := []sim.Policy{sim.FirstCome, sim.Truth}
	for _, name := range c.Policy {
		if !slices.Contains(sim.Policies(), sim.Policy(name)) {
			return usageError(fmt.Sprintf("--policy: %q is none of %v", name, sim.Policies()))
		}
		asked = append(asked, sim.Policy(name))
	}
	if c.Advertisers < 1 || c.Days < 1 || c.Daily < 1 || c.Instances < 2 {
		return usageError("--advertisers, --days and --daily must be positive, --instances at least 2")
	}
	for i := range c.Instances {
		seed := c.Seed0 + uint64(i)
		world := sim.NewWorld(sim.Shape{Advertisers: c.Advertisers, Days: c.Days, Daily: c.Daily}, seed)
		for _, policy := range asked {
			if len(outcomes[policy]) == i {
				outcomes[policy] = append(outcomes[policy], world.Run(policy, seed))
			}
		}
	}
	w := tabwriter.NewWriter(to.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "policy\tvalue\trevenue\tsurplus\tagainst\tkept\tnewcomers\tfilled\t\n")
	for _, policy := range asked[2:] {
		found := compareOutcomes(policy, outcomes, asked[2])
		if c.JSON {
			if err := printJSON(to.out, found); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t\n", found.Policy, found.Value, found.Revenue, found.Surplus, found.Against, found.Kept, found.Newcomers, found.Filled)
	}
	if c.JSON {
		return nil
	}
	return w.Flush()
}

// compareOutcomes sets a policy beside first-come, world by world.
func compareOutcomes(policy sim.Policy, all map[sim.Policy][]sim.Outcome, first sim.Policy) auctioned {
	base, truth, main, mine := all[sim.FirstCome], all[sim.Truth], all[first], all[policy]
	over := func(f func(i int) float64) estimate { return estimateOf(len(mine), f) }
	return auctioned{
		Policy:    string(policy),
		Value:     over(func(i int) float64 { return mine[i].Value / base[i].Value }),
		Revenue:   over(func(i int) float64 { return mine[i].Revenue / base[i].Revenue }),
		Surplus:   over(func(i int) float64 { return mine[i].Surplus() / base[i].Value }),
		Against:   over(func(i int) float64 { return (mine[i].Value - main[i].Value) / base[i].Value }),
		Kept:      over(func(i int) float64 { return mine[i].Kept }),
		Newcomers: over(func(i int) float64 { return mine[i].Newcomers / max(truth[i].Newcomers, 1e-9) }),
		Filled:    over(func(i int) float64 { return mine[i].Filled }),
	}
}

// estimateOf is the mean of n numbers with its standard error.
func estimateOf(n int, of func(i int) float64) estimate {
	var sum, squares float64
	for i := range n {
		sum += of(i)
	}
	mean := sum / float64(n)
	for i := range n {
		squares += (of(i) - mean) * (of(i) - mean)
	}
	return estimate{mean, math.Sqrt(squares / float64(n) / float64(n-1))}
}
