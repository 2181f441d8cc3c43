package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/marquetry/marquetry"
	"github.com/marquetry/marquetry/client"
)

// demoCmd is `marquetry demo`.
type demoCmd struct {
	Data        string `help:"Keep the instance in this directory instead of a temporary one." placeholder:"DIR" type:"path"`
	Listen      string `help:"Address and port to listen on; the next free port if it is taken." default:"127.0.0.1:8080"`
	Seed        uint64 `help:"People, tastes and choices are drawn from it: the same seed repeats a run on a new instance exactly." default:"1"`
	Impressions int    `help:"How many times an ad is shown." default:"30000"`
	Exit        bool   `help:"End after the report instead of staying up."`
	JSON        bool   `name:"json" help:"Print one JSON object on standard output, and everything else on standard error."`
}

// Help is the example shown by --help.
func (demoCmd) Help() string {
	return "Everything goes through the public HTTP API. The people are simulated, so what they like is known.\n\n" +
		"Example:\n  marquetry demo\n  marquetry demo --exit --seed 7 --json | jq .percent_of_optimal_last_tenth"
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
	server, err := marquetry.New(ctx, marquetry.Config{
		Data: c.Data, Seed: c.Seed, ManualLearning: true, OpenConsole: loopback(listener), Logger: io.logger(),
	})
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer func() { err = errors.Join(err, server.Close()) }()
	return c.play(ctx, io, server, listener)
}

// play serves, and meanwhile goes through the demonstration's steps. It returns when both have ended.
func (c demoCmd) play(ctx context.Context, io streams, server *marquetry.Server, listener net.Listener) error {
	serving, stop := context.WithCancel(ctx)
	defer stop()
	group, serving := errgroup.WithContext(serving)
	group.Go(func() error { return host(serving, server, listener) })
	group.Go(func() error {
		defer stop()
		return c.steps(serving, io, server, reachable(listener))
	})
	return group.Wait()
}

// steps plays the demonstration through the API at base, prints the result and stays until ctx ends, unless told to exit.
func (c demoCmd) steps(ctx context.Context, to streams, server *marquetry.Server, base string) error {
	token := server.Fresh.Token
	if token == "" { // the data directory had an instance already
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
		api: api, base: base, token: token, seed: c.Seed, impressions: c.Impressions, now: time.Now(),
		page: newPage(out), bar: newBar(to.err),
	}
	result, err := story.play(ctx)
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
	return stay(ctx, story, out)
}

// stay waits until ctx ends.
func stay(ctx context.Context, s *story, out io.Writer) error {
	s.invite()
	<-ctx.Done()
	fmt.Fprintln(out)
	return nil
}
