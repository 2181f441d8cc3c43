package console

import (
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// part is a run of text that both of two texts have, or only one.
type part struct {
	Text string
	Kind string // kept, removed or added
}

// Kinds of parts.
const (
	kept    = "kept"
	removed = "removed"
	added   = "added"
)

// token is a word or a mark, with the white space before it; the last one of a text may be white space alone.
type token struct{ space, word string }

// tokens cuts a text into words by the Unicode rules, which know scripts without spaces as well.
func tokens(text string) []token {
	var all []token
	space, state, word := "", -1, ""
	for text != "" {
		word, text, state = uniseg.FirstWordInString(text, state)
		if strings.TrimFunc(word, unicode.IsSpace) == "" {
			space += word
			continue
		}
		all = append(all, token{space, word})
		space = ""
	}
	if space != "" {
		all = append(all, token{space, ""})
	}
	return all
}

// mostCells bounds the work of one comparison; longer texts are taken for wholly different but for their beginning.
const mostCells = 1 << 20

// difference says how b came of a, word by word: its kept and removed parts are a, its kept and added parts are b. Between two kept parts
// what was removed comes first.
func difference(a, b string) []part {
	before, after := tokens(a), tokens(b)
	var d editing
	start := 0
	for start < min(len(before), len(after)) && before[start] == after[start] {
		d.keep(before[start], after[start])
		start++
	}
	d.compare(before[start:], after[start:])
	d.flush()
	return d.parts
}

// editing is a difference under construction: what was removed and added since the last kept part waits.
type editing struct {
	parts          []part
	removed, added string
}

// compare adds the difference of tokens, by their longest common subsequence.
func (d *editing) compare(a, b []token) {
	if len(a)*len(b) > mostCells {
		d.change(a, b)
		return
	}
	long := common(a, b)
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i].word == b[j].word:
			d.keep(a[i], b[j])
			i, j = i+1, j+1
		case long[i+1][j] >= long[i][j+1]:
			d.change(a[i:i+1], nil)
			i++
		default:
			d.change(nil, b[j:j+1])
			j++
		}
	}
	d.change(a[i:], b[j:])
}

// common are the lengths of the longest common subsequences of a[i:] and b[j:], in letters: a long word that stays says more than a comma.
func common(a, b []token) [][]int {
	long := make([][]int, len(a)+1)
	for i := range long {
		long[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			long[i][j] = max(long[i+1][j], long[i][j+1])
			if a[i].word == b[j].word {
				long[i][j] = max(long[i][j], long[i+1][j+1]+len(a[i].word)+1)
			}
		}
	}
	return long
}

// keep adds a token of both, whose white space may differ.
func (d *editing) keep(a, b token) {
	if a.space != b.space {
		d.removed, d.added = d.removed+a.space, d.added+b.space
		a.space = ""
	}
	d.flush()
	d.add(kept, a.space+a.word)
}

// change adds tokens of one of the texts only.
func (d *editing) change(a, b []token) {
	for _, t := range a {
		d.removed += t.space + t.word
	}
	for _, t := range b {
		d.added += t.space + t.word
	}
}

// flush adds what waits.
func (d *editing) flush() {
	d.add(removed, d.removed)
	d.add(added, d.added)
	d.removed, d.added = "", ""
}

// add appends a part, to the one before where it is of the same kind.
func (d *editing) add(kind, text string) {
	if n := len(d.parts); n > 0 && d.parts[n-1].Kind == kind {
		d.parts[n-1].Text += text
	} else if text != "" {
		d.parts = append(d.parts, part{text, kind})
	}
}

// without are the parts of a difference but for one kind: one of the two texts. White space at the edges of what changed is left unmarked.
func without(kind string, parts []part) []part {
	var left editing
	for _, p := range parts {
		switch p.Kind {
		case kind:
		case kept:
			left.add(kept, p.Text)
		default:
			word := strings.TrimSpace(p.Text)
			before, after, _ := strings.Cut(p.Text, word)
			left.add(kept, before)
			left.add(p.Kind, word)
			left.add(kept, after)
		}
	}
	return left.parts
}
