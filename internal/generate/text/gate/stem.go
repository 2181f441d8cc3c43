package gate

import "strings"

// stem takes the common endings off a word in lower case, so that "shipping", "ships" and "shipped" are one. It is coarse on purpose: it
// costs some nanoseconds, and is only used to compare words of texts that are about the same thing. Words of languages without a list
// are left alone.
func (l *lexicon) stem(w string) string {
	switch l.code {
	case "en":
		if short := stemEnglish(w); !l.in(short, function) || l.in(w, function) {
			w = short
		} else {
			w = strings.TrimSuffix(w, "s") // notes is not "not"
		}
	case "de":
		for range 2 { // kostenloses, kostenlos
			w = cut(w, "es", "en", "er", "em", "e", "n", "s")
		}
	case "fr":
		w = strings.TrimSuffix(cut(w, "es", "s", "x", "e"), "é")
	case "es", "pt":
		w = cut(w, "es", "as", "os", "s", "a", "o", "e")
	case "it":
		w = cut(w, "a", "o", "e", "i")
	}
	if same, ok := l.synonyms[w]; ok {
		return same
	}
	return w
}

// cut removes the first ending that leaves at least three bytes, from words of five or more.
func cut(w string, endings ...string) string {
	for _, end := range endings {
		if len(w) > 4 && len(w)-len(end) >= 3 && strings.HasSuffix(w, end) {
			return w[:len(w)-len(end)]
		}
	}
	return w
}

// stemEnglish removes one ending of number or tense, then a final e, and a consonant that the ending had doubled.
func stemEnglish(w string) string {
	w = strings.TrimSuffix(w, "'s")
	if len(w) < 4 || w == "news" || w == "this" || w == "less" || strings.HasPrefix(w, "evening") || strings.HasPrefix(w, "wedding") {
		return w
	}
	base := w
	switch {
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "ing") && len(w) > 5 && hasVowel(w[:len(w)-3]):
		base = undouble(w[:len(w)-3])
	case strings.HasSuffix(w, "ied") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "ed") && len(w) > 4 && hasVowel(w[:len(w)-2]):
		base = undouble(w[:len(w)-2])
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "xes"), strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "shes"):
		base = w[:len(w)-2]
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is"):
		base = w[:len(w)-1]
	}
	if len(base) > 3 {
		base = strings.TrimSuffix(base, "e")
	}
	return base
}

func hasVowel(s string) bool { return strings.ContainsAny(s, "aeiouy") }

// undouble takes back the consonant that "-ing" and "-ed" double: shipp is ship; ll, ss and zz stay.
func undouble(s string) string {
	n := len(s)
	if n > 3 && s[n-1] == s[n-2] && !strings.ContainsRune("lszaeiou", rune(s[n-1])) {
		return s[:n-1]
	}
	return s
}
