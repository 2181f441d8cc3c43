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
