package units

import (
	"strings"
)

// Article is the indefinite article that a word takes: an hour, a unit, an LED lamp.
func Article(w string) string {
	low := lower(w)
	if low == "" {
		return "a"
	}
	if a, end := readAmount(low, 0); end > 0 {
		return article(isSpokenWithVowel(plain(a.digits)))
	}
	if isCaps(w) && !isOrdinary(w) || len(low) == 1 {
		return article(strings.ContainsRune("aefhilmnorsx", rune(low[0])))
	}
	switch {
	case strings.HasPrefix(low, "x-"):
		return "an"
	case startsIn(low, "hour", "honest", "honour", "honor", "heir"):
		return "an"
	case startsIn(low, "eu", "uni", "use", "usu", "uk", "ut", "one", "once", "ub", "ewe") && !startsIn(low, "unin", "unim", "unis", "uninv", "utt"):
		return "a"
	case strings.HasPrefix(low, "unis"):
		return "a"
	}
	return article(isVowel(low[0]))
}

// isSpokenWithVowel says whether a number begins with a vowel when it is spoken: eight, eleven, eighteen, and their thousands.
func isSpokenWithVowel(number string) bool {
	whole, _, _ := strings.Cut(number, ".")
	if first, _, ok := strings.Cut(whole, "-"); ok {
		whole = first
	}
	return strings.HasPrefix(whole, "8") || len(whole)%3 == 2 && (strings.HasPrefix(whole, "11") || strings.HasPrefix(whole, "18"))
}

// article is an before a vowel.
func article(vowel bool) string {
	if vowel {
		return "an"
	}
	return "a"
}

// startsIn says whether a word starts with one of the prefixes.
func startsIn(w string, prefixes ...string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(w, p) {
			return true
		}
	}
	return false
}
