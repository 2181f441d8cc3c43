package marquetry_test

import (
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry/client"
)

// action is what a row says of an action type, in a list of its.
func action(row client.Object, list, kind string) client.Object {
	for _, a := range row.List(list) {
		if a.String("action_type") == kind {
			return a
		}
	}
	return nil
}

func TestDiff37OneAttribution(t *testing.T) {
	s := newShop(t)
	row := s.bought(nil)
	a := action(row, "actions", "purchase")
	want(s, "7d_click", a.String("7d_click"), "1")
	want(s, "28d_click", a["28d_click"], nil)
	set := s.set(client.Params{"attribution_spec": []map[string]any{{"event_type": "CLICK_THROUGH", "window_days": 1}}})
	read := s.get(set, client.Params{"fields": "attribution_spec"}).List("attribution_spec")
	want(s, "attribution_spec", read[0].Int("window_days"), 1)
}

func TestDiff38LinkClicks(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	s.click(s.show(client.DecisionRequest{AdID: ad}))
	s.learn()
	row := s.insights(ad, client.Params{"fields": "clicks,inline_link_clicks,outbound_clicks"})
	want(s, "clicks", row.String("clicks"), row.String("inline_link_clicks"))
	want(s, "outbound clicks", row.List("outbound_clicks")[0].String("value"), row.String("clicks"))
}

func TestDiff39FreshReports(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	for _, n := range []string{"1", "2"} {
		s.show(client.DecisionRequest{AdID: ad})
		s.learn()
		want(s, "impressions", s.insights(ad, client.Params{"fields": "impressions"}).String("impressions"), n)
	}
}

func TestDiff40ExactReach(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	for _, viewer := range []string{"anna", "anna", "ben", "", ""} {
		s.show(client.DecisionRequest{AdID: ad, Viewer: client.Viewer{ID: viewer}})
	}
	s.learn()
	want(s, "reach", s.insights(ad, client.Params{"fields": "reach"}).String("reach"), "4")
}

func TestDiff41AssetsAtEveryLevel(t *testing.T) {
	s := newShop(t)
	set, ad := s.dynamic(nil, feed(nil))
	s.show(client.DecisionRequest{AdID: ad})
	s.learn()
	for _, node := range []string{s.fresh.AccountID, set, ad} {
		row := s.insights(node, client.Params{"breakdowns": "image_asset", "time_increment": 1})
		want(s, "image", row.Object("image_asset").String("url"), "https://shop.example/a.jpg")
	}
}

func TestDiff42AssetsOfOrdinaryAds(t *testing.T) {
	s := newShop(t)
	ad := s.ad(s.set(nil), s.link(nil), nil).ID()
	s.show(client.DecisionRequest{AdID: ad})
	s.learn()
	want(s, "text", s.insights(ad, client.Params{"breakdowns": "body_asset"}).Object("body_asset").String("text"), "Made to last.")
}

func TestDiff43NamesWithoutData(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	s.show(client.DecisionRequest{AdID: ad})
	s.learn()
	if got := s.getRefused(ad+"/insights", client.Params{"breakdowns": "dma"}); !strings.Contains(got.Message, "known but not emulated") {
		t.Error(got)
	}
	row := s.insights(ad, client.Params{"fields": "impressions,video_play_actions"})
	want(s, "field", row["video_play_actions"], nil)
	if got := s.getRefused(ad+"/insights", client.Params{"fields": "luck"}); !strings.Contains(got.Message, "not valid") {
		t.Error(got)
	}
}

func TestDiff47ActionDates(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	when := time.Now().AddDate(0, 0, -3).UTC()
	d := s.show(client.DecisionRequest{AdID: ad, Time: when.Format(time.RFC3339)})
	s.click(d)
	s.post(s.fresh.PixelID+"/events", client.Params{"data": []client.Params{purchase(client.Params{"user_data": client.Params{"fbc": "fb.1.1." + d.Token}})}})
	s.learn()
	rows := s.get(ad+"/insights", client.Params{
		"fields": "impressions,actions", "time_increment": 1, "date_preset": "maximum", "action_report_time": "impression", "action_breakdowns": "action_device",
	}).List("data")
	if len(rows) != 2 || action(rows[1], "actions", "purchase") == nil || rows[0].String("impressions") != "1" {
		t.Errorf("rows %v", rows)
	}
}
