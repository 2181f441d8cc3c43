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
		if t := &tokens[0]; t.kind == units.Name && !names[t.text] && (len(tokens) == 1 || tokens[1].span != t.span || units.IsVerb(t.key)) {
			t.kind, t.span = "", 0
		}
		if !partOfName(tokens, u.Class) {
			tokens[0].text = inner(tokens[0], names, language)
		}
	}
	return tokens
}

// partOfName says whether the first word belongs to the name behind it, as in Gas Safe registered engineers.
func partOfName(tokens []token, class units.Class) bool {
	return class == units.Fragment && len(tokens) > 1 && tokens[1].kind == units.Name && units.IsNoun(tokens[0].key) && !units.IsAdjective(tokens[0].key)
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
	for _, w := range units.Words(part) {
		if n := len(tokens); n > 0 && (w.Lower == "'" || w.Text == "’") && glued(whole, base+w.Start) && strings.HasSuffix(tokens[n-1].key, "s") {
			tokens[n-1].text += w.Text // the genitive of a plural: 20 years' experience
			tokens[n-1].key += "'"
			continue
		}
		t := token{text: w.Text, key: w.Lower, mark: w.Mark, glue: glued(whole, base+w.Start)}
		if t.mark && strings.ContainsAny(t.text, "-–—‒−") {
			t.key = "-"
		}
		tokens = append(tokens, t)
	}
	return tokens
}

// inner is the text of a unit's first token inside a sentence: with a small letter, unless it is a name, an acronym or a German noun.
func inner(t token, names map[string]bool, language string) string {
	if t.kind != "" && t.kind != units.Day && t.kind != units.Qualified && t.kind != units.Number || t.mark {
		return t.text
	}
	r, size := utf8.DecodeRuneInString(t.text)
	rest := t.text[size:]
	if unicode.ToUpper(unicode.ToLower(r)) != r {
		return t.text // the dotted I of Turkish
	}
	if !unicode.IsUpper(r) || rest != strings.ToLower(rest) || rest == "" && !isLetterWord(language, t.key) {
		return t.text
	}
	if names[t.text] || proper(t.key) || strings.HasPrefix(t.key, "i'") || language == "de" && !germanSmall(t.key) {
		return t.text
	}
	return string(unicode.ToLower(r)) + rest
}

// isLetterWord says whether a letter is a word that is written small inside a sentence. English I is none, Italian i is one.
func isLetterWord(language, key string) bool {
	return isAny(key, "a", "à", "o", "y", "é", "è") || language == "it" && isAny(key, "i", "e")
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
