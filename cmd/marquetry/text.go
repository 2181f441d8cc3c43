package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/marquetry/marquetry/internal/generate/text"
	"github.com/marquetry/marquetry/internal/generate/text/judge"
)

// textCmd is `marquetry text`.
type textCmd struct {
	Text  string `arg:"" optional:"" help:"The primary text of an ad."`
	Items string `help:"Write variations of every item of this file, one JSON object a line." type:"existingfile" placeholder:"FILE"`
	Page  string `help:"Name of the Page, for a text on the command line." placeholder:"NAME"`
	textFlags
	Seed uint64 `help:"Of every choice that is left to chance: the same seed gives the same texts." default:"1"`
}

// Help is the example shown by --help.
func (textCmd) Help() string {
	return "Rewrites the primary text of an ad, up to four times: offline and by rules, or through a model. Nothing is said that the " +
		"advertiser did not say, so fewer than four, down to none, is a right answer.\n\n" +
		"Examples:\n  marquetry text \"Hand-tied bouquets delivered across Norwich. Order before 1pm.\"\n" +
		"  marquetry text --items items.jsonl > answers.jsonl\n" +
		"  marquetry text --text-generator openai --text-base-url http://127.0.0.1:11434/v1 --text-model MODEL \"Order before 1pm.\""
}

// Run writes the variations of one text, or of a file of them.
func (c textCmd) Run(ctx context.Context, to streams) error {
	if (c.Text == "") == (c.Items == "") {
		return usageError("give a text, or --items with a file of them")
	}
	write, err := c.writer(to.err)
	if err != nil {
		return err
	}
	if c.Items != "" {
		return c.file(ctx, write, to.out)
	}
	res, err := write(ctx, text.Request{Message: c.Text, PageName: c.Page, Want: wanted, Seed: c.Seed})
	if err != nil {
		return err
	}
	printTexts(to.out, res)
	return nil
}

// wanted is how many variations are asked for, as many as a creative gets.
const wanted = 4

// textWriter writes the texts that are asked for, as a server would.
type textWriter = func(ctx context.Context, r text.Request) (text.Result, error)

// writer is what the flags choose. What a model fails at is told.
func (f textFlags) writer(told io.Writer) (textWriter, error) {
	write, err := f.generation().Writer(time.Now, rand.Reader)
	return func(ctx context.Context, r text.Request) (text.Result, error) {
		res, err := write(ctx, r)
		if res.Fallback != "" {
			fmt.Fprintf(told, "no texts of the model: %s\n", res.Fallback)
		}
		return res, err
	}, err
}

// file answers every item of a file on a line of its own.
func (c textCmd) file(ctx context.Context, write textWriter, out io.Writer) error {
	items, err := itemsIn(c.Items)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	system := asked(c.TextGenerator, write, c.Seed)
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

// asked lets the judge ask a writer.
func asked(name string, write textWriter, seed uint64) judge.System {
	return judge.Timed(name, time.Now, func(ctx context.Context, it judge.Item) ([]string, error) {
		r := text.Request{Message: it.Source, CallToAction: it.Context.CTA, PageName: it.Context.Page, PagePosts: it.Context.Posts, Want: wanted, Seed: seed}
		for i, ad := range it.Context.Past {
			r.Past = append(r.Past, text.Past{ID: fmt.Sprint(i + 1), Text: ad.Text, Impressions: ad.Impressions, Clicks: ad.Clicks})
		}
		res, err := write(ctx, r)
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
