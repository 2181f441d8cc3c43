package async_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/internal/graph/async"
	"github.com/marquetry/marquetry/internal/graph/graphtest"
)

type fields = graphtest.Fields

// adset makes a campaign and an ad set and returns the ad set's id.
func adset(s *graphtest.Site) string {
	campaign := s.Do("POST", s.Account("campaigns"), fields{"name": "C", "objective": "OUTCOME_TRAFFIC", "special_ad_categories": []string{}, "is_adset_budget_sharing_enabled": false})
	set := s.Do("POST", s.Account("adsets"), fields{"name": "S", "campaign_id": campaign["id"], "daily_budget": 5000, "billing_event": "IMPRESSIONS", "bid_strategy": "LOWEST_COST_WITHOUT_CAP",
		"optimization_goal": "LINK_CLICKS", "targeting": fields{"geo_locations": fields{"countries": []string{"US"}}, "targeting_automation": fields{"advantage_audience": 0}}})
	id, _ := set["id"].(string)
	if id == "" {
		s.Fatal(campaign, set)
	}
	return id
}

// A set makes its ads at once, each by itself, and tells what came of each.
func TestSet(t *testing.T) {
	t.Parallel()
	s := graphtest.New(t, async.New())
	in := adset(s)
	creative := fields{"name": "K", "object_story_spec": fields{"page_id": s.PageID, "link_data": fields{"link": "https://example.com/", "message": "Hi"}}}
	made := s.Do("POST", s.Account("asyncadrequestsets"), fields{"name": "Set", "notification_mode": "ON_COMPLETE", "ad_specs": []fields{
		{"name": "Good", "adset_id": in, "status": "PAUSED", "creative": creative}, {"name": "Bad", "adset_id": in}}})
	set := fmt.Sprint(made["id"])
	got := s.Do("GET", set+"?fields=name,owner_id,total_count,initial_count,in_progress_count,success_count,error_count,canceled_count,is_completed,notification_mode,notification_result", nil)
	want := fields{"id": set, "name": "Set", "owner_id": s.AccountID, "total_count": 2., "success_count": 1., "error_count": 1., "initial_count": 0., "in_progress_count": 0., "canceled_count": 0., "is_completed": true, "notification_mode": "ON_COMPLETE"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	all := s.Do("GET", set+"/requests?fields=status,type,result,input,scope_object_id,async_request_set{name}", nil)
	bad, good := all["data"].([]any)[0].(fields), all["data"].([]any)[1].(fields)
	if bad["status"] != "ERROR" || good["status"] != "SUCCESS" || good["scope_object_id"] != in || good["type"] != "ASYNC_ADGROUP_CREATION" || bad["scope_object_id"] != nil {
		t.Errorf("%v\n%v", bad, good)
	}
	if ad := s.Do("GET", fmt.Sprint(good["result"].(fields)["id"])+"?fields=name", nil); ad["name"] != "Good" || good["input"].(fields)["name"] != "Good" {
		t.Error(ad, good)
	}
	for path, n := range map[string]int{set + "/requests?statuses=ERROR": 1, set + "/requests?statuses=CANCELED": 0, in + "/asyncadrequests": 1, s.Account("asyncadrequestsets") + "?is_completed=true": 1, s.Account("asyncadrequestsets") + "?is_completed=false": 0} {
		if got := len(s.Do("GET", path, nil)["data"].([]any)); got != n {
			t.Errorf("%s: %d, want %d", path, got, n)
		}
	}
	s.Do("DELETE", fmt.Sprint(bad["id"]), nil)
	if got := s.Do("GET", set+"?fields=error_count,success_count,canceled_count", nil); got["error_count"] != 0. || got["success_count"] != 1. || got["canceled_count"] != 1. {
		t.Error("after a request was removed:", got)
	}
	s.Do("POST", set, fields{"name": "Renamed"})
	s.Do("DELETE", set, nil)
	if got := s.Do("GET", fmt.Sprint(good["id"]), nil); got["error"] == nil {
		t.Error("a request outlived its set:", got)
	}
}

// What is wrong with a set is said at once; what is wrong with a request, by the request.
func TestSetRefuses(t *testing.T) {
	t.Parallel()
	s := graphtest.New(t, async.New())
	for want, body := range map[string]fields{
		"The parameter ad_specs is required": {"name": "x"},
		"The parameter name is required":     {"ad_specs": []fields{{}}},
		"takes 1 to 50 requests, 51":         {"name": "x", "ad_specs": make([]fields, 51)},
	} {
		for i := range object(body["ad_specs"]) {
			object(body["ad_specs"])[i] = fields{}
		}
		if got := fmt.Sprint(s.Do("POST", s.Account("asyncadrequestsets"), body)); !strings.Contains(got, want) {
			t.Errorf("%s, want %s", got, want)
		}
	}
	if got := s.Do("POST", s.Account("asyncadrequestsets"), fields{"name": "x", "ad_specs": []fields{{}}, "execution_options": "validate_only"}); got["success"] != true {
		t.Error(got)
	}
	if got := s.Do("GET", s.Account("asyncadrequestsets"), nil)["data"].([]any); len(got) != 0 {
		t.Error("a refused set is there:", got)
	}
}

// object is a list of specs.
func object(v any) []fields { list, _ := v.([]fields); return list }

// Creatives and operations are queued like ads.
func TestOtherSets(t *testing.T) {
	t.Parallel()
	s := graphtest.New(t, async.New())
	creative := fields{"name": "K", "object_story_spec": fields{"page_id": s.PageID, "link_data": fields{"link": "https://example.com/", "message": "Hi"}}}
	sets := []fields{
		s.Do("POST", s.Account("asyncadcreatives"), fields{"name": "x", "creative_spec": creative}),
		s.Do("POST", s.Account("async_batch_requests"), fields{"name": "x", "adbatch": []fields{
			{"name": "c", "relative_url": s.Account("campaigns"), "body": "name=Tea & Cakes&objective=OUTCOME_TRAFFIC&special_ad_categories=[]&is_adset_budget_sharing_enabled=false"},
			{"relative_url": "{result=c:$.id}", "body": "name=Tea"}}}),
	}
	for _, set := range sets {
		got := s.Do("GET", fmt.Sprint(set["id"])+"?fields=success_count,total_count,requests{status,result,type}", nil)
		if got["total_count"] == nil || got["success_count"] != got["total_count"] {
			t.Errorf("%v", got)
		}
	}
}

// The operations of an asyncbatch are run, and each is a session with its answer.
func TestAsyncBatch(t *testing.T) {
	t.Parallel()
	s := graphtest.New(t, async.New())
	made := s.Do("POST", "v25.0/", fields{"asyncbatch": []fields{{"method": "GET", "relative_url": "me?fields=id", "name": "who"}, {"method": "POST", "relative_url": s.Account("campaigns")}}})
	sessions := made["async_sessions"].([]any)
	ask := func(i int) fields {
		got := s.Do("GET", fmt.Sprint(sessions[i].(fields)["id"])+"?fields=name,method,uri,status,percent_completed,result,error_code,exception,platform_version,user,start_time,complete_time,app", nil)
		delete(got, "id")
		return got
	}
	want := fields{"name": "who", "method": "GET", "uri": "/me", "status": "COMPLETED", "percent_completed": 100., "result": `{"id":"` + s.UserID + `"}`, "platform_version": "v25.0",
		"user": fields{"id": s.UserID}, "start_time": "2026-11-22T12:00:00+0000", "complete_time": "2026-11-22T12:00:00+0000"}
	got := ask(0)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := ask(1); got["status"] != "FAILED" || got["error_code"] != 100. || got["exception"] == nil {
		t.Error(got)
	}
}
