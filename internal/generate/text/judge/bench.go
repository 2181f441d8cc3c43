package judge

import (
	"context"
	"embed"
	"fmt"
	"slices"
)

// Bench measures systems beside each other.
type Bench struct {
	Judge   *Judge
	Tools   Tools
	Systems []System // the first is the one that matters; it is asked twice, to see whether it repeats itself
}

// Names of the two sets: items that rules may be tuned on, and items that whoever writes rules does not look at.
const (
	Open = "open"
	Held = "held"
)

// Set is a set of items that is measured on its own.
type Set struct {
	Name  string
	Items []Item
}

// own are the items that are built in: our own writing.
//
//go:embed testdata/open.jsonl testdata/held.jsonl
var own embed.FS

// Own returns the items that are built in.
func Own() (open, held []Item, err error) {
	for name, items := range map[string]*[]Item{"testdata/open.jsonl": &open, "testdata/held.jsonl": &held} {
		file, err := own.Open(name)
		if err != nil {
			return nil, nil, err
		}
		if *items, err = Items(file); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return open, held, nil
}

// Split parts items of a file into what may be looked at and what is kept unseen.
func Split(items []Item) (open, held []Item) {
	for i := range items {
		if items[i].held() {
			held = append(held, items[i])
		} else {
			open = append(open, items[i])
		}
	}
	return open, held
}

// Measured is what came of one set.
type Measured struct {
	Set        string    `json:"set"`
	Systems    []Figures `json:"systems"`
	Repeatable bool      `json:"repeatable"` // the first system wrote the same bytes twice

	first []outcome
}

// Run measures every system on a set.
func (b Bench) Run(ctx context.Context, set Set) (Measured, error) {
	m := Measured{Set: set.Name}
	lists := make([][]outcome, len(b.Systems))
	var texts []judged
	for i, sys := range b.Systems {
		var err error
		if lists[i], err = b.Judge.write(ctx, sys, set.Items); err != nil {
			return m, err
		}
		for k := range lists[i] {
			o := &lists[i][k]
			texts = append(append(texts, judged{item: o.Item, read: o.subject.source}), o.texts...)
		}
	}
	known, err := b.Tools.learn(ctx, texts)
	if err != nil {
		return m, err
	}
	for i, list := range lists {
		for k := range list {
			b.Judge.score(&list[k], known)
		}
		m.Systems = append(m.Systems, b.Judge.figures(b.Systems[i].Name, list, b.Tools))
	}
	m.first = lists[0]
	m.Repeatable, err = b.repeats(ctx, set.Items, lists[0])
	return m, err
}

// repeats asks the first system again and compares.
func (b Bench) repeats(ctx context.Context, items []Item, before []outcome) (bool, error) {
	for i := range items {
		again, err := b.Systems[0].Write(ctx, items[i])
		if err != nil {
			return false, err
		}
		if !slices.Equal(again.Variations, before[i].answer.Variations) {
			return false, nil
		}
	}
	return true, nil
}
