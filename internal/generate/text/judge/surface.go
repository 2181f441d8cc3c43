package judge

import (
	"slices"
	"strings"
	"unicode"
)

// wellFormed adds mechanical errors of writing. What the source has just so is the advertiser's way.
func (j *Judge) wellFormed(s subject, text *reading, add func(group, class string, what ...string)) {
	add(surface, "spacing", firstOf(j.badSpaces(s, text))...)
	for i := range text.words {
		w := text.words[i]
		if i > 0 && !w.mark {
			before := text.words[i-1]
			switch {
			case before.low == w.low && j.doubled(s, text, i):
				add(surface, "doubled", w.text)
			case article(before, w, s.Lang, text.gap(i)):
				add(surface, "a-an", before.text+" "+w.text)
			}
		}
		if j.capital(s, w) {
			add(surface, "midcap", w.text)
		}
		if s.Lang == "en" && j.lists["capitalised"][w.text] && !s.source.has(w.text) {
			add(surface, "midcap", w.text) // a day or month without its capital
		}
		if j.danglesAt(s, text, i) {
			add(surface, "dangling", w.text)
		}
	}
	add(surface, "bracket", unbalanced(s.source.text, text.text)...)
	add(surface, "lower-start", firstOf(small(s, text))...)
}

// badSpaces lists spaces too many and too few. French has one before tall marks.
func (j *Judge) badSpaces(s subject, text *reading) []string {
	raw := text.text
	for _, mark := range text.marks {
		raw = strings.ReplaceAll(raw, mark, "x")
	}
	found := j.spacing.FindAllString(strings.TrimSpace(raw), -1)
	return slices.DeleteFunc(found, func(bad string) bool {
		french := (s.Lang == "fr" || s.Lang == "mul") && strings.ContainsAny(bad, ";:!?")
		return french || strings.Contains(s.source.text, bad) && strings.TrimSpace(bad) != ""
	})
}

// doubled says whether the i-th word repeats the one before it by mistake.
func (j *Judge) doubled(s subject, text *reading, i int) bool {
	w, before := text.words[i], text.words[i-1]
	if w.first || digitsOf(w.low) != "" || single([]rune(w.low)[0]) || j.lists["doubled"][w.low] || strings.TrimSpace(text.gap(i)) != "" {
		return false
	}
	return !strings.Contains(strings.ToLower(s.source.text), before.low+" "+w.low)
}

// article says whether "a" stands before a vowel's sound or "an" before another's.
func article(before, w word, lang, gap string) bool {
	if lang != "en" || strings.TrimSpace(gap) != "" || before.low != "a" && before.low != "an" || before.text == "A" && !before.opens {
		return false
	}
	return (before.low == "an") != vowelSound(w.text)
}

// vowelSound guesses whether a word begins with a vowel as it is spoken.
func vowelSound(text string) bool {
	low := strings.ToLower(text)
	begins := func(list ...string) bool {
		return slices.ContainsFunc(list, func(p string) bool { return strings.HasPrefix(low, p) })
	}
	upper := text == strings.ToUpper(text) && len(text) > 1 && strings.ContainsFunc(text, unicode.IsLetter)
	switch {
	case low[0] >= '0' && low[0] <= '9':
		return begins("8") || (begins("11", "18") && (len(digitsOf(low))%3 == 2 || strings.HasPrefix(low[2:], ",")))
	case upper && !strings.ContainsAny(low, "aeiou"):
		return strings.ContainsRune("aefhilmnorsx", rune(low[0]))
	case upper && len(text) <= 3:
		return strings.ContainsRune("aefilmnorsx", rune(low[0])) && low != "fit" && low != "new" && low != "run"
	case begins("hour", "honest", "honour", "honor", "heir") || low == "x" || begins("x-", "mri"):
		return true
	case begins("uni", "use", "usa", "usu", "uk", "eu", "one", "once", "ut", "ur") && !begins("unin", "unim", "urban", "urg", "utter", "unintended"):
		return false
	}
	return strings.ContainsRune("aeiouáéíóúäöü", []rune(low)[0])
}

// capital says whether a word has a capital inside a sentence that it should not have: a small word, or one that the source writes small.
func (j *Judge) capital(s subject, w word) bool {
	letters := []rune(w.text)
	if w.opens || w.mark || s.Lang == "de" || len(letters) < 2 || !unicode.IsUpper(letters[0]) || unicode.IsUpper(letters[1]) || s.named(w) {
		return false
	}
	if j.lists["functional"][w.low] {
		return true
	}
	return slices.ContainsFunc(s.source.words, func(o word) bool { return o.text == w.low })
}

// named says whether the source, the Page or what must be kept has a word with a capital where none is needed.
func (s subject) named(w word) bool {
	for _, r := range slices.Concat(s.base, s.past) {
		if slices.ContainsFunc(r.words, func(o word) bool { return o.text == w.text && (!o.opens || r != s.source) }) {
			return true
		}
	}
	keep := slices.Concat(append(slices.Clone(s.KeepAny), s.KeepAll)...)
	return slices.ContainsFunc(keep, func(k string) bool { return strings.Contains(k, w.text) })
}

// danglesAt says whether a sentence ends with a word that wants another after it.
func (j *Judge) danglesAt(s subject, text *reading, i int) bool {
	w := text.words[i]
	last := i+1 == len(text.words) || text.words[i+1].first
	if s.Lang != "en" || !last || !j.lists["dangling"][w.low] || j.stranded(text, i) {
		return false
	}
	loud := len(w.text) > 1 && w.text == strings.ToUpper(w.text) // "OR" is Oregon
	return !loud && !strings.ContainsAny(text.gap(i+1), ":–—\n\"”)") && !s.source.endsWith(w.low)
}

// stranded says whether the i-th word is a preposition that may stand alone because what it belongs to went before: "eight colours to
// choose from", "you don't have to".
func (j *Judge) stranded(text *reading, i int) bool {
	if !j.lists["strandable"][text.words[i].low] {
		return false
	}
	for k := i; k > 0 && i-k < 5 && !text.words[k].first; k-- {
		if j.lists["strander"][text.words[k-1].low] {
			return true
		}
	}
	return false
}

// endsWith says whether one of a reading's sentences ends with a word.
func (r *reading) endsWith(low string) bool {
	for i, w := range r.words {
		if w.low == low && (i+1 == len(r.words) || r.words[i+1].first) {
			return true
		}
	}
	return false
}

// unbalanced lists brackets and quotation marks that are not closed, unless the source leaves them so.
func unbalanced(source, text string) []string {
	var list []string
	for _, pair := range [][2]string{{"(", ")"}, {"[", "]"}, {"{", "}"}, {"«", "»"}, {"“", "”"}} {
		open := func(t string) int { return strings.Count(t, pair[0]) - strings.Count(t, pair[1]) }
		if open(text) != 0 && open(source) == 0 {
			list = append(list, pair[0]+pair[1])
		}
	}
	if strings.Count(text, `"`)%2 == 1 && strings.Count(source, `"`)%2 == 0 {
		list = append(list, `"`)
	}
	return list
}

// small lists sentences that begin with a small letter, where the source has none that does.
func small(s subject, text *reading) []string {
	if slices.ContainsFunc(s.source.words, startsSmall(s.source)) {
		return nil
	}
	begins := startsSmall(text)
	var list []string
	for _, w := range text.words {
		if begins(w) {
			list = append(list, w.text)
		}
	}
	return list
}

// startsSmall finds the words that begin a sentence, after a full stop or at the start, with a small letter. A name such as iPhone,
// and what follows an abbreviation, a bullet or a picture, is well.
func startsSmall(r *reading) func(w word) bool {
	return func(w word) bool {
		letters := []rune(w.text)
		if !w.first || w.mark || !unicode.IsLower(letters[0]) || strings.ContainsFunc(w.text, unicode.IsUpper) {
			return false
		}
		before := strings.TrimRight(r.text[:w.at], " \u00a0")
		if before == "" {
			return true
		}
		return strings.ContainsAny(before[len(before)-1:], ".!?") && !abbreviated(before) && !strings.HasSuffix(before, "...")
	}
}

// abbreviated says whether a text ends with an abbreviation and its full stop.
func abbreviated(text string) bool {
	at := strings.LastIndexAny(text, " \n(")
	last := strings.ToLower(text[at+1:])
	return strings.Count(last, ".") > 1 || slices.Contains([]string{"approx.", "incl.", "excl.", "st.", "dr.", "mr.", "mrs.", "no.", "tel.", "max.", "min.", "vs.", "etc.",
		"ca.", "inkl.", "zzgl.", "p.", "ref.", "ave.", "rd.", "p.p.", "ft.", "oz.", "lb.", "lbs.", "hr.", "wk.", "mo.", "yr."}, last)
}
