package judge

import "slices"

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
