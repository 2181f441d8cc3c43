package object

import (
	"testing"
	"time"
)

// TestDay checks the edges of days: midnight at a place, a change to summer time, and before 1970.
func TestDay(t *testing.T) {
	t.Parallel()
	west, east := time.FixedZone("west", -8*3600), time.FixedZone("east", 9*3600)
	for name, c := range map[string]struct {
		at   string
		zone *time.Location
		want int64
	}{
		"the first day":             {"1970-01-01T00:00:00Z", time.UTC, 0},
		"its last second":           {"1970-01-01T23:59:59Z", time.UTC, 0},
		"the day before":            {"1969-12-31T23:59:59Z", time.UTC, -1},
		"still yesterday in west":   {"1970-01-02T07:59:59Z", west, 0},
		"midnight in west":          {"1970-01-02T08:00:00Z", west, 1},
		"already tomorrow in east":  {"1970-01-01T15:00:00Z", east, 1},
		"before 1970, further west": {"1970-01-01T07:59:59Z", west, -1},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := Day(at, c.zone); got != c.want {
			t.Errorf("%s: day %d, want %d", name, got, c.want)
		}
	}
}

// TestDayStart finds the first moment of days on which clocks change, also at midnight.
func TestDayStart(t *testing.T) {
	t.Parallel()
	for zone, c := range map[string]struct{ noon, want string }{
		"America/New_York": {"2026-03-08T16:00:00Z", "2026-03-08T05:00:00Z"},
		"Africa/Cairo":     {"2026-04-24T09:00:00Z", "2026-04-23T22:00:00Z"}, // begins at one o'clock
		"America/Havana":   {"2026-11-01T17:00:00Z", "2026-11-01T04:00:00Z"}, // begins twice
	} {
		place, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		at, err := time.Parse(time.RFC3339, c.noon)
		if err != nil {
			t.Fatal(err)
		}
		if got := DayStart(Day(at, place), place).UTC().Format(time.RFC3339); got != c.want {
			t.Errorf("%s: %s, want %s", zone, got, c.want)
		}
	}
}
