package ads_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/internal/graph/ads"
)

// briefAd is the payload that integrators write first: lists of assets inside link_data, features as a list, no name, no page of rules.
func (s *site) briefAd(set string) fields {
	s.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "informal_ad.json"))
	if err != nil {
		s.Fatal(err)
	}
	filled := strings.NewReplacer("<ADSET_ID>", set, "<PAGE_ID>", s.PageID, "<HASH_1>", s.image(1), "<HASH_2>", s.image(2), "<HASH_3>", s.image(3)).Replace(string(text))
	var body fields
	if err := json.Unmarshal([]byte(filled), &body); err != nil {
		s.Fatal(err)
	}
	return body
}

func TestInformalAdIsAcceptedWithWarnings(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, set := s.tree(nil)
	answer := s.post(s.account("ads"), s.briefAd(set))
	id := s.id(answer)
	rules := ruleNames(answer)
	for _, want := range []string{"normalised.image_hashes", "normalised.titles", "normalised.enhancements", "adset.made_dynamic", "feed.images.few"} {
		if !slices.Contains(rules, want) {
			t.Errorf("no warning %s in %v", want, rules)
		}
	}
	if got := s.get(set, "is_dynamic_creative"); got["is_dynamic_creative"] != true {
		t.Errorf("the ad set reads back as %v", got)
	}
	got := s.get(id, "name,creative{asset_feed_spec,object_story_spec,degrees_of_freedom_spec}")
	want := fields{
		"images":               []any{fields{"hash": s.image(1)}, fields{"hash": s.image(2)}, fields{"hash": s.image(3)}},
		"titles":               texts("Shop Now and Save", "Limited Time Offer", "Best Deals Today"),
		"descriptions":         texts("Free shipping", "Money-back guarantee"),
		"call_to_action_types": []any{"SHOP_NOW", "LEARN_MORE"},
		"call_to_actions":      []any{fields{"type": "SHOP_NOW"}, fields{"type": "LEARN_MORE"}},
		"link_urls":            []any{fields{"website_url": "https://example.com"}},
		"ad_formats":           []any{"SINGLE_IMAGE"},
		"optimization_type":    "REGULAR",
	}
	if diff := cmp.Diff(want, at(got, "creative", "asset_feed_spec")); diff != "" {
		t.Errorf("asset_feed_spec (-want +got):\n%s", diff)
	}
	if at(got, "creative", "degrees_of_freedom_spec", "creative_features_spec", "image_enhancement", "enroll_status") != "OPT_IN" || got["name"] == "" {
		t.Errorf("read back %v", got)
	}
	if rows := s.get(id+"/combinations", ""); at(rows, "summary", "total_count") != 36.0 {
		t.Errorf("combinations: %v", rows["summary"])
	}
}

// texts are elements of a feed's list.
func texts(list ...string) []any {
	var out []any
	for _, text := range list {
		out = append(out, fields{"text": text})
	}
	return out
}

// The informal shape may be posted on its own and shown by its id; a feed in the proper shape still needs a dynamic ad set.
func TestInformalCreativeByItsID(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, set := s.tree(nil)
	proper := s.make("adcreatives", s.feed(s.image(9)))
	if problem := wrong(s.post(s.account("ads"), fields{"name": "Ad", "adset_id": set, "creative": fields{"creative_id": proper}}), 1885998, "creative", "asset_feed_spec"); problem != "" {
		t.Error(problem)
	}
	informal := s.make("adcreatives", s.briefAd(set)["creative"].(fields))
	s.make("ads", fields{"name": "Ad", "adset_id": set, "creative": fields{"creative_id": informal}})
	if got := s.get(set, "is_dynamic_creative"); got["is_dynamic_creative"] != true {
		t.Errorf("the ad set reads %v", got)
	}
}

func TestInformalAdIsRefused(t *testing.T) {
	t.Parallel()
	t.Run("in an ordinary ad set that has ads", func(t *testing.T) {
		s := newSite(t)
		_, set := s.tree(nil)
		s.make("ads", fields{"name": "Ad", "adset_id": set, "creative": s.link(s.image(1))})
		if problem := wrong(s.post(s.account("ads"), s.briefAd(set)), 1885998, "adset_id"); problem != "" {
			t.Error(problem)
		}
	})
	t.Run("in every ordinary ad set where feeds are strict", func(t *testing.T) {
		s := newSite(t, func(c *ads.Config) { c.StrictFeeds = true })
		_, set := s.tree(nil)
		if problem := wrong(s.post(s.account("ads"), s.briefAd(set)), 1885998, "creative", "asset_feed_spec"); problem != "" {
			t.Error(problem)
		}
	})
	t.Run("with the paths that were sent, all faults at once", func(t *testing.T) {
		s := newSite(t)
		_, set := s.tree(nil)
		body := s.briefAd(set)
		link := at(body, "creative", "object_story_spec", "link_data").(fields)
		link["titles"] = []any{"1", "2", "3", "4", "5", "6"}
		link["image_hashes"] = append(link["image_hashes"].([]any), "0123456789abcdef0123456789abcdef")
		delete(link, "link")
		answer := s.post(s.account("ads"), body)
		for _, path := range [][]string{{"creative", "object_story_spec", "link_data", "titles"},
			{"creative", "object_story_spec", "link_data", "image_hashes", "3"}, {"creative", "object_story_spec", "link_data", "link"}} {
			if problem := wrong(answer, subcodeOf(answer), path...); problem != "" {
				t.Error(problem)
			}
		}
	})
	t.Run("without the button that its objective needs", func(t *testing.T) {
		s := newSite(t)
		_, set := s.tree(nil)
		body := s.briefAd(set)
		delete(at(body, "creative", "object_story_spec", "link_data").(fields), "call_to_actions")
		path := []string{"creative", "object_story_spec", "link_data", "call_to_actions"}
		if problem := wrong(s.post(s.account("ads"), body), 2446383, path...); problem != "" {
			t.Error(problem)
		}
		if got := s.get(set, "is_dynamic_creative"); got["is_dynamic_creative"] != false {
			t.Errorf("a refused ad changed its ad set: %v", got)
		}
	})
}

func TestGuards(t *testing.T) {
	t.Parallel()
	small := fields{"daily_budget": 1999, "is_dynamic_creative": true}
	t.Run("warn of a small budget and keep it on record", func(t *testing.T) {
		s := newSite(t)
		top := s.make("campaigns", campaign())
		answer := s.post(s.account("adsets"), with(s.adset(top), small))
		set := s.id(answer)
		made := s.post(s.account("ads"), fields{"name": "Ad", "adset_id": set, "creative": s.feed(s.image(1))})
		for _, a := range []fields{answer, made} {
			if !slices.Contains(ruleNames(a), "guard.daily_budget") {
				t.Errorf("no warning in %v", a)
			}
		}
		for path, level := range map[string]string{set: "AD_SET", s.id(made): "AD"} {
			if got := s.get(path, "issues_info"); at(got, "issues_info", 0, "level") != level || at(got, "issues_info", 0, "error_type") != "SOFT_ERROR" {
				t.Errorf("issues_info is %v", got)
			}
		}
		s.ok(set, fields{"daily_budget": 2000})
		if got := s.get(s.id(made), "issues_info"); got["issues_info"] != nil {
			t.Errorf("issues stay: %v", got)
		}
	})
	t.Run("refuse a small budget when enforced", func(t *testing.T) {
		s := newSite(t, func(c *ads.Config) { c.DailyBudget = ads.Enforce })
		if problem := wrong(s.post(s.account("adsets"), with(s.adset(s.make("campaigns", campaign())), small)), 0, "daily_budget"); problem != "" {
			t.Error(problem)
		}
	})
	t.Run("say nothing when off", func(t *testing.T) {
		s := newSite(t, func(c *ads.Config) { c.DailyBudget, c.FewAssets = ads.Off, ads.Off })
		answer := s.post(s.account("adsets"), with(s.adset(s.make("campaigns", campaign())), small))
		made := s.post(s.account("ads"), fields{"name": "Ad", "adset_id": s.id(answer), "creative": s.feed(s.image(1))})
		if rules := append(ruleNames(answer), ruleNames(made)...); len(rules) > 0 {
			t.Errorf("warned of %v", rules)
		}
	})
	t.Run("leave ordinary ad sets alone", func(t *testing.T) {
		s := newSite(t)
		if answer := s.post(s.account("adsets"), with(s.adset(s.make("campaigns", campaign())), fields{"daily_budget": 1999})); len(ruleNames(answer)) > 0 {
			t.Errorf("warned: %v", answer)
		}
	})
	t.Run("are checked at start", func(t *testing.T) {
		if _, err := ads.New(ads.Config{DailyBudget: "maybe", FewAssets: ads.Off}); err == nil {
			t.Error("an unknown guard was accepted")
		}
	})
}

func TestSameContentIsOneCreative(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	hash := s.image(1)
	first := s.make("adcreatives", with(s.feed(hash), fields{"name": "One"}))
	for name, c := range map[string]struct {
		body fields
		same bool
	}{
		"another name is the same": {with(s.feed(hash), fields{"name": "Two"}), true},
		"what is read back is the same": {with(s.feed(hash), fields{"asset_feed_spec": with(s.feed(hash)["asset_feed_spec"].(fields),
			fields{"optimization_type": "REGULAR", "call_to_actions": []any{fields{"type": "SHOP_NOW"}}})}), true},
		"as a JSON string it is the same": {with(s.feed(hash), fields{"object_story_spec": fmt.Sprintf(`{"page_id":%q}`, s.PageID)}), true},
		"other tags are another":          {with(s.feed(hash), fields{"url_tags": "a=b"}), false},
	} {
		t.Run(name, func(t *testing.T) {
			if id := s.make("adcreatives", c.body); (id == first) != c.same {
				t.Errorf("answered %s, the first was %s", id, first)
			}
		})
	}
	t.Run("a deleted one is not answered", func(t *testing.T) {
		s.ok(first, fields{"status": "DELETED"})
		if s.make("adcreatives", s.feed(hash)) == first {
			t.Error("a deleted creative came back")
		}
	})
}

func TestCreativeIsFixed(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	id := s.make("adcreatives", s.feed(s.image(1)))
	if problem := wrong(s.post(id, fields{"asset_feed_spec": fields{}, "name": "New"}), 1815573, "asset_feed_spec"); problem != "" {
		t.Error(problem)
	}
	s.ok(id, fields{"name": "New"})
	_, set := s.tree(fields{"is_dynamic_creative": true})
	s.make("ads", fields{"name": "Ad", "adset_id": set, "creative": fields{"creative_id": id}})
	for _, answer := range []fields{s.post(id, fields{"status": "DELETED"}), s.do(http.MethodDelete, "/"+id, nil)} {
		if problem := wrong(answer, 0, "status"); problem != "" {
			t.Error(problem)
		}
	}
	if problem := wrong(s.post(s.account("adcreatives"), with(s.link(s.image(2)), fields{"status": "IN_PROCESS"})), 0, "status"); problem != "" {
		t.Error(problem)
	}
}

// Forms have nothing but text, and some programs write ids as numbers; what reads back is the platform's.
func TestTargetingReadsBackInItsKinds(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	campaign := s.make("campaigns", campaign())
	set := s.make("adsets", with(s.adset(campaign), fields{
		"targeting": fields{
			"geo_locations": fields{"cities": []any{fields{"key": 777934, "radius": "10", "distance_unit": "mile"}}}, "age_min": "21", "genders": []any{"1"},
			"targeting_automation": fields{"advantage_audience": true}, "flexible_spec": []any{`{"interests":[{"id":6003139266461}]}`},
		},
		"attribution_spec": []any{fields{"event_type": "CLICK_THROUGH", "window_days": "7"}},
	}))
	want := fields{
		"id": set, "attribution_spec": []any{fields{"event_type": "CLICK_THROUGH", "window_days": 7.0}},
		"targeting": fields{
			"geo_locations": fields{"cities": []any{fields{"key": "777934", "radius": 10.0, "distance_unit": "mile"}}}, "age_min": 21.0, "age_max": 65.0, "genders": []any{1.0},
			"targeting_automation": fields{"advantage_audience": 1.0}, "flexible_spec": []any{fields{"interests": []any{fields{"id": "6003139266461"}}}},
		},
	}
	if diff := cmp.Diff(want, s.get(set, "attribution_spec,targeting")); diff != "" {
		t.Error(diff)
	}
}

// Who sends a whole object back to change a part of it changes that part.
func TestWhatIsSettledMayBeRepeated(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	campaign, set := s.tree(fields{"is_dynamic_creative": false})
	s.ok(set, fields{"name": "New", "campaign_id": campaign, "is_dynamic_creative": "false"})
	if got := s.get(set, "name,campaign_id,is_dynamic_creative"); got["name"] != "New" || got["campaign_id"] != campaign || got["is_dynamic_creative"] != false {
		t.Errorf("the ad set became %v", got)
	}
	story := s.link(s.image(1))["object_story_spec"]
	creative := s.make("adcreatives", fields{"object_story_spec": story})
	s.ok(creative, fields{"name": "New", "object_story_spec": story})
}

func TestCombinationsArePagedLazily(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var images, titles, bodies, descriptions []any
	for i := range 5 {
		images = append(images, fields{"hash": s.image(uint8(10 + i))})
		titles = append(titles, fields{"text": fmt.Sprint("title ", i)})
		bodies = append(bodies, fields{"text": fmt.Sprint("body ", i)})
		descriptions = append(descriptions, fields{"text": fmt.Sprint("description ", i)})
	}
	spec := s.feed(s.image(10))
	spec["asset_feed_spec"] = with(spec["asset_feed_spec"].(fields), fields{"images": images, "titles": titles, "bodies": bodies, "descriptions": descriptions,
		"call_to_action_types": []any{"SHOP_NOW", "LEARN_MORE", "SIGN_UP", "BUY_NOW", "SUBSCRIBE"}})
	_, set := s.tree(fields{"is_dynamic_creative": true})
	ad := s.make("ads", fields{"name": "Ad", "adset_id": set, "creative": spec})
	seen, pages := map[string]bool{}, 0
	for path := "/" + ad + "/combinations?limit=500"; path != ""; pages++ {
		page := s.do(http.MethodGet, path, nil)
		if at(page, "summary", "total_count") != 3125.0 {
			t.Fatalf("summary is %v", page["summary"])
		}
		for i, row := range page["data"].([]any) {
			id, _ := at(row, "id").(string)
			if at(row, "index") != float64(pages*500+i) || seen[id] {
				t.Fatalf("row %v, seen before: %v", row, seen[id])
			}
			seen[id] = true
		}
		path, _ = at(page, "paging", "next").(string)
	}
	if len(seen) != 3125 || pages != 7 {
		t.Errorf("%d combinations on %d pages", len(seen), pages)
	}
	last := s.do(http.MethodGet, "/"+ad+"/combinations?after=3124", nil)
	row := at(last, "data", 0)
	if at(row, "assets", "image", "url") != "http://example.com/media/"+s.image(14) || at(row, "assets", "title", "text") != "title 4" ||
		at(row, "assets", "call_to_action", "type") != "SUBSCRIBE" || at(row, "assets", "link", "url") != "https://example.com/" {
		t.Errorf("the last row is %v", row)
	}
	if at(last, "paging", "cursors", "before") != "3124" || at(last, "paging", "cursors", "after") != "3125" || at(last, "paging", "next") != nil {
		t.Errorf("the last page has %v", last["paging"])
	}
	before := s.do(http.MethodGet, "/"+ad+"/combinations?limit=10&before=5", nil)
	if list := before["data"].([]any); len(list) != 5 {
		t.Errorf("%d rows before the fifth", len(list))
	}
	for _, query := range []string{"limit=501", "limit=x", "after=-1"} {
		if answer := s.do(http.MethodGet, "/"+ad+"/combinations?"+query, nil); answer["error"] == nil {
			t.Errorf("%s was accepted", query)
		}
	}
}
