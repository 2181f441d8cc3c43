package units

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// names finds capitalised names and acronyms outside other atoms. The first word of a unit is a name only when it cannot be a common word, or
// when the Page is called so; in a unit where most words have capitals, and in German, capitals alone say nothing.
func (f *finder) names(spans []span, page string) {
	taken := f.atomEnds()
	busy := func(i int) bool { return taken[i] != 0 || f.beginsAtom(i) }
	var found []Atom
	for _, sp := range spans {
		title := f.isTitle(sp)
		for i := sp.first; i <= sp.last; i++ {
			if busy(i) || !f.isName(sp, i, title, page) {
				continue
			}
			last := i
			for last < sp.last && !busy(last+1) && (f.isName(sp, last+1, title, page) || f.isLink(sp, last+1, title, page)) {
				last++
			}
			for last > i && !f.isName(sp, last, title, page) {
				last--
			}
			start, end := f.tokens[i].start, f.tokens[last].end
			found = append(found, Atom{Kind: Name, Text: f.s[start:end], Value: lower(f.s[start:end]), Start: start, Len: end - start})
			i = last
		}
	}
	f.atoms = append(f.atoms, found...)
}

// beginsAtom says whether an atom begins with token i.
func (f *finder) beginsAtom(i int) bool {
	_, found := slices.BinarySearchFunc(f.atoms, f.tokens[i].start, func(a Atom, start int) int { return a.Start - start })
	return found
}

// isLink says whether a small word or mark joins two parts of a name: Bell & Sons, Bank of Leeds.
func (f *finder) isLink(sp span, i int, title bool, page string) bool {
	switch f.text(i) {
	case "&", "of", "de", "du", "von", "van", "di", "da", "del":
		return i < sp.last && f.isName(sp, i+1, title, page)
	}
	return false
}

// isTitle says whether most words of a unit begin with capitals, so that they say nothing.
func (f *finder) isTitle(sp span) bool {
	words, capitals := 0, 0
	for i := sp.first; i <= sp.last; i++ {
		w := f.text(i)
		if !f.is(i, word) {
			continue
		}
		r, _ := utf8.DecodeRuneInString(w)
		if IsFunction(w) {
			if i > sp.first && unicode.IsUpper(r) && !strings.HasPrefix(w, "I") && f.is(i-1, word) {
				return true // Up To, Is On
			}
			continue
		}
		words++
		if unicode.IsUpper(r) {
			capitals++
		}
	}
	return words > 3 && capitals*4 >= words*3
}

// isName says whether token i is a name or a part of one.
func (f *finder) isName(sp span, i int, title bool, page string) bool {
	if !f.is(i, word) {
		return false
	}
	w := f.text(i)
	low := lower(w)
	switch {
	case onPage(page, w):
		return true
	case low == "i" || strings.HasPrefix(low, "i'") || utf8.RuneCountInString(w) == 1:
		return false
	case isMixed(w):
		return true
	case isCaps(w):
		return has(acronyms, low) || !knownForm(low)
	}
	r, _ := utf8.DecodeRuneInString(w)
	if !unicode.IsUpper(r) || f.lang == "de" {
		return false
	}
	known := has(function, low) || (f.lang == "en" || f.lang == "") && knownForm(low) && !isCoined(low)
	if title {
		return !known && !looksCommon(low)
	}
	if i == f.firstWord(sp) {
		return !known && (f.lang == "en" && f.acts(sp, i) || f.followsName(sp, i) || f.again(i))
	}
	if before := f.text(i - 1); before == ":" || before == "“" || before == "\"" {
		return !known
	}
	return !has(function, low) || f.lang == "en" && !IsFunction(low)
}

// followsName says whether the word after token i has a capital, too.
func (f *finder) followsName(sp span, i int) bool {
	if i == sp.last || !f.is(i+1, word) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(f.text(i + 1))
	return unicode.IsUpper(r)
}

// acts says whether an unknown English word is followed by a verb or owns something, as names are and do: Ledgerly sends, Marlow's.
func (f *finder) acts(sp span, i int) bool {
	if strings.HasSuffix(f.low(i), "'s") {
		return true
	}
	if i == sp.last || !f.is(i+1, word) || looksCommon(f.low(i)) && !isCoined(f.low(i)) {
		return false
	}
	next := f.low(i + 1)
	base := Base(next)
	if i+2 <= sp.last && IsNoun(base) && (f.low(i+2) == "you" || f.low(i+2) == "we" || f.low(i+2) == "your" || f.low(i+2) == "that") {
		return false // cargo bikes you can try
	}
	return next == "is" || next == "has" || base != next && IsVerb(base) && next == ThirdPerson(base)
}

// isCoined says whether a word is made of a noun as companies make theirs, Ledgerly: adverbs are made of adjectives.
func isCoined(low string) bool {
	stem, ok := strings.CutSuffix(low, "ly")
	if !ok || strings.Contains(low, "-") || has(english, low) || IsAdjective(stem) || IsAdjective(stem+"y") {
		return false
	}
	return IsNoun(stem) || !knownForm(stem) && !knownForm(stem+"le") && !knownForm(strings.TrimSuffix(stem, "i")+"y")
}

// again says whether the word stands in the text once more, with its capital, where no sentence begins.
func (f *finder) again(i int) bool {
	for j := range f.tokens {
		if j != i && j > 0 && f.is(j-1, word) && f.is(j, word) && f.text(j) == f.text(i) {
			return true
		}
	}
	return false
}

// firstWord is the first token of a span that is a word.
func (f *finder) firstWord(sp span) int {
	for i := sp.first; i <= sp.last; i++ {
		if f.is(i, word) || f.is(i, figure) {
			return i
		}
	}
	return sp.first
}

// onPage says whether the Page's name holds the word as it is written, and the word is no common one.
func onPage(page, w string) bool {
	if page == "" || IsFunction(w) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(w)
	if !unicode.IsUpper(r) && !unicode.IsDigit(r) && strings.ToLower(w) == w && knownForm(w) {
		return false
	}
	for part := range strings.FieldsSeq(page) {
		if strings.Trim(part, ".,!?&()'") == w {
			return true
		}
	}
	return false
}

// isMixed says whether a capital stands inside a word after a small letter: iOS, DashBite.
func isMixed(w string) bool {
	small := false
	for _, r := range w {
		if unicode.IsUpper(r) && small {
			return true
		}
		small = unicode.IsLower(r)
	}
	return false
}

// looksCommon says whether an unknown word has the shape of an English inflection, compound or adverb.
func looksCommon(low string) bool {
	return strings.Contains(low, "-") || endsIn(low, "ly", "ing", "ed", "ness", "able", "less", "ful", "ment", "tion", "'s", "ous", "ish") && !endsIn(low, "erly")
}
