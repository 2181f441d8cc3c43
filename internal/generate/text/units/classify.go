package units

import "strings"

// classify says what a unit, whose words are the tokens first to last, does in an ad. The order of the classes decides.
func classify(f *finder, u Unit, first, last int) Class {
	words := lowWords(f, first, last)
	switch {
	case matches(injections, words) || isMachine(u.Text):
		return Injection
	case holds(u.Atoms, Tag):
		return Template
	case matches(legals, words):
		return Legal
	case isQuotation(u):
		return Quotation
	case isTagsOnly(f, first, last):
		return Tags
	case isContact(u, words) || isAddress(words):
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
	case closesOffer(words):
		return Urgency
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

// closesOffer says whether a unit says when a sale ends or a price rises, and nothing of what is on sale.
func closesOffer(words []string) bool {
	if len(words) < 2 || len(words) > 5 {
		return false
	}
	switch words[0] + " " + words[1] {
	case "sale ends", "offer ends", "deal ends", "promotion ends", "prices rise", "price rises":
		return true
	}
	return false
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

// isAddress says whether a unit is a house number with its street: 12 Mill Lane, York.
func isAddress(words []string) bool {
	if len(words) < 3 || len(words) > 9 || words[0] != "#" && words[0] != "##" {
		return false
	}
	for _, w := range words[1:min(len(words), 4)] {
		if has(streets, w) {
			return true
		}
	}
	return false
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
