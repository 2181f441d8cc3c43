package account

import (
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// The model of how many people a targeting means: those of its places who are online, times the share of its ages, of its genders, and of what
// they are interested in, do or are. What the tables do not know does not narrow, but for single categories, which have a usual share.
const (
	onlineShare = 0.6
	usualShare  = 0.05 // of a category that the tables do not have
	usualPlace  = 50_000
)

// band is a range of ages with its share of all people.
type band struct {
	from, to int64 // both included
	share    float64
}

// bands are about how old people online are.
func bands() []band {
	return []band{{13, 17, 0.06}, {18, 24, 0.20}, {25, 34, 0.28}, {35, 44, 0.19}, {45, 54, 0.13}, {55, 64, 0.08}, {65, 65, 0.06}}
}

// online is about how many people of a country can be reached.
func (t *tables) online(code string) int64 {
	return int64(float64(t.ByCode[strings.ToUpper(code)].People) * onlineShare)
}

// people is about how many people a targeting means. Sizes are those of the custom audiences that it names, by id; -1 where nobody knows.
func (t *tables) people(targeting map[string]any, sizes map[string]int64) int64 {
	places := t.inPlaces(object.Members(targeting, "geo_locations")) - t.inPlaces(object.Members(targeting, "excluded_geo_locations"))
	n := max(0, float64(places)) * ageShare(targeting) * genderShare(targeting) * t.interested(targeting)
	if list := audiences(targeting, "custom_audiences"); len(list) > 0 {
		most := 0.0
		for _, id := range list {
			size, known := sizes[id]
			if !known || size < 0 {
				return int64(n)
			}
			most += float64(size)
		}
		n = min(n, most)
	}
	return int64(n)
}

// audiences are the ids of custom audiences in a member of targeting.
func audiences(targeting map[string]any, name string) []string {
	var ids []string
	for _, elem := range object.Listed(targeting, name) {
		if id, ok := elem.(string); ok {
			ids = append(ids, id)
		}
		one, _ := elem.(map[string]any)
		if id := object.Text(one, "id"); id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}

// inPlaces counts the people online in some places, each place for itself.
func (t *tables) inPlaces(places map[string]any) int64 {
	var n int64
	for _, code := range object.IDs(places["countries"]) {
		n += t.online(code)
	}
	for _, group := range object.IDs(places["country_groups"]) {
		for _, code := range t.InGroup(group) {
			n += t.online(code)
		}
	}
	for member, kind := range map[string]string{"regions": "region", "cities": "city", "zips": "zip"} {
		for _, elem := range object.Listed(places, member) {
			one, _ := elem.(map[string]any)
			people := int64(usualPlace)
			if known, ok := t.ByKey[kind+" "+object.Text(one, "key")]; ok {
				people = known.People
			}
			n += int64(float64(people) * onlineShare)
		}
	}
	for _, member := range []string{"custom_locations", "places", "neighborhoods", "geo_markets", "electoral_districts", "subcities"} {
		n += int64(len(object.Listed(places, member))) * usualPlace
	}
	return n
}

// ageShare is the share of the ages.
func ageShare(targeting map[string]any) float64 {
	least, most := object.Whole(targeting, "age_min"), object.Whole(targeting, "age_max")
	if least == 0 {
		least = 18
	}
	if most == 0 {
		most = 65
	}
	share := 0.0
	for _, b := range bands() {
		if years := min(most, b.to) - max(least, b.from) + 1; years > 0 {
			share += b.share * float64(years) / float64(b.to-b.from+1)
		}
	}
	return share
}

// genderShare is the share of the genders: half each.
func genderShare(targeting map[string]any) float64 {
	if len(object.Listed(targeting, "genders")) == 1 {
		return 0.5
	}
	return 1
}

// interested is the share of those who fit what targeting says beside places, ages and genders: every group of flexible_spec, in which one
// thing is enough, and nothing of exclusions.
func (t *tables) interested(targeting map[string]any) float64 {
	share := t.any(targeting)
	for _, elem := range object.Listed(targeting, "flexible_spec") {
		group, _ := elem.(map[string]any)
		share *= t.any(group)
	}
	if out := object.Members(targeting, "exclusions"); t.names(out) {
		share *= 1 - t.any(out)
	}
	return share
}

// names reports whether a group holds any category.
func (t *tables) names(group map[string]any) bool {
	return slices.ContainsFunc(t.Kinds, func(kind string) bool { return len(object.Listed(group, kind)) > 0 })
}

// any is the share of those who fit at least one category of a group, as if categories had nothing to do with each other; 1 for an empty one.
func (t *tables) any(group map[string]any) float64 {
	if !t.names(group) {
		return 1
	}
	none := 1.0
	for _, kind := range t.Kinds {
		for _, elem := range object.Listed(group, kind) {
			share := usualShare
			if known, ok := t.ByID[kind+" "+idOf(elem)]; ok {
				share = known.Share
			}
			none *= 1 - share
		}
	}
	return 1 - none
}

// idOf is the id of something in targeting: {id, name}, or the id itself.
func idOf(elem any) string {
	if one, ok := elem.(map[string]any); ok {
		return object.Text(one, "id")
	}
	return object.Text(map[string]any{"id": elem}, "id")
}
