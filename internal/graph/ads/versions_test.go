package ads_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/graph/ads"
	"github.com/marquetry/marquetry/internal/store"
)

// Rules that came or went with a version are asked in the versions that have them.
func TestRulesFollowTheVersion(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	plain := s.make("campaigns", campaign())
	housing := s.make("campaigns", with(campaign(), fields{"special_ad_categories": []any{"HOUSING"}}))
	targeting := func(v fields) fields { return with(s.adset(plain), fields{"targeting": v}) }
	us := fields{"countries": []any{"US"}}
	automation := []string{"targeting", "targeting_automation", "advantage_audience"}
	for name, c := range map[string]struct {
		edge    string
		body    fields
		before  string // accepts it; "" for none
		since   string // refuses it
		subcode int
		path    []string
	}{
		"budget sharing is stated":                       {"campaigns", with(campaign(), fields{"is_adset_budget_sharing_enabled": nil}), "v23.0", "v24.0", 4834011, []string{"is_adset_budget_sharing_enabled"}},
		"budget sharing has a bid strategy":              {"campaigns", with(campaign(), fields{"is_adset_budget_sharing_enabled": true}), "v25.0", "v26.0", 4834005, []string{"bid_strategy"}},
		"no more Advantage+ shopping":                    {"campaigns", with(campaign(), fields{"smart_promotion_type": "AUTOMATED_SHOPPING_ADS"}), "v24.0", "v25.0", 0, []string{"smart_promotion_type"}},
		"a narrowed audience says whether it is widened": {"adsets", targeting(fields{"geo_locations": us, "genders": []any{1}}), "v22.0", "v23.0", 1870227, automation},
		"a special category says whether it is widened":  {"adsets", with(targeting(fields{"geo_locations": us}), fields{"campaign_id": housing}), "v25.0", "v26.0", 1870227, automation},
		"no more stories in Messenger":                   {"adsets", targeting(fields{"geo_locations": us, "messenger_positions": []any{"story"}}), "v25.0", "v26.0", 0, []string{"targeting", "messenger_positions", "0"}},
	} {
		t.Run(name, func(t *testing.T) {
			if answer := s.post(c.before+"/"+s.account(c.edge), c.body); answer["id"] == nil {
				t.Errorf("%s refuses it: %v", c.before, answer)
			}
			if problem := wrong(s.post(c.since+"/"+s.account(c.edge), c.body), c.subcode, c.path...); problem != "" {
				t.Error(c.since, problem)
			}
		})
	}
}

func TestBudgetSharingIsNotSwitchedOnWhileACampaignRuns(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	id := s.make("campaigns", with(campaign(), fields{"status": "ACTIVE"}))
	on := fields{"is_adset_budget_sharing_enabled": true, "bid_strategy": "LOWEST_COST_WITHOUT_CAP"}
	if problem := wrong(s.post("v26.0/"+id, on), 3858418, "is_adset_budget_sharing_enabled"); problem != "" {
		t.Error(problem)
	}
	s.ok("v25.0/"+id, on)
	s.ok(id, fields{"is_adset_budget_sharing_enabled": true, "name": "Still on"})
}

func TestOlderObjectivesNameTheirSuccessors(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, old := range []string{"APP_INSTALLS", "CONVERSIONS", "LEAD_GENERATION", "LINK_CLICKS", "POST_ENGAGEMENT", "REACH"} {
		if problem := wrong(s.post(s.account("campaigns"), with(campaign(), fields{"objective": old})), 0, "objective"); problem != "" {
			t.Error(old, problem)
		}
	}
}

func TestSpecialCategories(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	top := s.make("campaigns", with(campaign(), fields{"special_ad_categories": nil, "special_ad_category": "HOUSING"}))
	if got := s.get(top, "special_ad_categories,special_ad_category"); at(got, "special_ad_categories", 0) != "HOUSING" || got["special_ad_category"] != "HOUSING" {
		t.Errorf("the older parameter reads back as %v", got)
	}
	base := s.adset(top)
	to := func(name string, v any) fields {
		return fields{"targeting": with(base["targeting"].(fields), fields{name: v})}
	}
	refuse(t, s, "adsets", base, map[string]refusal{
		"ages from":    {to("age_min", 25), 1815694, []string{"targeting", "age_min"}},
		"ages to":      {to("age_max", 45), 1815694, []string{"targeting", "age_max"}},
		"women":        {to("genders", []any{2}), 1815694, []string{"targeting", "genders"}},
		"ZIP codes":    {to("geo_locations", fields{"zips": []any{fields{"key": "US:94304"}}}), 1815694, []string{"targeting", "geo_locations", "zips"}},
		"some are out": {to("exclusions", fields{"interests": []any{fields{"id": "1"}}}), 1815694, []string{"targeting", "exclusions"}},
	})
	s.make("adsets", base)
}

func TestTargetingRules(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	base := s.adset(s.make("campaigns", campaign()))
	to := func(name string, v any) fields {
		return fields{"targeting": with(base["targeting"].(fields), fields{name: v})}
	}
	refuse(t, s, "adsets", base, map[string]refusal{
		"Explore of Instagram":              {to("instagram_positions", []any{"stream", "explore"}), 2490589, []string{"targeting", "instagram_positions", "1"}},
		"positions of an unchosen platform": {with(to("publisher_platforms", []any{"facebook"}), fields{"targeting": with(base["targeting"].(fields), fields{"publisher_platforms": []any{"facebook"}, "instagram_positions": []any{"stream"}})}), 0, []string{"targeting", "instagram_positions"}},
		"an unknown platform":               {to("publisher_platforms", []any{"myspace"}), 0, []string{"targeting", "publisher_platforms", "0"}},
		"an unknown device":                 {to("device_platforms", []any{"fridge"}), 0, []string{"targeting", "device_platforms", "0"}},
		"a category that is gone":           {to("flexible_spec", []any{fields{"net_worth": []any{fields{"id": "1"}}}}), 1487694, []string{"targeting", "flexible_spec", "0", "net_worth"}},
		"a country under sanctions":         {to("geo_locations", fields{"countries": []any{"US", "KP"}}), 0, []string{"targeting", "geo_locations", "countries", "1"}},
	})
	if answer := s.post(s.account("adsets"), with(base, to("geo_locations", fields{"countries": []any{"CU"}}))); at(answer, "error", "code") != 2641.0 {
		t.Errorf("a country under sanctions: %v", answer)
	}
}

func TestMoneyRules(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	plain, shared := s.make("campaigns", campaign()), s.make("campaigns", with(campaign(), fields{"daily_budget": 9000}))
	whole := s.make("campaigns", with(campaign(), fields{"lifetime_budget": 90000}))
	value := fields{"optimization_goal": "VALUE"}
	lifetime := fields{"daily_budget": nil, "lifetime_budget": 90000, "end_time": now.Unix() + 10*86400}
	part := func(change fields) fields {
		return with(lifetime, fields{"adset_schedule": []any{with(fields{"start_minute": 540, "end_minute": 1020, "days": []any{1, 2}}, change)}})
	}
	at := func(name string) []string { return []string{"adset_schedule", "0", name} }
	spec := func(kind string, days int) fields {
		return fields{"attribution_spec": []any{fields{"event_type": kind, "window_days": days}}}
	}
	refuse(t, s, "adsets", s.adset(plain), map[string]refusal{
		"a negative bid":                         {fields{"bid_amount": -5}, 1487989, []string{"bid_amount"}},
		"an automatic strategy with a bid":       {fields{"bid_strategy": "LOWEST_COST_WITHOUT_CAP", "bid_amount": 100}, 1885204, []string{"bid_amount"}},
		"value with a cap":                       {with(value, fields{"bid_strategy": "COST_CAP", "bid_amount": 100}), 1885204, []string{"bid_strategy"}},
		"a floor for clicks":                     {fields{"bid_strategy": "LOWEST_COST_WITH_MIN_ROAS", "bid_constraints": fields{"roas_average_floor": 10000}}, 0, []string{"bid_strategy"}},
		"a floor of nearly nothing":              {with(value, fields{"bid_strategy": "LOWEST_COST_WITH_MIN_ROAS", "bid_constraints": fields{"roas_average_floor": 9}}), 1487989, []string{"bid_constraints", "roas_average_floor"}},
		"another strategy than the campaign's":   {fields{"campaign_id": shared, "daily_budget": nil, "bid_strategy": "COST_CAP", "bid_amount": 5}, 0, []string{"bid_strategy"}},
		"a cap on a budget of its own":           {fields{"daily_spend_cap": 500}, 0, []string{"daily_spend_cap"}},
		"more than the most":                     {fields{"campaign_id": shared, "daily_budget": nil, "daily_min_spend_target": 600, "daily_spend_cap": 500}, 0, []string{"daily_min_spend_target"}},
		"the campaign's lifetime without an end": {fields{"campaign_id": whole, "daily_budget": nil}, 0, []string{"end_time"}},
		"likes are billed for likes":             {fields{"billing_event": "PAGE_LIKES"}, 0, []string{"billing_event"}},
		"an instant form to sell":                {fields{"destination_type": "ON_AD"}, 2446509, []string{"destination_type"}},
		"WhatsApp without a number":              {fields{"destination_type": "WHATSAPP"}, 2446880, []string{"promoted_object", "whatsapp_phone_number"}},
		"a pixel and an app":                     {fields{"promoted_object": fields{"pixel_id": s.PixelID, "application_id": "7"}}, 1487929, []string{"promoted_object"}},
		"a window of 28 days":                    {spec("CLICK_THROUGH", 28), 1885559, []string{"attribution_spec", "0", "window_days"}},
		"an unknown event":                       {spec("HEARSAY", 1), 1885559, []string{"attribution_spec", "0", "event_type"}},
		"reach after a week":                     {with(spec("CLICK_THROUGH", 7), fields{"optimization_goal": "REACH"}), 1885559, []string{"attribution_spec", "0", "window_days"}},
		"half past nine":                         {part(fields{"start_minute": 570}), 0, at("start_minute")},
		"no hour at all":                         {part(fields{"end_minute": 540}), 0, at("end_minute")},
		"a schedule in Mars time":                {part(fields{"timezone_type": "MARS"}), 0, at("timezone_type")},
		"an eighth day":                          {part(fields{"days": []any{7}}), 0, append(at("days"), "0")},
		"one day twice":                          {part(fields{"days": []any{1, 1}}), 0, at("days")},
		"day parting without parts":              {fields{"pacing_type": []any{"day_parting"}}, 0, []string{"pacing_type"}},
	})
	accept(t, s, "adsets", s.adset(plain), map[string]fields{
		"a schedule":                    part(nil),
		"a week after a click":          spec("CLICK_THROUGH", 7),
		"no view counts":                spec("VIEW_THROUGH", 0),
		"WhatsApp with a number":        {"destination_type": "WHATSAPP", "promoted_object": fields{"pixel_id": s.PixelID, "whatsapp_phone_number": "+1555"}},
		"a floor of return on spend":    with(value, fields{"bid_strategy": "LOWEST_COST_WITH_MIN_ROAS", "bid_constraints": fields{"roas_average_floor": 20000}}),
		"limits in a campaign's budget": {"campaign_id": shared, "daily_budget": nil, "daily_min_spend_target": 200, "daily_spend_cap": 500},
	})
	t.Run("a schedule brings its pacing, a bid its info", func(t *testing.T) {
		id := s.make("adsets", with(with(s.adset(plain), part(nil)), fields{"bid_amount": 300}))
		if got := s.get(id, "pacing_type,bid_info"); got["pacing_type"].([]any)[0] != "day_parting" || got["bid_info"].(fields)["ACTIONS"] != 300.0 {
			t.Errorf("read back %v", got)
		}
	})
}

func TestBudgetsDoNotChangeTheirKind(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, set := s.tree(nil)
	end := now.Unix() + 9*86400
	for _, body := range []fields{{"lifetime_budget": 90000, "end_time": end}, {"daily_budget": 0, "lifetime_budget": 90000, "end_time": end}} {
		if problem := wrong(s.post(set, body), 0, "lifetime_budget"); problem != "" {
			t.Error(problem)
		}
	}
}

func TestAccountsHaveLimits(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(c *ads.Config) { c.Limits = ads.Limits{Campaigns: 3, AdSets: 1, Ads: 1, Archived: 1} })
	top, set := s.tree(nil)
	body := fields{"name": "Ad", "adset_id": set, "creative": s.link(s.image(1))}
	s.make("ads", body)
	s.make("campaigns", campaign())
	third := s.make("campaigns", campaign())
	for edge, body := range map[string]fields{"campaigns": campaign(), "adsets": s.adset(top), "ads": body} {
		if answer := s.post(s.account(edge), body); at(answer, "error", "code") != 2695.0 {
			t.Errorf("%s: %v", edge, answer)
		}
	}
	s.ok(third, fields{"status": "ARCHIVED"})
	if problem := wrong(s.post(top, fields{"status": "ARCHIVED"}), 1487990, "status"); problem != "" {
		t.Error(problem)
	}
	s.make("campaigns", campaign())
}

func TestAdsOfAnEndedSet(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, set := s.tree(fields{"end_time": now.Unix() + 2*86400})
	s.later(0, 3*24*time.Hour)
	if problem := wrong(s.post(s.account("ads"), fields{"name": "Ad", "adset_id": set, "creative": s.link(s.image(1))}), 1487472, "adset_id"); problem != "" {
		t.Error(problem)
	}
}

func TestBudgetsCoverWhatIsSpent(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(c *ads.Config) {
		c.Spent = func(_ context.Context, _ *graph.Call, _ store.Tx, objs []*store.Object, _ bool) ([]int64, error) {
			return slices.Repeat([]int64{3000}, len(objs)), nil
		}
	})
	_, set := s.tree(nil)
	for budget, fine := range map[int]bool{3299: false, 3300: true} {
		problem := wrong(s.post(set, fields{"daily_budget": budget, "execution_options": []any{"validate_only"}}), 1885650, "daily_budget")
		if (problem != "") != fine {
			t.Errorf("%d after 3000 were spent: %s", budget, problem)
		}
	}
}

func TestBudgetsChangeFourTimesAnHour(t *testing.T) {
	t.Parallel()
	for name, limited := range map[string]bool{"with rate limits": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, func(c *ads.Config) { c.RateLimits = limited })
			_, set := s.tree(nil)
			for i := range 4 {
				s.ok(set, fields{"daily_budget": 6000 + i})
			}
			answer := s.post(set, fields{"daily_budget": 9000})
			if refused := at(answer, "error", "code") == 613.0 && at(answer, "error", "error_subcode") == 1487632.0; refused != limited {
				t.Errorf("the fifth change: %v", answer)
			}
			s.ok(set, fields{"name": "More"})
			s.later(0, time.Hour)
			s.ok(set, fields{"daily_budget": 9001})
		})
	}
}
