package units

import "strings"

// classify says what a unit, whose words are the tokens first to last, does in an ad. The order of the classes decides.
func classify(f *finder, u Unit, first, last int) Class {
	words := lowWords(f, first, last)
	switch {
	case matches(injections, words):
		return Injection
	case holds(u.Atoms, Tag):
		return Template
	case matches(legals, words):
		return Legal
	case isQuotation(u):
		return Quotation
	case isTagsOnly(f, first, last):
		return Tags
	case isContact(u, words):
		return Contact
	case u.End == "?":
		return Question
	}
	if c := persuasion(u, words, f.lang); c != "" {
		return c
	}
	return grammar(words, f.lang)
}

// persuasion finds the classes from Action to Negation.
func persuasion(u Unit, words []string, lang string) Class {
	switch {
	case isAction(u, words):
		return Action
	case isPriced(u, words, lang):
		return Offer
	case matches(reassurances, words):
		return Reassuring
	case matches(offers, words):
		return Offer
	case matches(urgencies, words):
		return Urgency
	case matches(proofs, words):
		return Proof
	case matches(negations, words):
		return Negation
	}
	return ""
}

// isPriced says whether a unit names a price or takes a percentage off one: "40% recycled" and "100% cotton" do not.
func isPriced(u Unit, words []string, lang string) bool {
	if holds(u.Atoms, Price) {
		return true
	}
	for _, a := range u.Atoms {
		if a.Kind != Percent {
			continue
		}
		if lang == "" || !strings.Contains("en de fr es pt it", lang) {
			return a.Value != "100%"
		}
		for _, w := range words {
			if has(cues, strings.TrimPrefix(w, "#")) {
				return true
			}
		}
	}
	return false
}

// grammar finds the classes that go by the form of the sentence.
func grammar(words []string, lang string) Class {
	if len(words) == 0 {
		return Fragment
	}
	english := lang == "en" || lang == ""
	if english && isImperative(words) || !english && startsWithAction(words) {
		return Imperative
	}
	for i, w := range words {
		if english && isFinite(words, i) || !english && isFiniteIn(lang, w) {
			return Statement
		}
	}
	return Fragment
}

// isFiniteIn says whether a word is a finite verb of a language that the list covers.
func isFiniteIn(lang, w string) bool {
	langs, _ := look(finites, w)
	return lang != "" && strings.Contains(langs, lang)
}

// lowWords is the words of a span in lower case; figures become "#".
func lowWords(f *finder, first, last int) []string {
	words := make([]string, 0, last-first+1)
	for i := first; i <= last; i++ {
		switch {
		case f.is(i, figure) && i < last && multiple(f.low(i+1)) != 1:
			words = append(words, "##") // 2 million
			i++
		case f.is(i, figure):
			words = append(words, figureWord(f.amount(i)))
		case !f.is(i, mark) && !f.is(i, emoji):
			words = append(words, f.low(i))
		}
	}
	return words
}

// figureWord is a number in the form that phrases have: "#" with what is joined to it (#day for 14-day), "#%" for a percentage, "##" from a
// hundred on; ages such as 18+ are as they are.
func figureWord(a amount) string {
	switch {
	case a.plus && len(a.digits) == 2:
		return a.digits + "+"
	case a.per:
		return "#%"
	case a.tail == "" && len(a.digits) > 2 && !strings.ContainsAny(a.digits, ":/") || multiple(lower(a.tail)) != 1:
		return "##"
	}
	return "#" + lower(a.tail)
}

// matches says whether one of a list's phrases stands among the words. In a phrase, * is any one word, # a number, ^ the
// unit's first word, and ~ any number of articles and the like.
func matches(list string, words []string) bool {
	for i, w := range words {
		if i == 0 && matchesAt(list, "^"+w, words) || matchesAt(list, w, words[i:]) {
			return true
		}
		if w[0] == '#' && len(w) > 1 && matchesAt(list, "#", words[i:]) {
			return true
		}
	}
	return false
}

// matchesAt says whether a phrase whose first word is key begins the words.
func matchesAt(list, key string, words []string) bool {
	for at := search(list, key); at < len(list); {
		line := list[at:]
		if end := strings.IndexByte(line, '\n'); end >= 0 {
			line = line[:end]
		}
		if !strings.HasPrefix(line, key) {
			return false
		}
		rest := line[len(key):]
		if rest == "" || rest[0] == ' ' && fits(rest[1:], words[1:]) {
			return true
		}
		if rest != "" && rest[0] > ' ' && rest[0] != '\t' {
			return false
		}
		at += len(line) + 1
	}
	return false
}

// fits says whether the words begin with the rest of a phrase.
func fits(phrase string, words []string) bool {
	for i := 0; ; i++ {
		want, rest, more := strings.Cut(phrase, " ")
		if want == "~" {
			for i < len(words) && has(quantifiers, words[i]) {
				i++
			}
			phrase, i = rest, i-1
			continue
		}
		if i >= len(words) {
			return false
		}
		if anyNumber := want == "#" && words[i][0] == '#'; !anyNumber && want != "*" && want != words[i] {
			return false
		}
		if !more {
			return true
		}
		phrase = rest
	}
}

// holds says whether one of the kinds is among the atoms.
func holds(atoms []Atom, kinds ...AtomKind) bool {
	for _, a := range atoms {
		for _, k := range kinds {
			if a.Kind == k {
				return true
			}
		}
	}
	return false
}

// isQuotation says whether most of a unit is quoted.
func isQuotation(u Unit) bool {
	quoted := 0
	for _, a := range u.Atoms {
		if a.Kind == Quote {
			quoted += a.Len
		}
	}
	return quoted*2 > len(u.Text)
}

// isTagsOnly says whether there is nothing but hashtags and handles.
func isTagsOnly(f *finder, first, last int) bool {
	tags := 0
	for i := first; i <= last; i++ {
		if f.isTag(i) {
			tags++
		} else if !f.is(i, mark) && !f.is(i, emoji) {
			return false
		}
	}
	return tags > 0
}

// isContact says whether a unit is a link, an address or a number to call, and little else.
func isContact(u Unit, words []string) bool {
	length := 0
	for _, a := range u.Atoms {
		if a.Kind == Link || a.Kind == Email || a.Kind == Phone {
			length += a.Len
		}
	}
	return length > 0 && (length*2 > len(u.Text) || len(words) < 4) && !startsWithAction(words)
}
