package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"text/tabwriter"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/marquetry/marquetry"
	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/bandit/sim"
)

// simulatedDay is the impressions of an ad's day.
const simulatedDay = 10_000

// overHTTP has simulated people come by a server, and prints what it reaches.
func (c benchLearnCmd) overHTTP(ctx context.Context, flags []string, to streams) (err error) {
	unless := func(flag string, set func()) {
		if !slices.Contains(flags, flag) {
			set()
		}
	}
	unless("impressions", func() { c.Impressions = 20_000 })
	unless("instances", func() { c.Instances = 1 })
	unless("policies", func() { c.Policies = []string{"default"} })
	if len(c.World) == 0 {
		unless("space", func() { c.Space = []int{3, 3, 2} })
	}
	if (c.URL == "") != (c.Token == "") {
		return usageError("--url and --token go together")
	}
	if c.URL != "" {
		return c.drive(ctx, c.URL, c.Token, to)
	}
	dir, err := os.MkdirTemp("", "marquetry-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	config := marquetry.Config{Data: dir, Logger: to.logger(), ManualLearning: true}
	return benching(ctx, config, func(ctx context.Context, server *marquetry.Server, base string) error {
		return c.drive(ctx, base, server.Fresh.Token, to)
	})
}

// drive measures every policy in every world at a server.
func (c benchLearnCmd) drive(ctx context.Context, base, token string, to streams) error {
	worlds, err := c.worlds()
	if err != nil {
		return err
	}
	api, err := client.New(base, token)
	if err != nil {
		return err
	}
	defer api.Close()
	for _, world := range worlds {
		t, err := c.table(ctx, api, world)
		if err != nil {
			return err
		}
		if c.JSON {
			err = printJSON(to.out, t)
		} else {
			err = errors.Join(t.print(to.out), t.printServed(to.out))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// servedTable is what a server reaches, and how fast it answers.
type servedTable struct {
	*learnTable
	Served []served `json:"over_http"` // by policy
}

// served is how fast a server answered.
type served struct {
	Policy    string   `json:"policy"`
	Decisions measured `json:"decisions"`
	Events    measured `json:"events"` // impressions and clicks
}

// table measures every policy in one kind of world.
func (c benchLearnCmd) table(ctx context.Context, api *client.Client, worlds func(uint64) sim.World) (*servedTable, error) {
	first := worlds(c.Seed0)
	t := &servedTable{learnTable: &learnTable{
		World: first.Name, Space: first.Space.Sizes, Slots: first.Slots, FirstSeed: c.Seed0, Instances: c.Instances, Objective: c.Objective, Batch: c.Batch,
	}}
	config := sim.Config{Impressions: c.Impressions, Batch: c.Batch, Checkpoints: c.Checkpoints}
	for _, policy := range c.Policies {
		v := visitors{api: api, config: config, workers: c.Connections}
		var runs [][]sim.Checkpoint
		for i := range c.Instances {
			v.world = worlds(c.Seed0 + uint64(i))
			points, err := v.run(ctx, policy)
			if err != nil {
				return nil, fmt.Errorf("world %s, policy %s: %w", first.Name, policy, err)
			}
			runs = append(runs, points)
		}
		s := served{policy, v.decisions.measured(), v.events.measured()}
		result := sim.NewResult(policy, runs)
		result.DecideNS, result.RefitMS = s.Decisions.P50*1e6, v.refits.mean()
		t.Policies, t.Served = append(t.Policies, result), append(t.Served, s)
	}
	t.compare()
	return t, nil
}

// printServed writes how fast the server answered.
func (t *servedTable) printServed(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "over HTTP\tper second\tp50\tp99\t\n")
	for _, s := range t.Served {
		fmt.Fprintf(w, "%s, decisions\t%.0f\t%.2f ms\t%.2f ms\t\n", s.Policy, s.Decisions.PerSecond, s.Decisions.P50, s.Decisions.P99)
		fmt.Fprintf(w, "%s, events\t%.0f\t%.2f ms\t%.2f ms\t\n", s.Policy, s.Events.PerSecond, s.Events.P50, s.Events.P99)
	}
	return w.Flush()
}

// visitors come by one ad of a server.
type visitors struct {
	api     *client.Client
	world   sim.World
	config  sim.Config
	workers int

	from                      time.Time
	ad                        string
	decisions, events, refits stopwatch
}

// visitor is one of them, and what it was shown.
type visitor struct {
	number, segment int
	threshold       float64
	combination     int
	shown           client.Decision
	clicks          bool
}

// run makes an ad and sends everybody by, in batches after each of which the server learns.
func (v *visitors) run(ctx context.Context, policy string) ([]sim.Checkpoint, error) {
	days := (v.config.Impressions + simulatedDay - 1) / simulatedDay
	v.from = time.Now().UTC().Truncate(time.Hour).Add(-time.Duration(days) * 24 * time.Hour)
	var err error
	if v.ad, err = v.advertise(ctx, policy); err != nil {
		return nil, err
	}
	score, err := sim.NewScore(v.world, v.config)
	if err != nil {
		return nil, err
	}
	var all []visitor
	sim.Visit(v.world, v.config.Impressions, func(t, segment int, threshold float64, _ uint64) {
		all = append(all, visitor{number: t, segment: segment, threshold: threshold})
	})
	for batch := range slices.Chunk(all, v.config.Batch) {
		if err := v.serve(ctx, batch, score); err != nil {
			return nil, err
		}
	}
	return score.Measure(v.config), nil
}

// serve shows ads to a batch of visitors, reports what they do, and has the server learn.
func (v *visitors) serve(ctx context.Context, batch []visitor, score *sim.Score) error {
	err := v.each(ctx, batch, &v.decisions, func(ctx context.Context, w *visitor) (int, error) { return 1, v.decide(ctx, w) })
	if err != nil {
		return err
	}
	for i := range batch {
		w := &batch[i]
		w.clicks = w.threshold < score.Add(w.segment, w.combination, 0)
	}
	if err := v.each(ctx, batch, &v.events, v.report); err != nil {
		return err
	}
	start := time.Now()
	_, err = v.api.Learn(ctx)
	v.refits.add(time.Since(start), 1)
	v.refits.spent += time.Since(start)
	return err
}

// each does something for every visitor, several at once, and takes the time of each.
func (v *visitors) each(ctx context.Context, batch []visitor, watch *stopwatch, do func(context.Context, *visitor) (requests int, err error)) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(v.workers)
	start := time.Now()
	for i := range batch {
		group.Go(func() error {
			sent := time.Now()
			n, err := do(ctx, &batch[i])
			watch.add(time.Since(sent)/time.Duration(max(1, n)), n)
			if err != nil {
				return fmt.Errorf("visitor %d: %w", batch[i].number, err)
			}
			return nil
		})
	}
	err := group.Wait()
	watch.spent += time.Since(start)
	return err
}

// decide asks what to show to a visitor.
func (v *visitors) decide(ctx context.Context, w *visitor) error {
	at := v.from.Add(time.Duration(w.number) * 24 * time.Hour / simulatedDay)
	got, err := v.api.Decide(ctx, client.DecisionRequest{
		AdID: v.ad, Placement: placements()[w.segment], Viewer: client.Viewer{ID: strconv.Itoa(w.number)}, Time: at.Format(time.RFC3339Nano),
	})
	if err := shown(got, err); err != nil {
		return err
	}
	w.shown, w.combination = got.Decisions[0], 0
	for f, n := range v.world.Space.Sizes {
		asset, ok := w.shown.Assets[slotNames()[f]]
		if !ok || asset.Index < 0 || asset.Index >= n {
			return fmt.Errorf("the ad's %s is not one of %d", slotNames()[f], n)
		}
		w.combination = w.combination*n + asset.Index
	}
	return nil
}

// report says that a visitor saw the ad, and clicked if so.
func (v *visitors) report(ctx context.Context, w *visitor) (requests int, err error) {
	if err := v.api.Impression(ctx, w.shown.ImpressionURL); err != nil || !w.clicks {
		return 1, err
	}
	_, err = v.api.Click(ctx, w.shown.ClickURL)
	return 2, err
}
