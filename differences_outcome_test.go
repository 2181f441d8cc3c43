package marquetry_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/marquetry/marquetry/client"
)

// ago is a time so many days ago, as decisions and events of the sandbox name it.
func ago(days int) time.Time { return time.Now().AddDate(0, 0, -days) }

// report sends an event that must be accepted.
func (s shop) report(e client.Event) client.EventResult {
	s.Helper()
	got, err := s.api.Events(s.Context(), []client.Event{e})
	if err != nil || got.Accepted != 1 {
		s.Fatalf("%s: %v %v", e.Type, got, err)
	}
	return got.Results[0]
}

func TestDiff220LastTouch(t *testing.T) {
	s := newShop(t)
	day := client.Params{"attribution_spec": []client.Params{{"event_type": "CLICK_THROUGH", "window_days": 1}}}
	_, ad := s.dynamic(day, feed(nil))
	for _, after := range []int{0, 2} {
		d := s.decide(client.DecisionRequest{AdID: ad, Time: ago(5).Add(time.Duration(after) * time.Second).Format(time.RFC3339)})
		s.report(client.Event{Type: "impression", Token: d.Token})
		s.report(client.Event{Type: "conversion", Token: d.Token, Name: "Purchase", Value: 10, Time: ago(5 - after).Add(time.Minute).Format(time.RFC3339)})
	}
	s.learn()
	row := s.insights(ad, client.Params{"fields": "actions,action_values,cost_per_action_type", "action_attribution_windows": "1d_click,7d_click"})
	bought := action(row, "actions", "purchase")
	want(s, "what the ad set counts", bought.String("value"), "1")
	want(s, "1d_click", bought.String("1d_click"), "1")
	want(s, "7d_click", bought.String("7d_click"), "2")
	want(s, "value", action(row, "action_values", "purchase").String("value"), "10.00")
}

func TestDiff221Restatements(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	d := s.decide(client.DecisionRequest{AdID: ad, Viewer: client.Viewer{ID: "anna"}, Time: ago(5).Format(time.RFC3339)})
	s.report(client.Event{Type: "impression", Token: d.Token})
	s.report(client.Event{Type: "click", Token: d.Token})
	for _, days := range []int{3, 2} {
		e := purchase(client.Params{"event_time": ago(days).Unix(), "user_data": client.Params{"external_id": "anna"}})
		s.post(s.fresh.PixelID+"/events", client.Params{"data": []client.Params{e}})
	}
	s.learn()
	page := s.get(s.fresh.AccountID+"/marquetry_restatements", client.Params{"limit": 1})
	rows := append(page.List("data"), s.get(ad+"/marquetry_restatements", client.Params{"after": page.Object("paging").Object("cursors").String("after")}).List("data")...)
	want(s, "rows", len(rows), 2)
	zone, err := time.LoadLocation(s.get(s.fresh.AccountID, client.Params{"fields": "timezone_name"}).String("timezone_name"))
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range rows {
		want(s, "day", r.String("date"), ago(2+i).In(zone).Format(time.DateOnly))
		want(s, "ad", r.String("ad_id"), ad)
		want(s, "what", r.String("action_type")+" "+r.String("attribution_window")+" "+r.String("value"), "offsite_conversion.fb_pixel_purchase 7d_click 10.00")
	}
	late := s.get(ad+"/marquetry_restatements", client.Params{"until": ago(1).Unix()}).List("data")
	want(s, "what was known yesterday", len(late), 0)
}

func TestDiff222Views(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	for i := range 2 {
		d := s.show(client.DecisionRequest{AdID: ad})
		if i == 0 {
			want(s, "view", s.raw(http.MethodGet, d.ViewableURL, "", "").Code, http.StatusOK)
		}
	}
	s.learn()
	row := s.insights(ad, client.Params{"fields": "impressions,marquetry_viewable_impressions,marquetry_viewable_rate"})
	want(s, "rate", row.String("impressions")+" "+row.String("marquetry_viewable_impressions")+" "+row.String("marquetry_viewable_rate"), "2 1 50")
}

func TestDiff223InvalidTraffic(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	d := s.show(client.DecisionRequest{AdID: ad})
	to, err := url.Parse(d.ClickURL)
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, to.RequestURI(), nil)
	r.Header.Set("User-Agent", "Mozilla/5.0 (compatible; Examplebot/1.0; +https://example.com/bot)")
	w := httptest.NewRecorder()
	s.server.Handler().ServeHTTP(w, r)
	want(s, "the crawler is sent on", w.Code, http.StatusFound)
	s.learn()
	row := s.insights(ad, client.Params{"fields": "impressions,clicks,spend,marquetry_invalid_clicks,marquetry_invalid_reasons"})
	want(s, "clicks", row.String("clicks")+" "+row.String("marquetry_invalid_clicks"), "0 1")
	want(s, "why", row.List("marquetry_invalid_reasons")[0].String("reason"), "crawler")
}

func TestDiff224Macros(t *testing.T) {
	s := newShop(t)
	campaign := s.campaign(client.Params{"name": "A&B 100% {{ad.id}}"})
	set := s.post(s.fresh.AccountID+"/adsets", s.setParams(campaign, client.Params{"name": "Été"})).ID()
	tags := "c={{campaign.name}}&ci={{campaign.id}}&s={{adset.name}}&si={{adset.id}}&a={{ad.name}}&ai={{ad.id}}&p={{placement}}&w={{site_source_name}}&u={{nobody}}"
	ad := s.ad(set, with(s.link(nil), client.Params{"url_tags": tags}), client.Params{"name": "x=1#y"}).ID()
	for placement, source := range map[string]string{"INSTAGRAM_STORY": "ig", "DESKTOP_FEED_STANDARD": "fb", "MOBILE_BANNER": "an"} {
		to := s.click(s.show(client.DecisionRequest{AdID: ad, Placement: placement}))
		got := to.Query()
		want(s, "token", len(got["fbclid"]), 1)
		got.Del("fbclid")
		wanted := url.Values{"c": {"A&B 100% {{ad.id}}"}, "ci": {campaign}, "s": {"Été"}, "si": {set}, "a": {"x=1#y"}, "ai": {ad}, "p": {placement}, "w": {source}, "u": {"{{nobody}}"}}
		want(s, "tags", got.Encode(), wanted.Encode())
	}
}
