package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"text/tabwriter"

	"github.com/marquetry/marquetry/client"
)

// replayCmd is `marquetry replay`.
type replayCmd struct {
	remoteFlags
	Ad             string   `arg:"" help:"Id of the ad." placeholder:"AD"`
	Policy         []string `help:"Policies that would have decided: default, uniform, asset-beta, …" placeholder:"NAME"`
	Stop           []string `help:"An asset that would not have been shown: its id, its exact text, or slot and index as in title:2." placeholder:"ASSET" sep:"none"`
	Pin            []string `help:"An asset that would have been shown always." placeholder:"ASSET" sep:"none"`
	AddTitle       []string `help:"A headline that the ad does not have." placeholder:"TEXT" sep:"none"`
	AddBody        []string `help:"A primary text that the ad does not have." placeholder:"TEXT" sep:"none"`
	AddDescription []string `help:"A description that the ad does not have." placeholder:"TEXT" sep:"none"`
	JSON           bool     `name:"json" help:"Print the answer as JSON, with every method and the support of each."`
}

// Help is the example shown by --help.
func (replayCmd) Help() string {
	return "What would have been, on the ad's own log: under another policy, or without an asset, or with nothing else in its slot. Every impression has the exact " +
		"probability with which it was chosen, so those that the other policy would have made more often count more. Where too few tell, the answer is that there is not " +
		"enough support, and why. Of a text that was never shown no log can tell: the answer is a prediction, and what it would cost to find out.\n\n" +
		"Examples:\n  marquetry replay 120200000000000032\n" +
		"  marquetry replay --stop title:2 120200000000000032\n" +
		"  marquetry replay --add-title \"Fresh for breakfast\" 120200000000000032"
}

// Run asks and prints.
func (c replayCmd) Run(ctx context.Context, io streams) error {
	remote, err := client.New(c.URL, c.Token, client.WithHTTPClient(&http.Client{Timeout: writeTimeout}), client.WithRetries(0, 0)) // a long log takes its time
	if err != nil {
		return err
	}
	want := client.ReplayRequest{AdID: c.Ad, Policies: c.Policy, Stop: c.Stop, Pin: c.Pin}
	for _, list := range []struct {
		slot  string
		texts []string
	}{{"title", c.AddTitle}, {"body", c.AddBody}, {"description", c.AddDescription}} {
		for _, text := range list.texts {
			want.Add = append(want.Add, client.NewAsset{Slot: list.slot, Text: text})
		}
	}
	got, err := remote.Replay(ctx, want)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(io.out, got)
	}
	return printReplay(io.out, got)
}

// printReplay writes a table, and a sentence for all that is more than a number.
func printReplay(out io.Writer, r client.Replay) error {
	if r.Log.Impressions == 0 {
		fmt.Fprintf(out, "The log has no impressions of what this ad shows.\n")
	} else {
		fmt.Fprintf(out, "%d impressions from %s to %s; %s per 1000 impressions, with the interval that holds 95 %%\n", r.Log.Impressions, r.Log.First, r.Log.Last, r.Objective)
	}
	if !r.Log.Complete {
		fmt.Fprintln(out, "The log goes further back than a replay reads.")
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	row := func(name string, value client.Figure, lift string) {
		fmt.Fprintf(w, "%s\t%.2f\t%.2f … %.2f\t%s\n", name, 1000*value.Mean, 1000*max(0, value.Low), 1000*value.High, lift)
	}
	row("as it was", r.Actual, "")
	for _, a := range r.Answers {
		if a.Value == nil {
			fmt.Fprintf(w, "%s\t\t\tnot enough support: %s\n", replayedPolicy(a), a.Why)
			continue
		}
		row(replayedPolicy(a), *a.Value, fmt.Sprintf("%+.1f %% (%+.1f … %+.1f)", 100*a.Lift.Mean, 100*a.Lift.Low, 100*a.Lift.High))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, p := range r.Additions {
		printPrediction(out, p)
	}
	return nil
}

// replayedPolicy is a policy with what was stopped and pinned.
func replayedPolicy(a client.Replayed) string {
	name := a.Policy
	if len(a.Stop) > 0 {
		name += " without " + strings.Join(a.Stop, ", ")
	}
	if len(a.Pin) > 0 {
		name += " with only " + strings.Join(a.Pin, ", ")
	}
	return name
}

// printPrediction writes what is believed of a new text.
func printPrediction(out io.Writer, p client.Prediction) {
	fmt.Fprintf(out, "\n%s %q: ", p.Slot, p.Text)
	if p.Verdict != "prediction_from_prior" {
		fmt.Fprintf(out, "no prediction: %s\n", p.Why)
		return
	}
	fmt.Fprintf(out, "a prediction, not an estimate: %s.\n", p.Why)
	fmt.Fprintf(out, "  against the average of its slot   %+.0f %% … %+.0f %% (95 %%)\n", 100*(p.Low-1), 100*(p.High-1))
	fmt.Fprintf(out, "  better than the best of its slot  with probability %.0f %%\n", 100*p.ProbabilityBest)
	fmt.Fprintf(out, "  if among the best quarter         %+.0f %% over that best\n", 100*p.QuarterGain)
	fmt.Fprintf(out, "  to find out                       %d impressions of it until 50 events%s; %.0f events fewer than the best would bring in them\n",
		p.Impressions, days(p.Days), p.GivenUp)
	fmt.Fprintf(out, "  worth, expected                   %+.1f %% once it is known which is better\n", 100*p.ExpectedGain)
}

// days is a time in words, "" when it is not known.
func days(n float64) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(", about %.1f days at this pace", n)
}
