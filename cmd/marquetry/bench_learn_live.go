package main

import (
	"fmt"
	"io"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/sim"
)

// live measures what learning from many live ads costs.
func (c benchLearnCmd) live(to streams) error {
	worlds, err := c.worlds()
	if err != nil {
		return err
	}
	if len(worlds) > 1 {
		return usageError("--live-ads takes one preset or world")
	}
	load, err := sim.Live{
		World: worlds[0], FirstSeed: c.Seed0, Truths: min(c.Instances, c.LiveAds), Ads: c.LiveAds, Rate: c.Rate, Seconds: c.Seconds,
		Options: bandit.DefaultOptions(), Now: processTime,
	}.Run()
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(to.out, load)
	}
	return printLoad(to.out, load, worlds[0](c.Seed0))
}

// printLoad writes the numbers.
func printLoad(out io.Writer, l sim.Load, world sim.World) error {
	_, err := fmt.Fprintf(out, `%d live ads of %d combinations, %g impressions per second in all, %d simulated seconds
counted         %d events, %.6f CPU seconds per second
fitted          %d times, %.4f CPU seconds per second, the longest %.1f ms, at %.0f impressions on average
learning takes  %.4f of one core
models keep     %.0f kB of an ad
`, l.Ads, world.Space.Size(), l.Rate, l.Seconds, l.Events, l.Folding, l.Refits, l.Refitting, l.LongestMS, l.Impressions, l.Folding+l.Refitting, l.ModelBytes/1000)
	return err
}
