package ads

import (
	"fmt"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Ages that targeting can name, in years.
const (
	youngest = 13
	adult    = 18 // where nothing is said
	oldest   = 65 // stands for everybody above, too
)

// adsetTargeting checks whom an ad set is for, and fills in what the platform reads back.
func adsetTargeting(w *graph.Write, campaign map[string]any) {
	if _, sent := w.Sent["targeting"]; !sent {
		return
	}
	targeting := object.Members(w.Data, "targeting")
	if targeting == nil {
		return // its absence is a fault already
	}
	if !located(object.Members(targeting, "geo_locations")) {
		f := object.Broken("targeting.location", 1885364, "targeting needs a location, such as geo_locations {\"countries\":[\"US\"]}", "targeting", "geo_locations")
		f.Title, f.Detail = "Choose a location", "Add at least one country, region, city, ZIP code or other place to targeting.geo_locations."
		w.Fault(f)
	}
	countries(w, targeting)
	ages(w, targeting)
	genders(w, targeting)
	retired(w, targeting)
	placements(w, targeting)
	restricted(w, targeting)
	special := specialOf(campaign)
	advantage(w, targeting, special)
	if restricts(special) {
		sheltered(w, targeting, special)
	}
	disclosed(w, targeting)
}

// countries checks that countries are listed by their codes of two letters: nobody is in any other.
func countries(w *graph.Write, targeting map[string]any) {
	for _, where := range []string{"geo_locations", "excluded_geo_locations"} {
		for i, country := range object.Listed(object.Members(targeting, where), "countries") {
			code, _ := country.(string)
			if len(code) != 2 || strings.Trim(strings.ToUpper(code), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
				w.Fault(object.Broken("targeting.country", 0, fmt.Sprintf("%v is no code of a country: they have two letters, such as US", country), "targeting", where, "countries", digits(i)))
			}
		}
	}
}

// genders checks the numbers of the genders.
func genders(w *graph.Write, targeting map[string]any) {
	for i, gender := range object.Listed(targeting, "genders") {
		if gender != int64(1) && gender != int64(2) {
			w.Fault(drop(object.Broken("targeting.gender", 0, "genders holds 1 for men and 2 for women", "targeting", "genders", digits(i))))
		}
	}
}

// located reports whether at least one place is named. location_types alone says only how people relate to places.
func located(places map[string]any) bool {
	for name, v := range places {
		if list, _ := v.([]any); name != "location_types" && len(list) > 0 {
			return true
		}
	}
	return false
}

// ages checks the range of ages and states it where it was left open.
func ages(w *graph.Write, targeting map[string]any) {
	least, most := object.Whole(targeting, "age_min"), object.Whole(targeting, "age_max")
	if least == 0 {
		least = adult
	}
	if most == 0 {
		most = oldest
	}
	switch {
	case least < youngest || least > oldest:
		w.Fault(set(object.Broken("targeting.age", 0, "age_min must be 13 to 65", "targeting", "age_min"), int64(adult)))
	case most > oldest || most < least:
		w.Fault(set(object.Broken("targeting.age", 0, "age_max must be age_min to 65", "targeting", "age_max"), int64(oldest)))
	}
	targeting["age_min"], targeting["age_max"] = least, most
}

// advantage checks that the caller chose whether the audience may be widened, which it must since v23, and since v26 for every campaign in
// a special category. Where there is nothing to widen, because everybody of age in a place is meant, and before v23, not saying is a no:
// scripts of all versions leave it out there.
func advantage(w *graph.Write, targeting map[string]any, special string) {
	path := []string{"targeting", "targeting_automation", "advantage_audience"}
	automation := object.Members(targeting, "targeting_automation")
	choice, stated := automation["advantage_audience"]
	asked := w.Version >= 230 && narrowed(targeting) || w.Version >= 260 && special != ""
	switch {
	case !stated && asked && w.Creating():
		f := set(object.Broken("targeting.advantage_audience", 1870227,
			"targeting.targeting_automation.advantage_audience must be stated since v23.0 where an audience is narrowed, and since v26.0 in special ad categories: "+
				"1 lets the audience be widened, 0 keeps it as it is", path...), int64(0))
		f.Title = "Advantage audience flag required"
		f.Detail = `Add "targeting_automation":{"advantage_audience":0} to targeting, or 1 to let the audience be widened.`
		w.Fault(f)
	case !stated:
		if automation == nil {
			automation = map[string]any{}
			targeting["targeting_automation"] = automation
		}
		automation["advantage_audience"] = int64(0)
	case choice == true:
		automation["advantage_audience"] = int64(1)
	case choice == false:
		automation["advantage_audience"] = int64(0)
	case choice != int64(0) && choice != int64(1):
		w.Fault(set(object.Broken("targeting.advantage_audience", 0, "advantage_audience must be 0 or 1", path...), int64(0)))
	}
}

// narrowed reports whether targeting asks for less than everybody of age in some places. The range of ages is complete by now.
func narrowed(targeting map[string]any) bool {
	if object.Whole(targeting, "age_min") > adult || object.Whole(targeting, "age_max") < oldest || len(object.Listed(targeting, "genders")) == 1 {
		return true
	}
	for _, name := range []string{"flexible_spec", "interests", "behaviors", "custom_audiences", "exclusions", "excluded_custom_audiences"} {
		if targeting[name] != nil {
			return true
		}
	}
	return false
}

// union are the countries in which the Digital Services Act asks who is behind an ad.
const union = "AT BE BG HR CY CZ DE DK EE ES FI FR GR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"

// disclosed checks the two names that ads shown in the European Union carry; the account's defaults fill them in.
func disclosed(w *graph.Write, targeting map[string]any) {
	inUnion := func(country any) bool {
		code, _ := country.(string)
		return slices.Contains(strings.Fields(union), strings.ToUpper(code))
	}
	places := object.Members(targeting, "geo_locations")
	if !slices.ContainsFunc(object.Listed(places, "countries"), inUnion) {
		return
	}
	for _, need := range []struct {
		name, fallback string
		subcode        int
	}{{"dsa_beneficiary", "default_dsa_beneficiary", 3858079}, {"dsa_payor", "default_dsa_payor", 3858081}} {
		if object.Text(w.Data, need.name) == "" && w.Account != nil {
			if name := object.Text(w.Account.Data, need.fallback); name != "" {
				w.Data[need.name] = name
			}
		}
		if object.Text(w.Data, need.name) == "" {
			w.Fault(object.Broken("adset.dsa", need.subcode, need.name+" is required: the ads are shown in the European Union", need.name))
		}
	}
}

// CheckTargeting applies the rules of an ad set's targeting to one that is not an ad set's and was sent under some name, and fills it in as
// they do. What an ad set has to say besides, such as who pays, is not asked for.
func CheckTargeting(call *graph.Call, targeting map[string]any, name string) object.Faults {
	old := &store.Object{Data: map[string]any{"targeting": targeting}}
	w := &graph.Write{Call: call, Old: old, Data: map[string]any{"targeting": targeting}, Sent: map[string]any{"targeting": targeting}}
	adsetTargeting(w, nil)
	var faults object.Faults
	for _, f := range w.Faults {
		if f.Path[0] != "targeting" {
			continue
		}
		moved := *f
		moved.Path, moved.Fixes = append([]string{name}, f.Path[1:]...), nil
		for _, fix := range f.Fixes {
			fix.Path = append([]string{name}, fix.Path[1:]...)
			moved.Fixes = append(moved.Fixes, fix)
		}
		faults = append(faults, &moved)
	}
	return faults
}
