package units

import (
	"slices"
	"strings"
)

// Parse takes an ad's text apart. The Page's name, which may be "", tells names from shouting and from the capitals of a title. Any text is
// allowed; the same text always gives the same answer.
func Parse(raw, page string) Text {
	t := Text{Raw: raw}
	t.Clean, t.Flags = clean(raw, page)
	tokens := scan(t.Clean)
	t.Language = detect(t.Clean, tokens)
	f := &finder{s: t.Clean, lang: t.Language.Code, tokens: tokens}
	f.find()
	spans := split(f)
	f.names(spans, page)
	slices.SortStableFunc(f.atoms, func(a, b Atom) int { return a.Start - b.Start })
	t.Atoms = f.atoms
	for _, sp := range spans {
		u := f.unit(sp)
		if n := len(t.Units); n > 0 && isTurn(t.Units[n-1].Text) {
			u.Class = Injection
		}
		t.Units = append(t.Units, u)
	}
	if slices.ContainsFunc(t.Units, func(u Unit) bool { return u.Class == Injection }) {
		t.Flags = append([]Flag{Injected}, t.Flags...)
	}
	return t
}

// unit makes a unit of a span: its text without marks and emoji at its ends, its atoms and its class.
func (f *finder) unit(sp span) Unit {
	u := Unit{Start: f.tokens[sp.first].start, Break: sp.breaks}
	u.Len = f.tokens[sp.last].end - u.Start
	first, last := sp.first, sp.last
	u.Before, first = f.emojiFrom(first, last)
	u.After, last = f.emojiBefore(first, last)
	if last >= first && f.is(last, mark) && endMark(f.text(last)) != "" && !f.insideAtom(last) {
		u.End = endMark(f.text(last))
		last--
	}
	if u.After == "" {
		u.After, last = f.emojiBefore(first, last)
	}
	if first <= last && (f.text(first) == "¡" || f.text(first) == "¿") {
		u.Open = f.text(first)
		first++
	}
	if first <= last {
		start, end := f.tokens[first].start, f.tokens[last].end
		u.Text = f.s[start:end]
		u.Atoms = within(f.atoms, start, end)
	}
	u.Class = classify(f, u, first, last)
	return u
}

// emojiFrom takes emoji and bullets off the front.
func (f *finder) emojiFrom(first, last int) (string, int) {
	var b strings.Builder
	for first <= last && (f.is(first, emoji) || isBullet(f.text(first)) && !f.insideAtom(first)) {
		if f.is(first, emoji) {
			b.WriteString(f.text(first))
		}
		first++
	}
	return b.String(), first
}

// emojiBefore takes emoji and bars off the end.
func (f *finder) emojiBefore(first, last int) (string, int) {
	text := ""
	for last >= first && (f.is(last, emoji) || isBullet(f.text(last)) && !f.insideAtom(last)) {
		if f.is(last, emoji) {
			text = f.text(last) + text
		}
		last--
	}
	return text, last
}

// insideAtom says whether token i is part of an atom.
func (f *finder) insideAtom(i int) bool {
	at, _ := slices.BinarySearchFunc(f.atoms, f.tokens[i].end, func(a Atom, end int) int { return a.Start + a.Len - end })
	return at < len(f.atoms) && f.atoms[at].Start <= f.tokens[i].start
}

// within is the atoms of a span, with offsets in it.
func within(atoms []Atom, start, end int) []Atom {
	var found []Atom
	for _, a := range atoms {
		if a.Start >= start && a.Start+a.Len <= end {
			a.Start -= start
			found = append(found, a)
		}
	}
	return found
}
