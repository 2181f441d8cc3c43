package judge

import (
	"slices"
	"strings"
	"unicode"
)

// knows says whether a word comes in one of the readings, in the singular, the plural or the genitive.
func knows(base []*reading, low string) bool {
	stem := strings.TrimSuffix(strings.TrimSuffix(low, "'s"), "s")
	for _, r := range base {
		if r.known[low] || r.known[stem] || r.known[stem+"s"] || r.known[stem+"'s"] || r.known[stem+"es"] {
			return true
		}
	}
	return false
}

// names lists the words with a capital inside a sentence that neither source, Page nor earlier ads have. German writes every noun so
// and is left out; a text in which most words have capitals is a headline.
func (j *Judge) names(s subject, text *reading) []string {
	if s.Lang == "de" || headline(text) {
		return nil
	}
	base := slices.Concat(s.base, s.past)
	var found []string
	for _, w := range text.words {
		c := []rune(w.text)[0]
		if w.opens || w.mark || !unicode.IsUpper(c) || w.low == "i" || strings.HasPrefix(w.low, "i'") || knows(base, w.low) {
			continue
		}
		if !j.lists["functional"][w.low] && !j.timeWord(w) {
			found = append(found, w.text)
		}
	}
	return found
}

// timeWord says whether a word is a time of its own, which is another check's affair.
func (j *Judge) timeWord(w word) bool { return len(j.times.find([]word{w})) > 0 }

// headline says whether most words that could be small begin with a capital.
func headline(r *reading) bool {
	big, all := 0, 0
	for _, w := range r.words {
		if c := []rune(w.text)[0]; !w.opens && unicode.IsLetter(c) {
			all++
			if unicode.IsUpper(c) {
				big++
			}
		}
	}
	return all >= 4 && big*2 > all
}

// hasTime says whether a reading names the same time. A number in a term stands for any; numbers are checked on their own.
func (j *Judge) hasTime(h hit, r *reading) bool {
	for _, other := range j.times.find(r.words) {
		if other.term == h.term || strings.TrimSuffix(other.term, "s") == strings.TrimSuffix(h.term, "s") {
			return true
		}
	}
	for _, w := range h.words {
		if w != "#" && !r.known[w] {
			return false
		}
	}
	return len(h.words) > 0
}
