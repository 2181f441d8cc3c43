package deliver

import (
	"slices"
	"testing"
	"time"

	"github.com/marquetry/marquetry/internal/eventlog"
)

// TestLateConversionsDoNotMakeANewAssetLookBad shows one asset for ten days and another since midnight. Both are clicked and bought alike;
// of the new one's buyers most are still to come.
func TestLateConversionsDoNotMakeANewAssetLookBad(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	x := sample()
	now := noon.Add(7 * time.Hour) // 12 hours after midnight in the account's time zone
	today := now.Add(-12 * time.Hour)
	delays := []time.Duration{ // of ten conversions, in the usual shape
		20 * time.Minute, 40 * time.Minute, time.Hour, 2 * time.Hour, 15 * time.Hour, 40 * time.Hour, 75 * time.Hour, 130 * time.Hour, 260 * time.Hour, 500 * time.Hour,
	}
	var events []eventlog.Event
	show := func(asset uint8, from time.Time, clicks int) {
		for i := range clicks {
			shown := *x
			shown.Slots, shown.At = []uint8{0, 0, 0, 0, asset, 0}, from.Add(time.Duration(i)*12*time.Hour/time.Duration(clicks)).UnixMilli()
			events = append(events, exposureEvent(eventlog.Impression, &shown, shown.At), exposureEvent(eventlog.Click, &shown, shown.At))
			bought := time.UnixMilli(shown.At).Add(delays[i/10%10])
			if i%10 == 0 && bought.Before(now) {
				events = append(events, f.conversionEvent(&shown, &eventlog.Outcome{Name: "Purchase"}, bought.UnixMilli()))
			}
		}
	}
	for day := range 10 {
		show(0, today.AddDate(0, 0, day-10), 100)
	}
	show(1, today, 1000)
	for i := range events {
		events[i].Key = "" // the decisions are the same but for their time
	}
	slices.SortStableFunc(events, func(a, b eventlog.Event) int { return int(a.At - b.At) })
	if _, err := f.record(t.Context(), events); err != nil {
		t.Fatal(err)
	}
	f.learn(t)
	learned, _ := f.Learned(theAd)
	rate := func(asset uint8) float64 {
		return learned.Model.Rate("", learned.Space.Index([]uint8{0, 0, 0, 0, asset, 0})).Mean
	}
	if ratio := rate(1) / rate(0); ratio < 0.85 || ratio > 1.2 {
		t.Errorf("the new asset seems %.2f times as good as the old", ratio)
	}
	if learned.Totals.Conversions >= 170 || learned.Totals.Clicks != 2000 {
		t.Errorf("%d conversions of %d clicks are known: the test is too easy", learned.Totals.Conversions, learned.Totals.Clicks)
	}
}
