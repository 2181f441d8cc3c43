package target

import (
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// places are those of geo_locations or excluded_geo_locations; none when the whole world is among them.
func (c *Compiler) places(data map[string]any) []place {
	var all []place
	for _, code := range object.IDs(data["countries"]) {
		all = append(all, place{level: country, country: strings.ToUpper(code)})
	}
	groups := object.IDs(data["country_groups"])
	for _, group := range groups {
		if group == "worldwide" {
			return nil
		}
		for _, code := range c.world.InGroup(group) {
			all = append(all, place{level: country, country: code})
		}
	}
	for l, list := range []string{region: "regions", city: "cities", zip: "zips"} {
		for _, elem := range object.Listed(data, list) {
			one, _ := elem.(map[string]any)
			all = append(all, c.place(level(l), one))
		}
	}
	for name := range strings.FieldsSeq(`custom_locations places geo_markets neighborhoods subcities subneighborhoods metro_areas small_geo_areas
		medium_geo_areas large_geo_areas electoral_districts political_districts location_cluster_ids`) {
		for _, elem := range object.Listed(data, name) {
			one, _ := elem.(map[string]any)
			all = append(all, place{level: elsewhere, country: strings.ToUpper(object.Text(one, "country"))})
		}
	}
	if len(all) == 0 && len(groups) > 0 { // somewhere, but in a group that nobody knows
		all = append(all, place{level: elsewhere})
	}
	return all
}

// place reads a region, a city or a ZIP code; the tables know those that are named by their key alone.
func (c *Compiler) place(l level, data map[string]any) place {
	key := object.Text(data, "key")
	known := c.world.ByKey[[]string{region: "region", city: "city", zip: "zip"}[l]+" "+key]
	either := func(said, known string) string {
		if said != "" {
			return said
		}
		return known
	}
	p := place{
		level: l, country: strings.ToUpper(either(object.Text(data, "country"), known.Country)),
		region: named{Fold(either(object.Text(data, "region_id"), known.Region)), Fold(either(object.Text(data, "region"), known.RegionName))},
		own:    named{Fold(key), Fold(either(known.Name, object.Text(data, "name")))},
	}
	if code, rest, ok := strings.Cut(key, ":"); ok && l == zip { // US:94025
		p.country, p.own = strings.ToUpper(code), named{Fold(rest), Fold(rest)}
	}
	return p
}

// spotted is a placement with its platform and what targeting, or reports, call the position there.
type spotted struct {
	placement, platform string
	positions           []string
}

// spots are the placements that decisions know. What was once one position, explore, means both that it has become.
func spots() []spotted {
	var all []spotted
	for _, f := range object.PreviewFormats() {
		platform, reported, ok := object.Placement(f.Name)
		if !ok {
			continue
		}
		s := spotted{f.Name, platform, []string{f.Position, reported}}
		if strings.HasPrefix(f.Position, "explore") {
			s.positions = append(s.positions, "explore", "explore_home")
		}
		all = append(all, s)
	}
	return all
}

// positions are the placements that the positions of their platform leave, where it names some; nil for all.
func (c *Compiler) positions(targeting map[string]any) []string {
	var left []string
	for _, s := range c.spots {
		wanted := words(targeting, s.platform+"_positions")
		if len(wanted) == 0 || slices.ContainsFunc(s.positions, func(name string) bool { return slices.Contains(wanted, name) }) {
			left = append(left, s.placement)
		}
	}
	switch len(left) {
	case len(c.spots):
		return nil
	case 0:
		return []string{"nowhere"}
	}
	return left
}
