package sim

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/internal/bandit"
)

func TestEventsCountOnTheirDayHoweverLateTheyAreDelivered(t *testing.T) {
	t.Parallel()
	b := newBook(NewWorld(preset(t, "base", 3), smallSpace(), 1))
	b.pending = []event{{place{0, 0, 5}, true}, {place{0, 0, 5}, false}, {place{1, 0, 5}, false}, {place{1, 2, 3}, true}}
	b.deliver(3)
	b.deliver(0)
	want := []bandit.Cell{
		{Signature: "facebook_feed", Combination: 5, Impressions: 2, Clicks: 1},
		{Signature: "facebook_feed", Combination: 5, Day: 1, Impressions: 1},
		{Signature: "instagram_stories", Combination: 3, Day: 1, Impressions: 1, Clicks: 1},
	}
	if diff := cmp.Diff(want, b.cells()); diff != "" {
		t.Error(diff)
	}
}
