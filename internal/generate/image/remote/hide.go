package remote

import (
	"strings"
	"unicode"
)

// leastOfKey is how many bytes of a key in a row give it away.
const leastOfKey = 8

// hidden is a text with each run that is also in the key replaced by a mark: servers quote what they were sent.
func (m *Model) hidden(text string) string {
	key := m.config.Key
	least := min(leastOfKey, len(key))
	if least == 0 {
		return text
	}
	var b strings.Builder
	end := 0 // of the run that is being left out
	for i := range len(text) {
		if i+least <= len(text) && strings.Contains(key, text[i:i+least]) {
			if i >= end {
				b.WriteString("[key]")
			}
			end = i + least
		}
		if i >= end {
			b.WriteByte(text[i])
		}
	}
	return b.String()
}

// printable is a text on one line without what steers a terminal.
func printable(text string) string {
	words := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) })
	return strings.Join(words, " ")
}
