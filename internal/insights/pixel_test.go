package insights

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

func TestPixelCounts(t *testing.T) {
	t.Parallel()
	at := func(minute int64, pixel, name, source string) eventlog.Event {
		return eventlog.Event{Kind: eventlog.Conversion, At: minute * 60_000, Outcome: &eventlog.Outcome{PixelID: pixel, Name: name, Source: source}}
	}
	events := []eventlog.Event{
		at(0, "1", "Purchase", "website"), at(59, "1", "Purchase", "website"), at(59, "1", "Lead", "app"), at(60, "1", "Purchase", "app"),
		at(30, "2", "Purchase", "website"), {Kind: eventlog.Click, At: 1}, at(150, "1", "Lead", ""),
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		err := db.Write(t.Context(), func(tx store.Tx) error {
			var fold PixelFold
			for _, part := range [][]eventlog.Event{events[:1], events[1:4], events[4:]} {
				if err := fold.Apply(t.Context(), tx, part); err != nil {
					return err
				}
			}
			for name, c := range map[string]struct {
				query PixelQuery
				want  []PixelCount
			}{
				"by event":      {PixelQuery{To: 7200, By: "event"}, []PixelCount{{0, "Lead", 1}, {0, "Purchase", 2}, {3600, "Purchase", 1}}},
				"by source":     {PixelQuery{To: 3600, By: "source"}, []PixelCount{{0, "app", 1}, {0, "website", 2}}},
				"in all":        {PixelQuery{From: 1, To: 10000}, []PixelCount{{3600, "", 1}, {7200, "", 1}}},
				"one event":     {PixelQuery{To: 10000, Event: "Lead"}, []PixelCount{{0, "", 1}, {7200, "", 1}}},
				"from one side": {PixelQuery{To: 10000, By: "event", Source: "app"}, []PixelCount{{0, "Lead", 1}, {3600, "Purchase", 1}}},
			} {
				c.query.PixelID = "1"
				got, err := PixelCounts(t.Context(), tx, c.query)
				if err != nil {
					return err
				}
				if diff := cmp.Diff(c.want, got); diff != "" {
					t.Errorf("%s (-want +got):\n%s", name, diff)
				}
			}
			last, err := LastFired(t.Context(), tx, []string{"1", "2", "3"})
			if diff := cmp.Diff(map[string]int64{"1": 9000, "2": 1800}, last); diff != "" {
				t.Errorf("last fired (-want +got):\n%s", diff)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
