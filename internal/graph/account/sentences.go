package account

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// sentences answers targetingsentencelines.
func (s *service) sentences(ctx context.Context, call *graph.Call, tx store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	targeting, _, err := s.asked(ctx, call, tx)
	if err != nil {
		return nil, err
	}
	return &graph.Rows{Total: 1, Data: []any{object.Ordered{
		{Name: "id", Value: call.Node.ID}, {Name: "params", Value: targeting}, {Name: "targetingsentencelines", Value: s.tables.inWords(targeting)},
	}}}, nil
}

// inWords says a targeting as lines of a heading and what stands below it.
func (t *tables) inWords(targeting map[string]any) []any {
	var lines []any
	add := func(heading string, children ...string) {
		if len(children) > 0 {
			lines = append(lines, object.Ordered{{Name: "content", Value: heading}, {Name: "children", Value: children}})
		}
	}
	add("Location:", t.placeNames(object.Members(targeting, "geo_locations"))...)
	add("Excluding location:", t.placeNames(object.Members(targeting, "excluded_geo_locations"))...)
	least, most := max(object.Whole(targeting, "age_min"), 13), object.Whole(targeting, "age_max")
	if targeting["age_min"] == nil {
		least = 18
	}
	ages := fmt.Sprintf("%d - %d", least, most)
	if most == 0 || most >= 65 {
		ages = fmt.Sprintf("%d - 65+", least)
	}
	add("Age:", ages)
	if genders := object.Listed(targeting, "genders"); len(genders) == 1 {
		add("Gender:", map[bool]string{true: "Female", false: "Male"}[fmt.Sprint(genders[0]) == "2"])
	}
	add("People who match:", t.categoryNames(targeting)...)
	for _, elem := range object.Listed(targeting, "flexible_spec") {
		group, _ := elem.(map[string]any)
		add("And must also match:", t.categoryNames(group)...)
	}
	add("Excluding people who match:", t.categoryNames(object.Members(targeting, "exclusions"))...)
	add("Placements:", placementNames(targeting)...)
	return lines
}

// placeNames are the names of places, countries first.
func (t *tables) placeNames(places map[string]any) []string {
	var names []string
	for _, code := range object.IDs(places["countries"]) {
		name := t.ByCode[strings.ToUpper(code)].Name
		if name == "" {
			name = code
		}
		names = append(names, name)
	}
	for _, member := range []string{"country_groups", "regions", "cities", "zips", "custom_locations", "places"} {
		for _, elem := range object.Listed(places, member) {
			names = append(names, t.placeName(member, elem))
		}
	}
	return names
}

// placeName is what a place is called: by itself, by the tables, or by its key.
func (t *tables) placeName(member string, elem any) string {
	one, _ := elem.(map[string]any)
	key := object.Text(one, "key")
	kind := map[string]string{"regions": "region", "cities": "city", "zips": "zip"}[member]
	for _, name := range []string{object.Text(one, "name"), t.ByKey[kind+" "+key].Name, object.Text(one, "address_string"), key} {
		if name != "" {
			return name
		}
	}
	return fmt.Sprint(elem)
}

// categoryNames says a group of categories, a line for each kind.
func (t *tables) categoryNames(group map[string]any) []string {
	var lines []string
	for _, kind := range t.Kinds {
		var names []string
		for _, elem := range object.Listed(group, kind) {
			one, _ := elem.(map[string]any)
			name := object.Text(one, "name")
			if known, ok := t.ByID[kind+" "+idOf(elem)]; ok {
				name = known.Name
			}
			if name == "" {
				name = idOf(elem)
			}
			names = append(names, name)
		}
		if len(names) > 0 {
			title := strings.ReplaceAll(kind, "_", " ")
			lines = append(lines, strings.ToUpper(title[:1])+title[1:]+": "+orList(names))
		}
	}
	return lines
}

// orList joins names as people write them.
func orList(names []string) string {
	if len(names) == 1 {
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

// placementNames are the platforms that a targeting is limited to.
func placementNames(targeting map[string]any) []string {
	names := slices.Clone(object.IDs(targeting["publisher_platforms"]))
	for i, name := range names {
		words := strings.Fields(strings.ReplaceAll(name, "_", " "))
		for j, word := range words {
			words[j] = strings.ToUpper(word[:1]) + word[1:]
		}
		names[i] = strings.Join(words, " ")
	}
	return names
}
