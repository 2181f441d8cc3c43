package text

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/marquetry/marquetry/internal/generate/text/gate"
	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// Writer makes variations with one generator, and with the embedded one where that falls short.
type Writer struct {
	Embedded Generator
	Remote   Generator // nil for none
}

// Limits of the short kinds in characters, as the platform cuts them.
const (
	headlineMost    = 40
	descriptionMost = 30
)

// considered is how many candidates of one generator pass the gate before the best are chosen: the ranking puts the good ones first.
const considered = 64

// Write makes the bodies, headlines and descriptions that were asked for. An error means that the context ended; a generator that
// fails is replaced by the embedded one, and said so in the result.
func (w *Writer) Write(ctx context.Context, r Request) (Result, error) {
	source := units.Parse(r.Message, r.PageName)
	res := Result{Rejected: map[string]int{}, Language: source.Language.Code, Gate: gate.Version}
	for _, f := range source.Flags {
		res.Flags = append(res.Flags, string(f))
	}
	run := &writing{Writer: w, Request: r, source: source, Result: &res}
	for _, k := range []struct {
		kind Kind
		want int
		most int
	}{{Body, min(r.Want, 4), 0}, {Headline, r.Headlines, headlineMost}, {Description, r.Descriptions, descriptionMost}} {
		if k.want <= 0 {
			continue
		}
		made, err := run.kind(ctx, k.kind, k.want, k.most)
		if err != nil {
			return Result{}, err
		}
		res.Variations = append(res.Variations, made...)
	}
	res.Button = button(source, r)
	return res, nil
}

// writing is one request on its way.
type writing struct {
	*Writer
	Request
	*Result
	source units.Text
}

// kind makes the texts of one kind: of the remote generator first, then of the embedded one for what is missing.
func (w *writing) kind(ctx context.Context, kind Kind, want, most int) ([]Variation, error) {
	c := newChooser(w.source, w.Past)
	var chosen []entry
	for i, g := range []Generator{w.Remote, w.Embedded} {
		if g == nil || len(chosen) >= want || i == 0 && w.Fallback != "" {
			continue // a model that failed at one kind is not waited for at the next
		}
		p, err := g.Candidates(ctx, w.Request, kind)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			w.Fallback = fmt.Sprintf("%s: %v", g.Name(), err)
			continue
		}
		passed := w.pass(c, g, p, kind, most)
		chosen = c.pick(chosen, passed, want)
	}
	out := make([]Variation, 0, len(chosen))
	for _, e := range chosen {
		out = append(out, e.Variation)
	}
	return out, nil
}

// pass ranks a generator's candidates and lets the best through the gate. Of the embedded generator's, those behind them are not asked: they
// would not be chosen. A model's are few, and what became of each is told.
func (w *writing) pass(c *chooser, g Generator, p Proposal, kind Kind, most int) []entry {
	entries := make([]entry, 0, len(p.Candidates))
	for i, cand := range p.Candidates {
		v := Variation{Kind: kind, Candidate: cand, Generator: g.Name(), Model: p.Model, PromptHash: p.PromptHash}
		entries = append(entries, c.entry(v, float64(i)/float64(len(p.Candidates))))
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return cmp.Compare(b.score, a.score) })
	door := gate.New(w.sources(p.Model != "", kind, most), w.source.Language)
	passed := make([]entry, 0, considered)
	for _, e := range entries {
		if len(passed) == considered && p.Model == "" {
			break
		}
		if code := door.Check(e.Text); code != "" {
			w.Rejected[string(code)]++
			continue
		}
		passed = append(passed, e)
	}
	return passed
}

// sources are what the gate measures texts of a kind against.
func (w *writing) sources(model bool, kind Kind, most int) gate.Sources {
	also := append([]string{w.Headline, w.Description}, w.PagePosts...)
	return gate.Sources{Message: w.Message, Page: w.PageName, Also: also, Excluded: w.Guidelines.Excluded, Taken: w.Taken, Model: model, Most: most, Short: kind != Body}
}

// button is the type of button that the text calls for, "" when it says nothing or the creative has it.
func button(t units.Text, r Request) string {
	if b := t.Brief(r.PageName, "", ""); b.Intent != r.CallToAction {
		return b.Intent
	}
	return ""
}
