package rewrite

import (
	"strings"

	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// marks are the marks that end sentences as a text writes them, by their Latin form: French sets a space before ! and ?, other scripts have
// their own.
type marks map[string]string

// marksOf learns them from a text. Where it sets a space before one of ! and ?, it sets one before the other.
func marksOf(t units.Text) marks {
	m := marks{}
	for _, u := range t.Units {
		sentence := strings.TrimSpace(strings.TrimSuffix(t.Clean[u.Start:u.Start+u.Len], u.After))
		at := strings.LastIndex(sentence, u.Text)
		if u.End == "" || at < 0 || m[u.End] != "" {
			continue
		}
		mark := sentence[at+len(u.Text):]
		if bare := strings.TrimLeft(mark, " \u00a0\u202f"); bare != "" && strings.Contains(".!?…।۔؟", bare) {
			m[u.End] = mark
		}
	}
	for _, pair := range [...][2]string{{"!", "?"}, {"?", "!"}} {
		if space, ok := strings.CutSuffix(m[pair[0]], pair[0]); ok && m[pair[1]] == "" {
			m[pair[1]] = space + pair[1]
		}
	}
	return m
}

// of is a mark as the text writes it.
func (m marks) of(end string) string {
	if own := m[end]; own != "" {
		return own
	}
	return end
}
