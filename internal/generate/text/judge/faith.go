package judge

import (
	"slices"
	"strings"
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
