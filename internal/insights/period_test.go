package insights

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestPreset checks every date_preset on a Wednesday in the first month of a quarter.
func TestPreset(t *testing.T) {
	t.Parallel()
	today := date(2026, time.July, 15)
	want := map[string][2]string{
		"today": {"2026-07-15", "2026-07-15"}, "yesterday": {"2026-07-14", "2026-07-14"},
		"last_3d": {"2026-07-12", "2026-07-14"}, "last_7d": {"2026-07-08", "2026-07-14"}, "last_14d": {"2026-07-01", "2026-07-14"},
		"last_28d": {"2026-06-17", "2026-07-14"}, "last_30d": {"2026-06-15", "2026-07-14"}, "last_90d": {"2026-04-16", "2026-07-14"},
		"this_month": {"2026-07-01", "2026-07-15"}, "last_month": {"2026-06-01", "2026-06-30"},
		"this_quarter": {"2026-07-01", "2026-07-15"}, "last_quarter": {"2026-04-01", "2026-06-30"},
		"this_year": {"2026-01-01", "2026-07-15"}, "last_year": {"2025-01-01", "2025-12-31"},
		"this_week_mon_today": {"2026-07-13", "2026-07-15"}, "this_week_sun_today": {"2026-07-12", "2026-07-15"},
		"last_week_mon_sun": {"2026-07-06", "2026-07-12"}, "last_week_sun_sat": {"2026-07-05", "2026-07-11"},
		"maximum": {"2023-06-15", "2026-07-15"}, "data_maximum": {"2023-06-15", "2026-07-15"},
	}
	if len(want) != len(presets()) {
		t.Errorf("%d presets are checked, there are %d", len(want), len(presets()))
	}
	for _, name := range presets() {
		got, ok := preset(name, today)
		if !ok || got.Since.String() != want[name][0] || got.Until.String() != want[name][1] {
			t.Errorf("preset(%s) = %v, %v, want %v", name, got, ok, want[name])
		}
	}
}

// TestPresetAtTurnOfYear checks what reaches into the year before.
func TestPresetAtTurnOfYear(t *testing.T) {
	t.Parallel()
	today := date(2026, time.January, 1)
	for name, want := range map[string]string{"last_month": "2025-12-01", "last_quarter": "2025-10-01", "this_week_mon_today": "2025-12-29"} {
		if got, _ := preset(name, today); got.Since.String() != want {
			t.Errorf("%s begins on %v, want %s", name, got.Since, want)
		}
	}
}

// TestDayOf checks that days begin at midnight of the account, also when clocks change.
func TestDayOf(t *testing.T) {
	t.Parallel()
	la, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string]string{
		"2026-03-08T07:59:59Z": "2026-03-07", "2026-03-08T08:00:00Z": "2026-03-08",
		"2026-03-09T06:59:59Z": "2026-03-08", "2026-03-09T07:00:00Z": "2026-03-09", // an hour shorter
		"1969-12-31T12:00:00Z": "1969-12-31",
	} {
		moment, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := dayOf(moment.UnixMilli(), la).String(); got != want {
			t.Errorf("%s is in %s, want %s", at, got, want)
		}
	}
}

// TestCut checks that the periods of an increment cover a range without gaps or overlaps.
func TestCut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		since := Day(rapid.IntRange(10_000, 30_000).Draw(t, "since"))
		whole := Range{since, since + Day(rapid.IntRange(0, 400).Draw(t, "days"))}
		increment := rapid.SampledFrom([]int{0, Monthly, 1, 7, 28, 90}).Draw(t, "increment")
		next := whole.Since
		for _, r := range whole.cut(increment) {
			if r.Since != next || r.Until < r.Since {
				t.Fatalf("%v follows %v", r, next-1)
			}
			if n := int(r.Until-r.Since) + 1; increment > 0 && n != increment && r.Until != whole.Until {
				t.Fatalf("%v has %d days", r, n)
			}
			if increment == Monthly && r.Until != whole.Until && (r.Until+1).time().Day() != 1 {
				t.Fatalf("%v does not end with a month", r)
			}
			next = r.Until + 1
		}
		if next != whole.Until+1 {
			t.Fatalf("the last period ends on %v, not on %v", next-1, whole.Until)
		}
	})
}
