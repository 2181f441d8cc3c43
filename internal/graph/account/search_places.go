package account

import (
	"slices"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
)

// economicArea are the members of the European Economic Area.
const economicArea = "AT BE BG HR CY CZ DE DK EE ES FI FR GR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"

// group is countries that are targeted by one name.
type group struct{ key, name string }

// groups are the parts of the world and some others.
func groups() []group {
	return []group{{"worldwide", "Worldwide"}, {"africa", "Africa"}, {"asia", "Asia"}, {"caribbean", "Caribbean"}, {"central_america", "Central America"},
		{"eea", "European Economic Area"}, {"europe", "Europe"}, {"nafta", "North American Free Trade Agreement"}, {"north_america", "North America"},
		{"oceania", "Oceania"}, {"south_america", "South America"}}
}

// inGroup is the codes of a group's countries.
func (t *tables) inGroup(key string) []string {
	var codes []string
	for _, c := range t.countries {
		in := key == "worldwide" || key == c.part
		switch key {
		case "eea":
			in = slices.Contains(strings.Fields(economicArea), c.code)
		case "nafta":
			in = slices.Contains([]string{"US", "CA", "MX"}, c.code)
		}
		if in {
			codes = append(codes, c.code)
		}
	}
	return codes
}

// groupRows finds groups of countries.
func (s *service) groupRows(call *graph.Call) ([]any, error) {
	var rows []any
	for _, g := range groups() {
		if matches(call, g.name) {
			rows = append(rows, s.tables.groupRow(g))
		}
	}
	return rows, nil
}

// groupRow writes a group with its countries.
func (t *tables) groupRow(g group) object.Ordered {
	var codes []any
	for _, code := range t.inGroup(g.key) {
		codes = append(codes, code)
	}
	return object.Ordered{{Name: "key", Value: g.key}, {Name: "name", Value: g.name}, {Name: "type", Value: "country_group"}, {Name: "country_codes", Value: codes}}
}

// countryRow writes a country.
func (t *tables) countryRow(c country) object.Ordered {
	has := func(kind string) bool {
		return slices.ContainsFunc(t.places, func(p place) bool { return p.kind == kind && p.country == c.code })
	}
	return object.Ordered{
		{Name: "key", Value: c.code}, {Name: "name", Value: c.name}, {Name: "type", Value: "country"}, {Name: "country_code", Value: c.code},
		{Name: "country_name", Value: c.name}, {Name: "supports_region", Value: has("region")}, {Name: "supports_city", Value: has("city")},
	}
}

// placeRow writes a place in a country.
func (t *tables) placeRow(p place) object.Ordered {
	row := object.Ordered{
		{Name: "key", Value: p.key}, {Name: "name", Value: p.name}, {Name: "type", Value: p.kind}, {Name: "country_code", Value: p.country},
		{Name: "country_name", Value: t.byCode[p.country].name},
	}
	if id, err := strconv.ParseInt(p.region, 10, 64); err == nil {
		row = append(row, object.Member{Name: "region", Value: p.regionName}, object.Member{Name: "region_id", Value: id})
	}
	return row
}

// placeRows finds places of any kind; words are required unless a country or a region is named.
func (s *service) placeRows(call *graph.Call) ([]any, error) {
	if object.Text(call.Args, "q") == "" && object.Text(call.Args, "country_code") == "" && object.Text(call.Args, "region_id") == "" {
		return nil, missing("q")
	}
	kinds := object.IDs(call.Args["location_types"])
	wanted := func(kind string) bool { return len(kinds) == 0 || slices.Contains(kinds, kind) }
	var rows []any
	if wanted("country") && object.Text(call.Args, "region_id") == "" {
		rows, _ = s.countryRows(call) // looking up has no error
	}
	if wanted("country_group") && object.Text(call.Args, "q") != "" {
		more, _ := s.groupRows(call)
		rows = append(rows, more...)
	}
	if len(kinds) == 0 {
		kinds = []string{"region", "city", "zip"}
	}
	return append(rows, s.placesOf(call, kinds)...), nil
}

// placesOf finds regions, cities and ZIP codes.
func (s *service) placesOf(call *graph.Call, kinds []string) []any {
	code, region := object.Text(call.Args, "country_code"), object.Text(call.Args, "region_id")
	var rows []any
	for _, p := range s.tables.places {
		inside := (code == "" || strings.EqualFold(code, p.country)) && (region == "" || region == p.region)
		if slices.Contains(kinds, p.kind) && inside && matches(call, p.name) {
			rows = append(rows, s.tables.placeRow(p))
		}
	}
	return rows
}

// meta answers adgeolocationmeta: what is known of the places that are named, by kind and key.
func (s *service) meta(call *graph.Call) object.Ordered {
	out := object.Ordered{}
	add := func(member string, row func(key string) (object.Ordered, bool)) {
		found := object.Ordered{}
		for _, key := range object.IDs(call.Args[member]) {
			if one, known := row(key); known {
				found = append(found, object.Member{Name: key, Value: one})
			}
		}
		if len(found) > 0 {
			out = append(out, object.Member{Name: member, Value: found})
		}
	}
	add("countries", func(key string) (object.Ordered, bool) {
		c, known := s.tables.byCode[strings.ToUpper(key)]
		return s.tables.countryRow(c), known
	})
	for _, kind := range []string{"region", "city", "zip"} {
		member := map[string]string{"region": "regions", "city": "cities", "zip": "zips"}[kind]
		add(member, func(key string) (object.Ordered, bool) {
			p, known := s.tables.byKey[kind+" "+key]
			return s.tables.placeRow(p), known
		})
	}
	return out
}
