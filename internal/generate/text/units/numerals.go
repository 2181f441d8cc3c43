package units

import (
	"strings"
)

// isNumberWord says whether token i is a number in words.
func (f *finder) isNumberWord(i int) bool { return f.numberWord(i) != "" }

// numberWord is the value of a number in words, such as three, twenty-five or two-week; "" for none. "One" is left alone where it is a pronoun.
func (f *finder) numberWord(i int) string {
	if !f.is(i, word) {
		return ""
	}
	low := f.low(i)
	first, rest, compound := strings.Cut(low, "-")
	value := f.numeral(first)
	if value == "" {
		return ""
	}
	if first == "one" && !f.isNumeralOne(i, rest) || compound && f.numeral(rest) == "" && !has(measures, prefix(rest)) && !kind(rest, "na") {
		return ""
	}
	if units := f.numeral(rest); units != "" && len(value) == 2 && value[1] == '0' && len(units) == 1 {
		return value[:1] + units
	}
	return value
}

// prefix is what stands before the first hyphen.
func prefix(s string) string {
	first, _, _ := strings.Cut(s, "-")
	return first
}

// numeral is the value of a number word in the text's language.
func (f *finder) numeral(w string) string {
	entry, ok := look(numbers, w)
	if !ok {
		return ""
	}
	lang := f.lang
	if lang == "" {
		lang = "en"
	}
	for e := range strings.FieldsSeq(entry) {
		if value, ok := strings.CutPrefix(e, lang+":"); ok {
			return value
		}
	}
	return ""
}

// isNumeralOne says whether "one" counts something: one family, one-hour; not "the one", "one of", "one-off", "no one", "one another".
func (f *finder) isNumeralOne(i int, rest string) bool {
	if rest != "" {
		return has(measures, prefix(rest))
	}
	switch f.low(i - 1) {
	case "the", "this", "that", "no", "any", "every", "each", "which", "our", "your", "another", "every-", "loved", "little", "new":
		return false
	}
	return f.is(i+1, word) && IsNoun(f.low(i+1))
}
