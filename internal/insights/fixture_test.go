package insights

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Ids of the fixture: two accounts, of which the first has a campaign with one ad set and two ads.
const (
	accountID, otherID   = "11", "12"
	campaignID           = "120200000000000001"
	adsetID              = "120200000000000002"
	creativeA, creativeB = "120200000000000003", "120200000000000004"
	adA, adB             = "120200000000000005", "120200000000000006"
	foreignAd            = "120200000000000007"
)

// noon is the middle of 2026-06-10 in the account's time zone, in unix milliseconds.
func noon() int64 { return time.Date(2026, 6, 10, 19, 0, 0, 0, time.UTC).UnixMilli() }

// feedA is a creative of 3 images × 2 titles × 2 bodies × 2 buttons × 1 link.
func feedA() map[string]any {
	text := func(words ...string) (out []any) {
		for _, w := range words {
			out = append(out, map[string]any{"text": w})
		}
		return out
	}
	var images []any
	for _, c := range "abc" {
		images = append(images, map[string]any{"hash": strings.Repeat(string(c), 32)})
	}
	return map[string]any{"name": "Shoes", "asset_feed_spec": map[string]any{
		"images": images, "titles": text("Run <far>", "Run fast"), "bodies": text("Made to last.", "Made for rain."),
		"call_to_action_types": []any{"SHOP_NOW", "LEARN_MORE"}, "link_urls": []any{map[string]any{"website_url": "https://shop.example/"}},
		"ad_formats": []any{"SINGLE_IMAGE"},
	}}
}

// feedB is a creative with one of feedA's images and titles and no bodies.
func feedB() map[string]any {
	return map[string]any{"name": "Boots", "asset_feed_spec": map[string]any{
		"images": []any{map[string]any{"hash": strings.Repeat("a", 32)}}, "titles": []any{map[string]any{"text": "Run fast"}},
		"link_urls": []any{map[string]any{"website_url": "https://shop.example/boots"}}, "ad_formats": []any{"SINGLE_IMAGE"},
	}}
}

// seed stores the fixture's objects.
func seed(t testing.TB, db *store.DB) {
	t.Helper()
	ids := func(pairs ...string) map[string]any {
		data := map[string]any{"name": "Fixture " + pairs[len(pairs)-1]}
		for i := 0; i+1 < len(pairs); i += 2 {
			data[pairs[i]] = pairs[i+1]
		}
		return data
	}
	account := func(zone string) map[string]any {
		return map[string]any{"name": "Shop", "currency": "USD", "timezone_name": zone}
	}
	adset := ids("campaign_id", campaignID)
	adset["promoted_object"] = map[string]any{"custom_event_type": "PURCHASE"}
	err := db.Write(t.Context(), func(tx store.Tx) error {
		for i, o := range []*store.Object{
			{ID: "act_" + accountID, Type: "adaccount", AccountID: accountID, Data: account("America/Los_Angeles")},
			{ID: "act_" + otherID, Type: "adaccount", AccountID: otherID, Data: account("UTC")},
			{ID: campaignID, Type: "campaign", AccountID: accountID, Data: map[string]any{"name": "Autumn", "objective": "OUTCOME_SALES"}},
			{ID: adsetID, Type: "adset", AccountID: accountID, Data: adset},
			{ID: creativeA, Type: "adcreative", AccountID: accountID, Data: feedA()},
			{ID: creativeB, Type: "adcreative", AccountID: accountID, Data: feedB()},
			{ID: adA, Type: "ad", AccountID: accountID, Data: ids("campaign_id", campaignID, "adset_id", adsetID, "creative_id", creativeA)},
			{ID: adB, Type: "ad", AccountID: accountID, Data: ids("campaign_id", campaignID, "adset_id", adsetID, "creative_id", creativeB)},
			{ID: foreignAd, Type: "ad", AccountID: otherID, Data: ids("campaign_id", "1", "adset_id", "2", "creative_id", creativeB)},
		} {
			o.Seq, o.Status = int64(1000+i), object.Active
			if err := tx.Insert(t.Context(), o); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// show is an exposure of the first ad.
func show(viewer uint64, at int64, slots ...uint8) *eventlog.Exposure {
	return &eventlog.Exposure{Decision: uint64(at)<<16 | viewer, At: at, AdID: adA, CreativeID: creativeA, Slots: slots, Viewer: viewer, Price: 10_000, // one cent, so that rounding hides nothing

		Propensity: 0.1, Context: eventlog.Context{Age: "25-34", Gender: "female", Country: "US", Placement: "INSTAGRAM_STORY", Device: "mobile"}}
}

// bought is a purchase of 30.00 USD.
func bought(at int64, viewer uint64, x *eventlog.Exposure) eventlog.Event {
	return eventlog.Event{Kind: eventlog.Conversion, At: at, Exposure: x, Outcome: &eventlog.Outcome{
		PixelID: "9", AccountID: accountID, Name: "Purchase", Viewer: viewer, Value: 30 * million, Currency: "USD", Source: "website"}}
}

// traffic makes a plausible log of n events over twelve days: viewers see, click, and buy with and without a click token.
func traffic(n int, seed uint64) []eventlog.Event {
	rng := rand.New(rand.NewPCG(seed, 1))
	pick := func(words ...string) string { return words[rng.IntN(len(words))] }
	at, events := noon()-6*day, make([]eventlog.Event, 0, n)
	step := 12 * day / int64(n)
	var clicks []*eventlog.Exposure
	for len(events) < n {
		at += rng.Int64N(2*step + 1)
		viewer := uint64(rng.IntN(n/4 + 2)) // 0 is an unknown one
		x := show(viewer, at, uint8(rng.IntN(3)), uint8(rng.IntN(2)), uint8(rng.IntN(2)), uint8(rng.IntN(2)), 0)
		if rng.IntN(4) == 0 {
			x.AdID, x.CreativeID, x.Slots = adB, creativeB, []uint8{0, 0, 0}
		}
		x.Context = eventlog.Context{Age: pick("18-24", "25-34", "65+", ""), Gender: pick("male", "female", ""), Country: pick("US", "DE"),
			Region: pick("Bavaria", ""), Placement: pick("MOBILE_FEED_STANDARD", "INSTAGRAM_STORY", "ELSEWHERE"), Device: pick("mobile", "desktop")}
		if viewer != 0 { // without drawing, which would change all that follows
			x.Context.Exposure = []string{"1", "1", "2-3", "4+"}[viewer%4]
		}
		x.Control = len(events)%20 == 3
		switch k := rng.IntN(20); {
		case k < 14:
			events = append(events, eventlog.Event{Kind: eventlog.Impression, At: at, Exposure: x})
		case k < 17:
			events = append(events, eventlog.Event{Kind: eventlog.Click, At: at, Exposure: x})
			clicks = append(clicks, x)
		case k < 18 && len(clicks) > 0:
			events = append(events, bought(at, 0, clicks[rng.IntN(len(clicks))]))
		default:
			e := bought(at, viewer, nil)
			e.Outcome.Name = pick("Purchase", "Lead", "PageView", "Signed up")
			events = append(events, e)
		}
	}
	return events
}

// fold applies events in batches of a size, each in a transaction of its own.
func fold(t testing.TB, db *store.DB, f *Fold, events []eventlog.Event, size int) {
	t.Helper()
	for len(events) > 0 {
		n := min(size, len(events))
		if err := db.Write(t.Context(), func(tx store.Tx) error { return f.Apply(t.Context(), tx, events[:n]) }); err != nil {
			t.Fatal(err)
		}
		events = events[n:]
	}
}

// dump is everything that the rollups hold.
func dump(t testing.TB, db *store.DB) string {
	t.Helper()
	var b strings.Builder
	if err := db.Read(t.Context(), func(tx store.Tx) error { return Dump(t.Context(), tx, &b) }); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// ask runs a query given as parameters about an object.
func ask(ctx context.Context, t testing.TB, db *store.DB, re *Reporter, id string, params map[string]any) (*Result, error) {
	t.Helper()
	q, faults := Parse(params, object.Newest, noon()/1000)
	if faults != nil {
		return nil, faults
	}
	q.Base = "http://ads.example"
	var out *Result
	err := db.Read(ctx, func(tx store.Tx) (err error) {
		if q.Object, err = tx.Object(ctx, id); err != nil {
			return err
		}
		out, err = re.Query(ctx, tx, q)
		return err
	})
	return out, err
}

// combinationsOf is how many combinations a creative has.
func combinationsOf(t testing.TB, data map[string]any) int {
	t.Helper()
	feed, err := creative.FeedOf(data)
	if err != nil {
		t.Fatal(err)
	}
	return feed.Combinations()
}
