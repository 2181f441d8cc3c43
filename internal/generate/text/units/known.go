package units

import (
	"strings"
)

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
