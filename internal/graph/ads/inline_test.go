package ads_test

import "testing"

func TestParentsAreMadeOfSpecs(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	set := with(s.adset(""), fields{"campaign_id": nil, "campaign_spec": campaign()})
	ad := s.make("ads", fields{"name": "Ad", "creative": s.link(s.image(1)), "adset_spec": set})
	got := s.get(ad, "adset{name,daily_budget},campaign{name}")
	if at(got, "adset", "daily_budget") != "5000" || at(got, "campaign", "name") != "Spring" {
		t.Errorf("made %v", got)
	}
	s.ok(ad, fields{"adset_spec": fields{"daily_budget": 7000, "campaign_spec": fields{"name": "Summer"}}})
	if got := s.get(ad, "adset{daily_budget},campaign{name}"); at(got, "adset", "daily_budget") != "7000" || at(got, "campaign", "name") != "Summer" {
		t.Errorf("changed to %v", got)
	}
	before := len(idsOf(s.get(s.account("campaigns"), "id")))
	refuse(t, s, "ads", fields{"name": "Ad", "creative": s.link(s.image(1))}, map[string]refusal{
		"no ad set":                     {fields{}, 0, []string{"adset_id"}},
		"an ad set with a fault":        {fields{"adset_spec": with(set, fields{"daily_budget": 1})}, 1885272, []string{"adset_spec", "daily_budget"}},
		"a campaign with a fault below": {fields{"adset_spec": with(set, fields{"campaign_spec": with(campaign(), fields{"objective": "REACH"})})}, 0, []string{"adset_spec", "campaign_spec", "objective"}},
	})
	if after := len(idsOf(s.get(s.account("campaigns"), "id"))); after != before {
		t.Errorf("refused ads left %d campaigns, %d before", after, before)
	}
}

func TestAdSetUnderItsOlderName(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	top, set := s.tree(nil)
	body := fields{"name": "Ad", "creative": s.link(s.image(1)), "campaign_id": set, "adgroup_status": "PAUSED"}
	answer := s.post(s.account("ads"), body)
	if got := s.get(s.id(answer), "adset_id,campaign_id,status"); got["adset_id"] != set || got["campaign_id"] != top || got["status"] != "PAUSED" || answer["warnings"] != nil {
		t.Errorf("made %v with %v", got, answer["warnings"])
	}
	if problem := wrong(s.post(s.account("ads"), with(body, fields{"campaign_id": top})), 0, "adset_id"); problem != "" {
		t.Error(problem)
	}
}

func TestAdSetsTakeOverABudget(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	top := s.make("campaigns", with(campaign(), fields{"daily_budget": 9000}))
	one, two := s.make("adsets", with(s.adset(top), fields{"daily_budget": nil})), s.make("adsets", with(s.adset(top), fields{"daily_budget": nil}))
	_, stranger := s.tree(nil)
	over := func(id string, cents int) fields {
		return fields{"daily_budget": 0, "adset_budgets": []any{fields{"adset_id": one, "daily_budget": 4000}, fields{"adset_id": id, "daily_budget": cents}}}
	}
	for name, c := range map[string]struct {
		body    fields
		subcode int
		path    []string
	}{
		"one of another campaign":    {over(stranger, 5000), 0, []string{"adset_budgets", "1", "adset_id"}},
		"one that is too small":      {over(two, 1), 1885650, []string{"adset_budgets", "1", "daily_budget"}},
		"the campaign keeps its own": {with(over(two, 5000), fields{"daily_budget": nil}), 1885621, []string{"adset_budgets", "0", "daily_budget"}},
	} {
		if problem := wrong(s.post(top, c.body), c.subcode, c.path...); problem != "" {
			t.Errorf("%s: %s", name, problem)
		}
	}
	s.ok(top, with(over(two, 5000), fields{"adset_bid_amounts": fields{two: 300}}))
	if got := s.get(two, "daily_budget,bid_amount,campaign{daily_budget}"); got["daily_budget"] != "5000" || got["bid_amount"] != 300.0 || at(got, "campaign", "daily_budget") != nil {
		t.Errorf("read back %v", got)
	}
}
