package units

import (
	"strings"
	"unicode/utf8"
)

// longestQuote is how many tokens a quotation may have, so that a text of opening marks takes no time.
const longestQuote = 300

// quotation finds what stands between quotation marks, within a paragraph.
func (f *finder) quotation(i int) int {
	if !f.is(i, mark) || f.touches(i) && f.is(i-1, word) || f.touches(i) && f.is(i-1, figure) {
		return 0
	}
	closers := closing(f.text(i))
	if closers == "" {
		return 0
	}
	for j := i + 1; j < min(len(f.tokens), i+longestQuote); j++ {
		if f.is(j, newline) && f.is(j+1, newline) {
			return 0
		}
		if !f.is(j, mark) || !strings.Contains(closers, f.text(j)) || j == i+1 {
			continue
		}
		if opensAgain := f.is(j+1, word) && f.touches(j+1); opensAgain && !isDenseText(f.text(j+1)) {
			continue
		}
		return f.add(Quote, i, j+1-i, f.s[f.tokens[i].end:f.tokens[j].start])
	}
	return 0
}

// closing is the marks that may close a quotation which opens with this one.
func closing(open string) string {
	switch open {
	case "“", "”", "„", "‟":
		return "”“\""
	case "\"":
		return "\"”"
	case "«":
		return "»"
	case "»":
		return "«"
	case "‹":
		return "›"
	case "‘", "‚":
		return "’‘"
	case "'":
		return "'"
	case "「":
		return "」"
	case "『":
		return "』"
	case "《":
		return "》"
	}
	return ""
}

// isDenseText says whether a text begins in a script without spaces.
func isDenseText(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return isDense(r)
}
