package deliver

import (
	"slices"

	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/object"
)

// targeting is the part of an ad set's targeting that is told from a decision's context. Empty lists and zeros allow everything.
type targeting struct {
	countries      []string // ISO 3166 alpha-2
	ageMin, ageMax int64    // years, inclusive; 65 means 65 and older
	gender         string   // male or female
	devices        []string // mobile, desktop
	platforms      []string // publisher platforms
	positions      map[string][]string
}

// targetingOf reads stored targeting.
func targetingOf(data map[string]any) targeting {
	t := targeting{
		countries: words(members(data, "geo_locations"), "countries"),
		ageMin:    whole(data, "age_min"),
		ageMax:    whole(data, "age_max"),
		devices:   words(data, "device_platforms"),
		platforms: words(data, "publisher_platforms"),
		positions: map[string][]string{},
	}
	if genders, _ := data["genders"].([]any); len(genders) == 1 {
		switch whole(map[string]any{"gender": genders[0]}, "gender") {
		case 1:
			t.gender = "male"
		case 2:
			t.gender = "female"
		}
	}
	for _, platform := range []string{"facebook", "instagram", "messenger", "audience_network", "threads"} {
		if list := words(data, platform+"_positions"); len(list) > 0 {
			t.positions[platform] = list
		}
	}
	return t
}

// admits reports whether an ad may show in a context. What is unknown of the viewer excludes nobody: a site that knows no
// countries still gets ads. What is known must match.
func (t *targeting) admits(c *eventlog.Context) bool {
	return admitsWord(t.countries, c.Country) &&
		t.admitsAge(c.Age) &&
		(t.gender == "" || c.Gender == "" || t.gender == c.Gender) &&
		admitsWord(t.devices, devicePlatform(c.Device)) &&
		t.admitsPlace(c.Placement)
}

// admitsWord reports whether a known word is in a list that is not empty.
func admitsWord(list []string, word string) bool {
	return word == "" || len(list) == 0 || slices.Contains(list, word)
}

// admitsAge reports whether an age range overlaps the targeted years.
func (t *targeting) admitsAge(age string) bool {
	from, to, known := ageRange(age)
	if !known {
		return true
	}
	const open = 65 // an upper bound of 65 has no end
	return to >= t.ageMin && (t.ageMax == 0 || t.ageMax >= open || from <= t.ageMax)
}

// admitsPlace reports whether a placement's platform, and its position there, are among the targeted ones.
func (t *targeting) admitsPlace(placement string) bool {
	platform, position, known := object.Placement(placement)
	if !known {
		return true
	}
	return admitsWord(t.platforms, platform) && admitsWord(t.positions[platform], position)
}
