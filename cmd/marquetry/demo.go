package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/marquetry/marquetry"
	"github.com/marquetry/marquetry/client"
)

// demoCmd is `marquetry demo`.
type demoCmd struct {
	Data        string `help:"Keep the instance here, for 'marquetry serve --data DIR' afterwards; without it everything is temporary." placeholder:"DIR" type:"path"`
	Listen      string `help:"Address and port; the next free port if it is taken." default:"127.0.0.1:8080"`
	Seed        uint64 `help:"What people like and do is drawn from it: the same seed gives the same run on a new instance." default:"1"`
	Impressions int    `help:"How many visits, each of which is shown one ad." default:"30000"`
	Exit        bool   `help:"End after the report; otherwise the server stays up until Ctrl-C."`
	JSON        bool   `name:"json" help:"Print one JSON object on standard output, all else on standard error."`
}

// Help is the example shown by --help.
func (demoCmd) Help() string {
	return "A small shop makes an ad with 108 combinations, simulated people see it, click and buy, the server learns, and what it found is " +
		"printed beside the truth, which is known because the people are simulated. Everything goes through the public HTTP API.\n\n" +
		"Examples:\n  marquetry demo\n  marquetry demo --exit --seed 7 --json | jq .percent_of_optimal_last_tenth\n  marquetry demo --data ./data"
}

// Run opens an instance, serves it and plays the demonstration against it.
func (c demoCmd) Run(ctx context.Context, io streams) (err error) {
	if c.Impressions < 1 || c.Impressions > maxImpressions {
		return usageError(fmt.Sprintf("--impressions: %d is not between 1 and %d", c.Impressions, maxImpressions))
	}
	if c.Data == "" {
		if c.Data, err = os.MkdirTemp("", "marquetry-demo-"); err != nil {
			return fmt.Errorf("temporary directory: %w", err)
		}
		defer func() { err = errors.Join(err, os.RemoveAll(c.Data)) }()
	}
	listener, err := listenNear(ctx, c.Listen)
	if err != nil {
		return err
	}
	if port := portOf(listener.Addr().String()); port != portOf(c.Listen) && portOf(c.Listen) != "0" {
		fmt.Fprintf(io.err, "%s is taken, so this is on port %s.\n\n", c.Listen, port)
	}
	server, err := marquetry.New(ctx, marquetry.Config{
		Data: c.Data, Seed: c.Seed, ManualLearning: true, OpenConsole: loopback(listener), Logger: io.logger(),
	})
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer func() { err = errors.Join(err, server.Close()) }()
	return hostWhile(ctx, server, listener, func(ctx context.Context) error { return c.steps(ctx, io, server, reachable(listener)) })
}

// steps plays the demonstration through the API at base, prints the result and stays until ctx ends, unless told to exit.
func (c demoCmd) steps(ctx context.Context, to streams, server *marquetry.Server, base string) error {
	token, fresh := server.Fresh.Token, server.Fresh.Token != ""
	if !fresh { // the data directory had an instance already
		var err error
		if token, err = server.CreateToken(ctx, marquetry.TokenRequest{Label: "demo", Scopes: []string{"admin"}}); err != nil {
			return err
		}
	}
	api, err := client.New(base, token, client.WithUserAgent("marquetry-demo"))
	if err != nil {
		return err
	}
	defer api.Close()
	out := to.out
	if c.JSON {
		out = to.err
	}
	story := &story{
		api: api, base: base, token: token, fresh: fresh, seed: c.Seed, impressions: c.Impressions, now: time.Now(),
		page: newPage(out), bar: newBar(to.err),
	}
	result, err := story.play(ctx)
	if err != nil && ctx.Err() != nil {
		return errors.New("interrupted before the report")
	}
	if err != nil {
		return err
	}
	if c.JSON {
		if err := printJSON(to.out, result); err != nil {
			return err
		}
	}
	if c.Exit {
		return nil
	}
	story.invite()
	<-ctx.Done()
	fmt.Fprintln(out, "\nStopped.")
	return nil
}
