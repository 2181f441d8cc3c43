package judge

import (
	"slices"
	"strings"
	"unicode"
)

// faithful adds what a text says that its advertiser did not.
func (j *Judge) faithful(s subject, text *reading, add func(group, class string, what ...string)) {
	for _, n := range j.strange(text, s.base) {
		add(faith, "number", n.text+n.unit)
	}
	for _, n := range j.unqualified(s.Lang, s.source, text) {
		add(faith, "qualifier", n.text+n.unit)
	}
	for _, c := range j.claims {
		add(faith, "claim:"+c.class, once(c.invented(text, s.base))...)
	}
	add(faith, "name", j.names(s, text)...)
	for _, h := range j.times.find(text.words) {
		if !slices.ContainsFunc(s.base, func(r *reading) bool { return j.hasTime(h, r) }) {
			add(faith, "time", h.term)
		}
	}
	add(faith, "link", unknown(text.marks, marksOf(s.base))...)
	add(faith, "code", unknown(j.codes(text), joined(s.base, j.codes))...)
	add(faith, "quote", misquoted(s, text)...)
	add(faith, "negation", j.affirmed(s, text)...)
	for _, re := range s.forbid {
		if m := re.FindString(text.text); m != "" {
			add(faith, "forbid", m)
		}
	}
}

// once drops what comes again.
func once(list []string) []string {
	var kept []string
	for _, s := range list {
		if !slices.Contains(kept, s) {
			kept = append(kept, s)
		}
	}
	return kept
}

// joined is one list of what each of some readings holds.
func joined(base []*reading, part func(*reading) []string) []string {
	var all []string
	for _, r := range base {
		all = append(all, part(r)...)
	}
	return all
}

// marksOf are the marks of readings.
func marksOf(base []*reading) []string {
	return joined(base, func(r *reading) []string { return r.marks })
}

// unknown lists the strings that are not among others, whatever their case.
func unknown(list, others []string) []string {
	var found []string
	for _, s := range list {
		if !slices.ContainsFunc(others, func(o string) bool { return strings.EqualFold(o, s) }) {
			found = append(found, s)
		}
	}
	return found
}

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

// codes lists the promotion codes of a text: capitals with digits, and what follows the word "code".
func (j *Judge) codes(r *reading) []string {
	var list []string
	for _, m := range j.code.FindAllStringSubmatch(r.text, -1) {
		c := m[0]
		if m[1] != "" {
			c = m[1]
		}
		if len(c) >= 4 {
			list = append(list, c)
		}
	}
	return list
}

// misquoted lists the quotations of a text that are not verbatim in the source or Page, and those of the source that stand in the text
// without their marks, as if the advertiser said them.
func misquoted(s subject, text *reading) []string {
	var found []string
	for _, q := range text.quotes {
		if !slices.ContainsFunc(s.base, func(r *reading) bool { return strings.Contains(plainer(r.text), q) }) {
			found = append(found, q)
		}
	}
	for _, q := range s.source.quotes {
		if len(strings.Fields(q)) >= 3 && strings.Contains(plainer(text.text), strings.TrimRight(q, ".!,")) && len(text.quotes) == 0 {
			found = append(found, q)
		}
	}
	return found
}

// scope is how many words before another a negator may stand and still deny it.
const scope = 6

// affirmed lists the words that the source only ever denies and that the text does not: "no contract" has become "contract".
func (j *Judge) affirmed(s subject, text *reading) []string {
	var found []string
	for _, low := range j.denied(s.source) {
		if slices.ContainsFunc(s.page, func(r *reading) bool { return r.known[low] }) {
			continue
		}
		for i, w := range text.words {
			if w.low == low && !j.negated(text, i) && !j.freeAfter(text, i) {
				found = append(found, low)
				break
			}
		}
	}
	return found
}

// denied lists the words that come right after a negator, and nowhere without one.
func (j *Judge) denied(r *reading) []string {
	var list []string
	for i, w := range r.words {
		if !j.lists["negators"][w.low] {
			continue
		}
		k := i + 1
		for k < len(r.words) && j.lists["negator tail"][r.words[k].low] && !r.words[k].first {
			k++
		}
		if k < len(r.words) && !parted(r, i+1, k) && j.deniable(r.words[k]) {
			list = append(list, r.words[k].low)
		}
	}
	return slices.DeleteFunc(once(list), func(low string) bool {
		for i, w := range r.words {
			if w.low == low && !j.negated(r, i) {
				return true
			}
		}
		return false
	})
}

// deniable says whether a word after a negator is what is denied: not a number, a short word, or one of a question ("not sure which").
func (j *Judge) deniable(w word) bool {
	return !w.first && !w.mark && len([]rune(w.low)) > 2 && digitsOf(w.low) == "" && !j.lists["open"][w.low]
}

// negated says whether a negator, or a word that turns things away such as "stop", stands before a word in its sentence.
func (j *Judge) negated(r *reading, i int) bool {
	for k := i; k > 0 && i-k < scope && !r.words[k].first; k-- {
		if low := r.words[k-1].low; j.lists["negators"][low] || j.lists["rejecters"][low] {
			return true
		}
	}
	return false
}

// freeAfter says whether a word's sentence turns it away afterwards: "contract-free", "the joining fee is gone".
func (j *Judge) freeAfter(r *reading, i int) bool {
	for k := i + 1; k < len(r.words) && k <= i+3 && !r.words[k].first; k++ {
		if j.lists["afterwards"][r.words[k].low] {
			return true
		}
	}
	return false
}
