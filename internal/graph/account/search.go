package account

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/atlas"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// notEmulated is the code of what the platform has and this server does not.
const notEmulated = 3

// elsewhere are types that the platform searches and that have no table here.
func elsewhere() []string {
	return strings.Fields("adbrandcategory adkeyword adradiussuggestion adsubregion adtargetingentity adusertag application event group page place placetopic user")
}

// searcher finds the rows of one type.
type searcher func(call *graph.Call) ([]any, error)

// searchers are the types that have a table.
func (s *service) searchers() map[string]searcher {
	named := func(kind string) searcher {
		return func(call *graph.Call) ([]any, error) { return s.namedRows(call, kind) }
	}
	return map[string]searcher{
		"adcountry":            s.countryRows,
		"adcountrygroup":       s.groupRows,
		"adgeolocation":        s.placeRows,
		"adzipcode":            func(call *graph.Call) ([]any, error) { return s.placesOf(call, []string{"zip"}), nil },
		"adlocale":             s.localeRows,
		"adinterest":           s.interestRows,
		"adinterestsuggestion": s.nearRows,
		"adinterestvalid":      s.validRows,
		"adTargetingCategory":  s.categoryRows,
		"adworkemployer":       named("work_employers"),
		"adworkposition":       named("work_positions"),
		"adeducationschool":    named("education_schools"),
		"adeducationmajor":     named("education_majors"),
	}
}

// search answers GET /search.
func (s *service) search(_ context.Context, call *graph.Call, _ store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	kind, all := object.Text(call.Args, "type"), s.searchers()
	switch {
	case kind == "":
		return nil, missing("type")
	case kind == "adgeolocationmeta":
		return &graph.Rows{One: s.meta(call)}, nil
	case slices.Contains(elsewhere(), kind):
		f := object.Broken("not_emulated", 0, "(#3) Searching for "+kind+" exists on the platform and is not emulated by Marquetry; see docs/reference/compatibility.md", "type")
		f.Code = notEmulated
		return nil, f
	case all[kind] == nil:
		known := slices.Sorted(maps.Keys(all))
		return nil, object.Broken("search.type", 0, fmt.Sprintf("(#100) Param type must be one of {%s, adgeolocationmeta}", strings.Join(known, ", ")), "type")
	}
	list, err := all[kind](call)
	if err != nil {
		return nil, err
	}
	return pageOf(call, list)
}

// matches reports whether a name has the words that were asked for, in any case; no words match everything.
func matches(call *graph.Call, name string) bool {
	return strings.Contains(strings.ToLower(name), strings.ToLower(strings.TrimSpace(object.Text(call.Args, "q"))))
}

// rank puts what begins with the words that were asked for before what has them further on.
func rank(call *graph.Call, name string) int {
	return strings.Index(strings.ToLower(name), strings.ToLower(strings.TrimSpace(object.Text(call.Args, "q"))))
}

// countryRows finds countries by a part of the name, or by their code; large ones first among those that fit equally well.
func (s *service) countryRows(call *graph.Call) ([]any, error) {
	is := func(c atlas.Country) bool { return strings.EqualFold(c.Code, object.Text(call.Args, "q")) }
	found := slices.DeleteFunc(slices.Clone(s.tables.Countries), func(c atlas.Country) bool { return !matches(call, c.Name) && !is(c) })
	place := func(c atlas.Country) int {
		if is(c) {
			return -1
		}
		return rank(call, c.Name)
	}
	slices.SortStableFunc(found, func(a, b atlas.Country) int {
		return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(b.People, a.People))
	})
	var rows []any
	for _, c := range found {
		rows = append(rows, s.tables.countryRow(c))
	}
	return rows, nil
}

// localeRows finds languages.
func (s *service) localeRows(call *graph.Call) ([]any, error) {
	var rows []any
	for _, l := range s.tables.Locales {
		if matches(call, l.Name) {
			rows = append(rows, object.Ordered{{Name: "key", Value: l.Key}, {Name: "name", Value: l.Name}})
		}
	}
	return rows, nil
}

// interestRows finds interests by words, which are required.
func (s *service) interestRows(call *graph.Call) ([]any, error) {
	if object.Text(call.Args, "q") == "" {
		return nil, missing("q")
	}
	return s.rowsWhere(func(c atlas.Category) bool { return c.Kind == interests && matches(call, c.Name) }), nil
}

// nearRows suggests interests that stand beside some.
func (s *service) nearRows(call *graph.Call) ([]any, error) {
	given := object.IDs(call.Args["interest_list"])
	if len(given) == 0 {
		return nil, missing("interest_list")
	}
	return s.rowsWhere(s.tables.beside(func(c atlas.Category) bool {
		return c.Kind == interests && slices.ContainsFunc(given, func(name string) bool { return strings.EqualFold(name, c.Name) })
	})), nil
}

// validRows says of each name and id whether it is an interest.
func (s *service) validRows(call *graph.Call) ([]any, error) {
	names, ids := object.IDs(call.Args["interest_list"]), object.IDs(call.Args["interest_fbid_list"])
	if len(names)+len(ids) == 0 {
		return nil, missing("interest_list")
	}
	return s.checked(names, ids, interests), nil
}

// categoryRows finds categories of a class.
func (s *service) categoryRows(call *graph.Call) ([]any, error) {
	class := object.Text(call.Args, "class")
	classes := append(slices.Clone(s.tables.Kinds), "demographics")
	if class != "" && !slices.Contains(classes, class) {
		return nil, object.Broken("search.class", 0, fmt.Sprintf("(#100) Param class must be one of {%s}", strings.Join(classes, ", ")), "class")
	}
	return s.rowsWhere(func(c atlas.Category) bool {
		return matches(call, c.Name) && (class == "" || class == c.Kind || class == "demographics" && c.Path[0] == "Demographics")
	}), nil
}

// namedRows finds employers, positions, schools or majors by words, which are required.
func (s *service) namedRows(call *graph.Call, kind string) ([]any, error) {
	if object.Text(call.Args, "q") == "" {
		return nil, missing("q")
	}
	var rows []any
	for _, c := range s.tables.Categories {
		if c.Kind == kind && matches(call, c.Name) {
			rows = append(rows, object.Ordered{{Name: "id", Value: c.ID}, {Name: "name", Value: c.Name}, {Name: "coverage", Value: s.tables.crowd(c)}})
		}
	}
	return rows, nil
}
