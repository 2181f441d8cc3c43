package insights

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// TestQualityFields counts views and invalid traffic beside people's, and of an ad that only a crawler saw.
func TestQualityFields(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		seed(t, db)
		x, crawled := show(1, noon(), 0, 0, 0, 0, 0), show(2, noon(), 0, 0, 0)
		crawled.AdID, crawled.CreativeID = adB, creativeB
		fold(t, db, NewFold(), []eventlog.Event{
			{Kind: eventlog.Impression, At: noon(), Exposure: x}, {Kind: eventlog.Impression, At: noon(), Exposure: show(2, noon(), 0, 0, 0, 0, 0)},
			{Kind: eventlog.View, At: noon(), Exposure: x}, {Kind: eventlog.Click, At: noon(), Exposure: x, Invalid: "flood"},
			{Kind: eventlog.Click, At: noon(), Exposure: x, Invalid: "too_fast"}, {Kind: eventlog.Impression, At: noon(), Exposure: crawled, Invalid: "crawler"},
		}, 4)
		const june = `{"since":"2026-06-01","until":"2026-06-30"}`
		for fields, want := range map[string]string{
			"impressions,clicks,spend,marquetry_viewable_impressions,marquetry_viewable_rate": `[{"impressions":"2","clicks":"0","spend":"0.02",` +
				`"marquetry_viewable_impressions":"1","marquetry_viewable_rate":"50","date_start":"2026-06-01","date_stop":"2026-06-30"}]`,
			"ad_id,impressions,marquetry_invalid_impressions,marquetry_invalid_clicks,marquetry_invalid_reasons": `[{"ad_id":"` + adA + `","impressions":"2",` +
				`"marquetry_invalid_impressions":"0","marquetry_invalid_clicks":"2","marquetry_invalid_reasons":[{"event":"click","reason":"flood","value":"1"},` +
				`{"event":"click","reason":"too_fast","value":"1"}],"date_start":"2026-06-01","date_stop":"2026-06-30"},{"ad_id":"` + adB + `","impressions":"0",` +
				`"marquetry_invalid_impressions":"1","marquetry_invalid_clicks":"0","marquetry_invalid_reasons":[{"event":"impression","reason":"crawler","value":"1"}],` +
				`"date_start":"2026-06-01","date_stop":"2026-06-30"}]`,
		} {
			got, err := ask(t.Context(), t, db, &Reporter{}, campaignID, map[string]any{"level": "ad", "time_range": june, "fields": fields})
			if err != nil {
				t.Fatal(err)
			}
			rows, err := json.Marshal(got.Rows)
			if diff := cmp.Diff(want, string(rows)); diff != "" || err != nil {
				t.Errorf("%s: %v\n%s", fields, err, diff)
			}
		}
	})
}
