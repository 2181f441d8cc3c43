package gate

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// wording refuses slips of grammar that can be told without doubt. What the source itself has passes.
func (g *Gate) wording(d *document) Code {
	for i := range d.sents {
		if g.facts.sentences[d.key(i)] {
			continue
		}
		if c := g.sentenceWording(d, i); c != "" {
			return c
		}
	}
	return ""
}

// sentenceWording checks one sentence.
func (g *Gate) sentenceWording(d *document, n int) Code {
	s := d.sents[n]
	if g.small(d, s) {
		return "start"
	}
	for i := s.from + 1; i < s.to; i++ {
		a, b := &d.tokens[i-1], &d.tokens[i]
		if a.kind == word && a.norm == b.norm && b.near && !g.lex.in(a.norm, doubled) && !g.pairBefore(a.norm, b.norm) {
			return "doubled"
		}
		if g.lex.code == "en" && b.near && crowded(a.norm, b.norm) && !g.pairBefore(a.norm, b.norm) {
			return "doubled"
		}
		if g.lex.code == "en" && b.near && wrongArticle(a, b) && !g.pairBefore(a.norm, b.norm) {
			return "article"
		}
	}
	if last := &d.tokens[s.to-1]; last.kind == word && g.lex.in(last.norm, dangling) && !d.hangs(s) && !g.endsBefore(last.norm) {
		return "dangling"
	}
	after := strings.TrimSpace(d.text[d.tokens[s.to-1].start+len(d.tokens[s.to-1].raw):])
	if n == len(d.sents)-1 && after != "" && strings.ContainsAny(after[:1], ",;:-&") {
		return "dangling"
	}
	return ""
}

// crowded reports a preposition before another or before a joint, where a rewrite has pushed them together: for from £49, in and get.
func crowded(a, b string) bool {
	switch b {
	case "from":
		return a == "for" || a == "at" || a == "with" || a == "to" || a == "of" || a == "on" || a == "by" || a == "in"
	case "and", "or", "but":
		return a == "in" || a == "at" || a == "with" || a == "to" || a == "of" || a == "on" || a == "by" || a == "from" || a == "for"
	case "for", "with", "at", "by":
		return a == "at" || a == "with" || a == "to" || a == "of" || a == "by" || a == "from"
	}
	return false
}

// small reports whether a sentence begins with a small letter that is not its word's own, as in iPhone.
func (g *Gate) small(d *document, s sentence) bool {
	t := &d.tokens[s.from]
	r, size := utf8.DecodeRuneInString(t.raw)
	if t.kind != word || !unicode.IsLower(r) || strings.IndexFunc(t.raw[size:], unicode.IsUpper) >= 0 {
		return false
	}
	before := strings.TrimRight(d.text[:t.start], " \n")
	if m := g.facts.message; s.from > 0 && before != "" && strings.IndexByte(".!?", before[len(before)-1]) < 0 {
		return false // behind a bullet, a bar or an emoji
	} else if s.from == 0 && len(m.tokens) > 0 {
		first, _ := utf8.DecodeRuneInString(m.tokens[0].raw)
		return !unicode.IsLower(first)
	}
	return !strings.HasSuffix(before, "...")
}

// hangs reports whether the sentence ends in a phrase that may end one: "what you are looking for".
func (d *document) hangs(s sentence) bool {
	for i := range d.hits {
		if h := &d.hits[i]; h.category == hanging && h.to == s.to {
			return true
		}
	}
	return false
}

// endsBefore reports whether a sentence of the message ends in the word.
func (g *Gate) endsBefore(norm string) bool {
	m := g.facts.message
	for _, s := range m.sents {
		if m.tokens[s.to-1].norm == norm {
			return true
		}
	}
	return false
}

// pairBefore reports whether the message has the two words in a row.
func (g *Gate) pairBefore(a, b string) bool {
	m := g.facts.message.tokens
	for i := 1; i < len(m); i++ {
		if m[i-1].norm == a && m[i].norm == b {
			return true
		}
	}
	return false
}

// wrongArticle reports "a" before a vowel's sound and "an" before a consonant's. Acronyms are spelled or spoken, and pass.
func wrongArticle(a, b *token) bool {
	if a.norm != "a" && a.norm != "an" || b.kind == tag || b.kind == link || b.kind == handle {
		return false
	}
	if b.kind != word {
		vowel := strings.HasPrefix(b.norm, "8") || b.norm == "11" || b.norm == "18" || strings.HasPrefix(b.norm, "11") && len(b.norm) == 5
		return b.kind == number && b.stem != "$" && (a.norm == "an") != vowel
	}
	if len(b.raw) > 1 && b.raw == strings.ToUpper(b.raw) {
		return false
	}
	return (a.norm == "an") != vowelSound(b.norm)
}

// vowelSound reports whether an English word begins with a vowel's sound.
func vowelSound(w string) bool {
	for _, p := range [...]string{"uni", "use", "usa", "usu", "eu", "one", "once", "ubiq", "uti", "uku", "ura", "uro", "ute", "ufo", "ewe"} {
		if strings.HasPrefix(w, p) && !strings.HasPrefix(w, "unin") && !strings.HasPrefix(w, "unim") && !strings.HasPrefix(w, "unid") {
			return false
		}
	}
	for _, p := range [...]string{"hour", "honest", "honor", "honour", "heir"} {
		if strings.HasPrefix(w, p) {
			return true
		}
	}
	return strings.ContainsRune("aeiouáàâäéèêëíóöúü", firstRune(w))
}
