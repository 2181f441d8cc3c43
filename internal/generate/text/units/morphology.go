package units

import "strings"

// IsPlural says whether a noun is in the plural.
func IsPlural(w string) bool {
	if acronym, ok := strings.CutSuffix(w, "s"); ok && isCaps(acronym) {
		return true
	}
	w = lower(w)
	s := Singular(w)
	return s != w && (kind(s, "n") || strings.HasSuffix(w, "s")) && !kind(w, "m") || has(pluralOnly, w)
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
