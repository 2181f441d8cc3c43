package account

import (
	"context"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/atlas"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// interests is the kind of category that clients search most.
const interests = "interests"

// crowd is about how many people of the world a category means.
func (t *tables) crowd(c atlas.Category) int64 {
	var n int64
	for _, one := range t.Countries {
		n += one.People
	}
	return int64(float64(n) * onlineShare * c.Share)
}

// categoryRow writes a category.
func (t *tables) categoryRow(c atlas.Category) object.Ordered {
	lower, upper := bounds(t.crowd(c))
	return object.Ordered{
		{Name: "id", Value: c.ID}, {Name: "name", Value: c.Name}, {Name: "type", Value: c.Kind}, {Name: "path", Value: c.Within()},
		{Name: "audience_size_lower_bound", Value: lower}, {Name: "audience_size_upper_bound", Value: upper},
		{Name: "description", Value: c.About}, {Name: "topic", Value: c.Path[min(1, len(c.Path)-1)]},
		{Name: "raw_name", Value: c.Name}, {Name: "parent", Value: c.Path[len(c.Path)-1]},
	}
}

// rowsWhere are the rows of categories that pass.
func (s *service) rowsWhere(pass func(atlas.Category) bool) []any {
	var rows []any
	for _, c := range s.tables.Categories {
		if pass(c) {
			rows = append(rows, s.tables.categoryRow(c))
		}
	}
	return rows
}

// beside tells the categories that stand under the same heading as given ones, which are left out.
func (t *tables) beside(given func(atlas.Category) bool) func(atlas.Category) bool {
	heading := func(c atlas.Category) string { return c.Kind + strings.Join(c.Path, ">") }
	near := map[string]bool{}
	for _, c := range t.Categories {
		if given(c) {
			near[heading(c)] = true
		}
	}
	return func(c atlas.Category) bool { return near[heading(c)] && !given(c) }
}

// checked says of names and ids whether they are categories, of one kind or, for "", of any.
func (s *service) checked(names, ids []string, kind string) []any {
	var rows []any
	add := func(member, value string, is func(atlas.Category) bool) {
		at := slices.IndexFunc(s.tables.Categories, func(c atlas.Category) bool { return (kind == "" || c.Kind == kind) && is(c) })
		if at < 0 {
			rows = append(rows, object.Ordered{{Name: member, Value: value}, {Name: "valid", Value: false}})
			return
		}
		rows = append(rows, append(s.tables.categoryRow(s.tables.Categories[at]), object.Member{Name: "valid", Value: true}))
	}
	for _, name := range names {
		add("name", name, func(c atlas.Category) bool { return strings.EqualFold(c.Name, name) })
	}
	for _, id := range ids {
		add("id", id, func(c atlas.Category) bool { return c.ID == id })
	}
	return rows
}

// narrowed keeps the kinds that limit_type and whitelisted_types allow.
func narrowed(call *graph.Call) func(atlas.Category) bool {
	only, kinds := object.Text(call.Args, "limit_type"), object.IDs(call.Args["whitelisted_types"])
	return func(c atlas.Category) bool {
		return (only == "" || only == c.Kind) && (len(kinds) == 0 || slices.Contains(kinds, c.Kind))
	}
}

// listed tells the categories that targeting_list names.
func listed(call *graph.Call) func(atlas.Category) bool {
	given := object.Listed(call.Args, "targeting_list")
	return func(c atlas.Category) bool {
		return slices.ContainsFunc(given, func(elem any) bool {
			one, _ := elem.(map[string]any)
			return idOf(elem) == c.ID && (one["type"] == nil || one["type"] == c.Kind)
		})
	}
}

// targetingSearch finds categories by words.
func (s *service) targetingSearch(_ context.Context, call *graph.Call, _ store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	if object.Text(call.Args, "q") == "" {
		return nil, missing("q")
	}
	pass := narrowed(call)
	return pageOf(call, s.rowsWhere(func(c atlas.Category) bool { return pass(c) && matches(call, c.Name) }))
}

// targetingBrowse lists all categories.
func (s *service) targetingBrowse(_ context.Context, call *graph.Call, _ store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	return pageOf(call, s.rowsWhere(narrowed(call)))
}

// targetingSuggestions lists what stands beside the given categories, or everything where none are given.
func (s *service) targetingSuggestions(_ context.Context, call *graph.Call, _ store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	pass, near := narrowed(call), s.tables.beside(listed(call))
	if len(object.Listed(call.Args, "targeting_list")) == 0 {
		near = func(atlas.Category) bool { return true }
	}
	return pageOf(call, s.rowsWhere(func(c atlas.Category) bool { return pass(c) && near(c) }))
}

// targetingValidation says what can be targeted.
func (s *service) targetingValidation(_ context.Context, call *graph.Call, _ store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	ids := object.IDs(call.Args["id_list"])
	for _, elem := range object.Listed(call.Args, "targeting_list") {
		ids = append(ids, idOf(elem))
	}
	names := object.IDs(call.Args["name_list"])
	if len(ids)+len(names) == 0 {
		return nil, missing("id_list")
	}
	rows := s.checked(names, ids, "")
	return &graph.Rows{Data: rows, Total: len(rows)}, nil
}
