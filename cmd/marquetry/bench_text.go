package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/marquetry/marquetry/internal/generate/text/judge"
)

// benchTextCmd is `marquetry bench text`.
type benchTextCmd struct {
	Items   []string `help:"File of items, one JSON object a line; may come more than once. Without it, the items that are built in." type:"existingfile" placeholder:"FILE"`
	Answers string   `help:"Judge this file of answers, as marquetry text writes it, instead of writing any." type:"existingfile" placeholder:"FILE"`
	Open    bool     `help:"Measure only the items that rules may be tuned on." xor:"set"`
	Held    bool     `help:"Measure only the items that are kept unseen: of a file of your own, those whose number is divisible by three." xor:"set"`
	textFlags
	Seed  uint64 `help:"Of the variations." default:"1"`
	Alone bool   `help:"Leave out the baselines."`
	Kinds bool   `help:"Also print how each kind of source fares, by tag and length; it shows no source."`
	Worst int    `help:"Print so many sources with what was wrong with their variations; those kept unseen only with --held." placeholder:"N"`
	JSON  bool   `name:"json" help:"Print one JSON object."`
}

// Help is the example shown by --help.
func (benchTextCmd) Help() string {
	return "Judges variations of ad texts: how many of four are clean and distinct (CDY@4), and how often they say what the source does not. " +
		"Four systems that must do badly stand beside them. Grammar and spelling need link-parser and hunspell.\n\n" +
		"Example:\n  marquetry bench text --worst 5"
}

// Run measures and prints.
func (c benchTextCmd) Run(ctx context.Context, to streams) error {
	sets, err := c.sets()
	if err != nil {
		return err
	}
	b := judge.Bench{Judge: judge.New(), Tools: judge.FindTools()}
	if b.Systems, err = c.systems(to.err); err != nil {
		return err
	}
	if missing := b.Tools.Missing(); missing != "" {
		fmt.Fprintln(to.err, missing)
	}
	var all []judge.Measured
	for _, set := range sets {
		m, err := b.Run(ctx, set)
		if err != nil {
			return err
		}
		if all = append(all, m); c.JSON {
			continue
		}
		if err := c.print(to.out, m); err != nil {
			return err
		}
	}
	if c.JSON {
		return printJSON(to.out, all)
	}
	return nil
}

// print writes a set's table and what else was asked for.
func (c benchTextCmd) print(out io.Writer, m judge.Measured) error {
	if err := m.Print(out); err != nil {
		return err
	}
	if c.Kinds {
		if err := m.PrintKinds(out); err != nil {
			return err
		}
	}
	if m.Set == judge.Open || c.Held {
		m.PrintWorst(out, c.Worst)
	}
	return nil
}

// sets are the items to measure, open and held apart.
func (c benchTextCmd) sets() ([]judge.Set, error) {
	open, held, err := judge.Own()
	if len(c.Items) > 0 {
		open, held, err = c.read()
	}
	if err != nil {
		return nil, err
	}
	var sets []judge.Set
	if len(open) > 0 && !c.Held {
		sets = append(sets, judge.Set{Name: judge.Open, Items: open})
	}
	if len(held) > 0 && !c.Open {
		sets = append(sets, judge.Set{Name: judge.Held, Items: held})
	}
	return sets, nil
}

// read reads the files that were named.
func (c benchTextCmd) read() (open, held []judge.Item, err error) {
	for _, name := range c.Items {
		items, err := itemsIn(name)
		if err != nil {
			return nil, nil, err
		}
		o, h := judge.Split(items)
		open, held = append(open, o...), append(held, h...)
	}
	return open, held, nil
}

// itemsIn reads a file of items.
func itemsIn(name string) ([]judge.Item, error) {
	file, err := os.Open(name) //nolint:gosec // the operator names it
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	items, err := judge.Items(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return items, nil
}

// systems are what is measured: the one that matters first, then the baselines.
func (c benchTextCmd) systems(told io.Writer) ([]judge.System, error) {
	first, err := c.first(told)
	if err != nil || c.Alone {
		return []judge.System{first}, err
	}
	return append([]judge.System{first}, judge.Baselines(time.Now)...), nil
}

// first is the system that matters: the rewrites, or what was written before.
func (c benchTextCmd) first(told io.Writer) (judge.System, error) {
	if c.Answers == "" {
		write, err := c.writer(told)
		return asked(c.TextGenerator, write, c.Seed), err
	}
	file, err := os.Open(c.Answers)
	if err != nil {
		return judge.System{}, err
	}
	defer func() { _ = file.Close() }()
	answers, err := judge.Answers(file)
	if err != nil {
		return judge.System{}, fmt.Errorf("%s: %w", c.Answers, err)
	}
	return judge.Recorded("answers", answers), nil
}
