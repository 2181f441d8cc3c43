package ads_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/graph/ads"
)

// explained posts text and asks for the explanation.
func (s *site) explained(path, body string) fields {
	s.Helper()
	r := httptest.NewRequestWithContext(s.Context(), http.MethodPost, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set(graph.ExplainHeader, "1")
	return s.send(r)
}

// text is a value as JSON.
func text(t testing.TB, v any) string {
	t.Helper()
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// faulty is a request that is refused, and what its explanation is to say.
type faulty struct {
	path  string // below the account, or an object's id
	body  any    // a string is sent as it stands
	rules []string
}

// faultyCreatives are creatives that are refused. Shape changes a good feed.
func (s *site) faultyCreatives() map[string]faulty {
	hash := s.image(1)
	feed := func(changes fields) fields {
		body := s.feed(hash)
		body["asset_feed_spec"] = with(body["asset_feed_spec"].(fields), changes)
		return body
	}
	link := func(changes fields) fields {
		body := s.link(hash)
		story := body["object_story_spec"].(fields)
		story["link_data"] = with(story["link_data"].(fields), changes)
		return body
	}
	long := strings.Repeat("Made to last. ", 100)
	features := func(spec fields) fields {
		return with(s.link(hash), fields{"degrees_of_freedom_spec": fields{"creative_features_spec": spec}})
	}
	all := map[string]faulty{
		"titles as plain strings":      {body: feed(fields{"titles": []any{"New", "Old"}}), rules: []string{"feed.titles.type"}},
		"six titles":                   {body: feed(fields{"titles": texts("1", "2", "3", "4", "5", "6")}), rules: []string{"feed.titles.max"}},
		"a title twice":                {body: feed(fields{"titles": texts("New", "Old", "New")}), rules: []string{"feed.titles.unique"}},
		"a primary text too long":      {body: feed(fields{"bodies": texts(long)}), rules: []string{"feed.bodies.text.length"}},
		"two formats":                  {body: feed(fields{"ad_formats": []any{"SINGLE_IMAGE", "CAROUSEL"}}), rules: []string{"feed.ad_formats.max"}},
		"no format":                    {body: feed(fields{"ad_formats": nil}), rules: []string{"feed.ad_formats.required"}},
		"a format for videos":          {body: feed(fields{"ad_formats": []any{"SINGLE_VIDEO"}}), rules: []string{"feed.videos.min"}},
		"a misspelled button":          {body: feed(fields{"call_to_action_types": []any{"SHOP NOW"}}), rules: []string{"feed.call_to_action_types.enum"}},
		"an address without scheme":    {body: feed(fields{"link_urls": []any{fields{"website_url": "example.com/shoes"}}}), rules: []string{"feed.link_urls.website_url.url"}},
		"one object instead of a list": {body: feed(fields{"bodies": fields{"text": "Made to last."}}), rules: []string{"feed.bodies.type"}},
		"images as hashes":             {body: feed(fields{"images": []any{hash}}), rules: []string{"feed.images.type"}},
		"an unknown image of two":      {body: feed(fields{"images": []any{fields{"hash": hash}, fields{"hash": strings.Repeat("0", 32)}}}), rules: []string{"creative.image"}},
		"an unknown member":            {body: feed(fields{"headline": "New"}), rules: []string{"feed.unknown"}},
		"a member in the singular":     {body: feed(fields{"descriptions": nil, "description": texts("Free returns")}), rules: []string{"feed.unknown"}},
		"a feed beside a link":         {body: with(feed(nil), fields{"object_story_spec": link(nil)["object_story_spec"]}), rules: []string{"story.link_data.feed"}},
		"several at once":              {body: feed(fields{"titles": []any{"1", "2", "3", "4", "5", "1"}, "ad_formats": []any{}, "captionz": 1}), rules: []string{"feed.titles.max", "feed.titles.type", "feed.ad_formats.required", "feed.unknown"}},
		"the bundle of enhancements":   {body: features(fields{"standard_enhancements": fields{"enroll_status": "OPT_OUT"}}), rules: []string{"features.creative_features_spec.standard_enhancements.ended"}},
		"a misspelled feature":         {body: features(fields{"image_touchup": fields{"enroll_status": "OPT_IN"}}), rules: []string{"features.creative_features_spec.unknown"}},
		"an enrolment as a word":       {body: features(fields{"image_touchups": "OPT_IN"}), rules: []string{"features.creative_features_spec.type"}},
		"a link with its button only":  {body: link(fields{"link": nil, "call_to_action": fields{"type": "SHOP_NOW", "value": fields{"link": "https://example.com/"}}}), rules: []string{"story.link_data.link.required"}},
		"a carousel of one card":       {body: link(fields{"child_attachments": []any{fields{"link": "https://example.com/", "name": "x"}}}), rules: []string{"story.link_data.child_attachments.min"}},
		"a crop outside of the image":  {body: link(fields{"image_crops": fields{"100x100": []any{[]any{0, 0}, []any{900, 900}}}}), rules: []string{"creative.crop"}},
		"a name too long":              {body: with(s.link(hash), fields{"name": strings.Repeat("name ", 30)}), rules: []string{"text.max"}},
		"an old Instagram member": {body: fields{"object_story_spec": with(s.link(hash)["object_story_spec"].(fields), fields{"instagram_actor_id": "17841400000000000"})},
			rules: []string{"story.instagram_actor_id.ended"}},
		"pseudo-JSON in a parameter": {body: fields{"name": "x", "object_story_spec": "{'page_id': '" + s.PageID + "', link_data: {link: 'https://example.com', message: 'New', }} <--- the post"},
			rules: []string{"kind.object"}},
	}
	for name, f := range all {
		f.path = s.account("adcreatives")
		all[name] = f
	}
	return all
}

// faultyTrees are campaigns, ad sets and ads that are refused.
func (s *site) faultyTrees() map[string]faulty {
	top, set := s.tree(nil)
	_, dynamic := s.tree(fields{"is_dynamic_creative": true})
	shared := s.make("campaigns", with(campaign(), fields{"daily_budget": 5000, "is_adset_budget_sharing_enabled": nil}))
	adset := func(changes fields) fields { return with(s.adset(top), changes) }
	target := func(changes fields) fields {
		return adset(fields{"targeting": with(s.adset(top)["targeting"].(fields), changes)})
	}
	campaigns, adsets, all := s.account("campaigns"), s.account("adsets"), s.account("ads")
	hash := s.image(2)
	informal := s.briefAd(dynamic)
	post := at(informal, "creative", "object_story_spec", "link_data").(fields)
	post["titles"] = []any{"1", "2", "3", "4", "5", "6", "1"}
	post["image_hashes"] = append(post["image_hashes"].([]any), strings.Repeat("0", 32))
	post["headline"] = "New"
	delete(post, "call_to_actions")
	return map[string]faulty{
		"no categories":               {campaigns, with(campaign(), fields{"special_ad_categories": nil}), []string{"required"}},
		"no word on sharing":          {campaigns, with(campaign(), fields{"is_adset_budget_sharing_enabled": nil}), []string{"campaign.budget_sharing"}},
		"an old objective":            {campaigns, with(campaign(), fields{"objective": "CONVERSIONS"}), []string{"campaign.objective"}},
		"a misspelled objective":      {campaigns, with(campaign(), fields{"objective": "outcome_sale"}), []string{"kind.enum"}},
		"a campaign without a name":   {campaigns, with(campaign(), fields{"name": nil}), []string{"required"}},
		"all of these":                {campaigns, fields{"objective": "SALES", "status": "RUNNING"}, []string{"kind.enum", "required"}},
		"two budgets":                 {campaigns, with(campaign(), fields{"daily_budget": 5000, "lifetime_budget": 90000}), []string{"budget.one"}},
		"a status of later":           {campaigns, with(campaign(), fields{"status": "ARCHIVED"}), []string{"status.create"}},
		"a budget too small":          {adsets, adset(fields{"daily_budget": 5}), []string{"budget.min"}},
		"budgets on both levels":      {adsets, with(s.adset(shared), nil), []string{"budget.level"}},
		"no billing event":            {adsets, adset(fields{"billing_event": nil}), []string{"required"}},
		"an end in the past":          {adsets, adset(fields{"end_time": "2020-01-01"}), []string{"schedule.end"}},
		"a goal of another objective": {adsets, adset(fields{"optimization_goal": "PAGE_LIKES", "promoted_object": nil}), []string{"adset.goal"}},
		"an audience not settled":     {adsets, adset(fields{"targeting": fields{"geo_locations": fields{"countries": []any{"US"}}, "age_min": 21}}), []string{"targeting.advantage_audience"}},
		"an age that is none":         {adsets, target(fields{"age_min": 5, "genders": []any{1, 3}}), []string{"targeting.age", "targeting.gender"}},
		"a misspelled event":          {adsets, adset(fields{"promoted_object": fields{"pixel_id": s.PixelID, "custom_event_type": "PURCHASED"}}), []string{"adset.event"}},
		"a goal by its letters":       {adsets, adset(fields{"optimization_goal": "offsite conversion"}), []string{"kind.enum"}},
		"what is settled":             {set, fields{"campaign_id": shared, "name": "New"}, []string{"fixed"}},
		"a switch of budgets":         {set, fields{"lifetime_budget": 90000}, []string{"budget.switch"}},
		"an ad with a faulty creative": {all, fields{"adset_id": set, "creative": with(s.link(hash), fields{"degrees_of_freedom_spec": fields{"creative_features_spec": fields{"text_generatoin": fields{"enroll_status": "OPTIN"}}}})},
			[]string{"features.creative_features_spec.unknown"}},
		"the informal shape with faults": {all, informal, []string{"feed.titles.max", "feed.titles.unique", "feed.call_to_action_types.required"}},
		"comments in the body":           {campaigns, "{\n  \"name\": \"Spring\", <--- Campaign name here\n  objective: 'OUTCOME_SALES',\n  \"special_ad_categories\": [],\n  // for now\n  \"status\": \"PAUSED\",\n}", []string{"protocol"}},
	}
}

func TestExplanationsCorrectFaultyRequests(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	all := s.faultyCreatives()
	maps.Copy(all, s.faultyTrees())
	for name, f := range all {
		body, isText := f.body.(string)
		if !isText {
			body = text(t, f.body)
		}
		answer := s.explained("/v25.0/"+f.path, body)
		e, _ := answer["explain"].(fields)
		var rules []string
		faults, _ := e["faults"].([]any)
		for _, fault := range faults {
			rules = append(rules, at(fault, "rule").(string))
		}
		for _, rule := range f.rules {
			if !slices.Contains(rules, rule) {
				t.Errorf("%s: rules %v lack %s", name, rules, rule)
			}
		}
		if answer["error"] == nil || e["accepted"] != true {
			t.Errorf("%s: not corrected: %s", name, text(t, answer))
			continue
		}
		again := s.explained("/v25.0/"+f.path, text(t, with(e["corrected"].(fields), fields{"execution_options": []any{"validate_only"}})))
		if again["error"] != nil {
			t.Errorf("%s: the corrected payload is refused: %s", name, text(t, again))
		}
	}
	t.Logf("%d faulty requests", len(all))
}

// Trials leave nothing behind, and what only the caller can know is named.
func TestExplanationsLeaveNoTrace(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	answer := s.explained("/v25.0/"+s.account("adsets"), `{"name":"Set","billing_event":"IMPRESSION"}`)
	if at(answer, "explain", "accepted") != false || at(answer, "explain", "corrected", "billing_event") != "IMPRESSIONS" {
		t.Errorf("%s", text(t, answer))
	}
	var remaining []string
	for _, f := range at(answer, "explain", "remaining").([]any) {
		remaining = append(remaining, at(f, "path", 0).(string))
	}
	slices.Sort(remaining)
	if diff := cmp.Diff([]string{"campaign_id", "optimization_goal", "targeting"}, remaining); diff != "" {
		t.Errorf("remaining (-want +got):\n%s", diff)
	}
	s.explained("/v25.0/"+s.account("campaigns"), `{"name":"Spring","objective":"SALES"}`)
	if rows := s.get(s.account("campaigns"), "name"); len(rows["data"].([]any)) != 0 {
		t.Errorf("a trial stayed: %v", rows)
	}
}

// The payload that integrators write first is accepted; asked to explain itself, the answer says what became of it.
func TestExplainedSuccess(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, set := s.tree(nil)
	answer := s.explained("/v25.0/"+s.account("ads"), text(t, s.briefAd(set)))
	s.id(answer)
	paths := map[string][]string{}
	for _, list := range []string{"collapsed", "defaulted", "ignored"} {
		notes, _ := at(answer, "explain", list).([]any)
		for _, n := range notes {
			var path []string
			for _, step := range at(n, "path").([]any) {
				path = append(path, step.(string))
			}
			paths[list] = append(paths[list], strings.Join(path, "."))
		}
	}
	for _, want := range []string{"creative.object_story_spec.link_data.titles", "creative.object_story_spec.link_data.image_hashes",
		"creative.degrees_of_freedom_spec.creative_features_spec.standard_enhancements", "adset_id"} {
		if !slices.Contains(paths["collapsed"], want) {
			t.Errorf("collapsed lacks %s: %v", want, paths)
		}
	}
	if len(paths["ignored"]) > 0 || !slices.Contains(paths["defaulted"], "name") {
		t.Errorf("%v", paths)
	}
}

// Where feeds are strict, the first payload needs another ad set: nothing in it can be changed to be accepted.
func TestExplanationOfWhatOnlyTheCallerCanChange(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(c *ads.Config) { c.StrictFeeds = true })
	_, set := s.tree(nil)
	answer := s.explained("/v25.0/"+s.account("ads"), text(t, s.briefAd(set)))
	e := answer["explain"].(fields)
	_, set = s.tree(fields{"is_dynamic_creative": true})
	bundle := with(s.feed(s.image(9)), fields{"degrees_of_freedom_spec": fields{"creative_features_spec": fields{"standard_enhancements": fields{"enroll_status": "OPT_IN"}}}})
	if refused := s.explained("/v25.0/"+s.account("ads"), text(t, fields{"adset_id": set, "creative": bundle})); at(refused, "explain", "why") == nil {
		t.Errorf("no reason: %s", text(t, refused))
	}
	if e["rule"] != "feed.ordinary_set" || e["accepted"] != false || e["why"] == nil || at(e, "remaining", 0, "rule") != "feed.ordinary_set" {
		t.Errorf("%s", text(t, e))
	}
}
