package deliver

import (
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// labelled puts labels on the fixture's creative, one of its own on each picture and title, and gives it rules.
func labelled(rules ...any) *store.Object {
	c := creativeObject(theCreative, 0)
	feed := object.Members(c.Data, "asset_feed_spec")
	for _, list := range []string{"images", "titles"} {
		for i, elem := range object.Listed(feed, list) {
			elem.(map[string]any)["adlabels"] = []any{map[string]any{"name": fmt.Sprint(list, i)}}
		}
	}
	feed["asset_customization_rules"] = rules
	return c
}

// rule is a customization rule that picks a picture, and a title unless that is negative.
func rule(spec map[string]any, image, title int) map[string]any {
	r := map[string]any{"customization_spec": spec, "image_label": map[string]any{"name": fmt.Sprint("images", image)}}
	if title >= 0 {
		r["title_label"] = map[string]any{"name": fmt.Sprint("titles", title)}
	}
	return r
}

// ruled is the fixture's ad with a creative that has rules.
func (f *fixture) ruled(t testing.TB, fields map[string]any, rules ...any) {
	t.Helper()
	c := labelled(rules...)
	c.ID = fmt.Sprint(1202000000000001000 + len(f.Snapshot().objects.creatives)) // creatives never change
	ad := adObject(theAd, theAdSet, 0)
	ad.Data["creative_id"] = c.ID
	for name, v := range fields {
		ad.Data[name] = v
	}
	f.put(t, c, ad)
}

// TestRulesOfPlaceAndViewer asks as different viewers in different places, before anything is learnt and after.
func TestRulesOfPlaceAndViewer(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.openBudget(t)
	young := rule(map[string]any{"age_min": int64(18), "age_max": int64(34)}, 0, 0)
	story := rule(map[string]any{"instagram_positions": []any{"story"}}, 1, -1)
	rest := rule(nil, 2, 2)
	rest["is_default"] = true
	for _, learned := range []bool{false, true} {
		f.ruled(t, nil, story, young, rest)
		if learned {
			f.play(t, 0, 1000)
			f.learn(t)
		}
		for _, c := range []struct {
			place, age   string
			image, title int
		}{
			{"INSTAGRAM_STORY", "18-24", 1, -1}, {"MOBILE_FEED_STANDARD", "25-34", 0, 0}, {"MOBILE_FEED_STANDARD", "35-44", 2, 2}, {"INSTAGRAM_STANDARD", "", 2, 2}, {"MESSENGER_MOBILE_STORY_MEDIA", "", 2, 2},
		} {
			titles := map[int]bool{}
			for i := range 40 {
				req := client1()
				req.Placement, req.Viewer.Age, req.Viewer.ID = c.place, c.age, fmt.Sprint(c.place, c.age, i)
				req.Explain = true
				d := f.decide(t, req)
				title := d.Assets["title"].Index
				titles[title] = true
				if d.Assets["image"].Index != c.image || c.title >= 0 && title != c.title {
					t.Errorf("%s, %q shows picture %d with title %d", c.place, c.age, d.Assets["image"].Index, title)
				}
				if (d.Policy == "uniform") == learned || !learned && math.Abs(d.Propensity*3*2*2*float64(1+2*btoi(c.title < 0))-1) > 1e-9 {
					t.Errorf("by %s with %v", d.Policy, d.Propensity)
				}
				for _, candidate := range d.Explain.Candidates {
					if candidate.Propensity == 0 {
						t.Error("what is not legal is explained")
					}
				}
			}
			if c.title < 0 && !learned && len(titles) < 3 {
				t.Errorf("a list that the rule does not name shows %v only", titles)
			}
		}
		if l, ok := f.Learned(theAd); ok != learned || ok && l.Totals.Impressions != 1000 {
			t.Errorf("learnt %v: what was counted in all places does not teach one model", learned)
		}
	}
}

// btoi is 1 for true.
func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// TestRulesOfLanguageAndCountry: what is not known of the viewer, and a language that nobody knows, fits no rule that asks for it.
func TestRulesOfLanguageAndCountry(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.openBudget(t)
	german, nobody := rule(map[string]any{"locales": []any{int64(5)}}, 0, -1), rule(map[string]any{"locales": []any{int64(999999)}}, 1, -1)
	texas := rule(map[string]any{"geo_locations": map[string]any{"regions": []any{map[string]any{"key": "3886"}}}, "device_platforms": []any{"mobile"}}, 1, -1)
	rest := rule(nil, 2, -1)
	rest["is_default"] = true
	f.ruled(t, nil, nobody, german, texas, rest)
	for _, c := range []struct {
		viewer client.Viewer
		image  int
	}{
		{client.Viewer{}, 2}, {client.Viewer{Locale: "de-AT"}, 0}, {client.Viewer{Locale: "fr"}, 2},
		{client.Viewer{Country: "US", Region: "3886", Device: "iphone"}, 1}, {client.Viewer{Country: "US", Region: "3886"}, 2}, {client.Viewer{Country: "US", Device: "iphone"}, 2},
		{client.Viewer{Country: "US", Region: "3886", Device: "desktop", Locale: "de_DE"}, 0},
	} {
		if d := f.decide(t, client.DecisionRequest{AdID: theAd, Viewer: c.viewer}); d.Assets["image"].Index != c.image {
			t.Errorf("%+v is shown picture %d", c.viewer, d.Assets["image"].Index)
		}
	}
}

// TestRulesLeaveNothing stops the only picture of a place.
func TestRulesLeaveNothing(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.ruled(t, map[string]any{"marquetry_stopped_assets": []any{f.assetID("image", 1)}},
		rule(map[string]any{"instagram_positions": []any{"story"}}, 1, -1), rule(map[string]any{"publisher_platforms": []any{"facebook"}}, 0, -1))
	for place, want := range map[string]string{"INSTAGRAM_STORY": "customization", "MOBILE_FEED_STANDARD": "", "INSTAGRAM_STANDARD": ""} {
		req := client1()
		req.Placement = place
		answer, err := f.Decide(t.Context(), req, sandboxCaller(), noon)
		if err != nil || answer.Reason != want {
			t.Errorf("%s: %d decisions, %q, %v", place, len(answer.Decisions), answer.Reason, err)
		}
		if len(answer.Decisions) > 0 && answer.Decisions[0].Assets["image"].Index != 0 {
			t.Errorf("%s shows a picture of another place", place)
		}
	}
}

// TestNeverWhatNoRuleAllows draws rules, wishes and viewers: a decision shows only what carries the label of the rule that fits, nothing that is
// stopped, and the propensities over the part are one in all.
func TestNeverWhatNoRuleAllows(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(c *Config) { c.MinEvents = 1 })
	f.openBudget(t)
	rapid.Check(t, func(r *rapid.T) {
		places := []string{"facebook", "instagram", "messenger", "audience_network"}
		var rules []any
		for i := range rapid.IntRange(1, 4).Draw(r, "rules") {
			x := rule(map[string]any{"publisher_platforms": []any{places[i]}}, rapid.IntRange(0, 2).Draw(r, "image"), rapid.IntRange(-1, 2).Draw(r, "title"))
			x["priority"] = int64(10 - i)
			rules = append(rules, x)
		}
		stopped := []any{}
		for _, pool := range []string{"image", "title"} {
			if i := rapid.IntRange(-1, 2).Draw(r, "stopped"); i >= 0 {
				stopped = append(stopped, f.assetID(pool, i))
			}
		}
		f.ruled(t, map[string]any{"marquetry_stopped_assets": stopped}, rules...)
		a := f.Snapshot().objects.ads[theAd]
		for i, place := range []string{"MOBILE_FEED_STANDARD", "INSTAGRAM_STORY", "MESSENGER_MOBILE_INBOX_MEDIA", "MOBILE_NATIVE"} {
			req := client.DecisionRequest{AdID: theAd, Placement: place, Viewer: client.Viewer{ID: rapid.StringMatching("[a-z]{4}").Draw(r, "viewer")}}
			answer, err := f.Decide(t.Context(), req, sandboxCaller(), noon)
			if err != nil {
				r.Fatal(err)
			}
			for _, d := range answer.Decisions {
				for _, pool := range []string{"image", "title"} {
					got := d.Assets[pool]
					want := 0 // the first of the list, where no rule fits
					if i < len(rules) {
						label, _ := object.Members(rules[i].(map[string]any), pool+"_label")["name"].(string)
						want = got.Index
						if label != "" {
							want = int(label[len(label)-1] - '0')
						}
					}
					if got.Index != want || slices.Contains(stopped, any(got.ID)) {
						r.Fatalf("%s shows %s %d, stopped are %v", place, pool, got.Index, stopped)
					}
				}
			}
			q := query{context: eventlog.Context{Placement: place}}
			q.occasion = f.occasion(&q.context)
			if (len(answer.Decisions) > 0) != (a.creative != nil && a.shows(&q)) {
				r.Fatalf("%s: %q", place, answer.Reason)
			}
			if len(answer.Decisions) > 0 {
				sum := 0.0
				for k := range a.creative.space.Size() {
					sum += a.policyOf(f.Snapshot().learnedOf(a), &q).Propensity(bandit.Signature(place), k)
				}
				if math.Abs(sum-1) > 1e-9 {
					r.Fatalf("%s: propensities sum to %v", place, sum)
				}
			}
		}
	})
}

// TestReplayOfRules: the log of an ad whose combinations depend on the place says nothing of one rule for all.
func TestReplayOfRules(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.ruled(t, nil, rule(map[string]any{"publisher_platforms": []any{"facebook"}}, 0, 0))
	w, body := f.send(t, "POST", "/v1/replay", `{"ad_id":"`+theAd+`"}`, f.token(t, "ads_read"))
	if w.StatusCode != http.StatusBadRequest || !strings.Contains(body, "replay.creative") {
		t.Errorf("%d %s", w.StatusCode, body)
	}
}
