package rewrite

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/marquetry/marquetry/internal/generate/text"
	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// unspaced are the scripts whose texts are left alone: nothing here knows their words.
func unspaced(script string) bool {
	switch script {
	case "", "Han", "Kana", "Thai", "Lao", "Khmer", "Myanmar":
		return true
	}
	return false
}

// rounds is how many choices of forms are made for each plan.
const rounds = 60

// bodies proposes primary texts.
func (w *work) bodies() {
	if len(w.parts) == 0 || unspaced(w.source.Language.Script) {
		return
	}
	plans := w.plans()
	if w.language != "" {
		plans = append(plans, append(w.withHistory(plans), w.withButton(plans)...)...)
	}
	for _, p := range plans {
		w.compose(p, make([]int, len(p.parts)))
	}
	if w.language == "" {
		return
	}
	for range rounds {
		for _, p := range plans {
			if len(w.out) >= most {
				return
			}
			w.compose(p, w.choice(p))
		}
	}
}

// choice picks a form for each part of a plan: the own one time in four.
func (w *work) choice(p plan) []int {
	forms := make([]int, len(p.parts))
	for i, part := range p.parts {
		if n := len(part.forms); n > 1 && w.random.IntN(4) > 0 {
			forms[i] = 1 + w.random.IntN(n-1)
		}
	}
	return forms
}

// compose writes a plan with the chosen forms and proposes it, if the forms get on with each other.
func (w *work) compose(p plan, chosen []int) {
	c := text.Candidate{}
	if p.label != "" {
		c.Moves = append(c.Moves, p.label)
	}
	read := reading{cost: p.cost}
	var b strings.Builder
	for i, part := range p.parts {
		f := part.forms[chosen[i]]
		if f.opens && i > 0 || f.asks && (i > 0 || len(p.parts) == 1) || !read.goesOn(f) {
			return
		}
		c.Moves = append(c.Moves, f.labels...)
		w.add(&b, part.Unit, f.text, i == len(p.parts)-1)
		if part.evidence != "" {
			c.Evidence = append(c.Evidence, part.evidence)
		}
	}
	if strings.Count(b.String(), "!") > max(2, strings.Count(w.source.Clean, "!")) {
		return
	}
	c.Angle = w.angle(p.parts[0], p.parts[0].forms[chosen[0]])
	w.finish(&b)
	c.Text, c.Moves = w.pictured(b.String(), len(w.out)), slices.Compact(c.Moves)
	w.propose(c, read.cost)
}

// reading is what somebody who reads a text remembers of it.
type reading struct {
	asked   bool // a question that the source does not ask was asked
	named   bool // and it named what is sold
	casual  bool
	last    bool // the sentence before named what is sold
	framed  bool // words of ours stood around a unit
	branded bool
	have    bool // a sentence said that we have what it names
	cost    float64
}

// goesOn says whether a form can follow: it stands for nothing that was not named, answers only what was asked, and does not name again
// what was just asked for. A brand that comes twice costs.
func (r *reading) goesOn(f form) bool {
	if r.framed && f.framed || r.casual && f.casual || f.answer && (!r.asked || !r.named) || r.asked && f.named && !f.answer || f.leans && !r.last || r.have && has(f.labels, "have") {
		return false
	}
	r.cost += f.cost()
	if r.branded && f.branded {
		r.cost += 0.6
	}
	r.asked, r.named, r.last = r.asked || f.asks, r.named || f.asks && f.named, f.named
	r.framed = r.framed || f.framed
	r.casual, r.branded, r.have = r.casual || f.casual, r.branded || f.branded, r.have || has(f.labels, "have")
	return true
}

// add appends a sentence to a text, on a line of its own where the source has it so.
func (w *work) add(b *strings.Builder, u units.Unit, sentence string, last bool) {
	if b.Len() > 0 {
		if u.Break {
			b.WriteByte('\n')
		} else {
			b.WriteByte(' ')
		}
	}
	b.WriteString(sentence)
	if u.End == "" && u.Class != units.Tags && (!last || w.stopped()) && endless(sentence) {
		b.WriteString(w.marks.of("."))
	}
}

// stopped says whether the source closes its sentences, or has but one.
func (w *work) stopped() bool {
	for _, p := range w.parts {
		if p.End != "" {
			return true
		}
	}
	return false
}

// endless says whether a sentence ends in a letter, a digit or a sign, and not in a mark or an emoji.
func endless(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r < 0x80 && s != "" && !strings.ContainsRune(".!?…:;,}", r) || unicode.In(r, unicode.L, unicode.M, unicode.Nd, unicode.Sc)
}

// finish appends what every text ends in.
func (w *work) finish(b *strings.Builder) {
	for _, u := range w.tail {
		w.add(b, u, strings.TrimSpace(u.Before+" "+u.Text+u.End+" "+u.After), true)
	}
}

// angle is the kind of opening of a text.
func (w *work) angle(p *part, f form) string {
	switch {
	case f.end == "?":
		return "question"
	case p.evidence != "":
		return "history"
	case p.lead && w.brief.Offer != "" && strings.HasPrefix(fold(f.text), fold(w.brief.Offer)), p.Class == units.Offer:
		return "offer"
	case w.brief.When != "" && strings.HasPrefix(fold(f.text), fold(w.brief.When)):
		return "time"
	case w.brief.Brand != "" && strings.HasPrefix(f.text, w.brief.Brand):
		return "brand"
	case len(f.tokens) > 0 && units.IsVerb(f.tokens[0].key):
		return "action"
	}
	return ""
}
