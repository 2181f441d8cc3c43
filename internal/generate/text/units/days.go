package units

import (
	"unicode"
)

// day finds days, seasons and feasts, with "this" or "next" before them.
func (f *finder) day(i int) int {
	if !f.is(i, word) || !opens(days, f.low(i)) && f.low(i) != "this" && f.low(i) != "next" {
		return 0
	}
	for n := min(3, len(f.tokens)-i); n > 0; n-- {
		name, ok := look(days, f.phrase(i, n))
		if !ok || n == 1 && name == "spring" && f.lang == "en" && !f.isSpring(i) {
			continue
		}
		if n == 1 && len(f.text(i)) == 3 && !f.isShortDay(i) {
			continue
		}
		switch name {
		case "midnight":
			return f.add(Clock, i, n, "00:00")
		case "noon":
			return f.add(Clock, i, n, "12:00")
		}
		return f.add(Day, i, n, name)
	}
	if w := f.low(i); w == "this" || w == "next" {
		if name, ok := look(days, f.low(i+1)); ok {
			return f.add(Day, i, 2, w+" "+name)
		}
	}
	return 0
}

// isShortDay says whether Mon, Sun and the like are days: with a capital, beside a dash, a comma, a figure or another such day.
func (f *finder) isShortDay(i int) bool {
	if !unicode.IsUpper(rune(f.text(i)[0])) {
		return false
	}
	return isDash(f.text(i+1)) || isDash(f.text(i-1)) || f.is(i+1, figure) || f.text(i+1) == "," && len(f.text(i+2)) == 3 || f.text(i+1) == "&"
}

// isSpring says whether "spring" is the season rather than water or a coil.
func (f *finder) isSpring(i int) bool {
	w := f.low(i + 1)
	return w != "water" && w != "mattress" && w != "onion" && w != "onions" && w != "rolls" && w != "into"
}

// phrase is n tokens from i in lower case with a space between.
func (f *finder) phrase(i, n int) string {
	if n == 1 {
		return f.low(i)
	}
	for j := i; j < i+n; j++ {
		if !f.is(j, word) {
			return ""
		}
	}
	return lower(f.s[f.tokens[i].start:f.tokens[i+n-1].end])
}
