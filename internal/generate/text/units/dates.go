package units

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// date finds a day of the calendar: 30 November, June 12–14, 31/05/2027, 15 de enero, and a month by itself.
func (f *finder) date(i int) int {
	if f.is(i, figure) {
		if value := numericDate(f.text(i)); value != "" {
			return f.add(Date, i, 1, value)
		}
		return f.dayMonth(i)
	}
	month := f.month(i)
	if month == "" {
		return 0
	}
	n := 1
	if f.text(i+1) == "." && f.touches(i+1) && len(f.text(i)) < 5 && f.is(i+2, figure) {
		n = 2
	}
	if day := dayNumber(f.amount(i + n)); day != "" && f.is(i+n, figure) {
		value := "--" + month + "-" + day
		n++
		skip := 0
		if f.text(i+n) == "," {
			skip = 1
		}
		if year := f.year(i + n + skip); year != "" {
			return f.add(Date, i, n+skip+1, year+value[1:])
		}
		return f.add(Date, i, n, value)
	}
	if year := f.year(i + 1); year != "" {
		return f.add(Date, i, 2, year+"-"+month)
	}
	if w := f.low(i); len(w) > 4 && w != "march" && w != "abril" || f.low(i-1) == "in" && f.lang == "en" {
		if unicode.IsUpper([]rune(f.text(i))[0]) || f.lang != "en" && f.lang != "de" {
			return f.add(Date, i, 1, "--"+month)
		}
	}
	return 0
}

// dayMonth finds a date whose day comes first.
func (f *finder) dayMonth(i int) int {
	day := dayNumber(f.amount(i))
	n := 1
	for skip := 0; skip < 2; skip++ {
		if w := f.low(i + n); w == "." || w == "de" || w == "of" || w == "º" {
			n++
		}
	}
	month := f.month(i + n)
	if day == "" || month == "" {
		return 0
	}
	n++
	skip := 0
	if w := f.low(i + n); w == "de" || w == "," {
		skip = 1
	}
	if year := f.year(i + n + skip); year != "" {
		return f.add(Date, i, n+skip+1, year+"-"+month+"-"+day)
	}
	return f.add(Date, i, n, "--"+month+"-"+day)
}

// month is the number of the month that token i names, "" for none.
func (f *finder) month(i int) string {
	if !f.is(i, word) {
		return ""
	}
	value, _ := look(months, f.low(i))
	return value
}

// year is a year in figures at token i.
func (f *finder) year(i int) string {
	if t := f.text(i); len(t) == 4 && f.is(i, figure) && (strings.HasPrefix(t, "20") || strings.HasPrefix(t, "19")) && onlyDigits(t) {
		return t
	}
	return ""
}

// dayNumber is a day of the month, or a range of two, with two digits each.
func dayNumber(a amount) string {
	if a.sign != "" || a.per {
		return ""
	}
	switch lower(a.tail) {
	case "", "st", "nd", "rd", "th", "er", "º", "ª":
	default:
		return ""
	}
	parts := strings.Split(plain(a.digits), "-")
	for i, p := range parts {
		n, err := strconv.Atoi(p)
		if err != nil || n < 1 || n > 31 {
			return ""
		}
		parts[i] = fmt.Sprintf("%02d", n)
	}
	return strings.Join(parts, "-")
}

// numericDate reads 2027-05-31, 31/05/2027, 31.05.2027 and 5/31/27. Where day and month could be either, the day is taken to be first.
func numericDate(t string) string {
	sep := ""
	for _, s := range [...]string{"/", "-", "."} {
		if strings.Count(t, s) == 2 {
			sep = s
		}
	}
	if sep == "" {
		return ""
	}
	parts := strings.Split(t, sep)
	for _, p := range parts {
		if !onlyDigits(p) {
			return ""
		}
	}
	if len(parts[0]) == 4 {
		parts[0], parts[2] = parts[2], parts[0]
	}
	day, _ := strconv.Atoi(parts[0])
	month, _ := strconv.Atoi(parts[1])
	if month > 12 {
		day, month = month, day
	}
	if len(parts[2]) == 2 {
		parts[2] = "20" + parts[2]
	}
	if day < 1 || day > 31 || month < 1 || month > 12 || len(parts[2]) != 4 {
		return ""
	}
	return fmt.Sprintf("%s-%02d-%02d", parts[2], month, day)
}

// onlyDigits says whether a text is ASCII digits, at most four.
func onlyDigits(s string) bool { return s != "" && len(s) <= 4 && strings.Trim(s, "0123456789") == "" }

// clock finds a time of day: 7pm, 7:30 p.m., 23:00, 19h30, 8 Uhr.
func (f *finder) clock(i int) int {
	if !f.is(i, figure) {
		return 0
	}
	a := f.amount(i)
	if a.sign != "" || a.per {
		return 0
	}
	n, half := 1, lower(a.tail)
	if half == "" {
		half, n = f.half(i)
	}
	digits := plain(a.digits)
	switch {
	case half == "am" || half == "pm" || half == "uhr":
	case half == "h" && f.lang != "en", strings.HasPrefix(half, "h") && onlyDigits(half[1:]) && len(half) == 3:
		digits, half = strings.TrimSuffix(digits+":"+half[1:], ":"), ""
	case half == "" && isTime(a.digits):
	default:
		return 0
	}
	value, ok := timeOfDay(digits, half)
	if !ok {
		return 0
	}
	return f.add(Clock, i, n, value)
}

// half is the am, pm or Uhr after token i, and how many tokens the time takes with it.
func (f *finder) half(i int) (string, int) {
	switch next := f.low(i + 1); next {
	case "am", "pm", "uhr":
		if next == "am" && f.lang == "de" {
			return "", 1
		}
		return next, 2
	case "a", "p":
		if f.text(i+2) == "." && f.low(i+3) == "m" {
			if f.text(i+4) == "." {
				return next + "m", 5
			}
			return next + "m", 4
		}
	}
	return "", 1
}

// isTime says whether figures are hours and minutes with a colon.
func isTime(digits string) bool {
	h, m, ok := strings.Cut(digits, ":")
	if !ok || len(h) > 2 || len(m) != 2 && !strings.ContainsAny(m, "-–") {
		return false
	}
	n, err := strconv.Atoi(h)
	return err == nil && n < 25
}

// timeOfDay brings hours to four digits of a day of 24: "19:30". A range keeps its hyphen.
func timeOfDay(digits, half string) (string, bool) {
	parts := strings.Split(digits, "-")
	for i, p := range parts {
		h, m, _ := strings.Cut(strings.ReplaceAll(p, ".", ":"), ":")
		hour, err := strconv.Atoi(h)
		if err != nil || hour > 24 {
			return "", false
		}
		if half == "pm" && hour < 12 && (i == len(parts)-1 || hour < 8) {
			hour += 12
		}
		if half == "am" && hour == 12 {
			hour = 0
		}
		if m == "" {
			m = "00"
		}
		parts[i] = fmt.Sprintf("%02d:%s", hour, m)
	}
	return strings.Join(parts, "-"), true
}

// phone finds a telephone number: groups of digits that begin with +, ( or 0, that are three, three and four, or that follow "call".
func (f *finder) phone(i int) int {
	t := f.tokens[i]
	first := f.s[t.start]
	if !f.is(i, figure) && first != '+' && first != '(' || f.touches(i) && f.is(i-1, word) {
		return 0
	}
	end := t.start + len(f.s[t.start:]) - len(strings.TrimLeft(f.s[t.start:], "+0123456789()-. \u00A0/"))
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
