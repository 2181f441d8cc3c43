package marquetry_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry"
	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

func TestDiff60BatchInOrder(t *testing.T) {
	s := newShop(t)
	w := s.raw("POST", "/", s.fresh.Token, `{"batch":[{"relative_url":"{result=a:$.id}"},{"name":"a","method":"POST","relative_url":"`+s.fresh.AccountID+`/campaigns","body":"name=x"}]}`)
	if !strings.HasPrefix(w.Body.String(), `[{"code":400`) || !strings.Contains(w.Body.String(), `depends on the operation \\\"a\\\"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestDiff61DoneAtOnce(t *testing.T) {
	t.Parallel()
	server, api := start(t, marquetry.Config{Data: storetest.Dir(t), ManualLearning: true, Latency: time.Hour})
	s := shop{t, server, api, server.Fresh}
	made := s.post("v25.0/", client.Params{"asyncbatch": []client.Params{{"method": "POST", "relative_url": s.fresh.AccountID, "body": "name=Renamed"}}})
	session := made.List("async_sessions")[0].ID()
	got := s.get(session, client.Params{"fields": "status,percent_completed,result,complete_time"})
	if got.String("status") != "IN_PROGRESS" || got["result"] != nil || got["complete_time"] != nil {
		t.Error(got)
	}
	want(s, "name", s.get(s.fresh.AccountID, client.Params{"fields": "name"}).String("name"), "Renamed")
	other := s.token("ads_management")
	want(s, "another token", s.raw("GET", "/"+session, other, "").Code, http.StatusBadRequest)
}

func TestDiff62OtherVersions(t *testing.T) {
	s := newShop(t)
	path := "/" + s.fresh.AccountID + "/campaigns"
	w := s.raw("POST", "/v20.0"+path, s.fresh.Token, `{"name":"x","objective":"OUTCOME_TRAFFIC","special_ad_categories":[],"NEW":true,"execution_options":["validate_only"]}`)
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `"rule":"ignored"`) {
		t.Errorf("unknown: %d %s", w.Code, w.Body)
	}
	w = s.raw("POST", "/v20.0"+path, s.fresh.Token, `{"name":"x","objective":"OUTCOME_TRAFFIC","special_ad_categories":[],"frequency_control_specs":[]}`)
	if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "it came with v26.0") {
		t.Errorf("of another version: %d %s", w.Code, w.Body)
	}
}

func TestDiff63Filters(t *testing.T) {
	s := newShop(t)
	campaign := s.post(s.fresh.AccountID+"/campaigns", client.Params{"name": "Spring", "objective": "OUTCOME_TRAFFIC", "special_ad_categories": []string{}, "is_adset_budget_sharing_enabled": false, "adlabels": []client.Params{{"name": "tea"}}})
	s.post(s.fresh.AccountID+"/adsets", client.Params{"name": "Set", "campaign_id": campaign.ID(), "daily_budget": 5000, "billing_event": "IMPRESSIONS", "optimization_goal": "LINK_CLICKS", "bid_strategy": "LOWEST_COST_WITHOUT_CAP",
		"targeting": client.Params{"geo_locations": client.Params{"countries": []string{"US"}}, "targeting_automation": client.Params{"advantage_audience": 0}}})
	for filter, n := range map[string]int{
		`adsets [{"field":"campaign.name","operator":"CONTAIN","value":"spr"}]`: 1, `adsets [{"field":"campaign.name","operator":"EQUAL","value":"spring"}]`: 0,
		`campaigns [{"field":"adlabels","operator":"ANY","value":["tea","milk"]}]`: 1, `campaigns [{"field":"adlabels","operator":"ALL","value":["tea","milk"]}]`: 0,
	} {
		edge, filtering, _ := strings.Cut(filter, " ")
		want(s, filter, len(s.get(s.fresh.AccountID+"/"+edge, client.Params{"filtering": filtering}).List("data")), n)
	}
}
