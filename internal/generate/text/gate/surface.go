package gate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// surface checks what can be seen without reading: characters, marks, spaces, length.
func (g *Gate) surface(text string) Code {
	if c := invisible(text); c != "" {
		return c
	}
	if markup(text) {
		return "markup"
	}
	if len(text) > g.most && characters(text) > g.most && uniseg.GraphemeClusterCount(text) > g.most {
		return "length"
	}
	if c := spaced(text, g.lex.code == "fr"); c != "" {
		return c
	}
	if !balanced(text) {
		return "bracket"
	}
	return exclaimed(text)
}

// invisible refuses control, format and private characters. A joiner is allowed between emoji, a variation sign behind one.
func invisible(text string) Code {
	before := rune(0)
	for _, r := range text {
		if r < utf8.RuneSelf {
			if r < ' ' && r != '\n' || r == 0x7F {
				return "control"
			}
		} else if r != zeroWidthJoiner && r != variation {
			if r == utf8.RuneError || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp) {
				return "control"
			}
		} else if before < 0x2000 {
			return "control"
		}
		before = r
	}
	return ""
}

// markup reports HTML, entities, Markdown and braces that are no template tag.
func markup(text string) bool {
	for i := 0; i < len(text); i++ {
		rest := text[i:]
		switch text[i] {
		case '<':
			if len(rest) > 1 && (rest[1] == '/' || rest[1] == '!' || isLetter(rest[1])) {
				return true
			}
		case '&':
			if end := strings.IndexByte(rest, ';'); end > 2 && end < 9 && !strings.Contains(rest[:end], " ") {
				return true
			}
		case '*', '_', '`', '~':
			if len(rest) > 1 && rest[1] == text[i] || text[i] == '`' {
				return true
			}
			if text[i] == '*' && len(rest) > 1 && isLetter(rest[1]) && strings.Contains(rest[1:], "*") {
				return true
			}
		case ']':
			if len(rest) > 1 && rest[1] == '(' {
				return true
			}
		case '#':
			if (i == 0 || text[i-1] == '\n') && len(rest) > 1 && (rest[1] == ' ' || rest[1] == '#') {
				return true
			}
		case '{':
			end := strings.Index(rest, "}}")
			if !strings.HasPrefix(rest, "{{") || end < 0 {
				return true
			}
			i += end + 1
		case '}', '\\':
			return true
		}
	}
	return false
}

func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// spaced refuses white space at the ends, twice in a row or before a mark, and marks without white space behind them. French sets a space
// before high marks.
func spaced(text string, french bool) Code {
	if text[0] == ' ' || text[0] == '\n' || strings.HasSuffix(text, " ") || strings.HasSuffix(text, "\n") {
		return "spacing"
	}
	if strings.IndexByte(",.;:!?)-", text[0]) >= 0 {
		return "spacing"
	}
	for i := 1; i < len(text); i++ {
		c, before := text[i], text[i-1]
		switch {
		case c == ' ' && (before == ' ' || before == '\n' || before == '('):
			return "spacing"
		case c == '\n' && (before == ' ' || i > 1 && before == '\n' && text[i-2] == '\n'):
			return "spacing"
		case strings.IndexByte(",.)", c) >= 0 && before == ' ' && !ellipsis(text[i:]) && !decimal(text[i:]):
			return "spacing"
		case strings.IndexByte(";:!?", c) >= 0 && before == ' ' && !french:
			return "spacing"
		case strings.IndexByte(",;", before) >= 0 && strings.IndexByte(",.;:!?", c) >= 0, before == ':' && strings.IndexByte(".,!?", c) >= 0:
			return "spacing"
		case strings.IndexByte(",;!?", before) >= 0 && isLetter(c), before == '.' && c >= 'A' && c <= 'Z' && i > 2 && text[i-2] >= 'a' && text[i-2] <= 'z':
			return "spacing"
		}
	}
	return ""
}

func ellipsis(s string) bool { return strings.HasPrefix(s, "...") }

// decimal reports whether a full stop begins a number or a name such as ".com".
func decimal(s string) bool { return len(s) > 1 && s[0] == '.' && s[1] != ' ' }

// balanced reports whether every bracket and every quotation that opens is closed. A mark behind a digit may be inches.
func balanced(text string) bool {
	round, square, straight, curly, angle := 0, 0, 0, 0, 0
	var before rune
	for _, r := range text {
		switch r {
		case '(':
			round++
		case ')':
			round--
		case '[':
			square++
		case ']':
			square--
		case '"':
			if straight%2 == 1 || !unicode.IsDigit(before) {
				straight++
			}
		case '„', '“':
			curly++
		case '”':
			curly--
		case '«':
			angle++
		case '»':
			angle--
		}
		if round < 0 || square < 0 {
			return false
		}
		before = r
	}
	// German closes with the mark that opens in English, so two of those are a pair; "»…«" is a pair, too.
	return round == 0 && square == 0 && straight%2 == 0 && (curly == 0 || curly == 2) && angle == 0
}

// exclaimed refuses loud punctuation.
func exclaimed(text string) Code {
	marks := 0
	for i := 0; i < len(text); i++ {
		if text[i] != '!' && text[i] != '?' {
			continue
		}
		if text[i] == '!' {
			marks++
		}
		if i > 0 && (text[i-1] == '!' || text[i-1] == '?') || marks > 2 {
			return "punctuation"
		}
	}
	if strings.Contains(text, "....") || strings.Contains(text, "..") && !strings.Contains(text, "...") {
		return "punctuation"
	}
	return ""
}
