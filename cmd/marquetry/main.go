// Command marquetry runs the engine: the server, a demonstration of it, and what an operator needs beside them.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // ad accounts have time zones, and not every machine has the tables

	"github.com/alecthomas/kong"
)

// Exit codes.
const (
	exitFailed = 1
	exitUsage  = 2
)

// commands is the command line; each command is in a file of its own.
type commands struct {
	Demo    demoCmd    `cmd:"" help:"Show the main job from start to end: an ad is made, delivered to simulated people, learnt and reported."`
	Serve   serveCmd   `cmd:"" help:"Run the server."`
	Token   tokenCmd   `cmd:"" help:"Manage access tokens."`
	Rebuild rebuildCmd `cmd:"" help:"Fold the event log again, from its beginning, into reports and models."`
	Bench   benchCmd   `cmd:"" help:"Measure the program on this machine."`
	Version versionCmd `cmd:"" help:"Print the version."`
}

// streams is where a command writes: results to out, everything else to err.
type streams struct{ out, err io.Writer }

// logger writes what an operator wants to know, one line each.
func (s streams) logger() *slog.Logger { return slog.New(slog.NewTextHandler(s.err, nil)) }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], streams{os.Stdout, os.Stderr})
	stop()
	os.Exit(code)
}

// run carries out one command line and returns its exit code.
func run(ctx context.Context, args []string, io streams) int {
	parser, err := kong.New(&commands{},
		kong.Name("marquetry"),
		kong.Description("A self-hosted dynamic-creative engine that speaks Meta's Marketing API."),
		kong.Writers(io.out, io.err),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(io),
	)
	if err != nil {
		fmt.Fprintln(io.err, "marquetry:", err)
		return exitFailed
	}
	command, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(io.err, "marquetry: %v\nTry: marquetry --help\n", err)
		return exitUsage
	}
	err = command.Run()
	var usage usageError
	switch {
	case err == nil || errors.Is(err, context.Canceled) && ctx.Err() != nil: // Ctrl-C is how a server is meant to end
		return 0
	case errors.As(err, &usage):
		fmt.Fprintf(io.err, "marquetry: %v\nTry: marquetry %s --help\n", err, command.Command())
		return exitUsage
	}
	fmt.Fprintln(io.err, "marquetry:", err)
	return exitFailed
}

// usageError is a command line that could be parsed and makes no sense.
type usageError string

// Error says what makes no sense.
func (e usageError) Error() string { return string(e) }
