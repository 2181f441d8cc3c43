package marquetry_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/marquetry/marquetry/client"
)

func TestDiff85MinimumsAreThoseOfTheDollar(t *testing.T) {
	s := newShop(t)
	s.post(s.fresh.AccountID, client.Params{"currency": "JPY"})
	row := s.get(s.fresh.AccountID+"/minimum_budgets", nil).List("data")[0]
	want(s, "currency", row.String("currency"), "JPY")
	want(s, "of impressions", fmt.Sprint(row["min_daily_budget_imp"]), "100")
}

func TestDiff86Verdicts(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	want(s, "without the scope", s.raw("POST", "/"+ad+"/review", s.token("ads_management"), `{"decision":"APPROVE"}`).Code, http.StatusForbidden)
	s.post(ad+"/review", client.Params{"decision": "DISAPPROVE", "policy": "Weapons"})
	s.post(ad, client.Params{"creative": s.creative(feed(client.Params{"titles": []map[string]string{{"text": "Three"}, {"text": "Four"}}}))})
	want(s, "with another creative", s.get(ad, client.Params{"fields": "effective_status"}).String("effective_status"), "ACTIVE")
	s.post(s.fresh.AccountID, client.Params{"account_status": 3})
	want(s, "of an unpaid account", s.get(ad, client.Params{"fields": "effective_status"}).String("effective_status"), "PENDING_BILLING_INFO")
}

func TestDiff87IssuesHaveNumbersOfTheirOwn(t *testing.T) {
	s := newShop(t)
	set, ad := s.dynamic(nil, feed(nil))
	s.post(ad+"/review", client.Params{"decision": "DISAPPROVE"})
	got := s.get(set, client.Params{"fields": "effective_status,issues_info"})
	want(s, "code", fmt.Sprint(got.List("issues_info")[0]["error_code"]), "900002")
	want(s, "every ad is refused", got.String("effective_status"), "WITH_ISSUES")
}

func TestDiff88PeriodsOfHigherDemandAddToTheirDays(t *testing.T) {
	s := newShop(t)
	s.post(s.fresh.AccountID, client.Params{"marquetry_cpm_micros": 10_000_000_000}) // 10.00 an impression
	set, ad := s.dynamic(client.Params{"daily_budget": 2000}, feed(nil))
	s.post(set+"/budget_schedules", client.Params{
		"budget_value": 200, "budget_value_type": "MULTIPLIER", "time_start": time.Now().Unix() - 86_400, "time_end": time.Now().Unix() + 2*86_400,
	})
	for range 6 {
		s.show(client.DecisionRequest{AdID: ad})
	}
	s.learn()
	want(s, "reason", s.ask(client.DecisionRequest{AdID: ad}).Reason, "budget_spent")
}

func TestDiff90PixelsCountByEventAndSource(t *testing.T) {
	s := newShop(t)
	s.post(s.fresh.PixelID+"/events", client.Params{"data": []map[string]any{{"event_name": "Lead", "event_time": time.Now().Unix() - 3600, "action_source": "website",
		"user_data": map[string]string{"external_id": "anna"}}}})
	s.learn()
	row := s.get(s.fresh.PixelID+"/stats", client.Params{"aggregation": "event_source"}).List("data")[0]
	want(s, "value", row.List("data")[0].String("value"), "website")
	want(s, "last fired", s.get(s.fresh.PixelID, client.Params{"fields": "last_fired_time"}).String("last_fired_time") != "", true)
	s.wantCode(s.getRefused(s.fresh.PixelID+"/stats", client.Params{"aggregation": "device_type"}), 3, 0)
}

func TestDiff91CampaignsAreDeletedByTheHundred(t *testing.T) {
	s := newShop(t)
	one, two := s.campaign(nil), s.campaign(nil)
	if err := s.api.Delete(s.Context(), s.fresh.AccountID+"/campaigns", client.Params{"delete_strategy": "DELETE_OLDEST", "object_count": 501}); err == nil {
		t.Error("501 at once were accepted")
	}
	if err := s.api.Delete(s.Context(), s.fresh.AccountID+"/campaigns", client.Params{"delete_strategy": "DELETE_OLDEST", "object_count": 1}); err != nil {
		t.Fatal(err)
	}
	want(s, "the older", s.get(one, client.Params{"fields": "status"}).String("status"), "DELETED")
	want(s, "the newer", s.get(two, client.Params{"fields": "status"}).String("status"), "ACTIVE")
}

func TestDiff92TheFirstAdFixesZoneAndCurrency(t *testing.T) {
	s := newShop(t)
	s.post(s.fresh.AccountID, client.Params{"currency": "EUR"})
	s.dynamic(nil, feed(nil))
	s.wantCode(s.postRefused(s.fresh.AccountID, client.Params{"currency": "USD"}), 2615, 0)
	s.wantCode(s.postRefused(s.fresh.AccountID, client.Params{"timezone_name": "Asia/Tokyo"}), 2615, 0)
}

func TestDiff93CapsAreHeldAgainstAPrice(t *testing.T) {
	s := newShop(t)
	set, ad := s.dynamic(client.Params{"bid_strategy": "COST_CAP", "bid_amount": 100}, feed(nil))
	want(s, "reason", s.ask(client.DecisionRequest{AdID: ad}).Reason, "bid")
	s.post(set, client.Params{"bid_amount": 2000})
	s.learn() // or the change is seen a moment later
	s.show(client.DecisionRequest{AdID: ad})
	s.learn()
	want(s, "spend", s.insights(ad, client.Params{"fields": "spend"}).String("spend"), "0.01")
}

func TestDiff94GoalsOfAllDestinations(t *testing.T) {
	s := newShop(t)
	s.set(client.Params{"destination_type": "MESSENGER", "optimization_goal": "LANDING_PAGE_VIEWS"})
	params := s.setParams(s.campaign(nil), client.Params{"destination_type": "ON_AD"})
	s.wantCode(s.postRefused(s.fresh.AccountID+"/adsets", params), 100, 2446509)
}

func TestDiff95StatedWhereNarrowed(t *testing.T) {
	s := newShop(t)
	us := map[string]any{"geo_locations": map[string]any{"countries": []string{"US"}}}
	s.set(client.Params{"targeting": us})
	params := s.setParams(s.campaign(nil), client.Params{"targeting": with(us, client.Params{"genders": []int{1}})})
	s.wantCode(s.postRefused("/v23.0/"+s.fresh.AccountID+"/adsets", params), 100, 1870227)
	s.post("/v22.0/"+s.fresh.AccountID+"/adsets", params)
}
