package object

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Shorten cuts a text to so many characters at most, after a whole word where there is one in the second half.
func Shorten(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	runes, end := []rune(s), most
	for end > most/2 && !unicode.IsSpace(runes[end]) {
		end--
	}
	if end == most/2 {
		end = most // one long word
	}
	return strings.TrimRightFunc(string(runes[:end]), func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;:-–", r) })
}
