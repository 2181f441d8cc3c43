package gate

import (
	"slices"
	"strings"
	"unicode"
)

// disguised refuses what is written so that a reader sees an address or a letter and a program does not: evil[.]com, evil dot com,
// hxxp://evil, letters of double width or struck through. A source that writes so may be repeated.
func (g *Gate) disguised(d *document) Code {
	fields := strings.Fields(d.text)
	for i, field := range fields {
		c := disguise(strings.ToLower(field))
		if c == "" && i > 0 && i < len(fields)-1 && strings.EqualFold(field, "dot") && g.lex.in(strings.ToLower(strings.Trim(fields[i+1], ".,!?")), domain) {
			c = "link"
		}
		if c != "" && !g.written(field) {
			return c
		}
	}
	for _, r := range d.text {
		if disguising(r) && !g.written(string(r)) {
			return "script"
		}
	}
	return ""
}

// disguise is the code for one word without white space in small letters, "" for an honest one.
func disguise(field string) Code {
	for _, dot := range [...]string{"[.]", "(.)", "[dot]", "(dot)"} {
		if strings.Contains(field, dot) {
			return "link"
		}
	}
	if strings.Contains(field, "[at]") || strings.Contains(field, "(at)") {
		return "email"
	}
	if at := strings.Index(field, "://"); at >= 0 && !strings.HasSuffix(field[:at], "http") && !strings.HasSuffix(field[:at], "https") {
		return "link"
	}
	if at := strings.IndexByte(field, '_'); at > 0 && at < len(field)-1 && unicode.IsLetter(rune(field[at-1])) && unicode.IsLetter(rune(field[at+1])) &&
		!strings.ContainsAny(field, "@#/{}") {
		return "markup"
	}
	return ""
}

// disguising reports letters and full stops of double width, and marks that stand over or through letters.
func disguising(r rune) bool {
	return r >= 0xFF01 && r <= 0xFF5E || r == 0x3002 || r == 0xFF61 || r >= 0x0300 && r <= 0x036F
}

// written reports whether a source has some characters just so.
func (g *Gate) written(part string) bool {
	has := func(source string) bool { return strings.Contains(source, part) }
	return has(g.sources.Message) || has(g.sources.Page) || slices.ContainsFunc(g.sources.Also, has)
}
