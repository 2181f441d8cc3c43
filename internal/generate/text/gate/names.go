package gate

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// names refuses names that no source has, and words in capitals that none has so. In German every noun has a capital, and only names
// that are known as such and unusual capitals count.
func (g *Gate) names(d *document) Code {
	titled := g.titled(d)
	for i := range d.tokens {
		t := &d.tokens[i]
		r, size := utf8.DecodeRuneInString(t.raw)
		if t.kind != word || !unicode.IsUpper(r) || g.facts.forms[t.raw] {
			continue
		}
		if g.lex.in(t.norm, known) && !g.facts.stems[t.stem] {
			return "name"
		}
		rest := t.raw[size:]
		loud := rest != "" && rest == strings.ToUpper(rest) && rest != strings.ToLower(rest)
		if loud && utf8.RuneCountInString(t.raw) >= 4 {
			return "caps"
		}
		if g.facts.stems[t.stem] {
			continue
		}
		inner := strings.IndexFunc(rest, unicode.IsUpper) >= 0
		if inner || !t.first && !t.plain && !titled && g.lex.code != "de" {
			return "name"
		}
	}
	return ""
}

// titled reports whether a short text is written Like a Title; then capitals say nothing.
func (g *Gate) titled(d *document) bool {
	capital, words := 0, 0
	for i := range d.tokens {
		if t := &d.tokens[i]; t.kind == word && !g.lex.in(t.norm, function) {
			words++
			if r, _ := utf8.DecodeRuneInString(t.raw); unicode.IsUpper(r) {
				capital++
			}
		}
	}
	return g.sources.Short && words > 2 && capital == words
}

// pictures refuses more than three emoji, and one that neither the sources have nor says nothing.
func (g *Gate) pictures(d *document) Code {
	n := 0
	for i := range d.tokens {
		t := &d.tokens[i]
		if t.kind != emoji {
			continue
		}
		if n++; n > 3 || !g.facts.emoji[t.norm] && !g.lex.in(t.norm, allowed) {
			return "emoji"
		}
	}
	return ""
}

// quoted refuses a quotation that no source has, and the words of one without its marks or with others among them.
func (g *Gate) quoted(d *document) Code {
	marked := quotations(d.text)
	for _, q := range marked {
		if !g.quotes(q) {
			return "quotation"
		}
	}
	for _, q := range g.facts.quotes {
		if !contains(marked, q) && g.alters(d, q) {
			return "quotation"
		}
	}
	return ""
}

// quotes reports whether a source has the quotation.
func (g *Gate) quotes(q string) bool { return contains(g.facts.quotes, q) }

func contains(list []string, s string) bool {
	for _, one := range list {
		if strings.TrimRight(one, ".,!?") == strings.TrimRight(s, ".,!?") {
			return true
		}
	}
	return false
}

// alters reports whether the text has most words of a quotation of three words or more.
func (g *Gate) alters(d *document, quote string) bool {
	q := g.lex.read(quote)
	if len(q.tokens) < 3 {
		return false
	}
	same := 0
	for i := range q.tokens {
		if d.has(q.tokens[i].norm) {
			same++
		}
	}
	return float64(same) >= 0.7*float64(len(q.tokens))
}

// quotations returns what stands in quotation marks, without them. A straight mark behind a digit is inches unless one is open.
func quotations(text string) []string {
	var out []string
	open := -1
	var before rune
	for i, r := range text {
		switch {
		case open < 0 && (r == '“' || r == '„' || r == '«' || r == '"' && !unicode.IsDigit(before)):
			open = i + utf8.RuneLen(r)
		case open >= 0 && (r == '”' || r == '“' || r == '»' || r == '"'):
			out = append(out, strings.TrimSpace(text[open:i]))
			open = -1
		}
		before = r
	}
	return out
}
