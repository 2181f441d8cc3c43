package units

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// lowerShouting brings capitals down: words that are known in lower case, and long unknown ones next to them. Acronyms, codes and the
// Page's names stay; days and months keep their capital, as does the first word of a sentence.
func lowerShouting(s, page string) (string, bool) {
	tokens := scan(s)
	loud := make([]bool, len(tokens))
	found := false
	for i, t := range tokens {
		loud[i] = t.shape == word && isCaps(s[t.start:t.end]) && isOrdinary(s[t.start:t.end]) && !isCode(s, tokens, i) && !keepsCapitals(page, s[t.start:t.end])
	}
	for i := range loud { // two letters alone are a state, a size or a pronoun: Dayton, OH
		loud[i] = loud[i] && (tokens[i].end-tokens[i].start > 2 || i > 0 && loud[i-1] || i+1 < len(loud) && loud[i+1])
		found = found || loud[i]
	}
	if !found {
		return s, false
	}
	spread(s, tokens, loud, page)
	return rewriteLoud(s, tokens, loud), true
}

// isCaps says whether a word is in capitals, with two letters at least.
func isCaps(w string) bool {
	letters := 0
	for _, r := range w {
		if unicode.IsLower(r) || unicode.IsDigit(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters >= 2
}

// isOrdinary says whether a word in capitals is a common word rather than an acronym.
func isOrdinary(w string) bool {
	low := lower(w)
	if has(acronyms, low) {
		return false
	}
	return has(english, low) || has(function, low) || has(days, low) || has(months, low) && len(low) > 3 || knownForm(low)
}

// isCode says whether the word is named as a promotion code by the one before, or is to be sent to a number: Text YES to 60777.
func isCode(s string, tokens []token, i int) bool {
	if i > 0 && i+2 < len(tokens) && lower(s[tokens[i-1].start:tokens[i-1].end]) == "text" && s[tokens[i+1].start:tokens[i+1].end] == "to" && tokens[i+2].shape == figure {
		return true
	}
	for back := 1; back <= 2 && i >= back; back++ {
		if p := tokens[i-back]; p.shape == word {
			return has(codeWords, lower(s[p.start:p.end]))
		}
	}
	return false
}

// keepsCapitals says whether the Page writes the word in capitals.
func keepsCapitals(page, w string) bool {
	for name := range strings.FieldsSeq(page) {
		if strings.Trim(name, ".,!&()") == w {
			return true
		}
	}
	return false
}

// spread marks unknown words of five letters or more next to shouted ones, and short ones between two.
func spread(s string, tokens []token, loud []bool, page string) {
	known := append([]bool(nil), loud...)
	for i, t := range tokens {
		w := s[t.start:t.end]
		if loud[i] || t.shape != word || !isCaps(w) || has(acronyms, lower(w)) || utf8.RuneCountInString(w) < 5 || isCode(s, tokens, i) || keepsCapitals(page, w) {
			continue
		}
		loud[i] = i > 0 && known[i-1] || i+1 < len(known) && known[i+1]
	}
}

// rewriteLoud writes the text with its loud words brought down.
func rewriteLoud(s string, tokens []token, loud []bool) string {
	var b strings.Builder
	at := 0
	opening := true
	for i, t := range tokens {
		w := s[t.start:t.end]
		if loud[i] {
			b.WriteString(s[at:t.start])
			w = strings.ToLower(w)
			if opening || has(months, w) || isWeekday(w) {
				w = capitalise(w)
			}
			b.WriteString(w)
			at = t.end
		}
		switch {
		case t.shape == newline || t.shape == emoji || t.shape == mark && strings.ContainsAny(w, ".!?…|•"):
			opening = true
		case t.shape != mark:
			opening = false
		}
	}
	return b.String() + s[at:]
}

// isWeekday says whether a word is a day or a feast that takes a capital.
func isWeekday(w string) bool {
	day, ok := look(days, w)
	return ok && (strings.HasSuffix(day, "day") && day != "today" || day == "christmas" || day == "easter" || day == "halloween")
}

// capitalise gives a word a capital.
func capitalise(w string) string {
	r, size := utf8.DecodeRuneInString(w)
	return string(unicode.ToTitle(r)) + w[size:]
}
