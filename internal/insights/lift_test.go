package insights

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// liftTraffic is 2,200 impressions over three days, of which every eleventh is of the control slice: 20 of its 200 are clicked, and 400 of
// the other 2,000. Every second of the clicked in control buys, and every fourth of the others.
func liftTraffic() []eventlog.Event {
	var events []eventlog.Event
	for i := range 2200 {
		x := show(uint64(i+1), noon()+int64(i)*3*day/2200, 0, 0, 0, 0, 0)
		x.Control = i%11 == 0
		events = append(events, eventlog.Event{Kind: eventlog.Impression, At: x.At, Exposure: x})
		if x.Control && i%110 == 0 || !x.Control && i%5 == 1 {
			events = append(events, eventlog.Event{Kind: eventlog.Click, At: x.At, Exposure: x})
			if i%4 == 0 {
				events = append(events, bought(x.At+1000, 0, x))
			}
		}
	}
	return events
}

// TestLift compares sides whose counts are known, by clicks and, after the ad set's goal has changed, by purchases.
func TestLift(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		seed(t, db)
		fold(t, db, NewFold(), liftTraffic(), 1000)
		read := func(params map[string]any) string {
			params["fields"], params["time_range"] = "marquetry_lift", `{"since":"2026-06-01","until":"2026-06-30"}`
			got, err := ask(t.Context(), t, db, &Reporter{}, adA, params)
			if err != nil {
				t.Fatal(err)
			}
			text, err := json.Marshal(got.Rows)
			if err != nil {
				t.Fatal(err)
			}
			return string(text)
		}
		want := `"control":{"impressions":"200","results":"20","spend":"2.00","results_per_thousand":"100"},` +
			`"served":{"impressions":"2000","results":"400","spend":"20.00","results_per_thousand":"200"},"ratio":{"mean":"2.000183",`
		why := `"why":"Choosing brought about 100 % more results than even rotation; 6.6 % to 335 % more is sure. ` +
			`Some 200 came of it, which would have cost 20.00 USD at the control's cost per result."`
		if got := read(map[string]any{}); !strings.Contains(got, want) || !strings.Contains(got, why) || strings.Contains(got, "value") {
			t.Errorf("by clicks: %s", got)
		}
		if got := read(map[string]any{"breakdowns": "frequency_value"}); !strings.Contains(got, want) {
			t.Errorf("by frequency: %s", got)
		}
		if got := read(map[string]any{"breakdowns": "image_asset"}); strings.Contains(got, liftField) {
			t.Errorf("by asset: %s", got)
		}
		promote(t, db, "OFFSITE_CONVERSIONS")
		want = `"control":{"impressions":"200","results":"10","spend":"2.00","value":"300.00","results_per_thousand":"50"}`
		if got := read(map[string]any{}); !strings.Contains(got, want) || !strings.Contains(got, `"extra_value":{`) || strings.Contains(got, why) {
			t.Errorf("by purchases: %s", got)
		}
	})
}

// promote changes the goal of the fixture's ad set.
func promote(t *testing.T, db *store.DB, goal string) {
	t.Helper()
	err := db.Write(t.Context(), func(tx store.Tx) error {
		set, err := tx.Object(t.Context(), adsetID)
		if err != nil {
			return err
		}
		set.Data["optimization_goal"] = goal
		return tx.Update(t.Context(), set)
	})
	if err != nil {
		t.Fatal(err)
	}
}
