package units

import (
	"unicode"
	"unicode/utf8"
)

// isAbbreviation says whether the point at token i belongs to an abbreviation or an initial, so that no sentence ends with it.
func (f *finder) isAbbreviation(i int) bool {
	if i == 0 || !f.touches(i) || !f.is(i-1, word) {
		return false
	}
	w := f.text(i - 1)
	full := w
	if f.text(i-2) == "." && f.touches(i-1) && f.is(i-3, word) && f.touches(i-2) {
		full = f.text(i-3) + "." + w
	}
	if always, ok := look(abbreviations, lower(full)); ok && f.isShortForm(i, full, w) {
		return always == "always" || !f.opensSentence(i+1)
	}
	r, size := utf8.DecodeRuneInString(w)
	if size == len(w) && unicode.IsLetter(r) && f.is(i+1, word) && len(f.text(i+1)) == 1 && f.text(i+2) == "." {
		return true // z. B.
	}
	if size != len(w) || !unicode.IsUpper(r) {
		return false
	}
	before, _ := utf8.DecodeRuneInString(f.text(i - 2))
	return !f.is(i-2, word) || !unicode.IsUpper(before) || !isCommon(f.low(i+1))
}

// isShortForm keeps words that are also abbreviations apart: "no." and "art." are short only before
// a number, "Co." and "St." only with a capital.
func (f *finder) isShortForm(i int, full, w string) bool {
	switch lower(full) {
	case "no", "nr", "art", "max", "min", "m", "p", "pp", "ref", "ext", "ex", "fig", "tel", "fon", "vol", "col", "gen", "ver":
		return f.is(i+1, figure) || f.text(i+1) == "+" || f.text(i+1) == "("
	case "in", "co", "sec", "ft", "mo", "sr", "jr", "est", "st":
		return unicode.IsUpper(rune(w[0]))
	}
	return true
}

// isOrdinal says whether the point at token i makes a German number an ordinal: am 3. Tag.
func (f *finder) isOrdinal(i int) bool {
	return f.lang == "de" && f.is(i-1, figure) && f.touches(i) && onlyDigits(f.text(i-1)) && len(f.text(i-1)) < 3 && f.is(i-2, word) && f.is(i+1, word) && !has(function, f.low(i+1))
}

// isCommon says whether a word is one that sentences begin with, rather than a name.
func isCommon(w string) bool { return kind(w, "vfad") || has(function, w) }
