package ads_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// refusal is a body that must be refused, and how.
type refusal struct {
	change  fields
	subcode int
	path    []string
}

// refuse runs refusals against an edge, each named after its outcome. Where every fault knows how to be fixed, that has to be enough.
func refuse(t *testing.T, s *site, edge string, base fields, cases map[string]refusal) {
	t.Helper()
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			answer := s.explained("/"+s.account(edge), text(t, with(base, c.change)))
			if problem := wrong(answer, c.subcode, c.path...); problem != "" {
				t.Error(problem)
			}
			fixed := func(f any) bool { return at(f, "fixes") != nil }
			faults, _ := at(answer, "explain", "faults").([]any)
			if !slices.ContainsFunc(faults, func(f any) bool { return !fixed(f) }) && at(answer, "explain", "accepted") != true {
				t.Errorf("the fixes are not enough: %v", answer["explain"])
			}
		})
	}
}

// accept runs bodies against an edge that must all be accepted.
func accept(t *testing.T, s *site, edge string, base fields, cases map[string]fields) {
	t.Helper()
	for name, change := range cases {
		t.Run(name, func(t *testing.T) {
			if answer := s.post(s.account(edge), with(base, change)); answer["id"] == nil {
				t.Errorf("refused: %v", answer)
			}
		})
	}
}

func TestCampaignRules(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	refuse(t, s, "campaigns", campaign(), map[string]refusal{
		"an old objective is refused":               {fields{"objective": "CONVERSIONS"}, 0, []string{"objective"}},
		"categories must be stated":                 {fields{"special_ad_categories": nil}, 0, []string{"special_ad_categories"}},
		"NONE stands alone":                         {fields{"special_ad_categories": []any{"NONE", "HOUSING"}}, 0, []string{"special_ad_categories"}},
		"a new one is not archived":                 {fields{"status": "ARCHIVED"}, 0, []string{"status"}},
		"budget sharing must be stated":             {fields{"is_adset_budget_sharing_enabled": nil}, 4834011, []string{"is_adset_budget_sharing_enabled"}},
		"a daily budget excludes a lifetime budget": {fields{"daily_budget": 5000, "lifetime_budget": 50000}, 0, []string{"lifetime_budget"}},
		"a tiny budget is refused":                  {fields{"daily_budget": 50}, 1885272, []string{"daily_budget"}},
		"a tiny spend cap is refused":               {fields{"spend_cap": 50}, 1885272, []string{"spend_cap"}},
	})
	accept(t, s, "campaigns", campaign(), map[string]fields{
		"NONE as a bare word":                    {"special_ad_categories": "NONE"},
		"its own budget says enough of sharing":  {"is_adset_budget_sharing_enabled": nil, "daily_budget": 5000},
		"the number that removes a cap":          {"spend_cap": 922337203685478},
		"a budget of zero is none":               {"daily_budget": 0, "lifetime_budget": 100000},
		"older names of status and older values": {"status": nil, "campaign_group_status": "ACTIVE"},
	})
	t.Run("budget sharing was not asked for before v24", func(t *testing.T) {
		s := newSite(t)
		s.id(s.post("v23.0/"+s.account("campaigns"), with(campaign(), fields{"is_adset_budget_sharing_enabled": nil})))
	})
}

func TestAdSetRules(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	plain, shared := s.make("campaigns", campaign()), s.make("campaigns", with(campaign(), fields{"daily_budget": 9000}))
	reserved := s.make("campaigns", with(campaign(), fields{"buying_type": "RESERVED"}))
	in := func(countries ...any) fields {
		return fields{"geo_locations": fields{"countries": countries}, "targeting_automation": fields{"advantage_audience": 0}}
	}
	soon, later := now.Unix()+3600, now.Unix()+10*86400
	targeted := func(name string, v any) fields { return fields{"targeting": with(in("US"), fields{name: v})} }
	refuse(t, s, "adsets", s.adset(plain), map[string]refusal{
		"an option that is for checks only":           {fields{"execution_options": []any{"include_recommendations"}}, 0, []string{"execution_options"}},
		"a name of no letters":                        {fields{"name": ""}, 0, []string{"name"}},
		"a campaign that does not exist":              {fields{"campaign_id": "120299999999999999"}, 0, []string{"campaign_id"}},
		"a goal that does not serve the objective":    {fields{"optimization_goal": "AD_RECALL_LIFT"}, 0, []string{"optimization_goal"}},
		"clicks are billed for clicks only":           {fields{"billing_event": "LINK_CLICKS"}, 0, []string{"billing_event"}},
		"a budget on two levels":                      {fields{"campaign_id": shared}, 1885621, []string{"daily_budget"}},
		"a budget on no level":                        {fields{"daily_budget": nil}, 0, []string{"daily_budget"}},
		"two budgets on one level":                    {fields{"lifetime_budget": 50000, "end_time": later}, 0, []string{"lifetime_budget"}},
		"a budget below the minimum":                  {fields{"daily_budget": 99}, 1885272, []string{"daily_budget"}},
		"a lifetime budget below ten daily ones":      {fields{"daily_budget": nil, "lifetime_budget": 999, "end_time": later}, 1885272, []string{"lifetime_budget"}},
		"a lifetime budget without an end":            {fields{"daily_budget": nil, "lifetime_budget": 50000}, 0, []string{"end_time"}},
		"an end in the past":                          {fields{"end_time": now.Unix() - 60}, 1487033, []string{"end_time"}},
		"an end before the start":                     {fields{"start_time": later, "end_time": soon}, 1487007, []string{"end_time"}},
		"a daily budget for an hour":                  {fields{"end_time": soon}, 1487007, []string{"end_time"}},
		"a schedule with a daily budget":              {fields{"adset_schedule": []any{fields{"start_minute": 0}}}, 0, []string{"adset_schedule"}},
		"no promoted object for conversions":          {fields{"promoted_object": nil}, 0, []string{"promoted_object"}},
		"a pixel that does not exist":                 {fields{"promoted_object": fields{"pixel_id": "1"}}, 0, []string{"promoted_object", "pixel_id"}},
		"a Page is no pixel":                          {fields{"promoted_object": fields{"pixel_id": s.PageID}}, 0, []string{"promoted_object", "pixel_id"}},
		"an event that does not exist":                {fields{"promoted_object": fields{"pixel_id": s.PixelID, "custom_event_type": "BUY"}}, 0, []string{"promoted_object", "custom_event_type"}},
		"another event without its name":              {fields{"promoted_object": fields{"pixel_id": s.PixelID, "custom_event_type": "OTHER"}}, 0, []string{"promoted_object", "custom_event_str"}},
		"nobody in particular":                        {fields{"targeting": with(in(), nil)}, 1885364, []string{"targeting", "geo_locations"}},
		"kinds of places are no places":               {targeted("geo_locations", fields{"location_types": []any{"home"}}), 1885364, []string{"targeting", "geo_locations"}},
		"a country by three letters":                  {fields{"targeting": in("US", "USA")}, 0, []string{"targeting", "geo_locations", "countries", "1"}},
		"children":                                    {targeted("age_min", 12), 0, []string{"targeting", "age_min"}},
		"a range of ages upside down":                 {fields{"targeting": with(in("US"), fields{"age_min": 40, "age_max": 30})}, 0, []string{"targeting", "age_max"}},
		"a third number for gender":                   {targeted("genders", []any{1, 3}), 0, []string{"targeting", "genders", "1"}},
		"widening a range of ages not stated":         {fields{"targeting": fields{"geo_locations": fields{"countries": []any{"US"}}, "age_min": 25}}, 1870227, []string{"targeting", "targeting_automation", "advantage_audience"}},
		"widening neither yes nor no":                 {targeted("targeting_automation", fields{"advantage_audience": 7}), 0, []string{"targeting", "targeting_automation", "advantage_audience"}},
		"nobody named for ads in the European Union":  {fields{"targeting": in("US", "FR")}, 3858079, []string{"dsa_payor"}},
		"a cap without an amount":                     {fields{"bid_strategy": "COST_CAP"}, 0, []string{"bid_amount"}},
		"a return on spend without a floor":           {fields{"bid_strategy": "LOWEST_COST_WITH_MIN_ROAS"}, 0, []string{"bid_constraints", "roas_average_floor"}},
		"an automatic bid with an amount":             {fields{"is_autobid": true, "bid_amount": 100}, 1885204, []string{"bid_amount"}},
		"a budget that five clicks at the cap exceed": {fields{"optimization_goal": "LINK_CLICKS", "billing_event": "LINK_CLICKS", "bid_amount": 2000}, 1885272, []string{"daily_budget"}},
		"dynamic creative in a reserved campaign":     {fields{"campaign_id": reserved, "is_dynamic_creative": true}, 0, []string{"is_dynamic_creative"}},
	})
	accept(t, s, "adsets", s.adset(plain), map[string]fields{
		"members encoded before the whole":     targeted("geo_locations", `{"countries":"[\"US\"]"}`),
		"the campaign's budget is enough":      {"campaign_id": shared, "daily_budget": nil},
		"an end of zero is none":               {"end_time": 0},
		"a lifetime budget with an end":        {"daily_budget": nil, "lifetime_budget": 50000, "end_time": later},
		"both names for the European Union":    {"targeting": in("FR"), "dsa_beneficiary": "Shop", "dsa_payor": "Shop"},
		"widening everybody not stated":        targeted("targeting_automation", nil),
		"a pixel as a number":                  {"promoted_object": fields{"pixel_id": s.PixelID, "custom_event_type": "PURCHASE"}},
		"impressions need no promoted object":  {"optimization_goal": "IMPRESSIONS", "promoted_object": nil},
		"the older names of campaign and time": {"campaign_id": nil, "campaign_group_id": plain, "time_start": now.Unix(), "time_stop": later},
	})
	t.Run("widening was not asked for before v23, and is off then", func(t *testing.T) {
		id := s.id(s.post("v22.0/"+s.account("adsets"), with(s.adset(plain), targeted("targeting_automation", nil))))
		got := s.get(id, "targeting,bid_strategy,start_time")
		if at(got, "targeting", "targeting_automation", "advantage_audience") != 0.0 || at(got, "targeting", "age_min") != 18.0 || at(got, "targeting", "age_max") != 65.0 {
			t.Errorf("targeting reads back as %v", got["targeting"])
		}
		if got["bid_strategy"] != "LOWEST_COST_WITHOUT_CAP" || got["start_time"] != "2026-11-22T12:00:00+0000" {
			t.Errorf("read back %v", got)
		}
	})
	t.Run("the account names who is behind ads in the European Union", func(t *testing.T) {
		s := newSite(t)
		s.ok("act_"+s.AccountID, fields{"default_dsa_beneficiary": "Shop", "default_dsa_payor": "Bank"})
		id := s.make("adsets", with(s.adset(s.make("campaigns", campaign())), fields{"targeting": in("DE")}))
		if got := s.get(id, "dsa_beneficiary,dsa_payor"); got["dsa_beneficiary"] != "Shop" || got["dsa_payor"] != "Bank" {
			t.Errorf("read back %v", got)
		}
	})
}

func TestEveryFaultIsFoundInOnePass(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	body := with(s.adset(s.make("campaigns", campaign())), fields{
		"optimization_goal": "AD_RECALL_LIFT", "daily_budget": 1, "end_time": 1, "targeting": fields{"age_min": 5}, "bid_strategy": "COST_CAP",
		"promoted_object": fields{"pixel_id": "7"}, "name": nil,
	})
	answer := s.post(s.account("adsets"), body)
	for _, path := range [][]string{{"name"}, {"optimization_goal"}, {"daily_budget"}, {"end_time"}, {"targeting", "geo_locations"},
		{"targeting", "age_min"}, {"bid_amount"}, {"promoted_object", "pixel_id"}} {
		if problem := wrong(answer, subcodeOf(answer), path...); problem != "" {
			t.Error(problem)
		}
	}
}

// subcodeOf is an error's subcode, 0 without one.
func subcodeOf(answer fields) int {
	code, _ := at(answer, "error", "error_subcode").(float64)
	return int(code)
}

func TestAdRules(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	hash := s.image(1)
	_, ordinary := s.tree(nil)
	_, dynamic := s.tree(fields{"is_dynamic_creative": true})
	_, taken := s.tree(fields{"is_dynamic_creative": true})
	feed, link := s.make("adcreatives", s.feed(hash)), s.make("adcreatives", s.link(hash))
	ad := func(set string, creative any) fields {
		return fields{"name": "Ad", "adset_id": set, "creative": creative, "status": "PAUSED"}
	}
	s.make("ads", ad(taken, fields{"creative_id": feed}))
	gone := s.make("adcreatives", with(s.link(hash), fields{"url_tags": "a=b"}))
	s.ok(gone, fields{"status": "DELETED"})
	broken := s.feed("0123456789abcdef0123456789abcdef")
	refuse(t, s, "ads", ad(ordinary, fields{"creative_id": link}), map[string]refusal{
		"a cap of an event that is not counted":     {fields{"marquetry_frequency_caps": []fields{{"event": "CLICKS", "interval_days": 1, "max_frequency": 1}}}, 0, []string{"marquetry_frequency_caps", "0", "event"}},
		"a cap without end":                         {fields{"marquetry_frequency_caps": []fields{{"event": "IMPRESSIONS", "interval_days": 91, "max_frequency": 1}}}, 0, []string{"marquetry_frequency_caps", "0", "interval_days"}},
		"a cap of nothing":                          {fields{"marquetry_frequency_caps": []fields{{"event": "IMPRESSIONS", "interval_days": 1, "max_frequency": 0}}}, 0, []string{"marquetry_frequency_caps", "0", "max_frequency"}},
		"an ad set that does not exist":             {fields{"adset_id": "5"}, 0, []string{"adset_id"}},
		"a creative that does not exist":            {fields{"creative": fields{"creative_id": "5"}}, 0, []string{"creative", "creative_id"}},
		"a creative that is deleted":                {fields{"creative": fields{"creative_id": gone}}, 0, []string{"creative", "creative_id"}},
		"no creative":                               {fields{"creative": nil}, 0, []string{"creative"}},
		"a feed in an ordinary ad set":              {fields{"creative": fields{"creative_id": feed}}, 1885998, []string{"creative", "asset_feed_spec"}},
		"a plain creative in a dynamic ad set":      {fields{"adset_id": dynamic}, 1885852, []string{"creative", "asset_feed_spec"}},
		"a second ad in a dynamic ad set":           {fields{"adset_id": taken, "creative": fields{"creative_id": feed}}, 1885553, []string{"adset_id"}},
		"an inline image that is not there":         {fields{"adset_id": dynamic, "creative": broken}, 1487212, []string{"creative", "asset_feed_spec", "images", "0", "hash"}},
		"a fault inside a nested creative":          {fields{"creative": fields{"creative": fields{"object_story_spec": fields{}}}}, 1443048, []string{"creative", "creative", "object_story_spec", "page_id"}},
		"an inline plain creative in a dynamic set": {fields{"adset_id": dynamic, "creative": s.link(hash)}, 1885852, []string{"creative", "asset_feed_spec"}},
	})
	accept(t, s, "ads", ad(ordinary, fields{"creative_id": link}), map[string]fields{
		"a creative inside a creative": {"creative": fields{"creative": fields{"creative_id": link}}},
		"a creative as a JSON string":  {"creative": `{"creative_id":"` + link + `"}`},
		"a whole creative":             {"creative": s.link(hash)},
	})
	t.Run("what stands beside the id of a creative is said to be ignored", func(t *testing.T) {
		answer := s.post(s.account("ads"), ad(ordinary, fields{"creative_id": link, "name": "Other"}))
		if diff := cmp.Diff([]string{"ignored"}, ruleNames(answer)); diff != "" {
			t.Error(answer, diff)
		}
	})
	t.Run("a refused ad leaves no creative behind", func(t *testing.T) {
		before := s.get(s.account("adcreatives"), "id")
		s.post(s.account("ads"), ad(dynamic, s.link(s.image(9))))
		if after := s.get(s.account("adcreatives"), "id"); len(after["data"].([]any)) != len(before["data"].([]any)) {
			t.Errorf("creatives before %v, after %v", before, after)
		}
	})
}

func TestAdTakesItsNameFromTheCreative(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, set := s.tree(nil)
	id := s.make("ads", fields{"adset_id": set, "creative": with(s.link(s.image(1)), fields{"name": "Text Gen Adgroup"})})
	got := s.get(id, "name,status,effective_status,campaign_id,creative{name,object_type,body,title,call_to_action_type,effective_object_story_id},targeting,preview_shareable_link,bid_info")
	creative, _ := got["creative"].(fields)
	if got["name"] != "Text Gen Adgroup" || got["status"] != "ACTIVE" || got["effective_status"] != "CAMPAIGN_PAUSED" || got["campaign_id"] == nil || at(got, "targeting", "age_min") != 18.0 {
		t.Errorf("read back %v", got)
	}
	if creative["name"] != "Text Gen Adgroup" || creative["object_type"] != "SHARE" || creative["body"] != "Made to last." || creative["title"] != "New" ||
		creative["call_to_action_type"] != "LEARN_MORE" || creative["effective_object_story_id"] == nil {
		t.Errorf("creative reads back as %v", creative)
	}
}

func TestGeneratingAdIsPaused(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, set := s.tree(nil)
	spec := with(s.link(s.image(1)), fields{"degrees_of_freedom_spec": fields{"creative_features_spec": fields{"text_generation": fields{"enroll_status": "OPT_IN"}}}})
	answer := s.post(s.account("ads"), fields{"name": "Ad", "adset_id": set, "status": "ACTIVE", "creative": spec})
	if got := s.get(s.id(answer), "status"); got["status"] != "PAUSED" {
		t.Errorf("status is %v", got["status"])
	}
	if !slices.Contains(ruleNames(answer), "ad.paused") {
		t.Errorf("no warning in %v", answer)
	}
	if a, b := s.make("adcreatives", spec), s.make("adcreatives", spec); a == b {
		t.Error("a generating creative was answered with an older one")
	}
}

// ruleNames are the rules of an answer's warnings.
func ruleNames(answer fields) []string {
	var names []string
	list, _ := answer["warnings"].([]any)
	for _, w := range list {
		name, _ := at(w, "rule").(string)
		names = append(names, name)
	}
	return names
}

func TestDynamicAdIsOneWithItsSet(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	hash := s.image(1)
	_, set := s.tree(fields{"is_dynamic_creative": true})
	ad := s.make("ads", fields{"name": "Ad", "adset_id": set, "creative": s.feed(hash)})
	if problem := wrong(s.do(http.MethodDelete, "/"+ad, nil), 1340029); problem != "" {
		t.Error("DELETE:", problem)
	}
	for _, status := range []string{"DELETED", "ARCHIVED"} {
		if problem := wrong(s.post(ad, fields{"status": status}), 1340029, "status"); problem != "" {
			t.Error(status, problem)
		}
	}
	carousel := with(s.feed(hash), fields{"name": "Cards"})
	carousel["asset_feed_spec"] = with(carousel["asset_feed_spec"].(fields), fields{"ad_formats": []any{"CAROUSEL"}, "images": []any{fields{"hash": hash}, fields{"hash": s.image(2)}}})
	if answer := s.post(ad, fields{"creative": s.link(hash)}); wrong(answer, 1885852, "creative", "asset_feed_spec") != "" || at(answer, "error", "error_user_title") != "Invalid asset feed" {
		t.Errorf("a plain creative is blamed for more than that: %v", answer)
	}
	if problem := wrong(s.post(ad, fields{"creative": carousel}), 0, "creative", "asset_feed_spec", "ad_formats"); problem != "" {
		t.Error("format changed:", problem)
	}
	more := s.feed(hash)
	more["asset_feed_spec"] = with(more["asset_feed_spec"].(fields), fields{"titles": []any{fields{"text": "Another"}}})
	s.ok(ad, fields{"creative": more})
	if got := s.get(ad, "creative{title}"); at(got, "creative", "title") != "Another" {
		t.Errorf("new creative reads back as %v", got)
	}
	s.do(http.MethodDelete, "/"+set, nil)
	if got := s.get(ad, "status"); got["status"] != "DELETED" {
		t.Errorf("the ad of a deleted set is %v", got["status"])
	}
}

func TestStatusRules(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	top, set := s.tree(nil)
	ad := s.make("ads", fields{"name": "Ad", "adset_id": set, "creative": s.link(s.image(1))})
	read := func(want string) {
		t.Helper()
		for _, id := range []string{set, ad} {
			if got := s.get(id, "status,effective_status"); got["status"] != want {
				t.Errorf("%s is %v, want %s", id, got, want)
			}
		}
	}
	s.ok(top, fields{"status": "ARCHIVED"})
	read("ARCHIVED")
	if problem := wrong(s.post(set, fields{"daily_budget": 7000}), 1487056, "daily_budget"); problem != "" {
		t.Error("archived:", problem)
	}
	if problem := wrong(s.post(top, fields{"status": "ACTIVE"}), 1487566, "status"); problem != "" {
		t.Error("archived:", problem)
	}
	s.ok(ad, fields{"name": "Renamed"})
	s.do(http.MethodDelete, "/"+top, nil)
	read("DELETED")
	if problem := wrong(s.post(ad, fields{"status": "PAUSED"}), 1885088, "status"); problem != "" {
		t.Error("deleted:", problem)
	}
	s.ok(ad, fields{"name": "Renamed again"})
}

func TestEffectiveStatus(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	top, set := s.tree(fields{"status": "ACTIVE"})
	ad := s.make("ads", fields{"name": "Ad", "adset_id": set, "creative": s.link(s.image(1))})
	check := func(wantSet, wantAd string) {
		t.Helper()
		if a, b := s.get(set, "effective_status")["effective_status"], s.get(ad, "effective_status")["effective_status"]; a != wantSet || b != wantAd {
			t.Errorf("set %v, ad %v, want %s and %s", a, b, wantSet, wantAd)
		}
	}
	check("CAMPAIGN_PAUSED", "CAMPAIGN_PAUSED")
	s.ok(top, fields{"status": "ACTIVE"})
	check("ACTIVE", "ACTIVE")
	s.ok(set, fields{"status": "PAUSED"})
	check("PAUSED", "ADSET_PAUSED")
	s.ok(ad, fields{"status": "PAUSED"})
	check("PAUSED", "PAUSED")
	if got := s.get(ad, "configured_status"); got["configured_status"] != "PAUSED" {
		t.Errorf("configured status is %v", got)
	}
}

func TestPublishedAdSetKeepsWhatItIsMeasuredBy(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	top, set := s.tree(nil)
	s.ok(set, fields{"optimization_goal": "LINK_CLICKS"})
	s.make("ads", fields{"name": "Ad", "adset_id": set, "creative": s.link(s.image(1))})
	if problem := wrong(s.post(set, fields{"optimization_goal": "IMPRESSIONS"}), 3260011, "optimization_goal"); problem != "" {
		t.Error(problem)
	}
	if problem := wrong(s.post(set, fields{"promoted_object": fields{"pixel_id": s.PixelID, "custom_event_type": "LEAD"}}), 3260011, "promoted_object"); problem != "" {
		t.Error(problem)
	}
	if problem := wrong(s.post(top, fields{"objective": "OUTCOME_LEADS"}), 0, "objective"); problem != "" {
		t.Error(problem)
	}
	if problem := wrong(s.post(top, fields{"daily_budget": 9000}), 1885621, "daily_budget"); problem != "" {
		t.Error(problem)
	}
	if problem := wrong(s.post(set, fields{"daily_budget": 1}), 1885650, "daily_budget"); problem != "" {
		t.Error(problem)
	}
	if problem := wrong(s.post(set, fields{"is_dynamic_creative": true}), 0, "is_dynamic_creative"); problem != "" {
		t.Error(problem)
	}
	s.ok(set, fields{"daily_budget": 6000, "name": "More"})
}
