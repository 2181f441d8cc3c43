package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/marquetry/marquetry/internal/generate/text"
	"github.com/marquetry/marquetry/internal/generate/text/judge"
	"github.com/marquetry/marquetry/internal/generate/text/rewrite"
)

// textCmd is `marquetry text`.
type textCmd struct {
	Text  string `arg:"" optional:"" help:"The primary text of an ad."`
	Items string `help:"Write variations of every item of this file, one JSON object a line." type:"existingfile" placeholder:"FILE"`
	Page  string `help:"Name of the Page, for a text on the command line." placeholder:"NAME"`
	Seed  uint64 `help:"Of every choice that is left to chance: the same seed gives the same texts." default:"1"`
}

// Help is the example shown by --help.
func (textCmd) Help() string {
	return "Rewrites the primary text of an ad, offline and by rules, up to four times. Nothing is said that the advertiser did not say, so " +
		"fewer than four, down to none, is a right answer.\n\n" +
		"Examples:\n  marquetry text \"Hand-tied bouquets delivered across Norwich. Order before 1pm.\"\n" +
		"  marquetry text --items items.jsonl > answers.jsonl"
}

// Run writes the variations of one text, or of a file of them.
func (c textCmd) Run(ctx context.Context, to streams) error {
	if (c.Text == "") == (c.Items == "") {
		return usageError("give a text, or --items with a file of them")
	}
	writer, err := newWriter()
	if err != nil {
		return err
	}
	if c.Items != "" {
		return c.file(ctx, writer, to.out)
	}
	res, err := writer.Write(ctx, text.Request{Message: c.Text, PageName: c.Page, Want: wanted, Seed: c.Seed})
	if err != nil {
		return err
	}
	printTexts(to.out, res)
	return nil
}

// wanted is how many variations are asked for, as many as a creative gets.
const wanted = 4

// newWriter makes the writer that needs no model and no network.
func newWriter() (*text.Writer, error) {
	embedded, err := rewrite.New()
	return &text.Writer{Embedded: embedded}, err
}

// file answers every item of a file on a line of its own.
func (c textCmd) file(ctx context.Context, writer *text.Writer, out io.Writer) error {
	items, err := itemsIn(c.Items)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	system := rewrites(writer, c.Seed)
	for i := range items {
		answer, err := system.Write(ctx, items[i])
		if err != nil {
			return err
		}
		if err := encoder.Encode(answer); err != nil {
			return fmt.Errorf("writing the answer for %s: %w", items[i].ID, err)
		}
	}
	return nil
}

// rewrites lets the judge ask a writer.
func rewrites(writer *text.Writer, seed uint64) judge.System {
	return judge.Timed("rewrites", time.Now, func(ctx context.Context, it judge.Item) ([]string, error) {
		r := text.Request{Message: it.Source, CallToAction: it.Context.CTA, PageName: it.Context.Page, PagePosts: it.Context.Posts, Want: wanted, Seed: seed}
		for i, ad := range it.Context.Past {
			r.Past = append(r.Past, text.Past{ID: fmt.Sprint(i + 1), Text: ad.Text, Impressions: ad.Impressions, Clicks: ad.Clicks})
		}
		res, err := writer.Write(ctx, r)
		texts := []string{}
		for _, v := range res.Variations {
			texts = append(texts, v.Text)
		}
		return texts, err
	})
}

// printTexts writes variations for reading, each with what was done to the source.
func printTexts(out io.Writer, res text.Result) {
	for i, v := range res.Variations {
		fmt.Fprintf(out, "%d. %s\n   %s\n", i+1, v.Text, strings.Join(slices.Compact(slices.Concat(v.Moves, v.Evidence)), ", "))
	}
	if len(res.Variations) == 0 {
		fmt.Fprintln(out, "Nothing: no rewrite of this text is both different and sure to say the same.")
	}
	if len(res.Flags) > 0 {
		fmt.Fprintf(out, "Noticed in the text: %s\n", strings.Join(res.Flags, ", "))
	}
}
