package units

import (
	"fmt"
	"strconv"
	"strings"
)

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
