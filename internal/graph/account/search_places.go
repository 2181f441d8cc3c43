package account

import (
	"slices"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/atlas"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
)

// groupRows finds groups of countries.
func (s *service) groupRows(call *graph.Call) ([]any, error) {
	var rows []any
	for _, g := range atlas.Groups() {
		if matches(call, g.Name) {
			rows = append(rows, s.tables.groupRow(g))
		}
	}
	return rows, nil
}

// groupRow writes a group with its countries.
func (t *tables) groupRow(g atlas.Group) object.Ordered {
	var codes []any
	for _, code := range t.InGroup(g.Key) {
		codes = append(codes, code)
	}
	return object.Ordered{{Name: "key", Value: g.Key}, {Name: "name", Value: g.Name}, {Name: "type", Value: "country_group"}, {Name: "country_codes", Value: codes}}
}

// countryRow writes a country.
func (t *tables) countryRow(c atlas.Country) object.Ordered {
	has := func(kind string) bool {
		return slices.ContainsFunc(t.Places, func(p atlas.Place) bool { return p.Kind == kind && p.Country == c.Code })
	}
	return object.Ordered{
		{Name: "key", Value: c.Code}, {Name: "name", Value: c.Name}, {Name: "type", Value: "country"}, {Name: "country_code", Value: c.Code},
		{Name: "country_name", Value: c.Name}, {Name: "supports_region", Value: has("region")}, {Name: "supports_city", Value: has("city")},
	}
}

// placeRow writes a place in a country.
func (t *tables) placeRow(p atlas.Place) object.Ordered {
	row := object.Ordered{
		{Name: "key", Value: p.Key}, {Name: "name", Value: p.Name}, {Name: "type", Value: p.Kind}, {Name: "country_code", Value: p.Country},
		{Name: "country_name", Value: t.ByCode[p.Country].Name},
	}
	if id, err := strconv.ParseInt(p.Region, 10, 64); err == nil {
		row = append(row, object.Member{Name: "region", Value: p.RegionName}, object.Member{Name: "region_id", Value: id})
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
	for _, p := range s.tables.Places {
		inside := (code == "" || strings.EqualFold(code, p.Country)) && (region == "" || region == p.Region)
		if slices.Contains(kinds, p.Kind) && inside && matches(call, p.Name) {
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
		c, known := s.tables.ByCode[strings.ToUpper(key)]
		return s.tables.countryRow(c), known
	})
	for _, kind := range []string{"region", "city", "zip"} {
		member := map[string]string{"region": "regions", "city": "cities", "zip": "zips"}[kind]
		add(member, func(key string) (object.Ordered, bool) {
			p, known := s.tables.ByKey[kind+" "+key]
			return s.tables.placeRow(p), known
		})
	}
	return out
}
