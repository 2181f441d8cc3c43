package units

import (
	"strings"
)

// Word is a word or a mark of a text.
type Word struct {
	Text  string // as written; a number keeps its currency sign and unit ($9.99, 20%, 14-day), a link or tag is one word
	Lower string // lower-case, with ’ made '
	Start int    // offset in bytes
	Mark  bool   // punctuation, a symbol or an emoji
}

// End is the offset after the word.
func (w Word) End() int { return w.Start + len(w.Text) }

// Words takes a text apart. White space is all that lies between two words.
func Words(s string) []Word {
	tokens := scan(s)
	words := make([]Word, 0, len(tokens))
	for _, t := range tokens {
		if t.shape == newline {
			continue
		}
		text := s[t.start:t.end]
		words = append(words, Word{Text: text, Lower: lower(text), Start: t.start, Mark: t.shape == mark || t.shape == emoji})
	}
	return words
}

// lower is the form that lists are searched by.
func lower(s string) string {
	if strings.Contains(s, "’") {
		s = strings.ReplaceAll(s, "’", "'")
	}
	return strings.ToLower(s)
}
