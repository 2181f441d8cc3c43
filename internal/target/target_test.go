package target

import (
	"encoding/json"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/internal/atlas"
)

// compiler has the tables.
func compiler(t testing.TB) *Compiler {
	t.Helper()
	world, err := atlas.Read()
	if err != nil {
		t.Fatal(err)
	}
	return NewCompiler(world)
}

// compiled reads targeting and a schedule as JSON has them.
func compiled(t testing.TB, targeting, schedule string) *Spec {
	t.Helper()
	var members map[string]any
	var parts []any
	if err := json.Unmarshal([]byte(targeting), &members); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(schedule), &parts); err != nil {
		t.Fatal(err)
	}
	return compiler(t).Compile(members, parts)
}

func TestAdmits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		targeting string
		viewer    Viewer
		want      Rule
	}{
		{`{}`, Viewer{Age: "18-24", Gender: "male", Country: "US", Placement: "INSTAGRAM_STORY", Device: "desktop"}, Admitted},
		{`{"geo_locations":{"countries":["us"]}}`, Viewer{}, Admitted},
		{`{"geo_locations":{"countries":["us"]}}`, Viewer{Country: "DE"}, Countries},
		{`{"geo_locations":{"country_groups":["europe"]}}`, Viewer{Country: "DE"}, Admitted},
		{`{"geo_locations":{"country_groups":["europe"]}}`, Viewer{Country: "US"}, Countries},
		{`{"geo_locations":{"country_groups":["worldwide"]}}`, Viewer{Country: "US"}, Admitted},
		{`{"geo_locations":{"regions":[{"key":"3847"}]}}`, Viewer{Country: "US"}, Admitted},
		{`{"geo_locations":{"regions":[{"key":"3847"}]}}`, Viewer{Country: "DE"}, Countries},
		{`{"geo_locations":{"regions":[{"key":"3847"}]}}`, Viewer{Region: "california"}, Admitted},
		{`{"geo_locations":{"regions":[{"key":"3847"}]}}`, Viewer{Region: "texas"}, Regions},
		{`{"geo_locations":{"regions":[{"key":"3847"}]}}`, Viewer{Region: "3886"}, Regions},
		{`{"geo_locations":{"regions":[{"key":"99"}]}}`, Viewer{Region: "texas"}, Admitted},
		{`{"geo_locations":{"regions":[{"key":"3847"}],"countries":["DE"]}}`, Viewer{Region: "texas", Country: "US"}, Regions},
		{`{"geo_locations":{"cities":[{"key":"2421836"}]}}`, Viewer{Region: "texas"}, Regions},
		{`{"geo_locations":{"cities":[{"key":"2421836"}]}}`, Viewer{Region: "california", City: "fresno"}, Cities},
		{`{"geo_locations":{"cities":[{"key":"2421836"}]}}`, Viewer{City: "los angeles"}, Admitted},
		{`{"geo_locations":{"zips":[{"key":"US:94025"}]}}`, Viewer{Zip: "94025"}, Admitted},
		{`{"geo_locations":{"zips":[{"key":"US:94025"}]}}`, Viewer{Zip: "10115"}, Zips},
		{`{"geo_locations":{"custom_locations":[{"latitude":1,"longitude":2,"radius":3,"country":"US"}]}}`, Viewer{Country: "US", City: "x"}, Admitted},
		{`{"geo_locations":{"custom_locations":[{"latitude":1,"longitude":2,"radius":3,"country":"US"}]}}`, Viewer{Country: "DE"}, Countries},
		{`{"geo_locations":{"countries":["US"]},"excluded_geo_locations":{"regions":[{"key":"3847"}]}}`, Viewer{Country: "US"}, Admitted},
		{`{"geo_locations":{"countries":["US"]},"excluded_geo_locations":{"regions":[{"key":"3847"}]}}`, Viewer{Region: "california"}, ExcludedPlaces},
		{`{"age_min":25,"age_max":34}`, Viewer{Age: "25-34"}, Admitted},
		{`{"age_min":30,"age_max":32}`, Viewer{Age: "25-34"}, Admitted},
		{`{"age_min":35}`, Viewer{Age: "25-34"}, AgeMin},
		{`{"age_max":24}`, Viewer{Age: "25-34"}, AgeMax},
		{`{"age_min":18,"age_max":65}`, Viewer{Age: "65+"}, Admitted},
		{`{"age_min":18,"age_max":64}`, Viewer{Age: "65+"}, AgeMax},
		{`{"genders":[1]}`, Viewer{Gender: "female"}, Genders},
		{`{"genders":[2]}`, Viewer{Gender: "female"}, Admitted},
		{`{"genders":[1,2]}`, Viewer{Gender: "female"}, Admitted},
		{`{"genders":[1]}`, Viewer{}, Admitted},
		{`{"genders":[1,1]}`, Viewer{Gender: "female"}, Genders},
		{`{"locales":[5]}`, Viewer{Locale: "de_at"}, Admitted},
		{`{"locales":[5]}`, Viewer{Locale: "en_us"}, Locales},
		{`{"locales":[6]}`, Viewer{Locale: "en"}, Admitted},
		{`{"locales":[6]}`, Viewer{Locale: "en_gb"}, Locales},
		{`{"locales":[23]}`, Viewer{Locale: "es_mx"}, Admitted},
		{`{"locales":[1004]}`, Viewer{Locale: "zh_hant_tw"}, Admitted},
		{`{"locales":[777]}`, Viewer{Locale: "en_gb"}, Admitted},
		{`{"interests":[{"id":"6003139266461"}]}`, Viewer{}, Admitted},
		{`{"interests":[{"id":"6003139266461","name":"Movies"}]}`, Viewer{Interests: []string{"movies"}}, Admitted},
		{`{"interests":[{"id":"6003139266461"}]}`, Viewer{Interests: []string{"chess"}}, Detailed},
		{`{"flexible_spec":[{"interests":[{"id":"6003139266461"}]},{"behaviors":[{"id":"6002714895372","name":"Travel"}]}]}`,
			Viewer{Interests: []string{"6003139266461"}}, FlexibleSpec},
		{`{"flexible_spec":[{"interests":[{"id":"6003139266461"}]},{"behaviors":[{"id":"6002714895372","name":"Travel"}]}]}`,
			Viewer{Interests: []string{"6003139266461", "travel"}}, Admitted},
		{`{"flexible_spec":[{"relationship_statuses":[1]}]}`, Viewer{Interests: []string{"relationship_statuses:1"}}, Admitted},
		{`{"exclusions":{"interests":[{"id":"6003139266461"}]}}`, Viewer{Interests: []string{"6003139266461"}}, Exclusions},
		{`{"exclusions":{"interests":[{"id":"6003139266461"}]}}`, Viewer{}, Admitted},
		{`{"custom_audiences":[{"id":"7"}]}`, Viewer{}, CustomAudiences},
		{`{"custom_audiences":[{"id":"7"},{"id":"8"}]}`, Viewer{Audiences: []string{"8"}}, Admitted},
		{`{"excluded_custom_audiences":["7"]}`, Viewer{Audiences: []string{"7"}}, ExcludedAudiences},
		{`{"excluded_custom_audiences":["7"]}`, Viewer{}, Admitted},
		{`{"publisher_platforms":["facebook"]}`, Viewer{Placement: "INSTAGRAM_STORY"}, Platforms},
		{`{"publisher_platforms":["facebook","instagram"],"instagram_positions":["stream"]}`, Viewer{Placement: "INSTAGRAM_STORY"}, Positions},
		{`{"publisher_platforms":["facebook","instagram"],"instagram_positions":["stream"]}`, Viewer{Placement: "INSTAGRAM_STANDARD"}, Admitted},
		{`{"instagram_positions":["instagram_stories"]}`, Viewer{Placement: "INSTAGRAM_STORY"}, Admitted},
		{`{"instagram_positions":["story"]}`, Viewer{Placement: "RIGHT_COLUMN_STANDARD"}, Admitted},
		{`{"device_platforms":["desktop"]}`, Viewer{Device: "mobile"}, Devices},
		{`{"user_os":["iOS"]}`, Viewer{OS: "android"}, OS},
		{`{"user_os":["iOS_ver_15.0_and_above","Android"]}`, Viewer{OS: "ios", Version: "14.8"}, OS},
		{`{"user_os":["iOS_ver_15.0_and_above"]}`, Viewer{OS: "ios", Version: "15"}, Admitted},
		{`{"user_os":["Android_ver_4.4_to_5.0"]}`, Viewer{OS: "android", Version: "5.0.2"}, Admitted},
		{`{"user_os":["Android_ver_4.4_to_5.0"]}`, Viewer{OS: "android", Version: "5.1"}, OS},
		{`{"user_device":["iPhone 8"]}`, Viewer{Model: "pixel 9"}, UserDevice},
		{`{"excluded_user_device":["iPhone 8"]}`, Viewer{Model: "iphone 8"}, ExcludedDevice},
		{`{"age_min":35,"age_max":40,"genders":[1],"interests":["1"],"custom_audiences":["1"],"targeting_automation":{"advantage_audience":1}}`,
			Viewer{Age: "55-64", Gender: "female", Interests: []string{"2"}}, Admitted},
		{`{"age_min":35,"age_max":40,"targeting_automation":{"advantage_audience":1}}`, Viewer{Age: "18-24"}, AgeMin},
	} {
		if got := compiled(t, c.targeting, `[]`).Admits(&c.viewer); got != c.want {
			t.Errorf("%s for %+v: %q, want %q", c.targeting, c.viewer, got, c.want)
		}
	}
}

// TestSurely has what is not known, of the viewer or of the targeting, be a no.
func TestSurely(t *testing.T) {
	t.Parallel()
	german := Viewer{Country: "DE", Age: "25-34", Locale: "de_de"}
	for _, c := range []struct {
		targeting string
		want      bool
	}{
		{`{}`, true},
		{`{"geo_locations":{"countries":["DE"]}}`, true},
		{`{"geo_locations":{"country_groups":["europe"]}}`, true},
		{`{"geo_locations":{"country_groups":["worldwide"]}}`, true},
		{`{"geo_locations":{"country_groups":["mercosur"]}}`, false},
		{`{"geo_locations":{"regions":[{"key":"3847"}]}}`, false},
		{`{"geo_locations":{"custom_locations":[{"latitude":1,"longitude":2,"radius":3,"country":"DE"}]}}`, false},
		{`{"excluded_geo_locations":{"countries":["US"]}}`, true},
		{`{"excluded_geo_locations":{"custom_locations":[{"latitude":1,"longitude":2,"radius":3,"country":"DE"}]}}`, false},
		{`{"age_min":25,"age_max":34}`, true},
		{`{"genders":[1]}`, false},
		{`{"locales":[5]}`, true},
		{`{"user_os":["iOS"]}`, false},
	} {
		if got := compiled(t, c.targeting, `[]`).Surely(&german); got != c.want {
			t.Errorf("%s: %v", c.targeting, got)
		}
	}
}

func TestHours(t *testing.T) {
	t.Parallel()
	const office = `[{"start_minute":540,"end_minute":1020,"days":[1,2,3,4,5],"timezone_type":"ADVERTISER"},{"start_minute":1200,"end_minute":1440,"days":[0],"timezone_type":"USER"}]`
	s := compiled(t, `{}`, office)
	for _, c := range []struct {
		viewer Viewer
		want   Rule
	}{
		{Viewer{}, Admitted},
		{Viewer{Hour: HourOf(1, 9)}, Admitted},
		{Viewer{Hour: HourOf(1, 8)}, Hours},
		{Viewer{Hour: HourOf(1, 17)}, Hours},
		{Viewer{Hour: HourOf(1, 9), LocalHour: HourOf(1, 18)}, Admitted},
		{Viewer{Hour: HourOf(1, 3), LocalHour: HourOf(0, 20)}, Admitted},
		{Viewer{Hour: HourOf(0, 23)}, Admitted},
		{Viewer{Hour: HourOf(0, 23), LocalHour: HourOf(1, 9)}, Hours},
	} {
		if got := s.Admits(&c.viewer); got != c.want {
			t.Errorf("%+v: %q, want %q", c.viewer, got, c.want)
		}
	}
	if s.Asleep(HourOf(1, 8)) {
		t.Error("asleep while it is Sunday evening somewhere")
	}
	nine := compiled(t, `{}`, `[{"start_minute":540,"end_minute":600,"days":[1]}]`)
	for hour, want := range map[Hour]bool{0: false, HourOf(1, 8): true, HourOf(1, 9): false, HourOf(1, 10): true} {
		if nine.Asleep(hour) != want {
			t.Errorf("asleep at %d: %v", hour, !want)
		}
	}
}

// drawSpec draws targeting that names few things, so that viewers often fit.
func drawSpec(t *rapid.T, c *Compiler) *Spec {
	data := map[string]any{}
	maybe := func(name string, values ...any) {
		if rapid.IntRange(0, 3).Draw(t, name) == 0 {
			data[name] = rapid.SliceOfN(rapid.SampledFrom(values), 1, 3).Draw(t, "values")
		}
	}
	lists := func(name string, of map[string][]any) {
		members := map[string]any{}
		for _, list := range []string{"countries", "regions", "cities", "zips", "custom_locations"} {
			if len(of[list]) > 0 && rapid.IntRange(0, 2).Draw(t, list) == 0 {
				members[list] = rapid.SliceOfN(rapid.SampledFrom(of[list]), 1, 2).Draw(t, "places")
			}
		}
		if rapid.Bool().Draw(t, name) {
			data[name] = members
		}
	}
	spots := map[string][]any{
		"countries":        {"US", "DE"},
		"regions":          {map[string]any{"key": "3847"}, map[string]any{"key": "9"}, map[string]any{"name": "Texas", "country": "US"}, map[string]any{}},
		"cities":           {map[string]any{"key": "2421836"}, map[string]any{"key": "8"}, map[string]any{"name": "Austin"}, map[string]any{"name": "X", "region": "Texas", "country": "DE"}},
		"zips":             {map[string]any{"key": "US:94025"}, map[string]any{"key": "DE:10115"}},
		"custom_locations": {map[string]any{"country": "US"}, map[string]any{}},
	}
	lists("geo_locations", spots)
	lists("excluded_geo_locations", spots)
	if rapid.Bool().Draw(t, "ages") {
		data["age_min"], data["age_max"] = rapid.Int64Range(13, 40).Draw(t, "from"), rapid.Int64Range(41, 65).Draw(t, "to")
	}
	traits := []any{"6003139266461", map[string]any{"id": "1234567", "name": "Chess"}, map[string]any{"name": "Go"}}
	maybe("genders", int64(1), int64(2))
	maybe("locales", int64(6), int64(5), int64(1002))
	maybe("interests", traits...)
	maybe("flexible_spec", map[string]any{"interests": traits[:1]}, map[string]any{"behaviors": traits[1:]})
	if rapid.IntRange(0, 3).Draw(t, "exclusions") == 0 {
		data["exclusions"] = map[string]any{"interests": traits[1:2]}
	}
	maybe("custom_audiences", "1", "2")
	maybe("excluded_custom_audiences", "2", "3")
	maybe("publisher_platforms", "facebook", "instagram")
	maybe("instagram_positions", "story", "stream")
	maybe("device_platforms", "mobile", "desktop")
	maybe("user_os", "iOS", "Android_ver_4.4_and_above")
	maybe("excluded_user_device", "pixel 9")
	var parts []any
	if rapid.IntRange(0, 3).Draw(t, "schedule") == 0 {
		parts = []any{map[string]any{"start_minute": int64(60), "end_minute": int64(180), "days": []any{int64(0), int64(6)},
			"timezone_type": rapid.SampledFrom([]string{"USER", "ADVERTISER"}).Draw(t, "clock")}}
	}
	return c.Compile(data, parts)
}

// drawViewer draws somebody of whom little or much is known.
func drawViewer(t *rapid.T) *Viewer {
	one := func(name string, values ...string) string { return rapid.SampledFrom(append(values, "")).Draw(t, name) }
	some := func(name string, values ...string) []string {
		return rapid.SliceOfN(rapid.SampledFrom(values), 0, 3).Draw(t, name)
	}
	hour := func(name string) Hour { return Hour(rapid.SampledFrom([]int{0, 1, 2, 3, 4, 146, 168}).Draw(t, name)) }
	return &Viewer{
		Country: one("country", "US", "DE", "FR"), Region: one("region", "california", "texas", "3847", "9"), City: one("city", "los angeles", "austin", "x", "8"),
		Zip: one("zip", "94025", "10115"), Age: one("age", "13-17", "25-34", "65+"), Gender: one("gender", "male", "female"), Locale: one("locale", "en", "en_us", "de_at", "es_es"),
		Interests: some("interests", "6003139266461", "movies", "chess", "go", "1234567"), Audiences: some("audiences", "1", "2", "3"),
		Device: one("device", "mobile", "desktop"), OS: one("os", "ios", "android"), Version: one("version", "4.3", "5"), Model: one("model", "pixel 9", "iphone"),
		Placement: one("placement", "INSTAGRAM_STORY", "INSTAGRAM_STANDARD", "MOBILE_FEED_STANDARD", "MOBILE_NATIVE"), Hour: hour("hour"), LocalHour: hour("local"),
	}
}

func TestIndexAgreesWithAdmits(t *testing.T) {
	t.Parallel()
	c := compiler(t)
	rapid.Check(t, func(t *rapid.T) {
		var specs []*Spec
		for range rapid.IntRange(0, 4).Draw(t, "specs") {
			s := drawSpec(t, c)
			for range rapid.IntRange(1, 40).Draw(t, "ads") {
				specs = append(specs, s)
			}
		}
		x, b := NewIndex(specs), &Buffer{}
		for range 4 {
			v := drawViewer(t)
			var want, got []int
			for i, s := range specs {
				if s.Admits(v) == Admitted {
					want = append(want, i)
				}
			}
			Each(x.Narrow(v, b), func(at int) { got = append(got, at) })
			if !slices.Equal(got, want) {
				t.Fatalf("%+v: the index has %v, one by one it is %v", v, got, want)
			}
		}
	})
}
