package ads

import (
	"context"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// specialOf is the first special category of a campaign; "" for none.
func specialOf(campaign map[string]any) string {
	for _, category := range object.IDs(campaign["special_ad_categories"]) {
		if category != "NONE" {
			return category
		}
	}
	return ""
}

// specialCategories are those of the campaigns above ad sets and ads.
func specialCategories(ctx context.Context, _ *graph.Call, tx store.Tx, objs []*store.Object, _ *graph.Selection) ([]any, error) {
	campaigns, err := above(ctx, tx, objs, "campaign_id")
	values := make([]any, len(objs))
	for i, o := range objs {
		if c := campaigns[object.Text(o.Data, "campaign_id")]; c != nil {
			values[i] = c.Data["special_ad_categories"]
		}
	}
	return values, err
}

// restricts reports whether a special category forbids to choose people by who they are.
func restricts(category string) bool {
	return slices.Contains([]string{"CREDIT", "EMPLOYMENT", "FINANCIAL_PRODUCTS_SERVICES", "HOUSING"}, category)
}

// sheltered checks targeting in such a category: every age from 18 on, every gender, no ZIP codes and nobody left out.
func sheltered(w *graph.Write, targeting map[string]any, category string) {
	broken := func(message string, path ...string) *object.Fault {
		f := object.Broken("category.targeting", 1815694, "in the special ad category "+category+" "+message, append([]string{"targeting"}, path...)...)
		f.Title = "Targeting not possible in a special ad category"
		return f
	}
	if object.Whole(targeting, "age_min") != adult {
		w.Fault(set(broken("age_min must be 18", "age_min"), int64(adult)))
	}
	if object.Whole(targeting, "age_max") != oldest {
		w.Fault(set(broken("age_max must be 65", "age_max"), int64(oldest)))
	}
	if len(object.Listed(targeting, "genders")) == 1 {
		w.Fault(drop(broken("all genders must be included", "genders")))
	}
	for _, place := range []string{"geo_locations", "excluded_geo_locations"} {
		if len(object.Listed(object.Members(targeting, place), "zips")) > 0 {
			w.Fault(broken("ZIP codes can't be targeted; choose larger places", place, "zips"))
		}
	}
	for _, name := range []string{"exclusions", "excluded_geo_locations"} {
		if len(object.Members(targeting, name)) > 0 {
			w.Fault(drop(broken("nobody can be excluded", name)))
		}
	}
}

// sanctioned are the countries in which nothing can be advertised.
const sanctioned = "CU IR KP SY"

// restricted refuses places in which nothing can be advertised.
func restricted(w *graph.Write, targeting map[string]any) {
	for i, country := range object.Listed(object.Members(targeting, "geo_locations"), "countries") {
		code, _ := country.(string)
		if slices.Contains(strings.Fields(sanctioned), strings.ToUpper(code)) {
			f := object.Broken("targeting.restricted", 0, "ads can't be shown in "+code, "targeting", "geo_locations", "countries", digits(i))
			w.Fault(coded(drop(f), 2641))
		}
	}
}

// retired refuses kinds of people that the platform no longer offers to choose by, wherever they stand in targeting.
func retired(w *graph.Write, targeting map[string]any) {
	check := func(members map[string]any, path ...string) {
		for _, name := range []string{"ethnic_affinity", "home_ownership", "home_type", "home_value", "household_composition", "net_worth", "office_type"} {
			if members[name] != nil {
				w.Fault(drop(object.Broken("targeting.retired", 1487694, name+" is no longer offered in targeting", append(path, name)...)))
			}
		}
	}
	check(targeting, "targeting")
	check(object.Members(targeting, "exclusions"), "targeting", "exclusions")
	for i, part := range object.Listed(targeting, "flexible_spec") {
		members, _ := part.(map[string]any)
		check(members, "targeting", "flexible_spec", digits(i))
	}
}
