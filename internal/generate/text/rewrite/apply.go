package rewrite

import (
	"slices"
	"strings"
)

// apply says the tokens anew by a rule that matched them, and gives the end mark that the unit has then, "" for the one that it had.
func (r *rule) apply(s *subject, took []binding) ([]token, string) {
	from, to := took[0].from, took[len(took)-1].to
	out := slices.Clone(s.tokens[:from])
	for _, p := range r.out {
		if p.capture != "" {
			out = append(out, r.captured(s, took, p)...)
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
	return out, r.end
}

// captured are the tokens that a capture took, bent as the replacement wants.
func (r *rule) captured(s *subject, took []binding, p piece) []token {
	for i, e := range r.pattern {
		if e.capture != p.capture {
			continue
		}
		tokens := slices.Clone(s.tokens[took[i].from:took[i].to])
		if p.bend != "" {
			tokens = bend(tokens, p.bend)
		}
		if !tokens[0].mark {
			tokens[0].glue = false
		}
		return tokens
	}
	return nil
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

// render writes tokens as a sentence without its end mark.
func render(tokens []token, english bool) string {
	var b strings.Builder
	start := true
	for i, t := range tokens {
		w := t.text
		if english && (t.key == "a" || t.key == "an") && i+1 < len(tokens) && (t.fresh || tokens[i+1].id != t.next) {
			w = article(tokens[i+1].key)
		}
		if start {
			t.text = w
			w = t.capital()
		}
		if i > 0 && !t.glue {
			b.WriteByte(' ')
		}
		b.WriteString(w)
		start = t.fresh && (t.key == "." || t.key == "!" || t.key == "?") || start && t.mark
	}
	return b.String()
}

// article is a or an, as the sound of the folded word wants that follows.
func article(next string) string {
	const vowels = "aeiou"
	switch {
	case next == "":
		return "a"
	case hasPrefix(next, "uni", "use", "usu", "eu", "one", "ut", "ubi", "unanim") && !hasPrefix(next, "unin", "unim"):
		return "a"
	case hasPrefix(next, "hour", "honest", "honour", "honor", "heir"), next == "8" || next == "11" || next == "18" || hasPrefix(next, "8-", "8%", "80", "11-", "18-", "18%"):
		return "an"
	case len(next) > 1 && acronym[next]:
		return "an"
	case strings.IndexByte(vowels, next[0]) >= 0:
		return "an"
	}
	return "a"
}

// acronym are those that begin with the sound of a vowel though not with its letter.
var acronym = set("led lcd mba mp3 mri nhs nfl nba sms suv hd hdmi fm lte mot sos sme rpg x-ray xl xxl")

// hasPrefix says whether a word begins with one of the beginnings.
func hasPrefix(w string, begins ...string) bool {
	for _, b := range begins {
		if strings.HasPrefix(w, b) {
			return true
		}
	}
	return false
}
