package units

import (
	"strconv"
	"strings"
	"unicode"
)

// longestPhone is how many bytes a telephone number may have.
const longestPhone = 40

// phone finds a telephone number: groups of digits that begin with +, ( or 0, that are three, three and four, or that follow "call".
func (f *finder) phone(i int) int {
	t := f.tokens[i]
	first := f.s[t.start]
	if !f.is(i, figure) && first != '+' && first != '(' || f.touches(i) && f.is(i-1, word) {
		return 0
	}
	near := f.s[t.start:min(len(f.s), t.start+longestPhone)]
	end := t.start + len(near) - len(strings.TrimLeft(near, "+0123456789()-. \u00A0/"))
	end = t.start + len(strings.TrimRight(f.s[t.start:end], " \u00A0-.(+/"))
	number := f.s[t.start:end]
	groups := strings.FieldsFunc(number, func(r rune) bool { return !unicode.IsDigit(r) })
	digits := strings.Join(groups, "")
	if len(digits) < 7 || len(digits) > 15 || numericDate(number) != "" || !f.isPhone(i, first, groups, digits) {
		return 0
	}
	n := 0
	for i+n < len(f.tokens) && f.tokens[i+n].start < end {
		n++
	}
	if last := f.tokens[i+n-1]; last.end != end {
		return 0
	}
	return f.add(Phone, i, n, digits)
}

// isPhone decides by the shape of the groups and the word before.
func (f *finder) isPhone(i int, first byte, groups []string, digits string) bool {
	if has(phoneWords, f.low(i-1)) || f.text(i-1) == ":" && has(phoneWords, f.low(i-2)) || f.text(i-1) == "." && has(phoneWords, f.low(i-2)) {
		return true
	}
	shape := ""
	for _, g := range groups {
		shape += strconv.Itoa(len(g))
	}
	switch {
	case first == '+', first == '0' && len(digits) >= 9, first == '(' && len(digits) >= 9:
		return true
	}
	return shape == "334" || shape == "1334"
}
