package gate

import "strings"

// claims refuses what no source claims. Some classes need the very words, and what is free has to be what is free in the source.
func (g *Gate) claims(d *document) Code {
	for i := range d.hits {
		h := &d.hits[i]
		if h.category != claim || h.class == "none" || d.suffixed(h) {
			continue
		}
		if !g.facts.classes[h.class] || h.very && !g.facts.groups[h.group] {
			return Code("claim:" + h.class)
		}
		if h.class == "free" && !g.freeBefore(d, h) {
			return "claim:free"
		}
	}
	return ""
}

// suffixed reports whether the phrase is the end of a compound: "sugar-free" is not free.
func (d *document) suffixed(h *hit) bool { return h.class == "free" && d.tokens[h.from].glued }

// freeBefore reports whether what the text calls free is free in a source, too.
func (g *Gate) freeBefore(d *document, h *hit) bool {
	for i := h.from - 1; i >= 0 && d.content(g.lex, h.to, 1) == "" && d.tokens[i].sent == d.tokens[h.from].sent; i-- {
		if g.facts.free[d.tokens[i].stem] {
			return true // we ship orders over $50 for free
		}
	}
	thing := d.freeThing(g.lex, h)
	return thing == "" || g.facts.free[thing] || g.facts.free[""] && thing != "ship" && g.lex.in(thing, neutral)
}

// freeThings adds what a phrase calls free: up to three content words behind it, over "and" but not over a preposition, and where there are
// none or more than the mere words, those before it in its clause.
func (d *document) freeThings(l *lexicon, h *hit, to map[string]bool) {
	n, plain := 0, true
	for i := h.to; i < len(d.tokens) && n < 3 && (d.tokens[i].near || d.tokens[i].glued); i++ {
		t := &d.tokens[i]
		if !l.in(t.norm, function) {
			to[t.stem] = true
			plain = plain && t.plain && t.stem != "ship"
			n++
		} else if !l.in(t.norm, bridge|split|either) {
			break
		}
	}
	direct := h.to < len(d.tokens) && d.tokens[h.to].near && !l.in(d.tokens[h.to].norm, function)
	for i := h.from - 1; i >= 0 && !direct && (d.tokens[i+1].near || d.tokens[i+1].glued); i-- {
		if t := &d.tokens[i]; !l.in(t.norm, function) {
			to[t.stem] = true
			plain = plain && t.plain && t.stem != "ship"
		}
	}
	if plain {
		to[""] = true
	}
}

// unspaced is the first character of the scripts that set no space between words, where a term may stand inside a run of letters.
const unspaced = '\u2e80'

// terms refuses what the account excludes, and vulgar words that the advertiser did not use.
func (g *Gate) terms(d *document) Code {
	for _, term := range g.sources.Excluded {
		if term != "" && firstRune(term) >= unspaced && strings.Contains(d.text, term) {
			return "excluded"
		}
	}
	for _, stems := range g.excluded {
		p := phrase{stems: stems}
		for i := range d.tokens {
			if p.at(d.tokens[i:]) {
				return "excluded"
			}
		}
	}
	for i := range d.hits {
		if h := &d.hits[i]; h.category == profanity && !g.facts.groups[h.group] {
			return "profanity"
		}
	}
	return ""
}

// personal refuses sentences that assert or ask something personal of the reader, and in delicate matters every question, unless the
// sentence is the advertiser's own.
func (g *Gate) personal(d *document) Code {
	for i, s := range d.sents {
		reader, attribute, direct := false, false, false
		for k := range d.hits {
			h := &d.hits[k]
			if h.category != personal || h.from < s.from || h.from >= s.to {
				continue
			}
			reader = reader || h.class == "reader" || d.hasReader(h)
			attribute = attribute || h.class == "attribute"
			direct = direct || h.class == "direct"
		}
		asks := s.end == '?' || s.end == '？'
		if (direct || attribute && (reader || asks) || asks && g.brief.delicate) && !g.facts.sentences[d.key(i)] {
			return "personal"
		}
	}
	return ""
}

// hasReader reports whether an attribute's phrase names the reader itself: "your weight".
func (d *document) hasReader(h *hit) bool {
	return h.class == "attribute" && h.to-h.from > 1 && (h.stems[0] == "your" || h.stems[0] == "you")
}
