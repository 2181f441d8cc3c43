package units

import "strings"

// knownForm says whether a word is English by the list: as it stands, inflected, derived, or put together with hyphens.
func knownForm(w string) bool {
	if has(english, w) || has(pluralOnly, w) || has(english, strings.TrimSuffix(w, "'s")) {
		return true
	}
	if base := Base(w); base != w && has(english, base) || has(english, Singular(w)) {
		return true
	}
	if first, rest, ok := strings.Cut(w, "-"); ok {
		return first != "" && rest != "" && knownForm(first) && knownForm(rest)
	}
	return derived(w) || inEnglish(w)
}

// inEnglish says whether the lists of numbers, days and months have the word in English.
func inEnglish(w string) bool {
	entry, _ := look(numbers, w)
	if strings.HasPrefix(entry, "en:") {
		return true
	}
	day, ok := look(days, w)
	return ok && (day == w || day+"s" == w)
}

// derived says whether a word is made of a known one by an ending or a beginning: brighter, happily, bakers, softness, unpacked.
func derived(w string) bool {
	for _, suffix := range [...]string{"er", "ers", "est", "ly", "ness", "able", "less", "ful"} {
		stem, ok := strings.CutSuffix(w, suffix)
		if !ok || len(stem) < 3 {
			continue
		}
		for _, form := range [...]string{stem, stem + "e", strings.TrimSuffix(stem, "i") + "y", stem[:len(stem)-1]} {
			if kind(form, "va") || (suffix == "less" || suffix == "ful") && form == stem && kind(form, "n") {
				return true
			}
		}
	}
	for _, prefix := range [...]string{"un", "re", "non", "over", "out", "pre"} {
		if rest, ok := strings.CutPrefix(w, prefix); ok && len(rest) > 3 && (has(english, rest) || has(english, Base(rest))) {
			return true
		}
	}
	return false
}

// kind says whether the list has the word as one of the kinds.
func kind(w, kinds string) bool {
	have, _ := look(english, lower(w))
	return strings.ContainsAny(have, kinds)
}

// IsVerb says whether a word is a verb in its bare form.
func IsVerb(w string) bool { return kind(w, "v") }

// IsNoun says whether a word is a noun, singular or plural.
func IsNoun(w string) bool {
	w = lower(w)
	return kind(w, "nm") || kind(Singular(w), "nm")
}

// IsMass says whether a noun takes no article and no plural in the sense that ads use.
func IsMass(w string) bool { return kind(w, "m") }

// IsAdjective says whether a word is an adjective.
func IsAdjective(w string) bool { return kind(w, "a") }

// IsFunction says whether a word is an article, pronoun, preposition, conjunction or auxiliary.
func IsFunction(w string) bool { return kind(w, "f") }

// IsPlural says whether a noun is in the plural.
func IsPlural(w string) bool {
	if acronym, ok := strings.CutSuffix(w, "s"); ok && isCaps(acronym) {
		return true
	}
	w = lower(w)
	s := Singular(w)
	return s != w && (kind(s, "n") || strings.HasSuffix(w, "s")) && !kind(w, "m") || has(pluralOnly, w)
}

// Ing is the -ing form of a bare verb: book → booking, make → making, run → running.
func Ing(verb string) string {
	low := lower(verb)
	if form, ok := irregular(low, "ing"); ok {
		return form
	}
	switch {
	case strings.HasSuffix(low, "ie"):
		return verb[:len(verb)-2] + "ying"
	case strings.HasSuffix(low, "e") && !strings.HasSuffix(low, "ee") && !strings.HasSuffix(low, "ye") && !strings.HasSuffix(low, "oe"):
		return verb[:len(verb)-1] + "ing"
	case doubles(low):
		return verb + verb[len(verb)-1:] + "ing"
	}
	return verb + "ing"
}

// ThirdPerson is the form after he, she, it: send → sends, try → tries, go → goes.
func ThirdPerson(verb string) string {
	low := lower(verb)
	if form, ok := irregular(low, "third"); ok {
		return form
	}
	return addS(verb)
}

// Plural is the plural of a noun; mass nouns and plurals stay as they are.
func Plural(noun string) string {
	low := lower(noun)
	if form, ok := irregular(low, "plural"); ok {
		return form
	}
	if IsMass(low) && !kind(low, "n") || isCaps(strings.TrimSuffix(noun, "s")) && strings.HasSuffix(noun, "s") || IsPlural(low) {
		return noun
	}
	return addS(noun)
}

// addS adds the s of plurals and of the third person.
func addS(w string) string {
	low := lower(w)
	switch {
	case endsIn(low, "s", "x", "z", "ch", "sh"):
		return w + "es"
	case strings.HasSuffix(low, "y") && len(low) > 1 && !isVowel(low[len(low)-2]):
		return w[:len(w)-1] + "ies"
	case strings.HasSuffix(low, "o") && has(takesEs, low):
		return w + "es"
	}
	return w + "s"
}

// Singular is the singular of a noun; singulars stay as they are.
func Singular(noun string) string {
	low := lower(noun)
	if form, ok := irregular(low, "singular"); ok {
		return form
	}
	if acronym, ok := strings.CutSuffix(noun, "s"); ok && isCaps(acronym) {
		return acronym
	}
	if !strings.HasSuffix(low, "s") || len(low) < 4 || has(pluralOnly, low) || endsIn(low, "ss", "us", "is", "'s") || kind(low, "nm") && !has(english, low[:len(low)-1]) {
		return noun
	}
	return noun[:len(noun)-len(low)] + stripS(noun, low)
}

// stripS takes the s of plurals and third persons off.
func stripS(w, low string) string {
	switch {
	case strings.HasSuffix(low, "ies") && len(low) > 4:
		if has(english, low[:len(low)-1]) {
			return w[:len(w)-1]
		}
		return w[:len(w)-3] + "y"
	case endsIn(low, "sses", "xes", "ches", "shes", "zzes") || strings.HasSuffix(low, "oes") && has(takesEs, low[:len(low)-2]):
		if has(english, low[:len(low)-1]) {
			return w[:len(w)-1]
		}
		return w[:len(w)-2]
	}
	return w[:len(w)-1]
}

// Base is the bare form of an English verb in any of its forms: sends, sending, sent → send. Words that are none stay as they are.
func Base(w string) string {
	low := lower(w)
	if form, ok := irregular(low, "base"); ok {
		return form
	}
	if kind(low, "v") {
		return w
	}
	for _, suffix := range [...]string{"ing", "ed", "s"} {
		if stem, ok := strings.CutSuffix(low, suffix); ok && len(stem) > 1 {
			if base, ok := verbOf(stem, low, suffix); ok {
				return base
			}
		}
	}
	return w
}

// verbOf finds the verb that a stem belongs to: mak → make, runn → run, tri → try.
func verbOf(stem, low, suffix string) (string, bool) {
	candidates := [...]string{stem, stem + "e", strings.TrimSuffix(stem, "e"), strings.TrimSuffix(stem, "i") + "y", strings.TrimSuffix(stem, "ie") + "y", stem[:len(stem)-1], strings.TrimSuffix(stem, "y") + "ie"}
	for _, c := range candidates {
		if kind(c, "v") && (suffix == "s" && ThirdPerson(c) == low || suffix == "ing" && Ing(c) == low || suffix == "ed" && past(c) == low) {
			return c, true
		}
	}
	return "", false
}

// past is the regular past of a verb.
func past(verb string) string {
	switch {
	case strings.HasSuffix(verb, "e"):
		return verb + "d"
	case strings.HasSuffix(verb, "y") && len(verb) > 1 && !isVowel(verb[len(verb)-2]):
		return verb[:len(verb)-1] + "ied"
	case doubles(verb):
		return verb + verb[len(verb)-1:] + "ed"
	}
	return verb + "ed"
}

// doubles says whether the last consonant of a verb doubles before -ing and -ed: short words that end in consonant, vowel, consonant, and
// longer ones that the list of irregular forms names.
func doubles(verb string) bool {
	n := len(verb)
	if n < 3 || isVowel(verb[n-1]) || strings.IndexByte("wxyh", verb[n-1]) >= 0 || !isVowel(verb[n-2]) || isVowel(verb[n-3]) && !strings.HasPrefix(verb[max(n-4, 0):], "qu") {
		return false
	}
	if n > 3 && syllables(verb) > 1 {
		_, ok := irregular(verb, "doubles")
		return ok
	}
	return true
}

// syllables counts groups of vowels.
func syllables(w string) int {
	n := 0
	for i := range len(w) {
		if isVowel(w[i]) && (i == 0 || !isVowel(w[i-1])) {
			n++
		}
	}
	return n
}

// isVowel says whether a byte is a vowel letter.
func isVowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }

// endsIn says whether a word ends in one of the suffixes.
func endsIn(w string, suffixes ...string) bool {
	for _, s := range suffixes {
		if strings.HasSuffix(w, s) {
			return true
		}
	}
	return false
}

// irregular finds a form of a word that no rule gives.
func irregular(w, form string) (string, bool) {
	forms, ok := look(irregulars, w)
	if !ok {
		return "", false
	}
	for f := range strings.FieldsSeq(forms) {
		if name, value, ok := strings.Cut(f, "="); ok && name == form {
			return value, true
		}
	}
	return "", false
}

// Article is the indefinite article that a word takes: an hour, a unit, an LED lamp.
func Article(w string) string {
	low := lower(w)
	if low == "" {
		return "a"
	}
	if a, end := readAmount(low, 0); end > 0 {
		return article(isSpokenWithVowel(plain(a.digits)))
	}
	if isCaps(w) && !isOrdinary(w) || len(low) == 1 {
		return article(strings.ContainsRune("aefhilmnorsx", rune(low[0])))
	}
	switch {
	case strings.HasPrefix(low, "x-"):
		return "an"
	case startsIn(low, "hour", "honest", "honour", "honor", "heir"):
		return "an"
	case startsIn(low, "eu", "uni", "use", "usu", "uk", "ut", "one", "once", "ub", "ewe") && !startsIn(low, "unin", "unim", "unis", "uninv", "utt"):
		return "a"
	case strings.HasPrefix(low, "unis"):
		return "a"
	}
	return article(isVowel(low[0]))
}

// isSpokenWithVowel says whether a number begins with a vowel when it is spoken: eight, eleven, eighteen, and their thousands.
func isSpokenWithVowel(number string) bool {
	whole, _, _ := strings.Cut(number, ".")
	if first, _, ok := strings.Cut(whole, "-"); ok {
		whole = first
	}
	return strings.HasPrefix(whole, "8") || len(whole)%3 == 2 && (strings.HasPrefix(whole, "11") || strings.HasPrefix(whole, "18"))
}

// article is an before a vowel.
func article(vowel bool) string {
	if vowel {
		return "an"
	}
	return "a"
}

// startsIn says whether a word starts with one of the prefixes.
func startsIn(w string, prefixes ...string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(w, p) {
			return true
		}
	}
	return false
}
