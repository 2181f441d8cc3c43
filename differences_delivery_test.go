package marquetry_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/marquetry/marquetry/client"
)

func TestDiff29ImpressionsArePaidFor(t *testing.T) {
	s := newShop(t)
	s.post(s.fresh.AccountID, client.Params{"marquetry_cpm_micros": 2_000_000_000})
	_, ad := s.dynamic(client.Params{"billing_event": "IMPRESSIONS"}, feed(nil))
	s.show(client.DecisionRequest{AdID: ad})
	s.learn()
	want(s, "spend", s.insights(ad, client.Params{"fields": "spend"}).String("spend"), "2.00")
}

func TestDiff30WhatStopsDelivery(t *testing.T) {
	s := newShop(t)
	s.post(s.fresh.AccountID, client.Params{"marquetry_cpm_micros": 2_000_000_000})
	campaign := s.campaign(client.Params{"daily_budget": 400, "spend_cap": 10_000})
	params := s.setParams(campaign, nil)
	delete(params, "daily_budget")
	set := s.post(s.fresh.AccountID+"/adsets", params).ID()
	ad := s.ad(set, s.link(nil), nil).ID()
	for range 2 {
		s.show(client.DecisionRequest{AdID: ad, Viewer: client.Viewer{ID: "same"}})
		s.learn()
	}
	want(s, "spend", s.insights(ad, client.Params{"fields": "spend"}).String("spend"), "4.00")
	want(s, "reason", s.ask(client.DecisionRequest{AdID: ad}).Reason, "budget_spent")
	s.post(set, client.Params{"status": "PAUSED"})
	s.learn() // or the pause is seen a moment later
	want(s, "reason", s.ask(client.DecisionRequest{AdID: ad}).Reason, "paused")
}

func TestDiff31DailyBudgetIsACeiling(t *testing.T) {
	s := newShop(t)
	s.post(s.fresh.AccountID, client.Params{"marquetry_cpm_micros": 10_000_000_000}) // 10.00 an impression
	_, ad := s.dynamic(client.Params{"daily_budget": 2000}, feed(nil))
	for range 2 {
		s.show(client.DecisionRequest{AdID: ad})
	}
	s.learn()
	want(s, "reason", s.ask(client.DecisionRequest{AdID: ad}).Reason, "budget_spent")
	tomorrow := time.Now().Add(24 * time.Hour).Format(time.RFC3339)
	want(s, "reason tomorrow", s.ask(client.DecisionRequest{AdID: ad, Time: tomorrow}).Reason, "")
}

func TestDiff32Targeting(t *testing.T) {
	s := newShop(t)
	targeting := map[string]any{
		"geo_locations": map[string]any{"countries": []string{"US"}, "regions": []map[string]string{{"key": "3847"}}}, "age_min": 25, "age_max": 34,
		"flexible_spec": []map[string]any{{"interests": []map[string]string{{"id": "6003139266461"}}}}, "targeting_automation": map[string]int{"advantage_audience": 0},
	}
	_, ad := s.dynamic(client.Params{"targeting": targeting}, feed(nil))
	for reason, viewer := range map[string]client.Viewer{
		"": {}, "targeting": {Country: "DE"},
	} {
		want(s, "reason", s.ask(client.DecisionRequest{AdID: ad, Viewer: viewer}).Reason, reason)
	}
	want(s, "another region", s.ask(client.DecisionRequest{AdID: ad, Viewer: client.Viewer{Region: "Texas"}}).Reason, "")
	want(s, "that interest", s.ask(client.DecisionRequest{AdID: ad, Viewer: client.Viewer{Interests: []string{"Movies"}}}).Reason, "")
	want(s, "other interests", s.ask(client.DecisionRequest{AdID: ad, Viewer: client.Viewer{Interests: []string{"chess"}}}).Reason, "targeting")
	want(s, "too old", s.ask(client.DecisionRequest{AdID: ad, Viewer: client.Viewer{Age: "35-44"}}).Reason, "targeting")
}

func TestDiff33AskingForAds(t *testing.T) {
	s := newShop(t)
	set, ad := s.dynamic(nil, feed(nil))
	w := s.raw("GET", "/v1/decisions?adset_id="+set, "", "")
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `"ad_id":"`+ad+`"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	want(s, "tag", s.raw("GET", "/tag.js", "", "").Code, http.StatusOK)
}

func TestDiff34ClicksCountOnce(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	d := s.show(client.DecisionRequest{AdID: ad})
	want(s, "click id", s.click(d).Query().Get("fbclid"), d.Token)
	want(s, "again to", s.click(d).Host, "shop.example")
	s.learn()
	want(s, "clicks", s.insights(ad, client.Params{"fields": "clicks"}).String("clicks"), "1")
}

// purchase is a Conversions API event of now.
func purchase(changes client.Params) client.Params {
	return with(client.Params{
		"event_name": "Purchase", "event_time": time.Now().Unix(), "action_source": "website", "user_data": client.Params{"client_user_agent": "test"},
		"custom_data": client.Params{"value": 10, "currency": "USD"},
	}, changes)
}

// bought shows an ad, clicks it, reports a purchase with the click's id for each set of changes, and returns the row of the report.
func (s shop) bought(changes ...client.Params) client.Object {
	s.Helper()
	_, ad := s.dynamic(nil, feed(nil))
	d := s.show(client.DecisionRequest{AdID: ad})
	s.click(d)
	for _, c := range changes {
		e := purchase(with(client.Params{"user_data": client.Params{"fbc": "fb.1.1795315316000." + d.Token}}, c))
		s.post(s.fresh.PixelID+"/events", client.Params{"data": []client.Params{e}})
	}
	s.learn()
	return s.insights(ad, client.Params{"fields": "actions,action_values", "action_attribution_windows": "7d_click,1d_view,28d_click"})
}

func TestDiff35EventIDs(t *testing.T) {
	s := newShop(t)
	days := time.Now().AddDate(0, 0, -3).Unix() // later than 48 hours after
	row := s.bought(client.Params{"event_id": "1"}, client.Params{"event_id": "1", "event_time": days}, client.Params{"event_id": "2"})
	want(s, "purchases", action(row, "actions", "purchase").String("value"), "2")
}

func TestDiff36NoMatching(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	s.show(client.DecisionRequest{AdID: ad, Viewer: client.Viewer{ID: "anna"}})
	hashed := strings.Repeat("a", 64)
	for _, user := range []client.Params{{"em": hashed}, {"external_id": "anna", "em": hashed}} {
		s.post(s.fresh.PixelID+"/events", client.Params{"data": []client.Params{purchase(client.Params{"user_data": user})}})
	}
	s.learn()
	want(s, "purchases", action(s.insights(ad, client.Params{"fields": "actions"}), "actions", "purchase").String("value"), "1")
	got := s.postRefused(s.fresh.PixelID+"/events", client.Params{"data": []client.Params{purchase(client.Params{"user_data": client.Params{}})}})
	s.wantCode(got, 100, 2804003)
}

func TestDiff44SignificantEdits(t *testing.T) {
	var late atomic.Int64
	s := newShopAt(t, func() time.Time { return time.Now().Add(time.Duration(late.Load())) })
	set, _ := s.dynamic(client.Params{"daily_budget": 50_000}, feed(nil))
	edited := func() int64 {
		s.learn()
		return s.get(set, client.Params{"fields": "learning_stage_info"}).Object("learning_stage_info").Int("last_sig_edit_ts")
	}
	before := edited()
	late.Store(int64(time.Minute))
	s.post(set, client.Params{"daily_budget": 59_000, "name": "Another name"})
	want(s, "after small edits", edited(), before)
	warned := s.post(set, client.Params{"daily_budget": 90_000, "execution_options": []string{"validate_only"}})
	want(s, "warned before", warned.List("warnings")[0].String("rule"), "learning.restarts")
	want(s, "after a trial", edited(), before)
	s.post(set, client.Params{"daily_budget": 90_000})
	want(s, "after more money", edited() >= before+60, true)
}

func TestDiff45SandboxClock(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	when := time.Now().AddDate(0, 0, -9).UTC()
	asked := client.DecisionRequest{AdID: ad, Viewer: client.Viewer{ID: "anna"}, Time: when.Format(time.RFC3339)}
	want(s, "same decision", s.show(asked).ID, s.decide(asked).ID)
	s.learn()
	row := s.insights(ad, client.Params{"time_increment": 1})
	want(s, "day", row.String("date_start"), when.Format(time.DateOnly))
	w := s.raw("GET", "/v1/decisions?ad_id="+ad+"&time=2026-01-01T00:00:00Z", s.token("ads_management"), "")
	want(s, "without the scope", w.Code, http.StatusForbidden)
}

func TestDiff46LearnOnDemand(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	s.show(client.DecisionRequest{AdID: ad})
	learned, err := s.api.Learn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want(s, "events", learned.Events, 1)
	want(s, "policy", s.decide(client.DecisionRequest{AdID: ad}).Policy == "uniform", false)
	want(s, "without the scope", s.raw("POST", "/v1/learn", s.token("ads_management"), "{}").Code, http.StatusForbidden)
}

func TestDiff50PicturesOfACarouselAreCards(t *testing.T) {
	s := newShop(t)
	images := []map[string]string{{"url": "https://shop.example/a.jpg"}, {"url": "https://shop.example/b.jpg"}}
	_, ad := s.dynamic(nil, feed(client.Params{"images": images, "ad_formats": []string{"CAROUSEL"}}))
	want(s, "combinations", s.get(ad+"/combinations", nil).Object("summary").Int("total_count"), 4)
	d := s.decide(client.DecisionRequest{AdID: ad})
	want(s, "cards", len(d.Cards), 2)
	want(s, "pictures", strings.Count(d.HTML, "<img"), 2)
}

func TestDiff51WholePictures(t *testing.T) {
	s := newShop(t)
	images := []map[string]any{{"url": "https://shop.example/a.jpg", "image_crops": map[string]any{"100x100": [][]int{{0, 0}, {600, 600}}}}}
	_, ad := s.dynamic(nil, feed(client.Params{"images": images}))
	want(s, "picture", s.decide(client.DecisionRequest{AdID: ad}).Assets["image"].URL, "https://shop.example/a.jpg")
	read := s.get(ad, client.Params{"fields": "creative{asset_feed_spec}"}).Object("creative").Object("asset_feed_spec").List("images")
	if read[0].Object("image_crops") == nil {
		t.Errorf("reads back as %v", read)
	}
}

func TestDiff52ForeignCurrency(t *testing.T) {
	s := newShop(t)
	row := s.bought(client.Params{"custom_data": client.Params{"value": 10, "currency": "EUR"}})
	want(s, "purchases", action(row, "actions", "purchase").String("value"), "1")
	if value := action(row, "action_values", "purchase"); value != nil && value.Float("value") != 0 {
		t.Errorf("worth %v", value)
	}
}

func TestDiff53EventBatches(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	d := s.show(client.DecisionRequest{AdID: ad})
	body, err := json.Marshal(client.EventBatch{Events: []client.Event{{Type: "click", Token: d.Token}, {Type: "impression", Token: d.Token}, {Type: "click", Token: "x"}}})
	if err != nil {
		t.Fatal(err)
	}
	w := s.raw("POST", "/v1/events", "", string(body))
	var got client.EventResults
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	want(s, "accepted", got.Accepted, 1)
	want(s, "duplicate", got.Duplicate, 1)
	want(s, "refused", got.Refused, 1)
}

// capped is frequency caps of one impression in a week.
func capped() []map[string]any {
	return []map[string]any{{"event": "IMPRESSIONS", "interval_days": 7, "max_frequency": 1}}
}

func TestDiff190FrequencyCaps(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(client.Params{"frequency_control_specs": capped()}, feed(nil))
	viewer := client.Viewer{ID: "same"}
	s.show(client.DecisionRequest{AdID: ad, Viewer: viewer})
	want(s, "reason", s.ask(client.DecisionRequest{AdID: ad, Viewer: viewer}).Reason, "frequency_cap")
	want(s, "reason of another", s.ask(client.DecisionRequest{AdID: ad, Viewer: client.Viewer{ID: "other"}}).Reason, "")
}

func TestDiff191CapsOfAdsAndCampaigns(t *testing.T) {
	s := newShop(t)
	set, ad := s.dynamic(nil, feed(nil))
	for _, what := range []string{ad, s.get(set, client.Params{"fields": "campaign_id"}).String("campaign_id")} {
		viewer := client.Viewer{ID: what}
		want(s, "reason", s.ask(client.DecisionRequest{AdID: ad, Viewer: viewer}).Reason, "")
		s.post(what, client.Params{"marquetry_frequency_caps": capped()})
		s.learn() // or the cap is seen a moment later
		s.show(client.DecisionRequest{AdID: ad, Viewer: viewer})
		want(s, "reason of "+what, s.ask(client.DecisionRequest{AdID: ad, Viewer: viewer}).Reason, "frequency_cap")
		s.post(what, client.Params{"marquetry_frequency_caps": []string{}})
		s.learn()
	}
}

func TestDiff192CounterOfTheClient(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(client.Params{"frequency_control_specs": capped()}, feed(nil))
	first := s.ask(client.DecisionRequest{AdID: ad})
	want(s, "decisions", len(first.Decisions), 1)
	want(s, "reason", s.ask(client.DecisionRequest{AdID: ad, Viewer: client.Viewer{Counter: first.Counter}}).Reason, "frequency_cap")
	want(s, "reason without it", s.ask(client.DecisionRequest{AdID: ad}).Reason, "")
}

func TestDiff195BudgetsFollowRequests(t *testing.T) {
	s := newShop(t)
	s.post(s.fresh.AccountID, client.Params{"marquetry_cpm_micros": 100_000_000}) // 0.10 an impression
	for pacing, many := range map[string]int{"standard": 100, "no_pacing": 190} {
		_, ad := s.dynamic(client.Params{"daily_budget": 2000, "pacing_type": []string{pacing}}, feed(nil))
		for range many {
			s.decide(client.DecisionRequest{AdID: ad})
		}
	}
}
