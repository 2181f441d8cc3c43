package judge

import "strings"

// direction is what a qualifier says of its number: no more than that ("up to"), no less ("from"), or near it ("about").
type direction string

// The directions, as the lexicon spells them.
const (
	noMore direction = "most"
	noLess direction = "least"
	near   direction = "about"
)

// qualifiers are the words of one language that limit a number, before it and after it.
type qualifiers map[direction][2]phrases

// newQualifiers reads the lists of every language: [qualifier en most before].
func newQualifiers(lists map[string][]string) map[string]qualifiers {
	all := map[string]qualifiers{}
	for name, terms := range lists {
		part := strings.Fields(name)
		if len(part) != 4 || part[0] != "qualifier" {
			continue
		}
		if all[part[1]] == nil {
			all[part[1]] = qualifiers{}
		}
		pair := all[part[1]][direction(part[2])]
		side := 0
		if part[3] == "after" {
			side = 1
		}
		pair[side] = newPhrases(terms)
		all[part[1]][direction(part[2])] = pair
	}
	return all
}

// of lists the directions that a reading gives each of its numbers, "" for none.
func (q qualifiers) of(r *reading) []direction {
	found := make([]direction, len(r.numbers))
	for _, d := range []direction{near, noLess, noMore} {
		before, after := q[d][0].find(r.words), q[d][1].find(r.words)
		for i, n := range r.numbers {
			if q.holds(r, n, before, after) {
				found[i] = d
			}
		}
	}
	for i, n := range r.numbers {
		if found[i] == "" && n.end <= len(r.words) && strings.HasPrefix(strings.TrimLeft(r.gap(n.end), "%€£$ "), "+") {
			found[i] = noLess
		}
	}
	return found
}

// reach is how many words may stand between a number and its qualifier: "up to a cool 40%", "30 items or more".
const reach = 2

// holds says whether one of the hits speaks of a number. "From 9 to 5" and "from 7pm" tell a time and limit nothing.
func (q qualifiers) holds(r *reading, n number, before, after []hit) bool {
	for _, h := range before {
		end := h.at + len(h.words)
		if end <= n.word && n.word-end <= reach && !parted(r, end, n.word) && !interrupted(r, n, end) {
			return !strings.HasPrefix(h.term, "from") || !clock(r, n)
		}
	}
	for _, h := range after {
		if h.at >= n.end && h.at-n.end <= reach && !parted(r, n.end, h.at) {
			return true
		}
	}
	return false
}

// interrupted says whether another number stands between a qualifier that ends before a word and a number: "from 3 nights, 2 beds".
func interrupted(r *reading, n number, end int) bool {
	for _, m := range r.numbers {
		if m.word >= end && m.word < n.word {
			return true
		}
	}
	return false
}

// parted says whether a sentence ends between two words.
func parted(r *reading, from, to int) bool {
	for i := from; i <= to && i < len(r.words); i++ {
		if i > from && r.words[i].first || i > 0 && strings.ContainsAny(r.gap(i), ",;:") {
			return true
		}
	}
	return false
}

// clock says whether a number is a time of the day.
func clock(r *reading, n number) bool {
	low := r.words[n.word].low
	if strings.HasSuffix(low, "am") || strings.HasSuffix(low, "pm") {
		return true
	}
	if n.end >= len(r.words) {
		return false
	}
	next := r.words[n.end].low
	return next == "am" || next == "pm" || next == "o'clock" || r.gap(n.end) == ":" && digitsOf(next) == next
}

// unqualified lists the numbers of a text that the source limits wherever it names them and that the text does not, or the other way
// round: "up to 40%" has become "40%" or "over 40%".
func (j *Judge) unqualified(lang string, source, text *reading) []number {
	q, ok := j.qualifiers[lang]
	if !ok {
		q = j.qualifiers["en"]
	}
	limits := map[amount]direction{}
	for i, d := range q.of(source) {
		a := source.numbers[i].amount()
		if before, seen := limits[a]; seen && before != d {
			d = ""
		}
		limits[a] = d
	}
	var list []number
	for i, d := range q.of(text) {
		want := limits[text.numbers[i].amount()]
		if want != "" && (d == "" || d != want && d != near && want != near) {
			list = append(list, text.numbers[i])
		}
	}
	return list
}

// amount is what makes two numbers the same.
type amount struct {
	value float64
	unit  string
}

// amount of a number.
func (n number) amount() amount { return amount{n.value, n.unit} }
