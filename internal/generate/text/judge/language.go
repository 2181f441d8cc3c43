package judge

import "unicode"

// script is the tables of the script in which a language is written; Latin for what is not listed.
func script(lang string) []*unicode.RangeTable {
	switch lang {
	case "ar", "fa", "ur":
		return []*unicode.RangeTable{unicode.Arabic}
	case "he":
		return []*unicode.RangeTable{unicode.Hebrew}
	case "ru", "uk", "bg", "sr":
		return []*unicode.RangeTable{unicode.Cyrillic}
	case "el":
		return []*unicode.RangeTable{unicode.Greek}
	case "hi", "mr":
		return []*unicode.RangeTable{unicode.Devanagari}
	case "bn":
		return []*unicode.RangeTable{unicode.Bengali}
	case "th":
		return []*unicode.RangeTable{unicode.Thai}
	case "ja":
		return []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana}
	case "zh":
		return []*unicode.RangeTable{unicode.Han}
	case "ko":
		return []*unicode.RangeTable{unicode.Hangul}
	}
	return []*unicode.RangeTable{unicode.Latin}
}

// slack is how much smaller a text's share of its own script may be than its source's.
const slack = 0.25

// foreign says how a text is not in the language of its source: another script, or small English words in a text that is not English.
func (j *Judge) foreign(s subject, text *reading) []string {
	own := script(s.Lang)
	if share(text, own) < share(s.source, own)-slack {
		return []string{"script"}
	}
	if s.Lang == "en" || s.Lang == "mul" {
		return nil
	}
	for _, w := range text.words {
		if j.lists["english only"][w.low] && !knows(s.base, w.low) {
			return []string{w.text}
		}
	}
	return nil
}

// share is the part of a text's letters, links and tags aside, that are of some scripts; 1 where there are none.
func share(r *reading, own []*unicode.RangeTable) float64 {
	in, all := 0, 0
	for _, w := range r.words {
		for _, c := range w.text {
			if w.mark || !unicode.IsLetter(c) {
				continue
			}
			all++
			if unicode.In(c, own...) {
				in++
			}
		}
	}
	if all == 0 {
		return 1
	}
	return float64(in) / float64(all)
}
