package rewrite

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// token is a word, a mark or an atom of a unit. Rules turn lists of tokens into lists of tokens, so that nothing is parsed twice.
type token struct {
	text  string         // as it is inside a sentence: a unit's first word without its capital, unless it is a name
	key   string         // folded, for patterns
	kind  units.AtomKind // of the atom that it is or is part of
	span  int            // tokens of one atom share a number above zero: a match never cuts it
	mark  bool           // punctuation
	glue  bool           // no space before it
	fresh bool           // a rule wrote it, and no other may rewrite it
	next  int            // token that followed in the source, 0 for none: an article is set right only where its neighbour changed
	id    int            // of a token of the source, from 1
}

// opaque are the atoms that make one token, however many words they have.
func opaque(k units.AtomKind) bool {
	switch k {
	case units.Day, units.Name, units.Qualified, units.Emoji:
		return false
	}
	return true
}

// tokenise takes a unit apart. Names are the words of the text that keep their capital at the beginning of a sentence.
func tokenise(u units.Unit, names map[string]bool, language string) []token {
	var tokens []token
	at := 0
	for i, a := range u.Atoms {
		if a.Start < at {
			continue // inside another atom
		}
		tokens = words(tokens, u.Text[at:a.Start], u.Text, at)
		n := len(tokens)
		if opaque(a.Kind) {
			tokens = append(tokens, token{text: a.Text, key: fold(a.Text), glue: glued(u.Text, a.Start)})
		} else {
			tokens = words(tokens, a.Text, u.Text, a.Start)
		}
		for j := n; j < len(tokens); j++ {
			tokens[j].kind, tokens[j].span = a.Kind, i+1
		}
		at = a.Start + a.Len
	}
	tokens = words(tokens, u.Text[at:], u.Text, at)
	for i := range tokens {
		tokens[i].id, tokens[i].next = i+1, i+2
	}
	if len(tokens) > 0 {
		tokens[len(tokens)-1].next = 0
		tokens[0].text = inner(tokens[0], names, language)
	}
	return tokens
}

// glued says whether no space precedes the byte at.
func glued(s string, at int) bool {
	if at == 0 {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(s[:at])
	return !unicode.IsSpace(r)
}

// words appends the words and marks of part, which begins at the byte base of whole.
func words(tokens []token, part, whole string, base int) []token {
	for i := 0; i < len(part); {
		r, size := utf8.DecodeRuneInString(part[i:])
		if unicode.IsSpace(r) {
			i += size
			continue
		}
		end := i + wordLen(part[i:])
		mark := end == i
		if mark {
			end = i + size
		}
		t := token{text: part[i:end], key: fold(part[i:end]), mark: mark, glue: glued(whole, base+i)}
		if mark && strings.ContainsRune("–—‒−", r) {
			t.key = "-"
		}
		tokens = append(tokens, t)
		i = end
	}
	return tokens
}

// wordLen is the length of the word that s begins with; apostrophes and hyphens inside belong to it, and so do + and * at its end.
func wordLen(s string) int {
	end := 0
	for i, r := range s {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
			end = i + utf8.RuneLen(r)
		case i == 0:
			return 0
		case (r == '\'' || r == '’' || r == '-' || r == '‑' || r == '/' || r == '.') && end == i && letterAt(s, i+utf8.RuneLen(r)):
		case (r == '+' || r == '*' || r == '%') && end == i:
			return i + 1
		default:
			return end
		}
	}
	return end
}

// letterAt says whether a letter or digit begins at the byte i.
func letterAt(s string, i int) bool {
	if i >= len(s) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// inner is the text of a unit's first token inside a sentence: with a small letter, unless it is a name, an acronym or a German noun.
func inner(t token, names map[string]bool, language string) string {
	if t.kind != "" && t.kind != units.Day && t.kind != units.Qualified && t.kind != units.Number || t.mark {
		return t.text
	}
	r, size := utf8.DecodeRuneInString(t.text)
	rest := t.text[size:]
	if !unicode.IsUpper(r) || rest != strings.ToLower(rest) || rest == "" && t.key != "a" && t.key != "à" && t.key != "o" && t.key != "y" {
		return t.text
	}
	if names[t.text] || proper[t.key] || strings.HasPrefix(t.key, "i'") || language == "de" && !germanSmall[t.key] {
		return t.text
	}
	return string(unicode.ToLower(r)) + rest
}

// capital is the text of a token at the beginning of a sentence.
func (t token) capital() string {
	if t.mark || opaque(t.kind) && t.kind != "" && t.kind != units.Number && t.kind != units.Date {
		return t.text
	}
	r, size := utf8.DecodeRuneInString(t.text)
	if !unicode.IsLower(r) || t.text[size:] != strings.ToLower(t.text[size:]) {
		return t.text
	}
	return string(unicode.ToUpper(r)) + t.text[size:]
}
