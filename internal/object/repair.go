package object

import (
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Repair makes JSON of a text that was meant to be JSON: with comments (// /* # and the documentation's <---), commas too many or too few,
// single or curly quotes, names and placeholders without quotes, Python's and PHP's spellings, and brackets that were never closed. It
// reports false for what cannot be read even so, and for what is JSON already.
func Repair(text string) (string, bool) {
	if _, err := DecodeJSON(text); err == nil || len(text) > longestRepair {
		return "", false
	}
	m := mender{text: text}
	m.skip()
	if c := m.peek(); c != '{' && c != '[' {
		return "", false
	}
	value, _ := m.value(0)
	for m.skip(); m.peek() == '}' || m.peek() == ']' || m.peek() == ';'; m.skip() {
		m.pos++ // closed once too often
	}
	if m.stuck || m.pos < len(m.text) {
		return "", false
	}
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(value) != nil {
		return "", false
	}
	return strings.TrimSpace(out.String()), true
}

// mender is a position in a text that is read with good will.
type mender struct {
	text  string
	pos   int // byte
	vain  int // bytes that were searched for quotes that were not there
	stuck bool
}

// Bounds of what is searched.
const (
	longestRepair      = 1 << 20 // bytes of a text
	mostVain           = 4 << 20
	longestPlaceholder = 200
)

// peek is the next byte, zero at the end.
func (m *mender) peek() byte {
	if m.pos < len(m.text) {
		return m.text[m.pos]
	}
	return 0
}

// at reports whether a text comes next.
func (m *mender) at(s string) bool { return strings.HasPrefix(m.text[m.pos:], s) }

// skip passes over space and comments.
func (m *mender) skip() {
	for m.pos < len(m.text) {
		r, size := utf8.DecodeRuneInString(m.text[m.pos:])
		switch {
		case unicode.IsSpace(r) || r == '\ufeff':
			m.pos += size
		case m.at("//"), m.at("#"), m.at("<-"):
			m.comment()
		case m.at("/*"):
			_, rest, _ := strings.Cut(m.text[m.pos+2:], "*/")
			m.pos = len(m.text) - len(rest)
		default:
			return
		}
	}
}

// comment passes over a comment: up to the end of the line. One that begins with an arrow, or stands in a text that lost its line ends, as
// curl -d @file makes it, ends before what looks like JSON again: a quote, a bracket, or the indentation of the next line.
func (m *mender) comment() {
	stops := "\n"
	if m.at("<-") || !strings.Contains(m.text, "\n") {
		stops += "\"{}[]"
	}
	m.pos += len(m.text[m.pos:]) - len(strings.TrimLeft(m.text[m.pos:], "/#<- "))
	rest := m.text[m.pos:]
	if i := strings.IndexAny(rest, stops); i >= 0 {
		rest = rest[:i]
	}
	if i := strings.Index(rest, "  "); i >= 0 && len(stops) > 1 {
		rest = rest[:i]
	}
	m.pos += len(rest)
}

// value reads one value. It reports false for an ellipsis, which stands for nothing.
func (m *mender) value(depth int) (any, bool) {
	m.skip()
	switch c := m.peek(); {
	case depth >= maxDepth && (c == '{' || c == '['):
		m.stuck = true
		return nil, false
	case m.at("{{"):
		return m.bare(",]\n"), true
	case c == '{' || c == '[':
		m.pos++
		return m.members(c+2, depth), true // both brackets close two bytes further on
	}
	if s, ok := m.quoted(); ok {
		return s, true
	}
	word := m.bare(",}]\"\n")
	return meant(word), strings.Trim(word, ".…") != ""
}

// members reads an object or a list up to its closing bracket. What has names is an object, whatever the brackets: PHP writes both with
// square ones. A lone word in braces is a placeholder.
func (m *mender) members(closing byte, depth int) any {
	named, list := Ordered{}, []any{}
	for !m.stuck {
		m.skip()
		switch m.peek() {
		case 0, closing:
			m.pos = min(m.pos+1, len(m.text))
			if closing == '}' && len(list) == 1 && len(named) == 0 {
				if word, isText := list[0].(string); isText {
					return "{" + word + "}"
				}
			}
			if closing == '}' || len(named) > 0 {
				return named
			}
			return list
		case ',', ';':
			m.pos++
			continue
		case '}', ']':
			m.pos++ // a bracket of the other kind
			continue
		}
		if name, ok := m.name(); ok {
			if value, some := m.value(depth + 1); some {
				named = append(named, Member{Name: name, Value: value})
			}
			continue
		}
		if value, some := m.value(depth + 1); some {
			list = append(list, value)
		}
	}
	return nil
}

// name reads a member's name with the sign behind it; without such a sign it was a value, and is left alone.
func (m *mender) name() (string, bool) {
	start := m.pos
	name, quoted := m.quoted()
	if !quoted {
		if c := m.peek(); c == '{' || c == '[' {
			return "", false
		}
		name = m.bare(",:=}]{[\n")
	}
	m.skip()
	for _, sign := range []string{"=>", ":", "="} {
		if m.at(sign) && name != "" {
			m.pos += len(sign)
			return name, true
		}
	}
	m.pos = start
	return "", false
}

// quoted reads a string in any kind of quotes. One that is not closed ends with its line.
func (m *mender) quoted() (string, bool) {
	open, size := utf8.DecodeRuneInString(m.text[m.pos:])
	i := strings.IndexRune("\"'“‘`", open)
	if i < 0 || m.pos >= len(m.text) {
		return "", false
	}
	closing := map[rune]string{'"': `"`, '\'': "'", '“': "”\"", '‘': "’'", '`': "`'"}[open]
	var out strings.Builder
	for at := m.pos + size; at < len(m.text); {
		r, n := utf8.DecodeRuneInString(m.text[at:])
		at += n
		switch {
		case strings.ContainsRune(closing, r):
			m.pos = at
			return out.String(), true
		case r == '\\' && at < len(m.text):
			s, used := escaped(m.text[at:])
			out.WriteString(s)
			at += used
		default:
			out.WriteRune(r)
		}
	}
	if m.vain += len(m.text) - m.pos; m.vain > mostVain {
		m.stuck = true
	}
	line, _, _ := strings.Cut(m.text[m.pos+size:], "\n")
	m.pos += size + len(line)
	return strings.TrimRight(line, ", \t\r}]"), true
}

// escaped is what stands behind a backslash, and how many bytes of the text it takes.
func escaped(rest string) (string, int) {
	if rest[0] == 'u' && len(rest) >= 5 {
		var s string
		if json.Unmarshal([]byte(`"\`+rest[:5]+`"`), &s) == nil {
			return s, 5
		}
	}
	if i := strings.IndexByte(`nrtbf`, rest[0]); i >= 0 {
		return "\n\r\t\b\f"[i : i+1], 1
	}
	_, n := utf8.DecodeRuneInString(rest)
	return rest[:n], n
}

// bare reads a word without quotes up to one of some bytes or to a comment. A placeholder in angle brackets is one word.
func (m *mender) bare(stops string) string {
	start := m.pos
	for m.pos < len(m.text) {
		c := m.text[m.pos]
		placeholder := c == '{' && m.at("{{")
		if strings.IndexByte(stops, c) >= 0 && !placeholder || m.pos > start && (m.at(" //") || m.at(" #") || m.at("<-") || m.at("/*")) {
			break
		}
		m.pos++
		for closing, open := range map[string]bool{">": c == '<', "}}": placeholder} {
			near := m.text[m.pos:min(len(m.text), m.pos+longestPlaceholder)]
			if i := strings.Index(near, closing); open && i >= 0 && !strings.Contains(near[:i], "\n") {
				m.pos += i + len(closing)
			}
		}
	}
	return strings.TrimSpace(strings.ToValidUTF8(m.text[start:m.pos], ""))
}

// meant is the value of a word without quotes.
func meant(word string) any {
	switch strings.ToLower(word) {
	case "true":
		return true
	case "false":
		return false
	case "null", "none", "nil", "undefined":
		return nil
	}
	if value, err := decodeStrict(word); err == nil {
		if n, ok := value.(json.Number); ok {
			return n
		}
	}
	return word
}
