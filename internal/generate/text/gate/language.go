package gate

import "unicode"

// script refuses letters of an alphabet that the message does not use.
func (g *Gate) script(d *document) Code {
	found := map[string]bool{}
	addScripts(found, d.text)
	for name := range found {
		if !g.facts.scripts[name] {
			return "script"
		}
	}
	return ""
}

// addScripts notes the alphabets of a text's letters.
func addScripts(to map[string]bool, text string) {
	last := ""
	for _, r := range text {
		if r < 0x250 {
			if unicode.IsLetter(r) && last != "Latin" {
				last = "Latin"
				to[last] = true
			}
			continue
		}
		if unicode.IsLetter(r) {
			last = scriptOf(r)
			to[last] = true
		}
	}
}

// scriptOf names the alphabet of a letter; kana and Chinese characters are one.
func scriptOf(r rune) string {
	for _, s := range [...]struct {
		name  string
		table *unicode.RangeTable
	}{
		{"Latin", unicode.Latin}, {"Cyrillic", unicode.Cyrillic}, {"Greek", unicode.Greek}, {"Arabic", unicode.Arabic},
		{"Hebrew", unicode.Hebrew}, {"Devanagari", unicode.Devanagari}, {"Thai", unicode.Thai}, {"Hangul", unicode.Hangul},
		{"Han", unicode.Han}, {"Han", unicode.Hiragana}, {"Han", unicode.Katakana}, {"Common", unicode.Common},
	} {
		if unicode.Is(s.table, r) {
			return s.name
		}
	}
	return "other"
}

// language refuses a text whose new words are function words of another language. Where the language cannot be judged, every sentence has
// to be the message's own.
func (g *Gate) language(d *document) Code {
	if g.safe {
		for i := range d.sents {
			if !g.facts.sentences[d.key(i)] {
				return "foreign"
			}
		}
		return ""
	}
	own, most := 0, 0
	var votes [8]int
	for i := range d.tokens {
		t := &d.tokens[i]
		if t.kind != word || g.facts.stems[t.stem] {
			continue
		}
		if t.plain {
			own++
			continue
		}
		for k, other := range g.others {
			if other.in(t.norm, function) {
				votes[k]++
				most = max(most, votes[k])
			}
		}
	}
	if most >= 2 && most > own {
		return "language"
	}
	return ""
}
