package units

import (
	"github.com/kljensen/snowball"
)

// Stem is the stem of a word in English, German, French, Spanish and a few more; in other languages the word in lower case.
func Stem(w, language string) string {
	low := lower(w)
	name := ""
	switch language {
	case "en":
		return stemEnglish(low)
	case "fr":
		name = "french"
	case "es":
		name = "spanish"
	case "ru":
		name = "russian"
	case "sv":
		name = "swedish"
	case "no":
		name = "norwegian"
	case "hu":
		name = "hungarian"
	default:
		return low
	}
	stem, err := snowball.Stem(low, name, true)
	if err != nil {
		return low
	}
	return stem
}

// stemEnglish brings irregular forms to their base first: feet and foot, sent and send have one stem.
func stemEnglish(low string) string {
	if base, ok := irregular(low, "base"); ok {
		low = base
	} else if one, ok := irregular(low, "singular"); ok {
		low = one
	}
	stem, err := snowball.Stem(low, "english", true)
	if err != nil {
		return low
	}
	return stem
}
