package target

import (
	"encoding/json"
	"testing"
)

// FuzzCompile reads whatever JSON as targeting and as a schedule: it never fails, and the index says of it what it says itself.
func FuzzCompile(f *testing.F) {
	for _, seed := range []string{
		`{"geo_locations":{"countries":["US"],"regions":[{"key":"3847"}],"cities":[{"key":1}],"zips":[{"key":"US:1"},null]},"genders":[1],"locales":["6"]}`,
		`{"age_min":"x","age_max":-3,"flexible_spec":[{"interests":[1,"2",{"id":3}]},7],"exclusions":{"behaviors":{}},"custom_audiences":[{"id":1},2]}`,
		`{"adset_schedule":[{"start_minute":-60,"end_minute":99999,"days":[0,9,-1,"3"]},{}],"user_os":["iOS_ver__to_","_ver_"]}`,
	} {
		f.Add(seed)
	}
	c, b := compiler(f), &Buffer{}
	f.Fuzz(func(t *testing.T, text string) {
		var data map[string]any
		if json.Unmarshal([]byte(text), &data) != nil {
			return
		}
		parts, _ := data["adset_schedule"].([]any)
		s := c.Compile(data, parts)
		for _, v := range []*Viewer{{}, theViewer()} {
			one := s.Admits(v) == Admitted
			if bits := NewIndex([]*Spec{s}).Narrow(v, b); (bits[0] == 1) != one {
				t.Fatalf("%s for %+v: the index says %b, itself %v", text, v, bits, one)
			}
		}
	})
}
