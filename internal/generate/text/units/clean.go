package units

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// clean brings a text to the form that it is taken apart in, and says what was odd about it.
func clean(raw, page string) (string, []Flag) {
	var flags []Flag
	s := strings.ToValidUTF8(raw, "")
	s, markup := stripMarkup(chatMarks(s))
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
