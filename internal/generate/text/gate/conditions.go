package gate

import "slices"

// limit is a condition of the message: what has to be said whenever what it limits is said.
type limit struct {
	class   string
	group   string   // of days, which have to be the same; "" otherwise
	anchors []anchor // if one of these is kept, the condition has to be
	passing bool     // it limits the time or stock, and may be missing in a headline
}

// anchor is an offer: an amount, or something free.
type anchor struct {
	amount string
	free   string // stem of what is free
}

// limitsOf finds the conditions of a message. A condition limits the offers of its sentence; one that stands alone limits all offers.
func limitsOf(l *lexicon, m *document) []limit {
	var out []limit
	for i := range m.hits {
		h := &m.hits[i]
		timed := h.timed()
		if h.category != condition && !timed || h.class == "only" || h.class == "until" || h.very {
			continue
		}
		c := limit{class: h.class, passing: timed || h.class == "stock" || h.class == "limited"}
		if timed {
			c.group = h.group
		}
		sent := m.tokens[h.from].sent
		c.anchors = m.offers(l, sent)
		if len(c.anchors) == 0 && (timed && m.ended(h) || !timed && h.class != "first" && h.class != "bundle") {
			c.anchors = m.nearest(l, sent)
		}
		if len(c.anchors) > 0 {
			out = append(out, c)
		}
	}
	for i := range m.tokens {
		if m.tokens[i].kind == code && isCode(m.tokens[i].raw) {
			if a := m.nearest(l, m.tokens[i].sent); len(a) > 0 {
				out = append(out, limit{class: "code", group: m.tokens[i].norm, anchors: a})
			}
		}
	}
	return out
}

// timed reports whether a phrase says when something is: a day or season, not a mere "today" or a span such as "a month".
func (h *hit) timed() bool { return h.category == day && h.class != "today" && h.class != "unit" }

// isCode reports whether a token of letters and digits is a voucher's: capitals only, four or more.
func isCode(raw string) bool {
	for i := 0; i < len(raw); i++ {
		if raw[i] >= 'a' && raw[i] <= 'z' {
			return false
		}
	}
	return len(raw) >= 4
}

// ended reports whether the day is when something ends, or the only one: ends Sunday, this weekend only.
func (d *document) ended(day *hit) bool {
	return slices.ContainsFunc(d.hits, func(h hit) bool {
		if h.category != condition || h.class != "until" && h.class != "only" || d.tokens[h.from].sent != d.tokens[day.from].sent {
			return false
		}
		behind := h.to <= day.from && day.from-h.to <= 3 && !slices.ContainsFunc(d.hits, func(o hit) bool {
			return o.timed() && h.to <= o.from && o.from < day.from
		})
		return behind || h.from >= day.from && h.from-day.to <= 1
	})
}

// nearest returns the offers of a sentence; of the whole message if it has none, for then it speaks of all of them.
func (d *document) nearest(l *lexicon, sent int) []anchor {
	out := d.offers(l, sent)
	for i := 0; i < len(d.sents) && len(d.offers(l, sent)) == 0; i++ {
		out = append(out, d.offers(l, i)...)
	}
	return out
}

// offers returns the prices, percentages and free things of a sentence that are not themselves part of a condition.
func (d *document) offers(l *lexicon, sent int) []anchor {
	var out []anchor
	s := d.sents[sent]
	for i := s.from; i < s.to; i++ {
		if t := &d.tokens[i]; t.kind == number && t.unit != "" && !d.within(i, condition) {
			out = append(out, anchor{amount: t.amount()})
		}
	}
	for i := range d.hits {
		h := &d.hits[i]
		if h.category != claim || h.class != "free" || h.from < s.from || h.from >= s.to {
			continue
		}
		if noun := d.freeThing(l, h); noun != "" {
			out = append(out, anchor{free: noun})
		}
	}
	return out
}

// within reports whether a phrase of the category covers token i.
func (d *document) within(i int, c category) bool {
	return slices.ContainsFunc(d.hits, func(h hit) bool { return h.category == c && h.from <= i && i < h.to })
}

// freeThing returns the stem of what a phrase calls free: the content word behind it, else the nearest before it in its clause; the other
// way round in the Romance languages, where the adjective follows.
func (d *document) freeThing(l *lexicon, h *hit) string {
	first, second := d.content(l, h.to, 1), d.content(l, h.from-1, -1)
	if l.code != "en" && l.code != "de" {
		first, second = second, first
	}
	if first != "" {
		return first
	}
	return second
}

// content returns the stem of the first content word from token i on, within its clause.
func (d *document) content(l *lexicon, i, step int) string {
	for k := i; k >= 0 && k < len(d.tokens) && d.tokens[k].clause == d.tokens[i-step].clause; k += step {
		t := &d.tokens[k]
		if t.kind == word && !l.in(t.norm, function) {
			return t.stem
		}
		if step > 0 && t.kind == word && !l.in(t.norm, bridge|split|either) {
			break // free for students
		}
	}
	return ""
}

// conditions refuses a text that keeps an offer and loses what limits it, or that keeps most of a sentence and loses its day.
func (g *Gate) conditions(d *document) Code {
	for i := range g.facts.limits {
		c := &g.facts.limits[i]
		if c.passing && g.sources.Short || c.met(d) {
			continue
		}
		for _, a := range c.anchors {
			if d.offersStill(g.lex, a) {
				return "condition"
			}
		}
	}
	if g.sources.Short {
		return ""
	}
	return g.days(d)
}

// met reports whether the text states the condition.
func (c *limit) met(d *document) bool {
	if c.class == "code" && c.group != "" {
		return d.has(c.group)
	}
	return slices.ContainsFunc(d.hits, func(h hit) bool {
		if c.group != "" {
			return h.category == day && h.group == c.group
		}
		return h.category == condition && h.class == c.class
	})
}

// offersStill reports whether the text keeps an offer.
func (d *document) offersStill(l *lexicon, a anchor) bool {
	if a.amount != "" {
		return slices.ContainsFunc(d.tokens, func(t token) bool { return t.kind == number && t.amount() == a.amount })
	}
	for i := range d.hits {
		if h := &d.hits[i]; h.category == claim && h.class == "free" && d.freeThing(l, h) == a.free {
			return true
		}
	}
	return false
}

// days refuses a text that keeps most words of a sentence of the message and none of its days.
func (g *Gate) days(d *document) Code {
	m := g.facts.message
	for i := range m.hits {
		h := &m.hits[i]
		if !h.timed() || d.saysDay(h.group) {
			continue
		}
		if d.repeats(m, m.tokens[h.from].sent) >= 0.6 {
			return "condition"
		}
	}
	return ""
}

// saysDay reports whether the text names the day.
func (d *document) saysDay(group string) bool {
	return slices.ContainsFunc(d.hits, func(h hit) bool { return h.category == day && h.group == group })
}
