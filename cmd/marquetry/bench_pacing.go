package main

import (
	"context"
	"fmt"
	"text/tabwriter"

	"github.com/marquetry/marquetry/internal/pacing/trial"
)

// benchPacingCmd is `marquetry bench pacing`.
type benchPacingCmd struct {
	Days   int       `help:"Days, one after the other; on the first nothing is known of the traffic." default:"3"`
	Sizes  []float64 `help:"Budgets of a day, as parts of what its traffic could deliver." default:"0.0001,0.01,0.2,0.7"`
	Splits []float64 `help:"Parts of the requests that come to each of several processes." default:"0.1,0.2,0.3,0.4"`
	Peak   float64   `help:"Requests a second at the busiest time." default:"1000"`
	Noise  float64   `help:"Standard deviation of the rate around that of its hour, relative." default:"0.1"`
	Shown  float64   `help:"Probability with which an ad that was chosen is seen." default:"0.7"`
	Delay  float64   `help:"Mean seconds until it is seen." default:"3"`
	Seed   uint64    `help:"Of the traffic." default:"1"`

	OverHTTP bool   `name:"over-http" help:"Instead of simulating days, start servers and have visitors come by: --peak a second, divided by --splits."`
	Seconds  int    `help:"How long they come, over HTTP." default:"25"`
	Runs     int    `help:"Budgets of each kind that are spent, over HTTP." default:"1"`
	DB       string `name:"db" help:"Empty PostgreSQL database, over HTTP: four servers share its budgets, after one of its own has spent some." placeholder:"URL"`

	JSON bool `name:"json" help:"Print one JSON object for each line."`
}

// Help is the example shown by --help.
func (benchPacingCmd) Help() string {
	return "Simulated days of traffic with a low at night and peaks at noon and in the evening, in simulated time. Over and under are parts of the budget, and apart is " +
		"the most that the curves of spending and of traffic are away from each other, both as shares of their day. Hour is the most that an hour's share of the spending is " +
		"away from its share of the traffic, relative to that, mean what hours are away on average, and near how many of them are at most a tenth away, of the hours that have 2 % of the " +
		"traffic or more. One oracle is told the curve of all days, and one how many requests this very day has: what hours are away there is due to how this day differs, and to the luck of small numbers.\n\n" +
		"Over HTTP a budget is for half of the impressions that a run will have. Without pacing it is gone in the middle; with it, it lasts until the ad set ends, just behind the run. " +
		"Seen is what visitors reported, billed what the reports say, known what the budget knows.\n\n" +
		"Examples:\n  marquetry bench pacing --days 2 --sizes 0.2 --peak 100\n  marquetry bench pacing --over-http --db postgres://user@host/empty"
}

// pacedDay is one line.
type pacedDay struct {
	Processes int       `json:"processes"`
	Way       trial.Way `json:"way"`
	Size      float64   `json:"budget"`
	Number    int       `json:"day"`
	trial.Day
}

// Run measures and prints.
func (c benchPacingCmd) Run(ctx context.Context, to streams) error {
	switch {
	case c.Days < 1 || c.Days > 100:
		return usageError("--days is 1 to 100")
	case !(c.Peak >= 1 && c.Peak <= 10_000):
		return usageError("--peak is 1 to 10000")
	case !(c.Shown > 0 && c.Shown <= 1):
		return usageError("--shown is more than 0, at most 1")
	case c.Seconds < 1 || c.Runs < 1:
		return usageError("--seconds and --runs are at least 1")
	case c.OverHTTP:
		return c.overHTTP(ctx, to)
	}
	w := tabwriter.NewWriter(to.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	if !c.JSON {
		fmt.Fprintf(w, "processes\tway\tbudget\tday\tover\tunder\tapart\thour\tmean\tnear\t\n")
	}
	for _, splits := range [][]float64{nil, c.Splits} {
		for _, way := range trial.Ways() {
			for _, size := range c.Sizes {
				if err := c.spend(to, w, splits, way, size); err != nil {
					return err
				}
			}
		}
	}
	return w.Flush()
}

// spend runs the days of one budget.
func (c benchPacingCmd) spend(to streams, w *tabwriter.Writer, splits []float64, way trial.Way, size float64) error {
	traffic := trial.Traffic{Peak: c.Peak, Noise: c.Noise, Shown: c.Shown, Delay: c.Delay, Splits: splits}
	for i, d := range trial.Spend(traffic, way, size, c.Days, c.Seed) {
		line := pacedDay{max(1, len(splits)), way, size, i + 1, d}
		if c.JSON {
			if err := printJSON(to.out, line); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(w, "%d\t%s\t%g\t%d\t%.2f %%\t%.2f %%\t%.2f %%\t%.1f %%\t%.1f %%\t%.0f %%\t\n",
			line.Processes, way, size, line.Number, 100*d.Over, 100*d.Under, 100*d.Apart, 100*d.Hour, 100*d.Mean, 100*d.Near)
	}
	return nil
}
