package units

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// rounds bounds how often markup that markup uncovered is taken out; what is left then loses its brackets.
const rounds = 4

// clean brings a text to the form that it is taken apart in, and says what was odd about it.
func clean(raw, page string) (string, []Flag) {
	var flags []Flag
	s := strings.ToValidUTF8(raw, "")
	s, markup := stripMarkup(s)
	s = norm.NFC.String(s)
	s, hidden := stripHidden(s)
	s = norm.NFC.String(s)
	s = tidy(s)
	s, shouting := lowerShouting(s, page)
	if markup {
		flags = append(flags, Markup)
	}
	if hidden {
		flags = append(flags, Hidden)
	}
	if shouting {
		flags = append(flags, Shouting)
	}
	return s, flags
}

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

// stripHidden takes out what nobody sees: control, zero-width and bidi characters, and selectors and tags outside emoji.
func stripHidden(s string) (string, bool) {
	var b strings.Builder
	hidden := false
	last := rune(0)
	for i, r := range s {
		size := utf8.RuneLen(r)
		switch {
		case r == '\r' && strings.HasPrefix(s[i+size:], "\n"):
			continue
		case r == '\r' || r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029':
			r = '\n'
		case r == '\t' || r != '\n' && r != '\u00A0' && r != '\u202F' && unicode.IsSpace(r):
			r = ' '
		case isHidden(r):
			next, _ := utf8.DecodeRuneInString(s[i+size:])
			if !joins(last, r, next) {
				hidden = true
				continue
			}
		}
		b.WriteRune(r)
		last = r
	}
	return b.String(), hidden
}

// isHidden says whether a rune has no width of its own.
func isHidden(r rune) bool {
	return r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) || r == '\uFFFD' || unicode.Is(unicode.Co, r)
}

// joins says whether a hidden rune is part of an emoji, or of a word in a script that needs it.
func joins(last, r, next rune) bool {
	switch r {
	case '\uFE0F', '\uFE0E':
		return last != 0 && !unicode.IsSpace(last) && !unicode.IsLetter(last) && last != r
	case '\u200D':
		return (isPictograph(last) || last == '\uFE0F') && isPictograph(next) || isIndic(last) && isIndic(next)
	case '\u200C':
		return unicode.Is(unicode.Arabic, last) && unicode.Is(unicode.Arabic, next) || isIndic(last) && isIndic(next)
	}
	return false
}

// isIndic says whether a rune is of an Indic script.
func isIndic(r rune) bool { return r >= 0x0900 && r <= 0x0DFF }

// tidy collapses white space and repeated end marks.
func tidy(s string) string {
	var b strings.Builder
	breaks := 0
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.Join(strings.Fields(line), " ")
		if line == "" {
			breaks++
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n\n"[:min(breaks, 1)+1])
		}
		breaks = 0
		b.WriteString(collapseMarks(line))
	}
	return b.String()
}

// collapseMarks makes "!!!" one mark and "..." an ellipsis. Marks inside links and tags stand alone, and so are left as they are.
func collapseMarks(s string) string {
	if !strings.ContainsAny(s, "!?.！？…") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		n := len(s[i:]) - len(strings.TrimLeft(s[i:], "!?.！？…"))
		if n == 0 {
			_, size := utf8.DecodeRuneInString(s[i:])
			b.WriteString(s[i : i+size])
			i += size
			continue
		}
		b.WriteString(oneMark(s[i : i+n]))
		i += n
	}
	return b.String()
}

// oneMark is what a run of end marks comes to.
func oneMark(run string) string {
	switch {
	case utf8.RuneCountInString(run) == 1:
		return run
	case strings.Contains(run, "?"):
		return "?"
	case strings.Contains(run, "？"):
		return "？"
	case strings.Contains(run, "!"):
		return "!"
	case strings.Contains(run, "！"):
		return "！"
	case run == "..":
		return "."
	}
	return "…"
}
