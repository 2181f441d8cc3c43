package account_test

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestSearch(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for query, first := range map[string]string{
		"type=adcountry&q=us&limit=1":                                  "United States",
		"type=adcountry&q=united s":                                    "United States",
		"type=adcountrygroup&q=econ":                                   "European Economic Area",
		"type=adlocale&q=english (us":                                  "English (US)",
		"type=adgeolocation&q=san f":                                   "San Francisco",
		`type=adgeolocation&q=new york&location_types=["city"]`:        "New York",
		`type=adgeolocation&location_types=["region"]&country_code=JP`: "Tokyo",
		"type=adzipcode&q=902":                                         "90210",
		"type=adinterest&q=movies&fields=name":                         "Movies",
		`type=adinterestsuggestion&interest_list=["Yoga"]`:             "Bodybuilding",
		`type=adinterestvalid&interest_list=["movies"]`:                "Movies",
		"type=adTargetingCategory&class=life_events&q=job":             "New job",
		"type=adTargetingCategory&class=demographics&q=master":         "Master's degree",
		"type=adworkposition&q=nurse":                                  "Nurse",
		"type=adeducationschool&q=open":                                "Open University",
	} {
		got := column(s.get("search?"+escaped(query)), "name")
		if len(got) == 0 || got[0] != first {
			t.Errorf("%s: %v, want %s first", query, got, first)
		}
	}
	row := rows(s.get("search?type=adinterest&q=soccer"))[0]
	if row["id"] != "6003107902433" || row["topic"] != "Sports and outdoors" || row["audience_size_lower_bound"].(float64) < 1e6 {
		t.Errorf("an interest: %v", row)
	}
	meta := s.get(`search?type=adgeolocationmeta&countries=["JP"]&cities=[814358,1]`)["data"].(fields)
	if meta["countries"].(fields)["JP"].(fields)["name"] != "Japan" || len(meta["cities"].(fields)) != 1 {
		t.Errorf("meta: %v", meta)
	}
	for query, code := range map[string]float64{"": 100, "type=adshoe": 100, "type=adradiussuggestion": 3, "type=adinterest": 100, "type=adcountry&limit=0": 100,
		"type=adcountry&after=?": 100, "type=adTargetingCategory&class=shoes": 100, "type=adcountry&fields=shoes": 100} {
		if e, _ := s.Do("GET", "search?"+query, nil)["error"].(fields); e["code"] != code {
			t.Errorf("%q: %v, want code %v", query, e, code)
		}
	}
}

// escaped makes a query of text with spaces and quotes.
func escaped(query string) string {
	values, err := url.ParseQuery(query)
	if err != nil {
		panic(err) // of a test's own text
	}
	return values.Encode()
}

func TestSearchIsPaged(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var names []any
	after := ""
	for {
		page := s.get("search?type=adcountry&limit=100&after=" + after)
		names = append(names, column(page, "name")...)
		paging := page["paging"].(fields)
		if paging["next"] == nil {
			break
		}
		after = paging["cursors"].(fields)["after"].(string)
	}
	if len(names) != 250 {
		t.Errorf("%d countries", len(names))
	}
}

func TestTargetingLists(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for query, first := range map[string]string{
		"targetingsearch?q=movies&limit=25":                                               "Movies",
		"targetingsearch?q=engaged&limit_type=behaviors":                                  "Engaged Shoppers",
		"targetingbrowse?limit_type=industries":                                           "Administrative Services",
		`targetingbrowse?whitelisted_types=["income"]&limit=1`:                            "Household income: top 5% of ZIP codes (US)",
		`targetingsuggestions?targeting_list=[{"type":"interests","id":"6003397425735"}]`: "American football",
		`targetingvalidation?id_list=["6003397425735"]`:                                   "Tennis",
		`targetingvalidation?name_list=["tennis"]`:                                        "Tennis",
	} {
		got := column(s.get(s.Account(query)), "name")
		if len(got) == 0 || got[0] != first {
			t.Errorf("%s: %v, want %s first", query, got, first)
		}
	}
	if row := rows(s.get(s.Account("targetingvalidation?id_list=[2222]")))[0]; row["valid"] != false {
		t.Errorf("an unknown id: %v", row)
	}
	for _, path := range []string{"targetingsearch", "targetingvalidation", "targetingsearch?q=a&fields=shoes"} {
		s.refused("GET", s.Account(path), nil, "")
	}
}

func TestEstimates(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	const everybody = `targeting_spec={"geo_locations":{"countries":["US"]}}`
	got := s.get(s.Account("reachestimate?" + everybody))["data"].(fields)
	if diff := cmp.Diff(fields{"users_lower_bound": 1.8e8, "users_upper_bound": 2.2e8, "estimate_ready": true}, got); diff != "" {
		t.Error(diff)
	}
	set := s.adset(s.campaign("c"), fields{"geo_locations": fields{"countries": []string{"US"}}})
	for _, path := range []string{s.Account("delivery_estimate?optimization_goal=REACH&" + everybody), set + "/delivery_estimate"} {
		row := rows(s.get(path))[0]
		points := row["daily_outcomes_curve"].([]any)
		last := points[len(points)-1].(fields)
		if row["estimate_ready"] != true || row["estimate_mau_lower_bound"] != 1.8e8 || last["impressions"].(float64) <= last["reach"].(float64) {
			t.Errorf("%s: %v", path, row)
		}
	}
	lines := rows(s.get(set + "/targetingsentencelines"))[0]["targetingsentencelines"].([]any)
	want := []any{fields{"content": "Location:", "children": []any{"United States"}}, fields{"content": "Age:", "children": []any{"18 - 65+"}}}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Error(diff)
	}
	s.refused("GET", s.Account("delivery_estimate?"+everybody), nil, "optimization_goal")
	s.refused("GET", s.Account("delivery_estimate?optimization_goal=REACH"), nil, "targeting_spec")
	s.refused("GET", s.Account(`reachestimate?targeting_spec={"age_min":20}`), nil, "targeting_spec.geo_locations")
	s.refused("GET", s.Account(`reachestimate?targeting_spec={"geo_locations":{"countries":["US"]},"genders":[3]}`), nil, "targeting_spec.genders.0")
}

// Whatever narrows a targeting makes it no larger, and more places make it no smaller.
func TestEstimatesAreMonotone(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	people := func(targeting fields) float64 {
		answer := s.Do("POST", s.Account("reachestimate"), fields{"method": "get", "targeting_spec": targeting})
		data, ok := answer["data"].(fields)
		if !ok {
			t.Fatalf("%v: %v", targeting, answer)
		}
		return data["users_lower_bound"].(float64)
	}
	rapid.Check(t, func(r *rapid.T) {
		code := rapid.SampledFrom([]string{"US", "JP", "BR", "KE"})
		least := rapid.IntRange(18, 40).Draw(r, "age_min")
		wide := fields{"geo_locations": fields{"countries": []string{code.Draw(r, "country")}}, "age_min": least, "age_max": 65}
		narrow := fields{"geo_locations": wide["geo_locations"], "age_min": least + rapid.IntRange(0, 20).Draw(r, "older"), "age_max": 65}
		if rapid.Bool().Draw(r, "one gender") {
			narrow["genders"] = []int{1}
		}
		if rapid.Bool().Draw(r, "interested") {
			narrow["flexible_spec"] = []fields{{"interests": []fields{{"id": rapid.SampledFrom([]string{"6003139266461", "1"}).Draw(r, "interest")}}}}
		}
		more := fields{"geo_locations": fields{"countries": []string{"IN", wide["geo_locations"].(fields)["countries"].([]string)[0]}}, "age_min": least, "age_max": 65}
		if a, b, c := people(narrow), people(wide), people(more); a > b || b > c {
			r.Fatalf("%v of %v, %v of %v, %v of %v", a, narrow, b, wide, c, more)
		}
	})
}
