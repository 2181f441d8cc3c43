package units

import (
	"html"
	"strings"
	"unicode"
)

// rounds bounds how often markup that markup uncovered is taken out; what is left then loses its brackets.
const rounds = 4

// stripMarkup takes out elements, with the bodies of scripts and styles, and decodes entities, until nothing is left to do.
func stripMarkup(s string) (string, bool) {
	found := false
	for range rounds {
		decoded := decodeEntities(s)
		bare := stripTags(decoded)
		found = found || bare != decoded
		if bare == s {
			return s, found
		}
		s = bare
	}
	return strings.NewReplacer("<", "", "&", "and").Replace(s), true
}

// decodeEntities decodes entities that are closed by a semicolon; without one, "&copy=2" may be part of a link.
func decodeEntities(s string) string {
	var b strings.Builder
	for {
		at := strings.IndexByte(s, '&')
		if at < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:at])
		s = s[at:]
		end := strings.IndexByte(s[:min(len(s), 12)], ';')
		if end < 2 || strings.ContainsAny(s[1:end], " &<>") {
			b.WriteByte('&')
			s = s[1:]
			continue
		}
		b.WriteString(html.UnescapeString(s[:end+1]))
		s = s[end+1:]
	}
}

// stripTags takes out what a browser would read as markup. Line breaks and paragraphs become line breaks.
func stripTags(s string) string {
	if !strings.Contains(s, "<") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		if s[i] != '<' || i+1 == len(s) || !opensTag(s[i+1]) {
			b.WriteByte(s[i])
			i++
			continue
		}
		name, end := tagAt(s, i)
		switch name {
		case "script", "style":
			end = bodyEnd(s, end, name)
		case "br", "p", "div", "li", "tr":
			b.WriteByte('\n')
		}
		i = end
	}
	return b.String()
}

// opensTag says whether a "<" before this byte begins markup; "<3" and "< 5" do not.
func opensTag(c byte) bool {
	return c == '/' || c == '!' || c == '?' || c == '<' || unicode.IsLetter(rune(c)) && c < 0x80
}

// tagAt is the name of the element at i and where its tag ends. A tag that is never closed ends where it begins, so that its words are kept.
func tagAt(s string, i int) (string, int) {
	rest := strings.TrimLeft(s[i+1:], "/!?")
	name := strings.ToLower(rest[:indexOrEnd(rest, func(r rune) bool { return r >= 0x80 || !unicode.IsLetter(r) })])
	if strings.HasPrefix(s[i:], "<!--") {
		if end := strings.Index(s[i:], "-->"); end >= 0 {
			return "", i + end + 3
		}
	}
	closing := strings.IndexAny(s[i+1:], "<>")
	if closing < 0 || s[i+1+closing] == '<' {
		return name, i + 1
	}
	return name, i + 1 + closing + 1
}

// bodyEnd is where the body of a script or style ends, its closing tag included.
func bodyEnd(s string, i int, name string) int {
	end := strings.Index(strings.ToLower(s[i:]), "</"+name)
	if end < 0 || strings.HasPrefix(s[:i], "</") {
		return i
	}
	if gt := strings.IndexByte(s[i+end:], '>'); gt >= 0 {
		return i + end + gt + 1
	}
	return len(s)
}
