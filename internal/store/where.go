package store

import (
	"strings"
	"unicode/utf8"
)

// Where narrows a listing by what a reference repeats of its object, so that the others need not be read. It lets through all that meet it,
// and those that it cannot tell: whoever asks looks again.
type Where struct {
	Names         [][]string // for each condition, the patterns of which the lower-case name has to match one; Pattern makes them
	From, Through int64      // unix seconds between which the last change was, both included; 0 for no bound
}

// maxName is the longest name that a reference repeats, in bytes: an index has room for it in every database.
const maxName = 800

// Pattern matches names that have a text in them; open says at which of its two sides more may stand.
func Pattern(text string, openBefore, openAfter bool) string {
	text = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(text))
	if openBefore {
		text = "%" + text
	}
	if openAfter {
		text += "%"
	}
	return text
}

// nameOf is the name as a reference repeats it; nil when it is too long or no text.
func nameOf(o *Object) any {
	name := strings.ToLower(o.Text("name"))
	if len(name) > maxName || !isText(name) || !utf8.ValidString(name) {
		return nil
	}
	return name
}

// condition is the SQL of the rest, with its arguments.
func (w Where) condition() (text string, args []any) {
	for _, patterns := range w.Names {
		text += " AND (name IS NULL"
		for _, pattern := range patterns {
			if isText(pattern) { // no stored name matches anything else
				text += ` OR name LIKE ? ESCAPE '\'`
				args = append(args, pattern)
			}
		}
		text += ")"
	}
	if w.From != 0 {
		text += " AND (updated IS NULL OR updated >= ?)"
		args = append(args, w.From)
	}
	if w.Through != 0 {
		text += " AND (updated IS NULL OR updated <= ?)"
		args = append(args, w.Through)
	}
	return text, args
}
