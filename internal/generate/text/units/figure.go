package units

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// amount is a number as it is written, taken apart: US$9.99, 14-day, 20%, 5000mAh, 2,000+.
type amount struct {
	sign   string // currency sign or code directly before or after: "US$"
	digits string // with their separators: "1.299,00"
	tail   string // letters directly after, without the hyphen: "day", "mAh", "pm"
	per    bool   // a per cent sign follows
	plus   bool   // a plus follows: 18+
}

// figureEnd is the end of the number at i, or i.
func figureEnd(s string, i int) int {
	_, end := readAmount(s, i)
	return end
}

// readAmount reads the number at i; the end is i when there is none.
func readAmount(s string, i int) (amount, int) {
	var a amount
	at := i + signLength(s[i:])
	a.sign = s[i:at]
	end := digitsEnd(s, at)
	if end == at {
		return amount{}, i
	}
	a.digits = s[at:end]
	return readTail(s, end, a)
}

// signLength is the length of a currency sign or code that a digit follows directly.
func signLength(s string) int {
	i := 0
	for i < len(s) && i < 3 && (s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z') {
		i++
	}
	r, size := utf8.DecodeRuneInString(s[i:])
	if unicode.Is(unicode.Sc, r) {
		i += size
	} else if i == 0 || !has(currencies, strings.ToLower(s[:i])) {
		return 0
	}
	if next, _ := utf8.DecodeRuneInString(s[i:]); !unicode.IsDigit(next) {
		return 0
	}
	return i
}

// spacedSign is the length of a sign made of letters and a currency sign, such as R$ and US$, that stands apart from its number.
func spacedSign(s string) int {
	for i := 1; i < len(s) && i < 4; i++ {
		if s[i] == '$' && has(currencies, strings.ToLower(s[:i+1])) {
			return i + 1
		}
	}
	return 0
}

// digitsEnd is the end of the digits at i, their separators included.
func digitsEnd(s string, i int) int {
	start := i
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsDigit(r) || unicode.Is(unicode.No, r) && !isPictograph(r):
			i += size
		case i > start && strings.ContainsRune(".,'’:/-–٫٬", r) && digitAt(s, i+size):
			i += size
		case i > start && (r == ' ' || r == '\u00A0' || r == '\u202F') && thousands(s[start:i], s[i+size:], r != ' '):
			i += size + 3
		default:
			return i
		}
	}
	return i
}

// digitAt says whether a digit stands at i.
func digitAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsDigit(r)
}

// thousands says whether three digits after a space go on with the number before: 12 000 €. After a common space a currency has to follow.
func thousands(before, after string, hard bool) bool {
	if before[0] == '0' || strings.ContainsAny(before, ".,/:-") || len(before) > 3 && !strings.ContainsAny(before, " \u00A0\u202F") {
		return false
	}
	if len(after) < 3 || strings.TrimLeft(after[:3], "0123456789") != "" || len(after) > 3 && digitAt(after, 3) {
		return false
	}
	if hard {
		return true
	}
	rest := strings.TrimLeft(after[3:], " \u00A0\u202F")
	end := indexOrEnd(rest, unicode.IsSpace)
	return has(currencies, strings.ToLower(strings.TrimRight(rest[:end], ".,!?;:"))) || end > 3 && thousands(before+" 000", rest, false)
}

// readTail reads what follows the digits: a per cent sign, a currency, letters, a plus.
func readTail(s string, i int, a amount) (amount, int) {
	r, size := utf8.DecodeRuneInString(s[i:])
	switch {
	case r == '%' || r == '٪' || r == '％':
		a.per = true
		i += size
	case a.sign == "" && unicode.Is(unicode.Sc, r):
		a.sign = s[i : i+size]
		i += size
	case r == '+' && !digitAt(s, i+size):
		a.plus = true
		return a, i + size
	}
	start := i
	r, size = utf8.DecodeRuneInString(s[i:])
	if r == '-' || r == '‑' {
		start += size
		r, _ = utf8.DecodeRuneInString(s[start:])
	}
	if !unicode.IsLetter(r) || isDense(r) {
		return a, i
	}
	end := wordEnd(s, start)
	if code := strings.ToLower(s[start:end]); a.sign == "" && start == i && has(currencies, code) {
		a.sign = s[start:end]
	} else {
		a.tail = s[start:end]
	}
	return a, end
}
