package target

import (
	"slices"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/atlas"
	"github.com/marquetry/marquetry/internal/object"
)

// Compiler reads targeting with the help of the tables. It is not changed once it is made.
type Compiler struct {
	world *atlas.Tables
	spots []spotted
}

// NewCompiler prepares the placements.
func NewCompiler(world *atlas.Tables) *Compiler { return &Compiler{world, spots()} }

// Compile reads stored targeting and the parts of a schedule. What nothing here can tell of a viewer is left out: it keeps nobody away.
//
// With targeting_automation.advantage_audience, age_max, genders, detailed targeting and custom audiences are where delivery begins and not where
// it ends: they keep nobody away, either. Places, age_min, languages and everything that is excluded stay.
func (c *Compiler) Compile(targeting map[string]any, schedule []any) *Spec {
	s := &Spec{
		places: c.places(object.Members(targeting, "geo_locations")), barred: c.places(object.Members(targeting, "excluded_geo_locations")),
		groups: c.groups(targeting), hours: hoursOf(schedule),
	}
	least, most := object.Whole(targeting, "age_min"), object.Whole(targeting, "age_max")
	if most == 0 || most >= oldest {
		most = forever
	}
	s.asks = [rules][]string{
		AgeMin:          ranges(least, forever),
		AgeMax:          ranges(0, most),
		Genders:         genders(object.Listed(targeting, "genders")),
		Locales:         c.locales(object.Listed(targeting, "locales")),
		Exclusions:      c.group(object.Members(targeting, "exclusions")),
		CustomAudiences: ids(targeting, "custom_audiences"), ExcludedAudiences: ids(targeting, "excluded_custom_audiences"),
		Platforms: words(targeting, "publisher_platforms"), Positions: c.positions(targeting), Devices: words(targeting, "device_platforms"),
		OS: words(targeting, "user_os"), UserDevice: words(targeting, "user_device"), ExcludedDevice: words(targeting, "excluded_user_device"),
	}
	if object.Whole(object.Members(targeting, "targeting_automation"), "advantage_audience") == 1 {
		s.asks[AgeMax], s.asks[Genders], s.asks[CustomAudiences], s.groups = nil, nil, nil, nil
	}
	return s
}

// Audiences are the ids of the custom audiences that decide whether somebody is admitted.
func (s *Spec) Audiences() []string {
	return slices.Concat(s.asks[CustomAudiences], s.asks[ExcludedAudiences])
}

// words are the texts of a list, folded.
func words(targeting map[string]any, name string) []string {
	list := object.IDs(targeting[name])
	for i := range list {
		list[i] = Fold(list[i])
	}
	return list
}

// ids are those of a list of ids, or of objects that have one.
func ids(targeting map[string]any, name string) []string {
	var list []string
	for _, elem := range object.Listed(targeting, name) {
		one, whole := elem.(map[string]any)
		if !whole {
			one = map[string]any{"id": elem}
		}
		if id := object.Text(one, "id"); id != "" {
			list = append(list, id)
		}
	}
	return list
}

// genders are the words for a list of numbers; both, or none, ask for nothing.
func genders(list []any) []string {
	words := []string{1: "male", 2: "female"}
	found := ""
	for _, elem := range list {
		n := object.Whole(map[string]any{"gender": elem}, "gender")
		if n != 1 && n != 2 || found != "" && found != words[n] {
			return nil
		}
		found = words[n]
	}
	if found == "" {
		return nil
	}
	return []string{found}
}

// locales are the languages of a list of numbers, with a country where there are several. A number that is not known asks for nothing.
func (c *Compiler) locales(list []any) []string {
	var found []string
	for _, elem := range list {
		number := object.Whole(map[string]any{"key": elem}, "key")
		at := slices.IndexFunc(c.world.Locales, func(l atlas.Locale) bool { return l.Key == number })
		if at < 0 {
			return nil
		}
		code := c.world.Locales[at].Code
		tongue, from, _ := strings.Cut(code, "_")
		alone := !slices.ContainsFunc(c.world.Locales, func(l atlas.Locale) bool { return l.Code != code && strings.HasPrefix(l.Code, tongue+"_") })
		if alone || from == "XX" {
			code = tongue
		}
		found = append(found, Fold(code))
	}
	return found
}

// traits are the lists of detailed targeting.
func traits() []string {
	return strings.Fields(`interests behaviors life_events family_statuses industries income education_majors education_schools education_statuses
		relationship_statuses work_employers work_positions college_years interested_in home_ownership home_type home_value household_composition
		generation moms net_worth politics ethnic_affinity office_type user_adclusters`)
}

// groups are the traits that stand in targeting itself, and those of each group of flexible_spec.
func (c *Compiler) groups(targeting map[string]any) [][]string {
	groups := [][]string{c.group(targeting)}
	for _, elem := range object.Listed(targeting, "flexible_spec") {
		group, _ := elem.(map[string]any)
		if one := c.group(group); one != nil && !outOfSight(group) {
			groups = append(groups, one)
		}
	}
	if len(groups) == 1 && groups[0] == nil {
		return nil
	}
	return groups
}

// outOfSight reports whether a group holds something by which a viewer may be in it and that nothing here can tell.
func outOfSight(group map[string]any) bool {
	return slices.ContainsFunc([]string{"custom_audiences", "connections", "friends_of_connections"}, func(name string) bool { return group[name] != nil })
}

// group is the ids and names of the traits in a group.
func (c *Compiler) group(group map[string]any) []string {
	var values []string
	for _, kind := range traits() {
		for _, elem := range object.Listed(group, kind) {
			one, whole := elem.(map[string]any)
			if !whole {
				one = map[string]any{"id": elem}
			}
			id := object.Text(one, "id")
			names := []string{object.Text(one, "name"), c.world.ByID[kind+" "+id].Name}
			if len(id) < longID && id != "" { // a number of a list that is its own, such as 1 for single
				id = kind + ":" + id
			}
			for _, value := range append(names, id) {
				if value != "" {
					values = append(values, Fold(value))
				}
			}
		}
	}
	return values
}

// longID is the length from which an id means the same whatever list it stands in.
const longID = 6

// Ages in years.
const (
	oldest  = 65 // as an upper bound stands for everybody above, too
	forever = 150
)

// ranges are those of the insights breakdown in which some of the years are; nil for all.
func ranges(from, to int64) []string {
	all := []string{"13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+"}
	var found []string
	for _, name := range all {
		first, last, bounded := strings.Cut(name, "-")
		if !bounded {
			first, last = strings.TrimSuffix(name, "+"), strconv.Itoa(forever)
		}
		low, _ := strconv.ParseInt(first, 10, 64) // the names above are numbers
		high, _ := strconv.ParseInt(last, 10, 64)
		if high >= from && low <= to {
			found = append(found, name)
		}
	}
	if len(found) == len(all) {
		return nil
	}
	return found
}
