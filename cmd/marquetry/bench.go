package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/marquetry/marquetry"
	"github.com/marquetry/marquetry/client"
)

// benchCmd is `marquetry bench`.
type benchCmd struct {
	Deliver   benchDeliverCmd   `cmd:"" help:"Decisions and events per second, beside a bare handler; memory and start of an idle server."`
	Graph     benchGraphCmd     `cmd:"" help:"Reads and writes of the Marketing API per second, beside a bare handler; lists of a very large account."`
	Learn     benchLearnCmd     `cmd:"" help:"How soon the learner finds what works, beside other policies, on simulated ads."`
	Upworthy  benchUpworthyCmd  `cmd:"" help:"Published A/B tests of headlines and images, replayed: how much of what the best arm brings policies get."`
	Offpolicy benchOffpolicyCmd `cmd:"" help:"What logs say of policies that did not make them, beside the truth; propensities beside frequencies."`
	Text      benchTextCmd      `cmd:"" help:"Variations of ad texts: how many are clean and distinct, beside systems that must do badly."`
	Image     benchImageCmd     `cmd:"" help:"Pictures extended and cut out: how near they come to the truth, beside other programs."`
	Effects   benchEffectsCmd   `cmd:"" help:"Reported effects of assets and pairs: how near they come to the truth of simulated ads."`
	Auction   benchAuctionCmd   `cmd:"" help:"Ads that compete for one inventory: what it brings advertisers and owner, beside taking turns and the highest bid."`
	Pacing    benchPacingCmd    `cmd:"" help:"How evenly budgets are spent on simulated days, and how exactly, by one process and by several."`
	Verdicts  benchVerdictsCmd  `cmd:"" help:"Claims about simulated ads under constant watch: how often false ones are ever made, how soon true ones."`
}

// benchDeliverCmd is `marquetry bench deliver`.
type benchDeliverCmd struct {
	Connections int  `help:"Keep-alive connections of the load, which shares the machine with the server." default:"32"`
	Requests    int  `help:"Requests of each kind in each round." default:"20000"`
	Rounds      int  `help:"Rounds in which the kinds take turns; the ratio is the median over them." default:"5"`
	Ads         int  `help:"Active ads of each account that is asked for ads, in sets with budget, caps and targeting." default:"1000"`
	JSON        bool `name:"json" help:"Print one JSON object."`
}

// Help is the example shown by --help.
func (benchDeliverCmd) Help() string {
	return "Every number is measured in this one run on this machine; compare the ratio, not the absolutes. Ads are asked for by account, each time for another of 16,384 viewers.\n\n" +
		"Examples:\n  marquetry bench deliver --requests 5000\n  marquetry bench deliver --ads 10000"
}

// benched is what one run of the benchmark found.
type benched struct {
	Ads        int      `json:"ads"`
	Alike      decision `json:"ads_alike"`    // the worst case for the auction
	Assorted   decision `json:"assorted_ads"` // an account as advertisers have them
	Events     measured `json:"durable_impressions_http"`
	TokenBytes int      `json:"bytes_per_token"`
	IdleMB     float64  `json:"idle_resident_mb"`
	ReadyMS    float64  `json:"start_to_ready_ms"`
}

// decision is what was found of decisions between the ads of one account.
type decision struct {
	InProcess float64  `json:"per_second_in_process"` // one core
	Median    float64  `json:"median_us"`             // there
	Slow      float64  `json:"p99_us"`
	HTTP      measured `json:"http"`
	Bare      measured `json:"bare_handler_http"` // the same bytes, written by a handler that does nothing else
	Ratio     float64  `json:"ratio_to_bare"`
	Half      measured `json:"http_at_half_of_the_peak"`
	BareHalf  measured `json:"bare_handler_http_at_that_rate"`
}

// Run measures and prints.
func (c benchDeliverCmd) Run(ctx context.Context, to streams) (err error) {
	dir, err := os.MkdirTemp("", "marquetry-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	b := benched{Ads: c.Ads}
	if b.ReadyMS, b.IdleMB, err = idle(ctx, dir+"/idle"); err != nil {
		return err
	}
	for _, kind := range []struct {
		name string
		all  spread
		of   *decision
	}{{"alike", alike(), &b.Alike}, {"assorted", assorted(), &b.Assorted}} {
		data := filepath.Join(dir, kind.name)
		err = benching(ctx, marquetry.Config{Data: data, Logger: to.logger()}, func(ctx context.Context, server *marquetry.Server, base string) error {
			return c.measure(ctx, data, server, base, kind.all, kind.of, &b)
		})
		if err != nil {
			return err
		}
	}
	if c.JSON {
		return printJSON(to.out, b)
	}
	return b.print(to.out)
}

// benching runs a server for as long as the work takes.
func benching(ctx context.Context, config marquetry.Config, work func(ctx context.Context, server *marquetry.Server, base string) error) (err error) {
	server, err := marquetry.New(ctx, config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Close()) }()
	listener, err := listen(ctx, "127.0.0.1:0")
	if err != nil {
		return err
	}
	return hostWhile(ctx, server, listener, func(ctx context.Context) error { return work(ctx, server, reachable(listener)) })
}

// measure creates the demonstration's ad and as many others as are wanted, and takes the numbers one after the other.
func (c benchDeliverCmd) measure(ctx context.Context, data string, server *marquetry.Server, base string, all spread, d *decision, b *benched) error {
	api, err := client.New(base, server.Fresh.Token)
	if err != nil {
		return err
	}
	defer api.Close()
	s := &story{api: api, base: base, token: server.Fresh.Token, page: newPage(io.Discard)}
	if err := s.advertise(ctx, larder(), time.Now().Add(-time.Hour)); err != nil {
		return err
	}
	last, err := throng(ctx, data, s.ad, max(c.Ads-1, 1), all)
	if err != nil {
		return err
	}
	if err := seen(ctx, server, last, base); err != nil {
		return err
	}
	if err := d.inProcess(ctx, server, s.account, base, all); err != nil {
		return err
	}
	if err := c.beside(ctx, base, s.account, all, d); err != nil || d != &b.Alike {
		return err
	}
	return c.events(ctx, server, base, s.account, b)
}

// inProcess decides for two seconds on one core.
func (d *decision) inProcess(ctx context.Context, server *marquetry.Server, account, base string, all spread) error {
	var took []float64
	for start := time.Now(); time.Since(start) < 2*time.Second; {
		began := time.Now()
		got, err := server.Decide(ctx, all.asks(account, int64(len(took))), base)
		if err := shown(got, err); err != nil {
			return err
		}
		took = append(took, float64(time.Since(began).Nanoseconds())/1000)
	}
	d.InProcess = float64(len(took)) / 2
	slices.Sort(took)
	d.Median, d.Slow = took[len(took)/2], took[len(took)*99/100]
	return nil
}

// shown is the error of a decision that failed or shows nothing.
func shown(got client.DecisionResponse, err error) error {
	if err == nil && len(got.Decisions) == 0 {
		return fmt.Errorf("decide: nothing to show: %s", got.Reason)
	}
	return err
}

// median is the middle of some numbers.
func median(list []float64) float64 {
	list = slices.Sorted(slices.Values(list))
	return list[len(list)/2]
}

// print writes the numbers as a table.
func (b benched) print(out io.Writer) error {
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	row := func(name string, m measured) {
		fmt.Fprintf(t, "%s\t%.0f/s\tp50 %.2f ms\tp99 %.2f ms\t%d bytes\t\n", name, m.PerSecond, m.P50, m.P99, m.Bytes)
	}
	for _, of := range []struct {
		name string
		decision
	}{{"ads that are all alike, the worst case", b.Alike}, {"assorted ads, as accounts have them", b.Assorted}} {
		fmt.Fprintf(t, "%d %s:\t\t\t\t\t\n", b.Ads, of.name)
		fmt.Fprintf(t, "decisions in process, one core\t%.0f/s\tp50 %.3f ms\tp99 %.3f ms\t\t\n", of.InProcess, of.Median/1000, of.Slow/1000)
		row("decisions over HTTP", of.HTTP)
		row("bare handler, same bytes", of.Bare)
		fmt.Fprintf(t, "ratio (median of rounds)\t%.2f\t\t\t\t\n", of.Ratio)
		row("decisions at half of the peak", of.Half)
		row("bare handler at that rate", of.BareHalf)
		fmt.Fprintf(t, "both, from when requests were due\t\t\tp99 %.2f and %.2f ms\t\t\n", of.Half.P99Due, of.BareHalf.P99Due)
	}
	row("durable impressions over HTTP", b.Events)
	fmt.Fprintf(t, "token\t%d bytes\t\t\t\t\n", b.TokenBytes)
	fmt.Fprintf(t, "idle server, resident\t%.0f MB\t\t\t\t\n", b.IdleMB)
	fmt.Fprintf(t, "start to ready\t%.0f ms\t\t\t\t\n", b.ReadyMS)
	return t.Flush()
}
