package gate

import (
	"slices"
	"strings"
)

// injected refuses what speaks to a machine, and long runs of letters and digits that no source has: what marked the advertiser's text
// in a prompt.
func (g *Gate) injected(d *document) Code {
	for i := range d.hits {
		if h := &d.hits[i]; h.category == injection && !g.facts.groups[h.group] && !g.facts.sentences[d.key(d.tokens[h.from].sent)] {
			return "injection"
		}
	}
	for i := range d.tokens {
		if t := &d.tokens[i]; (t.kind == code || t.kind == number) && len(t.raw) >= 12 && !g.facts.atoms[t.key()] {
			return "injection"
		}
	}
	return ""
}

// tags refuses template tags that no source has, and the sentence of a tag without it.
func (g *Gate) tags(d *document) Code {
	found := false
	for i := range d.tokens {
		if d.tokens[i].kind != tag {
			continue
		}
		if found = true; !g.facts.atoms[d.tokens[i].norm] {
			return "tag"
		}
	}
	m := g.facts.message
	for i := range m.tokens {
		if m.tokens[i].kind != tag {
			continue
		}
		if !found && !g.sources.Short || !d.has(m.tokens[i].norm) && d.repeats(m, m.tokens[i].sent) >= 0.6 {
			return "tag"
		}
	}
	return ""
}

// has reports whether a token of the document has this form.
func (d *document) has(norm string) bool {
	return slices.ContainsFunc(d.tokens, func(t token) bool { return t.norm == norm })
}

// repeats returns the largest share of the content words of a sentence of other that one sentence of d has.
func (d *document) repeats(other *document, sent int) float64 {
	all, best := 0, 0
	for _, s := range d.sents {
		same := 0
		all = 0
		for _, t := range other.tokens[other.sents[sent].from:other.sents[sent].to] {
			if t.kind != word || t.plain {
				continue
			}
			all++
			if slices.ContainsFunc(d.tokens[s.from:s.to], func(u token) bool { return u.stem == t.stem }) {
				same++
			}
		}
		best = max(best, same)
	}
	if all == 0 {
		return 0
	}
	return float64(best) / float64(all)
}

// legal refuses a text that does not end in every legal line of the source, in order and word for word.
func (g *Gate) legal(d *document) Code {
	rest := d.text
	for i := len(g.brief.legal) - 1; i >= 0 && !g.sources.Short; i-- {
		rest = strings.TrimRight(rest, " \n")
		line := g.brief.legal[i]
		if !strings.HasSuffix(rest, line) {
			return "legal"
		}
		rest = rest[:len(rest)-len(line)]
	}
	for _, line := range g.brief.legal {
		if !g.sources.Short && strings.Contains(rest, line) {
			return "legal"
		}
	}
	return ""
}

// atoms refuses every figure, address, code and day that no source has.
func (g *Gate) atoms(d *document) Code {
	for i := range d.tokens {
		t := &d.tokens[i]
		if t.kind == word || t.kind == emoji || t.kind == tag || g.facts.atoms[t.key()] {
			continue
		}
		return t.refusal(d, i)
	}
	for i := range d.hits {
		if h := &d.hits[i]; h.category == day && h.class != "today" && !g.facts.groups[h.group] {
			return "day"
		}
	}
	return ""
}

// refusal names what kind of token is new.
func (t *token) refusal(d *document, i int) Code {
	switch t.kind {
	case link:
		return "link"
	case email:
		return "email"
	case phone:
		return "phone"
	case handle:
		return "handle"
	case hashtag:
		return "hashtag"
	case clock:
		return "time"
	case date:
		return "date"
	case code:
		return "code"
	}
	if t.unit != "" && t.unit != "%" {
		return "price"
	}
	if d.monthDay(i) != "" {
		return "date"
	}
	return "number"
}

// monthDay returns the day and month that a number and the word beside it make, "" if they do not.
func (d *document) monthDay(i int) string {
	if d.tokens[i].kind != number || d.tokens[i].unit != "" || len(d.tokens[i].norm) > 4 {
		return ""
	}
	for k := range d.hits {
		h := &d.hits[k]
		if h.category != day || h.class != "month" || d.tokens[h.from].sent != d.tokens[i].sent {
			continue
		}
		if h.from <= i && i < h.to || h.to == i || h.from == i+1 || h.from == i+2 && d.tokens[i+1].plain {
			return h.group + " " + strings.TrimRight(d.tokens[i].norm, "stndrh.")
		}
	}
	return ""
}

// dated refuses a day of the month that stood beside another month.
func (g *Gate) dated(d *document) Code {
	for i := range d.tokens {
		if month := d.monthDay(i); month != "" && !g.facts.dates[month] {
			return "date"
		}
	}
	return ""
}

// attached refuses a number that counts or prices something else than in the source: "5 nights" for "3 nights, 5 meals", "bags $50" for
// "bags $80". Words that no price stood with are free, so that rewording is.
func (g *Gate) attached(d *document) Code {
	for i := range d.tokens {
		t := &d.tokens[i]
		if t.kind != number {
			continue
		}
		amount := t.amount()
		if noun := d.noun(i); noun != "" && len(g.facts.nouns[noun]) > 0 && !slices.Contains(g.facts.nouns[noun], amount) {
			return "number"
		}
		if t.unit == "" {
			continue
		}
		for k := range d.tokens {
			o := &d.tokens[k]
			if o.clause != t.clause || o.kind != word || o.plain {
				continue
			}
			if bound := g.facts.bound[o.stem]; sameUnit(bound, t.unit) && !slices.Contains(bound, amount) {
				if t.unit == "%" {
					return "number"
				}
				return "price"
			}
		}
	}
	return ""
}

// sameUnit reports whether one of the amounts has the unit.
func sameUnit(amounts []string, unit string) bool {
	return slices.ContainsFunc(amounts, func(a string) bool { return strings.HasPrefix(a, unit) })
}

// noun returns what a plain number counts: the stem of the content word right behind it.
func (d *document) noun(i int) string {
	if d.tokens[i].unit != "" || i+1 >= len(d.tokens) {
		return ""
	}
	next := &d.tokens[i+1]
	if next.kind != word || !next.near && !next.glued || next.clause != d.tokens[i].clause || len(next.stem) < 3 {
		return ""
	}
	return next.stem
}
