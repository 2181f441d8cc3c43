package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"text/tabwriter"
	"time"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/store"
)

// sharing is how many servers spend one budget.
const sharing = 4

// spentRun is one budget at real servers. Money is counted in impressions, which all cost the same.
type spentRun struct {
	Servers int     `json:"servers"`
	Pacing  string  `json:"pacing_type"`
	Run     int     `json:"run"`
	Budget  int64   `json:"budget"`
	Asked   int64   `json:"asked"`
	Refused float64 `json:"refused"` // share of what was asked for
	Seen    int64   `json:"seen"`    // impressions that were reported, and the server accepted
	Billed  int64   `json:"billed"`  // that the reports say
	Known   int64   `json:"known"`   // that the budget knows of
	Over    float64 `json:"over"`    // of the budget
	Under   float64 `json:"under"`
	Apart   float64 `json:"apart"` // most that the curve of what was seen is away from that of what was asked, both as shares of their run
}

// overHTTP spends budgets at one server on SQLite and, where there is a database, at four on PostgreSQL, and prints what came of each.
func (c benchPacingCmd) overHTTP(ctx context.Context, to streams) error {
	w := tabwriter.NewWriter(to.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	if !c.JSON {
		fmt.Fprintf(w, "servers\tpacing\trun\tbudget\tasked\trefused\tseen\tbilled\tknown\tover\tunder\tapart\t\n")
	}
	worst := 0.0
	tell := func(r spentRun) error {
		worst = max(worst, r.Over)
		if c.JSON {
			return printJSON(to.out, r)
		}
		fmt.Fprintf(w, "%d\t%s\t%d\t%d\t%d\t%.1f %%\t%d\t%d\t%d\t%.2f %%\t%.2f %%\t%.1f %%\t\n", r.Servers, r.Pacing, r.Run, r.Budget, r.Asked, 100*r.Refused,
			r.Seen, r.Billed, r.Known, 100*r.Over, 100*r.Under, 100*r.Apart)
		return nil
	}
	if err := c.atServers(ctx, to, tell, "--events", "file"); err != nil {
		return err
	}
	if c.DB != "" {
		if err := c.atServers(ctx, to, tell, "--events", "db", "--db", c.DB); err != nil {
			return err
		}
	}
	if c.JSON {
		return nil
	}
	fmt.Fprintf(w, "largest overspend\t%.2f %%\t\n", 100*worst)
	return w.Flush()
}

// atServers starts servers, and spends budgets there.
func (c benchPacingCmd) atServers(ctx context.Context, to streams, tell func(spentRun) error, flags ...string) (err error) {
	dir, err := os.MkdirTemp("", "marquetry-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	at := store.Config{Dir: dir + "/0"}
	if flags[1] == "db" {
		at.URL = c.DB
	}
	var hosts []string
	var first started
	for i := range sharing {
		one, child, err := hatch(ctx, to, dir+"/"+strconv.Itoa(i), flags...)
		if err != nil {
			return err
		}
		defer func() {
			_ = child.Process.Kill()
			_ = child.Wait()
		}()
		if hosts = append(hosts, hostOf(one.URL)); i == 0 {
			first = one
		}
		if flags[1] == "file" {
			break
		}
	}
	if first.Token == "" {
		return usageError("--db: the database is in use already; give an empty one")
	}
	api, err := client.New(first.URL, first.Token)
	if err != nil {
		return err
	}
	defer api.Close()
	s := &story{api: api, base: first.URL, token: first.Token, page: newPage(io.Discard)}
	if err := s.advertise(ctx, larder(), time.Now().Add(-time.Hour)); err != nil {
		return err
	}
	for run := range c.Runs {
		for _, way := range []string{"no_pacing", "standard"} {
			r, err := c.spendLive(ctx, s, at, hosts, way)
			if err != nil {
				return err
			}
			r.Run = run + 1
			if err := tell(r); err != nil {
				return err
			}
		}
	}
	return nil
}

// spendLive makes an ad set whose budget is for half of the impressions that there will be, has visitors come, and compares.
func (c benchPacingCmd) spendLive(ctx context.Context, s *story, data store.Config, hosts []string, way string) (spentRun, error) {
	run := time.Duration(c.Seconds) * time.Second
	r := spentRun{Servers: len(hosts), Pacing: way, Asked: int64(c.Peak) * int64(c.Seconds)}
	cents := int64(float64(r.Asked)*c.Shown/2) * benchPrice / microsPerCent
	r.Budget = cents * microsPerCent / benchPrice
	warm := 5 * time.Second // until all servers know the ad set, and of each other
	set, err := s.api.Create(ctx, s.account+"/adsets", client.Params{
		"name": "Spent " + way, "campaign_id": s.campaign, "status": "ACTIVE", "is_dynamic_creative": true, "pacing_type": []string{way},
		"optimization_goal": "OFFSITE_CONVERSIONS", "billing_event": "IMPRESSIONS", "daily_budget": cents,
		"promoted_object": map[string]string{"pixel_id": s.pixel, "custom_event_type": "PURCHASE"},
		"targeting":       map[string]any{"geo_locations": map[string]any{"countries": []string{"US"}}, "targeting_automation": map[string]int{"advantage_audience": 0}},
	})
	if err != nil {
		return r, fmt.Errorf("ad set: %w", err)
	}
	_, err = s.api.Create(ctx, s.account+"/ads", client.Params{"name": "Spent", "adset_id": set, "creative": map[string]string{"creative_id": s.creative}, "status": "ACTIVE"})
	if err != nil {
		return r, fmt.Errorf("ad: %w", err)
	}
	if err := c.ends(ctx, data, set, time.Now().Add(warm+run).Unix()); err != nil {
		return r, err
	}
	time.Sleep(warm)
	people := newPassers(c, set, hosts)
	defer people.close()
	if err := people.come(ctx, r.Asked); err != nil {
		return r, err
	}
	r.Seen, r.Refused = people.seen.Load(), float64(people.refused.Load())/float64(r.Asked)
	r.Over, r.Under = max(0, float64(r.Seen-r.Budget)/float64(r.Budget)), max(0, float64(r.Budget-r.Seen)/float64(r.Budget))
	r.Apart = people.apart()
	return r, r.ask(ctx, s.api, set)
}

// ends has an ad set end at a time (unix seconds), past the server, which lets none run for less than a day.
func (c benchPacingCmd) ends(ctx context.Context, at store.Config, set string, end int64) (err error) {
	db, err := store.Open(ctx, at)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return db.Write(ctx, func(tx store.Tx) error {
		o, err := whole(ctx, tx, set)
		if err != nil {
			return err
		}
		o.Data["end_time"] = end
		return tx.Update(ctx, o)
	})
}

// ask waits until everything is folded, and asks what the budget and the reports know.
func (r *spentRun) ask(ctx context.Context, api *client.Client, set string) error {
	learned, err := api.Learn(ctx)
	if err != nil {
		return fmt.Errorf("after %d events: %w", learned.Events, err)
	}
	b, err := api.Budget(ctx, set)
	if err != nil {
		return err
	}
	page, err := api.Get(ctx, set+"/insights", client.Params{"fields": "impressions,spend", "date_preset": "maximum"})
	if err != nil {
		return err
	}
	for _, row := range page.List("data") {
		r.Billed = row.Int("impressions")
	}
	r.Known = b.Delivered / benchPrice
	return nil
}
