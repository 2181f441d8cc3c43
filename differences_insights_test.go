package marquetry_test

import (
	"maps"
	"strconv"
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

func TestDiff176FrequencyCountsImpressions(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	for _, viewer := range []string{"anna", "anna", "", "anna", "ben", "anna", "anna"} {
		s.show(client.DecisionRequest{AdID: ad, Viewer: client.Viewer{ID: viewer}})
	}
	s.learn()
	got := map[string]string{}
	for _, row := range s.get(ad+"/insights", client.Params{"breakdowns": "frequency_value", "fields": "impressions", "date_preset": "maximum"}).List("data") {
		got[row.String("frequency_value")] = row.String("impressions")
	}
	if !maps.Equal(got, map[string]string{"1": "2", "2-3": "2", "4+": "2", "unknown": "1"}) {
		t.Errorf("impressions %v", got)
	}
}

// twoByTwo is an ad of two titles and two bodies that has been seen and clicked so often.
func (s shop) twoByTwo(changes client.Params, times int) (ad string) {
	s.Helper()
	_, ad = s.dynamic(client.Params{"optimization_goal": "LINK_CLICKS"}, feed(client.Params{"bodies": []map[string]string{{"text": "Hello."}, {"text": "Good day."}}}))
	if changes != nil {
		s.post(ad, changes)
		s.learn() // decisions know of it
	}
	for i := range times {
		d := s.show(client.DecisionRequest{AdID: ad, Viewer: client.Viewer{ID: strconv.Itoa(i)}})
		s.click(d)
	}
	s.learn()
	return ad
}

func TestDiff177WhatHelpsWhat(t *testing.T) {
	s := newShop(t)
	ad := s.twoByTwo(nil, 40)
	rows := s.get(ad+"/insights", client.Params{"breakdowns": "pair", "fields": "impressions", "date_preset": "maximum"}).List("data")
	want(s, "pairs", len(rows), 4)
	sum := 0
	for _, row := range rows {
		n, err := strconv.Atoi(row.String("impressions"))
		if err != nil || row.Object("pair").Object("title") == nil || row.Object("pair").Object("body") == nil || row.String("verdict") != "LEARNING" || row.String("why") == "" {
			t.Errorf("row %v", row)
		}
		sum += n
	}
	want(s, "impressions", sum, 40)
}

func TestDiff178EffectsOfAssets(t *testing.T) {
	s := newShop(t)
	ad := s.twoByTwo(nil, 40)
	for _, row := range s.get(s.fresh.AccountID+"/insights", client.Params{"breakdowns": "title_asset", "level": "campaign", "date_preset": "maximum"}).List("data") {
		want(s, "effect over several ads", row["effect"], nil)
	}
	for _, row := range s.get(ad+"/insights", client.Params{"breakdowns": "title_asset", "date_preset": "maximum", "fields": "impressions"}).List("data") {
		effect := row.Object("effect")
		if !(effect.Float("sure_low") <= effect.Float("low") && effect.Float("low") < effect.Float("mean") && effect.Float("high") <= effect.Float("sure_high")) ||
			row.String("verdict") != "LEARNING" || !strings.Contains(row.String("why"), "than the average title") {
			t.Errorf("row %v", row)
		}
	}
	for _, row := range s.get(ad+"/insights", client.Params{"breakdowns": "link_url_asset", "date_preset": "maximum"}).List("data") {
		want(s, "effect of the only one", row["effect"], nil)
	}
	for i := range 60 {
		s.click(s.show(client.DecisionRequest{AdID: ad, Viewer: client.Viewer{ID: "of " + strconv.Itoa(i), Gender: []string{"male", "female"}[i%2]}}))
	}
	s.learn()
	for _, row := range s.get(ad+"/insights", client.Params{"breakdowns": "title_asset,gender", "date_preset": "maximum"}).List("data") {
		if known := row.Object("segment_effect") != nil && row.String("verdict") == "LEARNING"; known != (row.String("gender") != "unknown") {
			t.Errorf("row %v", row)
		}
	}
}

func TestDiff179WhatChoosingBrought(t *testing.T) {
	s := newShop(t)
	ad := s.twoByTwo(client.Params{"marquetry_control_share": 0.5}, 40)
	lift := s.insights(ad, client.Params{"fields": "marquetry_lift"}).Object("marquetry_lift")
	control, served := lift.Object("control"), lift.Object("served")
	want(s, "impressions", control.Float("impressions")+served.Float("impressions"), 40.0)
	if control.Float("impressions") < 5 || control.Float("results") != control.Float("impressions") || lift.String("why") == "" {
		t.Errorf("lift %v", lift)
	}
}

func TestDiff180HowFastPeopleTire(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	s.show(client.DecisionRequest{AdID: ad})
	s.learn()
	tired := s.insights(ad, client.Params{"fields": "marquetry_fatigue"}).Object("marquetry_fatigue")
	want(s, "verdict", tired.String("verdict"), "LEARNING")
	want(s, "why", tired.String("why"), "How often people had seen it is not known: it was shown to viewers without an id.")
}
