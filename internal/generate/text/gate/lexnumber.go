package gate

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// currency returns the sign that stands for a currency, "" if r is none.
func currency(r rune) string {
	if r != utf8.RuneError && unicode.Is(unicode.Sc, r) {
		return string(r)
	}
	return ""
}

// startsNumber reports whether s begins with a digit.
func startsNumber(s string) bool { return unicode.IsNumber(firstRune(s)) }

// prefixed reads a price whose sign stands at `at`: $9.99, US$ 20.
func (x *lexer) prefixed(at int, sign rune) bool {
	digits := at + utf8.RuneLen(sign)
	if strings.HasPrefix(x.text[digits:], " ") || strings.HasPrefix(x.text[digits:], "\u00a0") {
		digits += utf8.RuneLen(firstRune(x.text[digits:]))
	}
	if digits >= len(x.text) || !startsNumber(x.text[digits:]) {
		return false
	}
	from := x.at
	x.at = digits
	x.digits(from, currency(sign))
	return true
}

// digits reads the number at x.at as a token that starts at from. unit is the currency that preceded it.
func (x *lexer) digits(from int, unit string) {
	if unit == "" {
		if end, digits := phoneAt(x.text, x.at); end > 0 {
			x.add(phone, from, end, digits)
			return
		}
	}
	start := x.at
	end, slashes, dots := numberEnd(x.text, start)
	raw := x.text[start:end]
	if slashes > 0 || dots == 2 && len(raw) <= 10 && unit == "" && !strings.HasSuffix(raw, "000") {
		x.add(date, from, end, "")
		return
	}
	if minutes, stop := clockAt(x.text, raw, end); stop > 0 && unit == "" {
		x.add(clock, from, stop, minutes)
		return
	}
	t := x.add(number, from, end, value(raw))
	t.unit = unit
	x.suffix(t)
	t.stem = "#"
	if t.unit == "%" {
		t.stem = "%"
	} else if t.unit != "" {
		t.stem = "$"
	}
}

// suffix reads what follows a number and belongs to it: a plus, a per cent, a currency, letters.
func (x *lexer) suffix(t *token) {
	rest := x.text[x.at:]
	if r := firstRune(rest); unicode.IsLetter(r) {
		x.at = codeEnd(x.text, x.at)
		t.norm += lower(rest[:len(rest)-len(x.text[x.at:])])
	}
	if strings.HasPrefix(x.text[x.at:], "+") {
		t.plus = true
		x.at++
	}
	gap := strings.TrimLeft(x.text[x.at:], " \u00a0\u202f")
	skip := len(x.text) - x.at - len(gap)
	r := firstRune(gap)
	switch {
	case r == '%' || r == '％':
		t.unit = "%"
		x.at += skip + utf8.RuneLen(r)
	case t.unit == "" && currency(r) != "" && !startsNumber(gap[utf8.RuneLen(r):]):
		t.unit = currency(r)
		x.at += skip + utf8.RuneLen(r)
	case t.unit == "" && skip > 0:
		x.unitWord(t, skip, gap)
	}
	if strings.HasPrefix(x.text[x.at:], "+") {
		t.plus = true
		x.at++
	}
	t.raw, x.last = x.text[t.start:x.at], x.at
}

// unitWord reads "euros", "per cent" and the like behind a number.
func (x *lexer) unitWord(t *token, skip int, gap string) {
	first := wordEnd(gap, 0)
	norm := lower(gap[:first])
	if sign := x.lex.currencies[norm]; sign != "" {
		t.unit = sign
		x.at += skip + first
		return
	}
	if first < len(gap) && gap[first] == ' ' {
		second := wordEnd(gap, first+1)
		if sign := x.lex.currencies[lower(gap[:second])]; sign != "" {
			t.unit = sign
			x.at += skip + second
		}
	}
}

// numberEnd returns where the digits that start at from end, with separators inside, and how many slashes and full stops those were.
func numberEnd(text string, from int) (end, slashes, dots int) {
	i := from
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if unicode.IsNumber(r) {
			i += n
			continue
		}
		if !strings.ContainsRune(".,'’/\u00a0\u202f", r) || !startsNumber(text[i+n:]) {
			break
		}
		if (r == '\u00a0' || r == '\u202f') && digitRun(text[i+n:]) != 3 {
			break
		}
		switch r {
		case '/':
			slashes++
		case '.':
			dots++
		}
		i += n
	}
	return i, slashes, dots
}

// digitRun counts the ASCII digits at the start of s.
func digitRun(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// value brings a number to the form that is compared: 1,000 and 1.000 are 1000, 9.90 and 9,9 are 9.9. A separator before exactly three
// digits groups thousands unless the number begins with a lone zero.
func value(raw string) string {
	last := strings.LastIndexAny(raw, ".,'’\u00a0\u202f")
	plain := strings.Map(func(r rune) rune {
		if unicode.IsNumber(r) {
			return r
		}
		return -1
	}, raw)
	if last < 0 {
		return plain
	}
	tail := digitRun(raw[last+utf8.RuneLen(firstRune(raw[last:])):])
	if tail == 3 && !strings.HasPrefix(raw, "0") || tail == 0 || tail >= len(plain) {
		return plain
	}
	whole, fraction := plain[:len(plain)-tail], strings.TrimRight(plain[len(plain)-tail:], "0")
	if fraction == "" {
		return whole
	}
	return whole + "." + fraction
}

// clockAt reads "19:00", "7pm", "7:30 p.m.", "19h30" and "19 Uhr": minutes of the day and where it ends; 0 if it is none.
func clockAt(text, raw string, end int) (string, int) {
	hour, err := strconv.Atoi(raw)
	if err != nil || hour > 24 {
		return "", 0
	}
	minute, found := 0, false
	if rest := text[end:]; len(rest) >= 3 && (rest[0] == ':' || rest[0] == 'h') && digitRun(rest[1:]) == 2 {
		minute, _ = strconv.Atoi(rest[1:3])
		end, found = end+3, true
	}
	rest := text[end:]
	gap := strings.TrimPrefix(rest, " ")
	for _, suffix := range [...]string{"a.m.", "p.m.", "a.m", "p.m", "am", "pm", "uhr", "h"} {
		if !hasPrefixFold(gap, suffix) || unicode.IsLetter(firstRune(gap[len(suffix):])) || startsNumber(gap[len(suffix):]) {
			continue
		}
		if suffix[0] == 'p' && hour < 12 {
			hour += 12
		} else if suffix[0] == 'a' && hour == 12 {
			hour = 0
		}
		return strconv.Itoa(hour*60 + minute), end + len(rest) - len(gap) + len(suffix)
	}
	if !found {
		return "", 0
	}
	return strconv.Itoa(hour*60 + minute), end
}
