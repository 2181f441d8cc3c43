package server

import (
	"strings"
	"unicode"
)

// LeastOfKey is how many bytes of a key in a row give it away.
const LeastOfKey = 8

// WithoutKey is a text in which no part of a key stands: servers quote what they were sent.
func WithoutKey(text, key string) string { return Hidden(text, key, LeastOfKey, "[key]") }

// Hidden is a text with each run that is also in a secret, of least bytes or more, replaced by a mark. A secret that is shorter is
// replaced where it stands as a whole.
func Hidden(text, secret string, least int, mark string) string {
	least = min(least, len(secret))
	if least == 0 || len(text) < least {
		return text
	}
	known := make(map[string]bool, len(secret))
	for i := range len(secret) - least + 1 {
		known[secret[i:i+least]] = true
	}
	var b strings.Builder
	end := 0 // of the run that is being left out
	for i := range len(text) {
		if i+least <= len(text) && known[text[i:i+least]] {
			if i >= end {
				b.WriteString(mark)
			}
			end = i + least
		}
		if i >= end {
			b.WriteByte(text[i])
		}
	}
	return b.String()
}

// Printable is a text on one line without what steers a terminal.
func Printable(text string) string {
	words := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) })
	return strings.Join(words, " ")
}
