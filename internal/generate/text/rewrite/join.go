package rewrite

import (
	"slices"

	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// views are the ways to see a text: as its own parts, and with two of them made one.
func (w *work) views() [][]*part {
	all := [][]*part{w.parts}
	if w.language == "" {
		return all
	}
	for i, a := range w.parts {
		for j := i + 1; j < len(w.parts) && j <= i+2; j++ {
			p, ok := w.join(a, w.parts[j])
			if !ok {
				continue
			}
			view := slices.Clone(w.parts)
			view[i] = p
			all = append(all, slices.Delete(view, j, j+1))
		}
	}
	return all
}

// join makes two parts one by the rules that say two units anew; ok is false when there are none.
func (w *work) join(a, b *part) (*part, bool) {
	if a.Class == units.Quotation || b.Class == units.Quotation || a.Class == units.Template || b.Class == units.Template {
		return nil, false
	}
	p := &part{Unit: a.Unit, index: a.index, through: b.index, pair: []units.Class{a.Class, b.Class}, bound: a.bound, refers: a.refers || b.refers && !a.product && !a.brand}
	p.product, p.brand, p.lead = a.product || b.product, a.brand || b.brand, a.lead || b.lead
	p.Text, p.Atoms, p.After = a.Text+". "+b.Text, slices.Concat(a.Atoms, b.Atoms), b.After
	if a.End != "!" || b.End != "!" {
		p.End = "."
	}
	switch {
	case b.Class == units.Action || a.Class == units.Action:
		p.Class = b.Class
	case a.Class == units.Question:
		p.Class = units.Statement
	}
	s := w.subject(a.Unit)
	s.tokens, s.joint = joinTokens(s.tokens, w.subject(b.Unit).tokens), true
	s.question = b.End == "?"
	seen := map[string]bool{}
	own := form{tokens: s.tokens, end: p.End, joint: true}
	p.forms = w.rewritten(p, s, own, nil, seen)
	for _, f := range p.forms[:min(len(p.forms), joinBreadth)] {
		p.forms = w.rewritten(p, s, f, p.forms, seen)
	}
	return p, len(p.forms) > 0
}

// joinBreadth is how many of the forms of two units are said anew again.
const joinBreadth = 8

// joinTokens are the tokens of two units with the joint between them. The spans and places of the second are moved out of the way.
func joinTokens(a, b []token) []token {
	const apart = 1000
	all := append(slices.Clone(a), token{text: joint, key: joint, mark: true})
	for _, t := range b {
		if t.span > 0 {
			t.span += apart
		}
		t.id += apart
		if t.next > 0 {
			t.next += apart
		}
		all = append(all, t)
	}
	return all
}
