package insights

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/marquetry/marquetry/internal/object"
	"pgregory.net/rapid"
)

// TestParse checks that every form in which clients send a parameter means the same.
func TestParse(t *testing.T) {
	t.Parallel()
	june := Range{date(2026, 6, 1), date(2026, 6, 30)}
	want := Request{Now: 5, Level: AdLevel, Fields: []string{"impressions", "spend"}, Range: &june, Increment: 7, Breakdowns: []string{"age", "gender"},
		Windows: []string{"1d_click"}, Limit: 3, Sort: []Order{{"actions", "link_click", true}},
		Filters: []Filter{{Object: "", Field: "impressions", Operator: "GREATER_THAN", Values: []string{"0"}}}}
	for name, params := range map[string]map[string]any{
		"strings": {"level": "ad", "fields": "impressions,spend", "time_range": `{"since":"2026-06-01","until":"2026-06-30"}`, "time_increment": "7",
			"breakdowns": "age,gender", "action_attribution_windows": "1d_click", "limit": "3", "sort": "actions:link_click_descending",
			"filtering": `[{"field":"ad.impressions","operator":"GREATER_THAN","value":0}]`},
		"JSON in strings": {"level": `"ad"`, "fields": `["impressions","spend"]`, "time_range": `"{\"since\":\"2026-06-01\",\"until\":\"2026-06-30\"}"`,
			"time_increment": `"7"`, "breakdowns": `["age","gender"]`, "action_attribution_windows": `["1d_click"]`, "limit": 3.0,
			"sort": `["actions:link_click_descending"]`, "filtering": `["{\"field\":\"impressions\",\"operator\":\"GREATER_THAN\",\"value\":\"0\"}"]`},
		"JSON": {"level": "AD", "fields": []any{"impressions", "spend"}, "time_range": map[string]any{"since": "2026-06-01", "until": "2026-06-30"},
			"time_increment": json.Number("7"), "breakdowns": []any{"age", "gender"}, "action_attribution_windows": []any{"1d_click"}, "limit": int64(3),
			"sort": []any{"actions:link_click_descending"}, "filtering": []any{map[string]any{"field": "impressions", "operator": "GREATER_THAN", "value": json.Number("0")}}},
	} {
		got, faults := Parse(params, object.Newest, 5)
		if faults != nil {
			t.Errorf("%s: %v", name, faults)
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestMisspelt checks that the word that was probably meant is put where the other stands, and that nobody is told of thousands.
func TestMisspelt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ param, value, want string }{
		{"level", "adsets", "[level]: adset"}, {"breakdowns", "age,gendre", "[breakdowns 1]: gender"}, {"fields", "spend,impression", "[fields 1]: impressions"},
		{"date_preset", "last-7d", "[date_preset]: last_7d"},
	} {
		_, faults := Parse(map[string]any{c.param: c.value}, object.Newest, 1_780_000_000)
		if len(faults) != 1 || len(faults[0].Fixes) != 1 || fmt.Sprintf("%v: %v", faults[0].Fixes[0].Path, faults[0].Fixes[0].Value) != c.want {
			t.Errorf("%s %s: %v", c.param, c.value, faults)
		}
	}
	if _, faults := Parse(map[string]any{"fields": strings.Repeat("colour,", 99) + "x"}, object.Newest, 1_780_000_000); len(faults) != mostFaults {
		t.Errorf("%d faults", len(faults))
	}
}

// TestParseFaults checks that each mistake is named.
func TestParseFaults(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ param, value, message string }{
		{"level", "adgroup", "must be one of"},
		{"fields", "impressions,colour", "colour is not valid for fields param"},
		{"fields", "age", "age is not valid for fields param"},
		{"fields", "creative_diversity_score", ""}, // known since v26
		{"fields", "video_play_actions", ""},       // known, not emulated
		{"date_preset", "last_5d", "must be one of"},
		{"time_range", `{"since":"2026-06-01"}`, "[until]"},
		{"time_range", `{"since":"2026-06-31","until":"2026-07-01"}`, "not a date"},
		{"time_range", `{"since":"2026-07-01","until":"2026-06-01"}`, "is after"},
		{"time_range", `{"since":`, "not valid JSON"},
		{"time_range", `7`, "must be a list of objects"},
		{"time_ranges", "[" + strings.Repeat(`{"since":"2026-06-01","until":"2026-06-01"},`, 100) + `{"since":"2026-06-01","until":"2026-06-01"}]`, "at most 100"},
		{"time_increment", "0", "between 1 and 90"},
		{"time_increment", "91", "between 1 and 90"},
		{"time_increment", "weekly", "between 1 and 90"},
		{"breakdowns", "agee", "must be one of"},
		{"breakdowns", "age,country", "Current combination of data breakdown columns (action_type, age, country) is invalid"},
		{"breakdowns", "platform_position", "is invalid"},
		{"breakdowns", "image_asset,title_asset", "is invalid"},
		{"breakdowns", "image_asset,country", "is invalid"},
		{"breakdowns", "age,age", "is invalid"},
		{"breakdowns", "combination,age", "is invalid"},
		{"breakdowns", "gender,image_asset,age", ""},
		{"breakdowns", "frequency_value,title_asset", ""},
		{"breakdowns", "frequency_value,age", "is invalid"},
		{"breakdowns", "dma", "not emulated"},
		{"action_breakdowns", "action_colour", "must be one of"},
		{"action_attribution_windows", "28d_click", ""},
		{"action_attribution_windows", "3d_click", "must be one of"},
		{"filtering", `[{"field":"ad.name","operator":"LIKE","value":"x"}]`, "operator must be one of"},
		{"filtering", `[{"field":"ad.colour","operator":"EQUAL","value":"x"}]`, "not emulated"},
		{"filtering", `[{"field":"spend","operator":"IN_RANGE","value":[1]}]`, "not emulated"},
		{"sort", "impressions", "_ascending or"},
		{"sort", "colour_ascending", "_ascending or"},
		{"limit", "0", "positive integer"},
		{"limit", "many", "positive integer"},
		{"after", "!", "Invalid cursors values"},
		{"summary", "true", ""},
		{"summary", "colour", "colour is not valid for summary param"},
	} {
		_, faults := Parse(map[string]any{c.param: c.value}, object.Newest, 0)
		if (c.message == "") != (faults == nil) || !strings.Contains(faults.Error(), c.message) {
			t.Errorf("%s=%s: %v, want %q", c.param, c.value, faults, c.message)
		}
	}
	_, faults := Parse(map[string]any{"level": "x", "limit": "x", "time_ranges": `[{"since":"2026-06-01","until":"2026-06-01"}]`, "time_increment": 1}, object.Newest, 0)
	if len(faults) != 3 {
		t.Errorf("three mistakes, reported: %v", faults)
	}
}

// TestParseVersion checks that names of a version are unknown before it.
func TestParseVersion(t *testing.T) {
	t.Parallel()
	if _, faults := Parse(map[string]any{"fields": "creative_diversity_score"}, 250, 0); faults == nil {
		t.Error("v25.0 knows a field of v26.0")
	}
}

// TestCursor checks that a position survives its cursor, in the platform's look.
func TestCursor(t *testing.T) {
	t.Parallel()
	if got := cursor(0); got != "MAZDZD" {
		t.Errorf("cursor(0) = %s", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, maxGroups).Draw(t, "position")
		if got, err := position(cursor(n)); err != nil || got != n {
			t.Fatalf("position(%s) = %d, %v", cursor(n), got, err)
		}
	})
}

// TestMoney checks rounding and the currencies without decimals.
func TestMoney(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		micros   int64
		currency string
		want     string
	}{{0, "USD", "0"}, {5000, "USD", "0.01"}, {4999, "USD", "0.00"}, {52_600_000, "USD", "52.60"}, {1_500_000, "JPY", "2"}, {123_456_789_012_345, "EUR", "123456789.01"}} {
		if got := Money(c.micros, c.currency); got != c.want {
			t.Errorf("money(%d, %s) = %s, want %s", c.micros, c.currency, got, c.want)
		}
	}
}

// FuzzParse checks that no parameter makes the parser fail, and that what it accepts it also understands when encoded once more.
func FuzzParse(f *testing.F) {
	f.Add("breakdowns", `["age","gender"]`)
	f.Add("time_range", `{"since":"2026-06-01","until":"2026-06-30"}`)
	f.Add("filtering", `[{"field":"ad.impressions","operator":"GREATER_THAN","value":0}]`)
	f.Add("sort", "actions:link_click_descending")
	f.Add("time_increment", "monthly")
	f.Add("after", "MAZDZD")
	f.Add("summary", `["impressions"]`)
	f.Fuzz(func(t *testing.T, param, value string) {
		plain, faults := Parse(map[string]any{param: value}, object.Newest, 0)
		if faults != nil || strings.TrimSpace(value) != value || !json.Valid([]byte(value)) {
			return
		}
		again, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		twice, faults := Parse(map[string]any{param: string(again)}, object.Newest, 0)
		if diff := cmp.Diff(plain, twice); diff != "" || faults != nil {
			t.Errorf("%s=%s differs when it is encoded twice: %v\n%s", param, value, faults, diff)
		}
	})
}

// TestReferencePage checks that docs/reference/insights.md lists every field and breakdown that is emulated.
func TestReferencePage(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/reference/insights.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Concat(emulated(), slices.Sorted(maps.Keys(fields()))) {
		if !strings.Contains(string(page), "`"+name+"`") {
			t.Errorf("%s is not on the page", name)
		}
	}
}
