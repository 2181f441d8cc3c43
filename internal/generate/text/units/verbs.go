package units

import (
	"strings"
)

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

// Participle is the past participle of a bare verb: bake → baked, build → built; "" where it is irregular and not known.
func Participle(verb string) string {
	low := lower(verb)
	if form, ok := irregular(low, "participle"); ok {
		return form
	}
	if !kind(low, "v") || strings.Contains(irregulars, "base="+low+"\n") || strings.Contains(irregulars, "base="+low+" ") {
		return ""
	}
	return past(low)
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
