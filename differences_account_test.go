package marquetry_test

import (
	"strings"
	"testing"

	"github.com/marquetry/marquetry/client"
)

func TestDiff100LabelsByName(t *testing.T) {
	s := newShop(t)
	edge := s.fresh.AccountID + "/adlabels"
	want(s, "the second", s.post(edge, client.Params{"name": "spring"}).ID(), s.post(edge, client.Params{"name": "spring"}).ID())
}

func TestDiff101Copies(t *testing.T) {
	s := newShop(t)
	campaign := s.campaign(nil)
	made := s.post(campaign+"/copies", client.Params{"parameter_overrides": client.Params{"name": "other"}, "migrate_to_advantage_plus": true}).String("copied_campaign_id")
	want(s, "name", s.get(made, client.Params{"fields": "name"}).String("name"), "Spring - Copy")
	got := s.postRefused(s.set(nil)+"/copies", client.Params{"end_time": 1000})
	if s.wantCode(got, 100, 1487033); !strings.Contains(got.Message+got.UserMessage, "copy of adset") {
		t.Error(got)
	}
}

func TestDiff102Activities(t *testing.T) {
	s := newShop(t)
	campaign := s.campaign(nil)
	s.post(campaign, client.Params{"pacing_type": []string{"no_pacing"}, "promoted_object": client.Params{"product_catalog_id": "1"}})
	s.post(s.fresh.AccountID+"/adlabels", client.Params{"name": "spring"})
	rows := s.get(s.fresh.AccountID+"/activities", client.Params{"fields": "event_type,extra_data"}).List("data")
	want(s, "rows", len(rows), 3)
	want(s, "the last", rows[0].String("event_type"), "update_campaign_delivery_type")
	want(s, "without a name", rows[1].String("event_type"), "unknown")
	want(s, "the first", rows[2].String("event_type"), "create_campaign_group")
}

// audience makes a list of uploaded people.
func (s shop) audience() string {
	s.Helper()
	return s.post(s.fresh.AccountID+"/customaudiences", client.Params{"name": "x", "customer_file_source": "USER_PROVIDED_ONLY"}).ID()
}

func TestDiff103UploadsAreCounted(t *testing.T) {
	s := newShop(t)
	id := s.audience()
	for range 2 {
		s.post(id+"/users", client.Params{"payload": client.Params{"schema": "MADID", "data": []string{"the same"}}})
	}
	got := s.get(id, client.Params{"fields": "received,approximate_count_lower_bound"})
	want(s, "received", got.Int("received"), int64(2))
	want(s, "shown", got.Int("approximate_count_lower_bound"), int64(1000))
}

func TestDiff104AudiencesByRule(t *testing.T) {
	s := newShop(t)
	rule := `{"inclusions":{"operator":"or","rules":[{"event_sources":[{"id":"` + s.fresh.PixelID + `","type":"pixel"}],"retention_seconds":86400}]}}`
	id := s.post(s.fresh.AccountID+"/customaudiences", client.Params{"name": "x", "rule": rule}).ID()
	want(s, "size", s.get(id, client.Params{"fields": "approximate_count_upper_bound"}).Int("approximate_count_upper_bound"), int64(-1))
	twin := s.post(s.fresh.AccountID+"/customaudiences", client.Params{"name": "y", "origin_audience_id": s.audience(), "lookalike_spec": client.Params{"ratio": 0.1, "country": "US"}}).ID()
	want(s, "twins", s.get(twin, client.Params{"fields": "approximate_count_lower_bound"}).Int("approximate_count_lower_bound"), int64(20_000_000))
}

func TestDiff105Rules(t *testing.T) {
	s := newShop(t)
	id := s.post(s.fresh.AccountID+"/adrules_library", client.Params{"name": "r", "evaluation_spec": "{}", "execution_spec": "{}"}).ID()
	s.wantCode(s.postRefused(id+"/execute", nil), 3, 0)
	s.wantCode(s.getRefused(s.campaign(nil)+"/adrules_governed", nil), 3, 0)
}

func TestDiff106Studies(t *testing.T) {
	s := newShop(t)
	cell := func(campaign string) client.Params {
		return client.Params{"treatment_percentage": 50, "campaigns": []string{campaign}}
	}
	one := s.campaign(nil)
	id := s.post(s.fresh.AccountID+"/ad_studies", client.Params{"name": "x", "start_time": 1800000000, "end_time": 1800900000,
		"cells": []client.Params{cell(one), cell(s.campaign(nil))}}).ID()
	want(s, "study", s.get(one+"/ad_studies", nil).List("data")[0].ID(), id)
}

func TestDiff107SavedAudiences(t *testing.T) {
	s := newShop(t)
	id := s.post(s.fresh.AccountID+"/saved_audiences", client.Params{"name": "x", "targeting": client.Params{"geo_locations": client.Params{"countries": []string{"US"}}}}).ID()
	want(s, "listed", s.get(s.fresh.AccountID+"/saved_audiences", nil).List("data")[0].ID(), id)
}

func TestDiff108Estimates(t *testing.T) {
	s := newShop(t)
	people := func(spec string) int64 {
		return s.get(s.fresh.AccountID+"/reachestimate", client.Params{"targeting_spec": spec}).Object("data").Int("users_lower_bound")
	}
	everybody := people(`{"geo_locations":{"countries":["US"]},"age_min":18}`)
	women := people(`{"geo_locations":{"countries":["US"]},"age_min":18,"genders":[2]}`)
	if women < everybody*4/10 || women > everybody*6/10 {
		t.Errorf("%d of %d are women", women, everybody)
	}
}

func TestDiff109SmallTables(t *testing.T) {
	s := newShop(t)
	count := func(params client.Params) int {
		return len(s.get("search", with(params, client.Params{"limit": 1000})).List("data"))
	}
	want(s, "countries", count(client.Params{"type": "adcountry"}), 250)
	if n := count(client.Params{"type": "adTargetingCategory"}); n < 300 || n > 400 {
		t.Errorf("%d categories", n)
	}
	s.set(client.Params{"targeting": client.Params{"geo_locations": client.Params{"countries": []string{"US"}}, "interests": []client.Params{{"id": "1"}},
		"targeting_automation": client.Params{"advantage_audience": 0}}})
}

func TestDiff110CustomConversions(t *testing.T) {
	s := newShop(t)
	params := client.Params{"name": "x", "rule": `{"event":{"eq":"PageView"}}`, "event_source_id": s.fresh.PixelID}
	id := s.post(s.fresh.AccountID+"/customconversions", params).ID()
	if fired := s.get(id, client.Params{"fields": "first_fired_time"}); fired["first_fired_time"] != nil {
		t.Error(fired)
	}
	s.wantCode(s.postRefused(s.fresh.AccountID+"/customconversions", params), 100, 0)
}
