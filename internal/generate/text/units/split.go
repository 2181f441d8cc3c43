package units

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// span is the tokens of a unit.
type span struct {
	first, last int
	breaks      bool // a line break precedes it
}

// split finds the units: it ends one after a sentence, at a line break, a bullet or a bar, and around emoji; never inside an atom.
func split(f *finder) []span {
	var spans []span
	open, breaks := -1, false
	closeAt := func(last int) {
		if open >= 0 && last >= open {
			spans = append(spans, span{open, last, breaks})
			breaks = false
		}
		open = -1
	}
	ends := f.atomEnds()
	for i := range f.tokens {
		switch {
		case f.is(i, newline):
			closeAt(i - 1)
			breaks = len(spans) > 0
			continue
		case open >= 0 && ends[i] == 0 && f.startsUnit(open, i):
			closeAt(i - 1)
		}
		if open < 0 {
			open = i
		}
		if ends[i] != 1 && f.endsUnit(open, i) {
			closeAt(i)
		}
	}
	closeAt(len(f.tokens) - 1)
	return f.join(spans)
}

// join puts spans without words to a neighbour: emoji and marks alone say nothing.
func (f *finder) join(spans []span) []span {
	var out []span
	for _, sp := range spans {
		if len(out) > 0 && !sp.breaks && !f.speaks(sp) {
			out[len(out)-1].last = sp.last
			continue
		}
		out = append(out, sp)
	}
	if len(out) > 1 && !f.speaks(out[0]) && !out[1].breaks {
		out[1].first = out[0].first
		out = out[1:]
	}
	return out
}

// speaks says whether a span holds more than emoji and marks.
func (f *finder) speaks(sp span) bool {
	for i := sp.first; i <= sp.last; i++ {
		if !f.is(i, emoji) && !f.is(i, mark) {
			return true
		}
	}
	return false
}

// atomEnds says of each token: 0 that it begins an atom or stands outside, 1 that an atom goes on after it, 2 that an atom ends with it.
func (f *finder) atomEnds() []uint8 {
	ends := make([]uint8, len(f.tokens))
	at := 0
	for i, t := range f.tokens {
		for at < len(f.atoms) && f.atoms[at].Start+f.atoms[at].Len <= t.start {
			at++
		}
		if at == len(f.atoms) || f.atoms[at].Start > t.start {
			continue
		}
		switch a := f.atoms[at]; {
		case t.end < a.Start+a.Len:
			ends[i] = 1
		case a.Start < t.start:
			ends[i] = 2
		}
	}
	return ends
}

// startsUnit says whether a unit begins with token i though none ended before it: a bullet, an emoji at the head of a list, the tags at a line's end.
func (f *finder) startsUnit(open, i int) bool {
	if f.is(i, mark) && isBullet(f.text(i)) && f.text(i) != "|" {
		return f.text(i) != "*" && f.text(i) != "-" && f.text(i) != "–"
	}
	if f.is(i, emoji) && !f.is(i-1, emoji) && f.is(open, emoji) {
		return f.is(i+1, word) || f.is(i+1, figure) || f.is(i+1, emoji) && !f.is(i+2, newline) && i+2 < len(f.tokens)
	}
	return f.is(i, hashtag) && !f.isTag(i-1) && f.onlyTagsFrom(i)
}

// isTag says whether token i is a hashtag or handle.
func (f *finder) isTag(i int) bool { return f.is(i, hashtag) || f.is(i, handle) }

// onlyTagsFrom says whether nothing but tags, emoji and marks follows on the line.
func (f *finder) onlyTagsFrom(i int) bool {
	for ; i < len(f.tokens) && !f.is(i, newline); i++ {
		if !f.isTag(i) && !f.is(i, emoji) && !f.is(i, mark) {
			return false
		}
	}
	return true
}

// endsUnit says whether the unit that opened ends with token i.
func (f *finder) endsUnit(open, i int) bool {
	text := f.text(i)
	next := f.text(i + 1)
	switch {
	case text == "|":
		return true
	case f.is(i, emoji):
		return !f.is(i+1, emoji) && f.spokenBefore(open, i) && f.opensSentence(i+1)
	case f.endsWithQuote(i):
		return !isDash(next) && f.opensSentence(i+1)
	case !f.is(i, mark) || endMark(text) == "":
		return false
	case next == "" || f.is(i+1, newline):
		return true
	case strings.Contains(")]}”’»\"", next) && f.touches(i+1) || f.touches(i+1) && endMark(next) != "":
		return false
	case text == "。" || text == "！" || text == "？" || text == "।" || text == "۔" || text == "؟":
		return true
	case f.touches(i+1) && !f.is(i+1, emoji):
		return false
	case text == "…":
		return f.opensSentence(i + 1)
	case text == ".":
		return !f.isAbbreviation(i) && !f.isOrdinal(i)
	}
	return true
}

// spokenBefore says whether words stand between the unit's beginning and token i.
func (f *finder) spokenBefore(open, i int) bool { return f.speaks(span{first: open, last: i}) }

// endsWithQuote says whether token i closes a quotation after the end of a sentence.
func (f *finder) endsWithQuote(i int) bool {
	return f.is(i, mark) && strings.Contains("”“\"»«’」』", f.text(i)) && i > 0 && f.is(i-1, mark) && endMark(f.text(i-1)) != "" && f.touches(i)
}

// opensSentence says whether token i could be the first of a sentence: a capital, a figure, a tag, a script without cases, nothing.
func (f *finder) opensSentence(i int) bool {
	if i >= len(f.tokens) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(f.text(i))
	if f.is(i, mark) {
		return strings.ContainsRune("“\"„«¡¿([|•", r)
	}
	return !unicode.IsLower(r)
}

// isDash says whether a text is a dash.
func isDash(s string) bool { return s == "-" || s == "–" || s == "—" }

// isBullet says whether a mark sets off an item of a list.
func isBullet(s string) bool {
	switch s {
	case "•", "·", "▪", "●", "◦", "‣", "■", "→", "|", "*", "►", "–", "-", "—", "▸", "»":
		return true
	}
	return false
}

// endMark is the mark that ends a sentence, in its Latin form; "" for others.
func endMark(s string) string {
	switch s {
	case ".", "。", "।", "۔":
		return "."
	case "!", "！":
		return "!"
	case "?", "？", "؟":
		return "?"
	case "…":
		return "…"
	}
	return ""
}
