package gate

import "slices"

// The bits of what may limit a number.
const (
	atMost uint8 = 1 << iota
	atLeast
	moreThan
	lessThan
	roughly
)

// limitBits names the bits as the lexicon does.
func limitBits(class string) uint8 {
	switch class {
	case "max":
		return atMost
	case "min":
		return atLeast
	case "more":
		return moreThan
	case "less":
		return lessThan
	case "about":
		return roughly
	}
	return 0
}

// limits returns the bits of the qualifiers that stand at the number i: before it, with a word such as "just" or "an extra" between, or
// right behind it, or around it.
func (d *document) limits(i int) uint8 {
	bits := uint8(0)
	if d.tokens[i].plus {
		bits |= atLeast | moreThan
	}
	for k := range d.hits {
		h := &d.hits[k]
		if h.category != qualifier || d.tokens[h.from].sent != d.tokens[i].sent {
			continue
		}
		if h.from <= i && i < h.to || h.to <= i && i-h.to <= 2 && !d.numbered(h) && d.filler(h.to, i) {
			bits |= limitBits(h.class)
		}
	}
	return bits
}

// numbered reports whether a phrase holds the number that it limits: "from $79 in six colors" limits one of the two.
func (d *document) numbered(h *hit) bool {
	return slices.ContainsFunc(d.tokens[h.from:h.to], func(t token) bool { return t.kind == number })
}

// filler reports whether only such words stand in [from, to), and no number.
func (d *document) filler(from, to int) bool {
	for k := from; k < to; k++ {
		if d.tokens[k].kind != word || !d.tokens[k].plain || d.tokens[k].clause != d.tokens[to].clause {
			return false
		}
	}
	return true
}

// rate returns the group of the span that a price is for: month in "$9.99/month", "$9.99 a month", "$9.99 monthly".
func (d *document) rate(l *lexicon, i int) string {
	if unit := d.tokens[i].unit; unit == "" || unit == "%" {
		return ""
	}
	for k := range d.hits {
		h := &d.hits[k]
		if h.category != rate || h.from <= i || h.from > i+3 || d.tokens[h.from].sent != d.tokens[i].sent {
			continue
		}
		if h.from == i+1 && h.to-h.from == 1 && !d.adverbial(h) && d.tokens[h.from].near && !d.slashed(h.from) {
			continue // "$20 month" says nothing
		}
		if d.between(l, i+1, h.from) {
			return h.group
		}
	}
	return ""
}

// adverbial reports whether the word says "per" by itself: monthly, each.
func (d *document) adverbial(h *hit) bool {
	s := d.tokens[h.from].norm
	return len(s) > 3 && s != "month" && s != "year" && s != "week" && s != "person" && s != "hour" && s != "user" && s != "night"
}

// slashed reports whether a slash stands before token i.
func (d *document) slashed(i int) bool {
	return d.tokens[i].start > 0 && d.text[d.tokens[i].start-1] == '/'
}

// between reports whether only function words stand in [from, to).
func (d *document) between(l *lexicon, from, to int) bool {
	for k := from; k < to; k++ {
		if !l.in(d.tokens[k].norm, function) {
			return false
		}
	}
	return true
}

// qualified refuses a number whose limits or rate are not those of any source.
func (g *Gate) qualified(d *document) Code {
	for i := range d.tokens {
		if d.tokens[i].kind != number {
			continue
		}
		figures := g.facts.numbers[d.tokens[i].amount()]
		limits, per := d.limits(i), d.rate(g.lex, i)
		fits, rated := false, false
		for _, f := range figures {
			fits = fits || f.limits == 0 && limits == 0 || f.limits&limits != 0
			rated = rated || f.rate == per
		}
		if len(figures) > 0 && !fits {
			return "qualifier"
		}
		if len(figures) > 0 && !rated {
			return "price"
		}
	}
	return ""
}
