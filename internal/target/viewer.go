package target

import (
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// Viewer is what is known of somebody who may see an ad, and of the place and the moment. What is empty is not known.
type Viewer struct {
	Country           string   // ISO 3166 alpha-2, upper case
	Region, City, Zip string   // name or key of targeting, folded
	Age               string   // a range of the insights breakdown
	Gender            string   // male, female
	Locale            string   // folded, with an underscore: de, de_at
	Interests         []string // ids or names of whatever detailed targeting can name, folded; who has some is known for no others
	Audiences         []string // ids of the custom audiences that hold the viewer
	Device            string   // mobile, desktop
	OS, Version       string   // folded: ios and 17.2
	Model             string   // of the device, folded
	Placement         string   // preview format
	Hour, LocalHour   Hour     // in the account's time zone, and in the viewer's
}

// Fold makes texts comparable that differ in case and outer space alone.
func Fold(text string) string { return strings.ToLower(strings.TrimSpace(text)) }

// FoldLocale is Fold of a language tag, written with hyphens or underscores.
func FoldLocale(tag string) string { return strings.ReplaceAll(Fold(tag), "-", "_") }

// knows reports whether a rule can be told of the viewer.
func (v *Viewer) knows(r Rule) bool {
	switch r {
	case AgeMin, AgeMax:
		return v.Age != ""
	case Genders:
		return v.Gender != ""
	case Locales:
		return v.Locale != ""
	case Detailed, FlexibleSpec, Exclusions:
		return len(v.Interests) > 0
	case Platforms, Positions:
		return v.Placement != ""
	case Devices:
		return v.Device != ""
	case OS:
		return v.OS != ""
	case UserDevice, ExcludedDevice:
		return v.Model != ""
	}
	return true
}

// fits reports whether a value that a rule asks for is the viewer's.
func (v *Viewer) fits(r Rule, value string) bool {
	switch r {
	case AgeMin, AgeMax:
		return v.Age == value
	case Genders:
		return v.Gender == value
	case Locales:
		return reads(v.Locale, value)
	case Platforms:
		platform, _, _ := object.Placement(v.Placement)
		return platform == value
	case Positions:
		return v.Placement == value
	case Devices:
		return v.Device == value
	case OS:
		return runs(v.OS, v.Version, value)
	case UserDevice, ExcludedDevice:
		return v.Model == value
	}
	return slices.Contains(v.list(r), value)
}

// list is the viewer's values of a rule of which there may be many; nil for the others.
func (v *Viewer) list(r Rule) []string {
	switch r {
	case Detailed, FlexibleSpec, Exclusions:
		return v.Interests
	case CustomAudiences, ExcludedAudiences:
		return v.Audiences
	}
	return nil
}

// reads reports whether a locale is of a language, given alone or with a country. Spanish of la is that of all countries but Spain.
func reads(locale, language string) bool {
	tongue, from, _ := strings.Cut(locale, "_")
	want, of, limited := strings.Cut(language, "_")
	if at := strings.LastIndexByte(from, '_'); at >= 0 { // zh_hant_tw
		from = from[at+1:]
	}
	return tongue == want && (!limited || len(from) != 2 || from == of || of == "la" && from != "es")
}
