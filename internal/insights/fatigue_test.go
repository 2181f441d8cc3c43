package insights

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// seen makes impressions of one age group and exposure, of which some are clicked.
func seen(age, exposure string, title uint8, impressions, clicks int) (events []eventlog.Event) {
	for i := range impressions {
		x := show(uint64(i+1), noon()+int64(i), 0, title, 0, 0, 0)
		x.Context.Age, x.Context.Exposure = age, exposure
		events = append(events, eventlog.Event{Kind: eventlog.Impression, At: x.At, Exposure: x})
		if i < clicks {
			events = append(events, eventlog.Event{Kind: eventlog.Click, At: x.At, Exposure: x})
		}
	}
	return events
}

// TestFatigue counts a title that nobody tires of although people who click less see it more often, and one that everybody tires of.
func TestFatigue(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		seed(t, db)
		f := NewFold()
		for _, events := range [][]eventlog.Event{
			seen("18-24", "1", 0, 800, 240), seen("18-24", "4+", 0, 100, 30), seen("65+", "1", 0, 100, 10), seen("65+", "4+", 0, 800, 80),
			seen("18-24", "1", 1, 500, 150), seen("18-24", "4+", 1, 500, 75), seen("18-24", "2-3", 1, 50, 4), seen("18-24", "", 1, 5, 4),
		} {
			fold(t, db, f, events, 1000)
		}
		read := func(breakdowns string) string {
			got, err := ask(t.Context(), t, db, &Reporter{}, adA, map[string]any{"breakdowns": breakdowns, "fields": "clicks,marquetry_fatigue",
				"time_range": `{"since":"2026-06-01","until":"2026-06-30"}`})
			if err != nil {
				t.Fatal(err)
			}
			var lines []string
			for _, r := range got.Rows {
				text, err := json.Marshal(r)
				if err != nil {
					t.Fatal(err)
				}
				lines = append(lines, string(text))
			}
			return strings.Join(lines, "\n")
		}
		for _, c := range []struct {
			breakdowns string
			want       []string
		}{
			{"title_asset", []string{
				`"exposure":"4+","first":{"impressions":"900","clicks":"250"},"later":{"impressions":"900","clicks":"110"},"ratio":{"mean":"1",`,
				`"later":{"impressions":"500","clicks":"75"},"ratio":{"mean":"0.5",`, `"verdict":"WORSE"`, `about 50 % less often than at first;`}},
			{"title_asset,frequency_value", []string{`"ratio":{"mean":"1",`, `"ratio":{"mean":"0.5",`,
				`there are 150 clicks at first sight and 4 clicks later, and it takes 10 of each.`, `{"clicks":"150","date_start"`, `{"clicks":"4","date_start"`}},
			{"frequency_value", []string{`"exposure":"4+","first":{"impressions":"1400","clicks":"400"},"later":{"impressions":"1400","clicks":"185"}`}},
			{"", []string{`"exposure":"4+","first":{"impressions":"1400","clicks":"400"}`}},
		} {
			got := read(c.breakdowns)
			for _, want := range c.want {
				if !strings.Contains(got, want) {
					t.Errorf("by %q: no %s in\n%s", c.breakdowns, want, got)
				}
			}
		}
	})
}
