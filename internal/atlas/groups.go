package atlas

import (
	"slices"
	"strings"
)

// economicArea are the members of the European Economic Area.
const economicArea = "AT BE BG HR CY CZ DE DK EE ES FI FR GR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"

// Group is countries that are targeted by one name.
type Group struct{ Key, Name string }

// Groups are the parts of the world and some others.
func Groups() []Group {
	return []Group{{"worldwide", "Worldwide"}, {"africa", "Africa"}, {"asia", "Asia"}, {"caribbean", "Caribbean"}, {"central_america", "Central America"},
		{"eea", "European Economic Area"}, {"europe", "Europe"}, {"nafta", "North American Free Trade Agreement"}, {"north_america", "North America"},
		{"oceania", "Oceania"}, {"south_america", "South America"}}
}

// InGroup is the codes of a group's countries.
func (t *Tables) InGroup(key string) []string {
	var codes []string
	for _, c := range t.Countries {
		in := key == "worldwide" || key == c.Part
		switch key {
		case "eea":
			in = slices.Contains(strings.Fields(economicArea), c.Code)
		case "nafta":
			in = slices.Contains([]string{"US", "CA", "MX"}, c.Code)
		}
		if in {
			codes = append(codes, c.Code)
		}
	}
	return codes
}
