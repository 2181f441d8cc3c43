package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"text/tabwriter"

	"github.com/marquetry/marquetry"
)

// benchGraphCmd is `marquetry bench graph`.
type benchGraphCmd struct {
	Connections int  `help:"Keep-alive connections of the load, which shares the machine with the server." default:"32"`
	Requests    int  `help:"Requests of each kind in each round; batches are a twentieth of it." default:"2000"`
	Rounds      int  `help:"Rounds in which the server and the bare handler take turns; the ratio is the median over them." default:"3"`
	Ads         int  `help:"Ads in the large account, whose lists one connection reads alone." default:"100000"`
	JSON        bool `name:"json" help:"Print one JSON object."`
}

// Help is the example shown by --help.
func (benchGraphCmd) Help() string {
	return "Every number is measured in this one run on this machine; compare the ratio, not the absolutes.\n\n" +
		"Example:\n  marquetry bench graph --requests 500 --ads 10000"
}

// benchedGraph is what one run of the benchmark found.
type benchedGraph struct {
	Kinds []compared `json:"kinds"`
	Ads   int        `json:"large_account_ads"`
	Large []compared `json:"large_account"`
}

// compared is one kind of request, and the same bytes written by a handler that does nothing else.
type compared struct {
	Name string `json:"name"`
	measured
	Bare  measured `json:"bare_handler"`
	Ratio float64  `json:"ratio_to_bare"`
}

// Run measures and prints.
func (c benchGraphCmd) Run(ctx context.Context, to streams) (err error) {
	dir, err := os.MkdirTemp("", "marquetry-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	b := benchedGraph{Ads: c.Ads}
	config := marquetry.Config{Data: dir, Logger: to.logger(), Platform: marquetry.Platform{Crowded: true}}
	err = benching(ctx, config, func(ctx context.Context, server *marquetry.Server, base string) error {
		s := shelf{base: base, token: server.Fresh.Token, account: server.Fresh.AccountID, page: server.Fresh.PageID}
		if err := s.stock(ctx); err != nil {
			return err
		}
		if b.Kinds, err = c.compare(ctx, base, s.kinds(c), c.Connections); err != nil {
			return err
		}
		if err := crowd(ctx, dir, s.ads[0], c.Ads-len(s.ads)); err != nil {
			return err
		}
		b.Large, err = c.compare(ctx, base, s.lists(c), 1)
		return err
	})
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(to.out, b)
	}
	return b.print(to.out)
}

// compare measures kinds of requests one after the other.
func (c benchGraphCmd) compare(ctx context.Context, base string, kinds []kind, connections int) ([]compared, error) {
	list := make([]compared, len(kinds))
	for i, k := range kinds {
		r, err := k.request(ctx)
		if err != nil {
			return nil, err
		}
		request, answer, err := exchange(r)
		if err != nil {
			return nil, err
		}
		l := load{addr: hostOf(base), connections: connections, requests: int64(k.requests), request: func(int64) []byte { return request }}
		list[i].Name = k.name
		if list[i].measured, list[i].Bare, list[i].Ratio, err = l.beside(ctx, answer, c.Rounds); err != nil {
			return nil, fmt.Errorf("%s: %w", k.name, err)
		}
	}
	return list, nil
}

// kinds are the requests whose rate is measured.
func (s *shelf) kinds(c benchGraphCmd) []kind {
	ad := "/" + s.ads[0] + "?fields=" + url.QueryEscape("name,effective_status,creative{name,object_story_spec}")
	read := map[string]any{"method": "GET", "relative_url": "v25.0" + ad}
	return []kind{
		s.get("ad with its creative", c.Requests, ad),
		s.get("list of 50 ads", c.Requests, "/"+s.account+"/ads"+listed),
		s.post("new campaign", c.Requests, "/"+s.account+"/campaigns", campaign()),
		s.post("batch of 50 reads", max(c.Requests/20, 1), "/", batchOf(repeated(read, most))),
	}
}

// lists are the requests of the large account.
func (s *shelf) lists(c benchGraphCmd) []kind {
	ads := "/" + s.account + "/ads" + listed
	named := func(text string) string {
		return "&filtering=" + url.QueryEscape(`[{"field":"name","operator":"CONTAIN","value":"`+text+`"}]`)
	}
	return []kind{
		s.get("page of 50", c.Requests, ads),
		s.get("paused ads", c.Requests, ads+"&effective_status="+url.QueryEscape(`["PAUSED"]`)),
		s.get("many names with 77", c.Requests, ads+named("77")),
		s.get("one name in a thousand", c.Requests, ads+named("rare")),
		s.get("a name that no ad has", c.Requests, ads+named("nobody")),
	}
}

// print writes the numbers as a table.
func (b benchedGraph) print(out io.Writer) error {
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	table := func(title string, list []compared) {
		fmt.Fprintf(t, "%s\tper second\tp50 ms\tp99 ms\tbytes\tbare per second\tratio\t\n", title)
		for _, k := range list {
			fmt.Fprintf(t, "%s\t%.0f\t%.2f\t%.2f\t%d\t%.0f\t%.3f\t\n", k.Name, k.PerSecond, k.P50, k.P99, k.Bytes, k.Bare.PerSecond, k.Ratio)
		}
	}
	table("Marketing API", b.Kinds)
	table(fmt.Sprintf("account of %d ads", b.Ads), b.Large)
	return t.Flush()
}
