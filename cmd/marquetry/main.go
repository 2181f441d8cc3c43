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

// description opens the help.
const description = "An open, self-hosted dynamic-creative engine that speaks Meta's Marketing API: it combines pictures, headlines, texts and " +
	"buttons into ads, learns which combination works for whom, and reports it.\n\n" +
	"Examples:\n  marquetry demo                   # the main job, with simulated people\n  marquetry serve --data ./data    # a server of your own"

// commands is the command line; each command is in a file of its own.
type commands struct {
	Demo    demoCmd    `cmd:"" help:"See the main job from start to end, in half a minute. Begin here."`
	Serve   serveCmd   `cmd:"" help:"Run the server: API, delivery and console."`
	Token   tokenCmd   `cmd:"" help:"Access tokens."`
	CA      caCmd      `cmd:"" name:"ca" help:"Make certificates for clients that only speak to Meta's hosts."`
	API     apiCmd     `cmd:"" name:"api" help:"Make one request of the Graph API."`
	Why     whyCmd     `cmd:"" help:"Say why a request was refused, and what would have been accepted."`
	Replay  replayCmd  `cmd:"" help:"Say what another policy, or other assets, would have brought on the log of an ad."`
	Ledger  ledgerCmd  `cmd:"" help:"The record of how generated assets came about."`
	Rebuild rebuildCmd `cmd:"" help:"Make reports and models again from the event log."`
	Text    textCmd    `cmd:"" help:"Rewrite the text of an ad, up to four times."`
	Media   mediaCmd   `cmd:"" help:"Make pictures: expand one, cut a product out, paint backgrounds."`
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
		kong.Description(description),
		kong.Writers(io.out, io.err),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(io),
	)
	if err != nil {
		fmt.Fprintln(io.err, "marquetry:", err)
		return exitFailed
	}
	command, err := parser.Parse(spelled(args))
	if err != nil {
		complain(io.err, err, len(args) == 0)
		return exitUsage
	}
	err = command.Run()
	var usage usageError
	switch {
	case err == nil || errors.Is(err, context.Canceled) && ctx.Err() != nil: // Ctrl-C is how a server is meant to end
		return 0
	case errors.As(err, &usage):
		fmt.Fprintf(io.err, "marquetry: %v\nTry: %s --help\n", err, commandOf(command))
		return exitUsage
	}
	fmt.Fprintln(io.err, "marquetry:", err)
	return exitFailed
}

// spelled puts what people try first into this program's words: help, and --version.
func spelled(args []string) []string {
	switch {
	case len(args) > 0 && args[0] == "help":
		return append(args[1:len(args):len(args)], "--help")
	case len(args) == 1 && args[0] == "--version":
		return []string{"version"}
	}
	return args
}

// complain says what is wrong with a command line and where its help is: at the command up to which it made sense. Somebody who
// typed nothing else gets the help itself.
func complain(out io.Writer, err error, bare bool) {
	command := "marquetry"
	var parse *kong.ParseError
	if errors.As(err, &parse) && parse.Context != nil {
		if bare {
			parse.Context.Stdout = out
			_ = parse.Context.PrintUsage(false)
			return
		}
		command = commandOf(parse.Context)
	}
	fmt.Fprintf(out, "marquetry: %v\nTry: %s --help\n", err, command)
}

// commandOf is the program and the command that a line names, without its arguments.
func commandOf(line *kong.Context) string {
	if node := line.Selected(); node != nil {
		return node.FullPath()
	}
	return line.Model.Name
}

// usageError is a command line that could be parsed and makes no sense.
type usageError string

// Error says what makes no sense.
func (e usageError) Error() string { return string(e) }
