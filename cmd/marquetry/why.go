package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/marquetry/marquetry/client"
)

// whyCmd is `marquetry why`.
type whyCmd struct {
	remoteFlags
	Trace string `arg:"" name:"fbtrace_id" help:"The fbtrace_id of an error, or the x-fb-trace-id header of any answer."`
	JSON  bool   `name:"json" help:"Print all that is remembered of the request, as JSON."`
}

// Help is the example shown by --help.
func (whyCmd) Help() string {
	return "Says what was wrong with a request that the server refused, and prints parameters that would have been accepted; of one that was carried out, " +
		"what was ignored, read as something else or filled in. The server remembers the last 10,000 requests until it ends.\n\n" +
		"Example:\n  MARQUETRY_TOKEN=mq_… marquetry why AZn8GqKWd0S1vJb3m2PqYQ"
}

// Run looks the request up and prints it.
func (c whyCmd) Run(ctx context.Context, io streams) error {
	remote, err := client.New(c.URL, c.Token)
	if err != nil {
		return err
	}
	got, err := remote.Inspect(ctx, c.Trace)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(io.out, got.Raw)
	}
	printRequest(io.out, got)
	return nil
}

// printRequest writes what became of a request.
func printRequest(out io.Writer, r client.InspectedRequest) {
	fmt.Fprintf(out, "%s %s was answered %d at %s\n", r.Method, r.Path, r.Status, r.Time.UTC().Format(time.RFC3339))
	if r.Error != nil {
		fmt.Fprintf(out, "%s\n", r.Error.Message)
	}
	if e := r.Explanation; e != nil {
		printExplanation(out, e)
	}
	for _, list := range []struct {
		head   string
		values []client.InspectedValue
	}{{"Ignored", r.Ignored}, {"Read as something else", r.Collapsed}, {"Filled in", r.Defaulted}, {"Kept without effect", r.StoredOnly}} {
		for i, v := range list.values {
			if i == 0 {
				fmt.Fprintf(out, "\n%s:\n", list.head)
			}
			fmt.Fprintln(out, strings.TrimRight(fmt.Sprintf("  %s  %s", strings.Join(v.Path, "."), cmp.Or(v.Message, string(v.Value))), " "))
		}
	}
}

// printExplanation writes why a request was refused, and what to send instead.
func printExplanation(out io.Writer, e *client.RefusalExplained) {
	for i, f := range e.Faults {
		fmt.Fprintf(out, "\n%d. %s\n   rule %s", i+1, f.Message, f.Rule)
		if len(f.Path) > 0 {
			fmt.Fprintf(out, ", at %s", strings.Join(f.Path, "."))
		}
		if len(f.Known) > 0 {
			fmt.Fprintf(out, "; perhaps %s", strings.Join(f.Known, ", "))
		}
		if fmt.Fprintln(out); f.Why != "" {
			fmt.Fprintf(out, "   %s\n", f.Why)
		}
	}
	if e.Repaired != "" {
		fmt.Fprintf(out, "\nThe body as JSON:\n%s\n", e.Repaired)
	}
	if len(e.Corrected) > 0 {
		head := "As far as it can be corrected"
		if e.Accepted {
			head = "This would have been accepted"
		}
		fmt.Fprintf(out, "\n%s:\n%s\n", head, indented(e.Corrected))
	}
	for i, f := range e.Remaining {
		if i == 0 {
			fmt.Fprintf(out, "\nOnly you can know:\n")
		}
		fmt.Fprintf(out, "  %s\n", f.Message)
	}
}

// indented is JSON for reading.
func indented(text json.RawMessage) string {
	var out bytes.Buffer
	if json.Indent(&out, text, "", "  ") != nil {
		return string(text)
	}
	return out.String()
}
