package rewrite

import (
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// apply says the tokens anew by a rule that matched them, and gives the end mark that the unit has then, "" for the one that it had.
// It fails where it cannot bend a word for certain.
func (r *rule) apply(s *subject, took []binding) (tokens []token, end string, ok bool) {
	from, to := took[0].from, took[len(took)-1].to
	out := slices.Clone(s.tokens[:from])
	chain := ""
	for _, p := range r.out {
		if p.capture != "" {
			took := r.captured(s, took, p)
			if chain != "" && p.bend == "" {
				if took, ok = coordinated(took, chain); !ok {
					return nil, "", false
				}
			}
			if p.bend == "ing" || p.bend == "base" {
				chain = p.bend
			}
			if n := len(out); n > 0 && out[n-1].fresh && possessives(out[n-1].key) && len(took) > 1 && articles(took[0].key) {
				took = took[1:] // our + a thermostat
			}
			out = append(out, took...)
			continue
		}
		out = append(out, literalToken(p.word))
	}
	if rest := s.tokens[to:]; len(rest) > 0 {
		n := len(out)
		out = append(out, rest...)
		if !out[n].mark {
			out[n].glue = false
		}
	}
	return out, r.end, true
}

// captured are the tokens that a capture took, bent as the replacement wants.
func (r *rule) captured(s *subject, took []binding, p piece) []token {
	for i, e := range r.pattern {
		if e.capture != p.capture {
			continue
		}
		tokens := slices.Clone(s.tokens[took[i].from:took[i].to])
		switch {
		case p.bend == "agree" && s.several():
			tokens = bend(tokens, "base")
		case p.bend != "" && p.bend != "agree":
			tokens = bend(tokens, p.bend)
		}
		if !tokens[0].mark {
			tokens[0].glue = false
		}
		return tokens
	}
	if p.capture == "brand" {
		return []token{{text: s.written, key: fold(s.written), kind: units.Name}}
	}
	return bend(s.productTokens(), p.bend)
}

// several says whether the product of the brief is in the plural.
func (s *subject) several() bool {
	n := len(s.product)
	return n > 0 && units.IsPlural(s.product[n-1])
}

// literalToken is a word or mark that a rule writes.
func literalToken(w string) token {
	t := token{text: w, key: fold(w), fresh: true}
	switch w {
	case ",", ":", ";", ".", "!", "?":
		t.mark, t.glue = true, true
	case "-":
		t.text, t.mark = "–", true
	case "&":
		t.mark = true
	}
	return t
}

// render writes tokens as a sentence without its end mark. French sets a space before a colon.
func render(tokens []token, language string) string {
	var b strings.Builder
	start := true
	for i, t := range tokens {
		w := t.text
		if language == "en" && (t.key == "a" || t.key == "an") && i+1 < len(tokens) && (t.fresh || tokens[i+1].id != t.next) {
			w = units.Article(tokens[i+1].key)
		}
		if start {
			t.text = w
			w = t.capital()
		}
		if i > 0 && (!t.glue || language == "fr" && t.fresh && t.key == ":") {
			b.WriteByte(' ')
		}
		b.WriteString(w)
		start = t.fresh && (t.key == "." || t.key == "!" || t.key == "?") || start && t.mark
	}
	return b.String()
}
