package insights

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/eventlog"
	"pgregory.net/rapid"
)

// TestKey checks that lists that differ only in where one string ends have different keys.
func TestKey(t *testing.T) {
	t.Parallel()
	if key("ab", "c") == key("a", "bc") || key("a") == key("a", "") {
		t.Error("different lists have one key")
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.SliceOfN(rapid.String(), 1, 4).Draw(t, "a"), rapid.SliceOfN(rapid.String(), 1, 4).Draw(t, "b")
		if (key(a...) == key(b...)) != cmp.Equal(a, b) {
			t.Fatalf("keys of %q and %q", a, b)
		}
	})
}

// TestPlace checks how contexts are spelled in breakdowns.
func TestPlace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		context eventlog.Context
		want    string
	}{
		{eventlog.Context{}, "Unknown unknown unknown Unknown unknown unknown unknown unknown"},
		{eventlog.Context{Age: "65+", Gender: "male", Country: "de", Region: "Bavaria", Placement: "FACEBOOK_REELS_MOBILE", Device: "iPhone", Exposure: "2-3"},
			"65+ male DE Bavaria facebook facebook_reels iphone 2-3"},
	} {
		if got := strings.Join(place(c.context), " "); got != c.want {
			t.Errorf("place(%+v) = %s, want %s", c.context, got, c.want)
		}
	}
}

// TestCellOf checks that exposures which differ in a place, in how often they were seen or in the slice have cells of their own, and that
// one of which neither is known has the key that it always had.
func TestCellOf(t *testing.T) {
	t.Parallel()
	old, _ := cellOf(7, &eventlog.Exposure{})
	if old != key(decimal(7), "Unknown", "unknown", "unknown", "Unknown", "unknown", "unknown", "unknown") {
		t.Error("the key of an old cell is another")
	}
	seen := map[int64]bool{}
	for _, x := range []eventlog.Exposure{{}, {Control: true}, {Context: eventlog.Context{Exposure: "1"}}, {Control: true, Context: eventlog.Context{Exposure: "1"}}} {
		id, _ := cellOf(7, &x)
		seen[id] = true
	}
	if len(seen) != 4 {
		t.Errorf("%d keys of 4 cells", len(seen))
	}
}

// TestShownAssets checks which columns a combination fills, and that slots of another feed fill none.
func TestShownAssets(t *testing.T) {
	t.Parallel()
	feed, err := creative.FeedOf(feedA())
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for column, asset := range shownAssets(feed, []uint8{2, 1, 0, 1, 0}) {
		got[column] = asset.Hash + asset.Text + asset.Type + asset.URL
	}
	want := map[string]string{"image_asset": strings.Repeat("c", 32), "title_asset": "Run fast", "body_asset": "Made to last.",
		"call_to_action_asset": "LEARN_MORE", "link_url_asset": "https://shop.example/", "ad_format_asset": "SINGLE_IMAGE"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, slots := range [][]uint8{nil, {0, 0, 0, 0}, {3, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 0}} {
		if got := shownAssets(feed, slots); len(got) != 0 {
			t.Errorf("slots %v show %v", slots, got)
		}
	}
}
