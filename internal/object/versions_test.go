package object

import (
	"testing"
	"time"
)

// What has ended depends on the day; a version without an announced end lives.
func TestLifespans(t *testing.T) {
	t.Parallel()
	day := func(text string) time.Time {
		at, err := time.Parse(time.DateOnly, text)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	for _, c := range []struct {
		version Version
		day     string
		want    bool
	}{
		{240, "2026-10-05", false}, {240, "2026-10-06", true}, {190, "2025-02-04", true}, {250, "2030-01-01", false}, {80, "2020-01-01", true},
	} {
		if got := MarketingEnded(c.version, day(c.day)); got != c.want {
			t.Errorf("v%d on %s: ended %v", c.version, c.day, got)
		}
	}
	for text, want := range map[string]Version{"2026-05-20": 190, "2026-05-21": 200, "2026-11-22": 210, "2040-01-01": 260} {
		if got := OldestAlive(day(text)); got != want {
			t.Errorf("oldest on %s is %d, want %d", text, got, want)
		}
	}
	spans := Lifespans()
	if spans[0].Version != Oldest || spans[len(spans)-1].Version != Newest {
		t.Error("the table does not span the window")
	}
}
