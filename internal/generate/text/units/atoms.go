package units

import (
	"strings"
	"unicode"
)

// finder finds the atoms of a text, token by token. Names come later, when it is known where sentences begin.
type finder struct {
	s      string
	lang   string
	tokens []token
	atoms  []Atom
}

// find fills the atoms.
func (f *finder) find() {
	for i := 0; i < len(f.tokens); {
		n := f.next(i)
		if n == 0 {
			n = 1
		}
		i += n
	}
}

// next finds the atom at token i and returns how many tokens it takes; 0 for none.
func (f *finder) next(i int) int {
	t := f.tokens[i]
	switch t.shape {
	case template:
		return f.add(Tag, i, 1, f.s[t.start:t.end])
	case link:
		return f.add(Link, i, 1, strings.TrimSuffix(strings.ToLower(f.s[t.start:t.end]), "/"))
	case email:
		return f.add(Email, i, 1, strings.ToLower(f.s[t.start:t.end]))
	case handle:
		return f.add(Handle, i, 1, strings.ToLower(f.s[t.start:t.end]))
	case hashtag:
		return f.add(Hashtag, i, 1, strings.ToLower(f.s[t.start:t.end]))
	case emoji:
		return f.add(Emoji, i, 1, f.s[t.start:t.end])
	}
	for _, try := range [...]func(int) int{f.quotation, f.code, f.phone, f.date, f.clock, f.price, f.percent, f.number, f.day, f.qualifier} {
		if n := try(i); n > 0 {
			return n
		}
	}
	return 0
}

// add notes an atom of n tokens from i.
func (f *finder) add(kind AtomKind, i, n int, value string) int {
	start, end := f.tokens[i].start, f.tokens[i+n-1].end
	f.atoms = append(f.atoms, Atom{Kind: kind, Text: f.s[start:end], Value: value, Start: start, Len: end - start})
	return n
}

// text is token i, "" beyond the end.
func (f *finder) text(i int) string {
	if i < 0 || i >= len(f.tokens) {
		return ""
	}
	return f.s[f.tokens[i].start:f.tokens[i].end]
}

// low is token i in lower case.
func (f *finder) low(i int) string { return lower(f.text(i)) }

// is says whether token i is of a shape.
func (f *finder) is(i int, s shape) bool {
	return i >= 0 && i < len(f.tokens) && f.tokens[i].shape == s
}

// touches says whether nothing lies between token i and the one before.
func (f *finder) touches(i int) bool {
	return i > 0 && i < len(f.tokens) && f.tokens[i-1].end == f.tokens[i].start
}

// code finds a promotion code: capitals with digits, or a word in capitals that follows "code".
func (f *finder) code(i int) int {
	w := f.text(i)
	if !f.is(i, word) || len(w) < 3 || strings.ToUpper(w) != w || !unicode.IsUpper(rune(w[0])) {
		return 0
	}
	if isCode(f.s, f.tokens, i) || len(w) > 4 && strings.ContainsFunc(w, unicode.IsDigit) && !strings.Contains(w, "-") {
		return f.add(Code, i, 1, w)
	}
	return 0
}

// qualifier finds the words that limit the number which follows.
func (f *finder) qualifier(i int) int {
	if !f.is(i, word) || !opens(qualifiers, f.low(i)) {
		return 0
	}
	for n := min(4, len(f.tokens)-i-1); n > 0; n-- {
		value, ok := look(qualifiers, f.phrase(i, n))
		if !ok {
			continue
		}
		j := i + n
		for j < len(f.tokens) && (f.low(j) == "a" || f.low(j) == "an" || f.low(j) == "the" || has(fillers, f.low(j))) {
			j++
		}
		if f.is(j, figure) || f.is(j, template) && (value == "only" || value == "from" || value == "up to") || f.isNumberWord(j) || f.isSignBefore(j) {
			return f.add(Qualified, i, n, value)
		}
	}
	return 0
}

// isSignBefore says whether token j is a currency that a number follows.
func (f *finder) isSignBefore(j int) bool {
	return f.is(j+1, figure) && has(currencies, f.low(j))
}
