package marquetry_test

import (
	"testing"

	"github.com/marquetry/marquetry/client"
)

func TestDiff171ControlSlice(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	s.post(ad, client.Params{"marquetry_control_share": 0.5})
	want(s, "share", s.get(ad, client.Params{"fields": "marquetry_control_share"}).Float("marquetry_control_share"), 0.5)
	s.show(client.DecisionRequest{AdID: ad})
	s.learn()
	combinations := s.get(ad+"/combinations", nil).Object("summary").Int("total_count")
	for range 20 {
		want(s, "shown at least as often as evenly in half of all", s.decide(client.DecisionRequest{AdID: ad}).Propensity >= 0.5/float64(combinations), true)
	}
	want(s, "control_share", s.postRefused(ad, client.Params{"marquetry_control_share": 0.6}).Code, 100)
}

func TestDiff172PolicyOfAnAd(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	s.post(ad, client.Params{"marquetry_policy": "asset-beta"})
	s.show(client.DecisionRequest{AdID: ad})
	s.learn()
	want(s, "policy", s.decide(client.DecisionRequest{AdID: ad}).Policy, "asset-beta")
	want(s, "policy", s.postRefused(ad, client.Params{"marquetry_policy": "luck"}).Code, 100)
}

func TestDiff173StoppedPinnedAndForbidden(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	first := s.decide(client.DecisionRequest{AdID: ad}).Assets
	title, image := first["title"].ID, first["image"].ID
	shown := func(name string, fine func(map[string]client.Asset) bool) {
		s.learn() // or the change is seen a moment later
		for range 20 {
			want(s, name, fine(s.decide(client.DecisionRequest{AdID: ad}).Assets), true)
		}
	}
	s.post(ad, client.Params{"marquetry_stopped_assets": []string{title}})
	shown("stopped", func(a map[string]client.Asset) bool { return a["title"].ID != title })
	s.post(ad, client.Params{"marquetry_stopped_assets": []string{}, "marquetry_pinned_assets": []string{title}})
	shown("pinned", func(a map[string]client.Asset) bool { return a["title"].ID == title })
	s.post(ad, client.Params{"marquetry_pinned_assets": []string{}, "marquetry_forbidden_pairs": [][]string{{title, image}}})
	shown("forbidden", func(a map[string]client.Asset) bool { return a["title"].ID != title || a["image"].ID != image })
	want(s, "asset", s.postRefused(ad, client.Params{"marquetry_stopped_assets": []string{"1"}}).Code, 100)
}

func TestDiff174WhatWasLearntOutlivesACreative(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	s.show(client.DecisionRequest{AdID: ad})
	s.learn()
	s.post(ad, client.Params{"creative": s.creative(feed(client.Params{"titles": []map[string]string{{"text": "Another title"}, {"text": "And one more"}}}))})
	s.learn()
	want(s, "starts anew", s.decide(client.DecisionRequest{AdID: ad}).Policy == "uniform", false)
}

func TestDiff175SeenBefore(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	asked := client.DecisionRequest{AdID: ad, Viewer: client.Viewer{ID: "anna"}, Explain: true}
	want(s, "at first", s.decide(asked).Explain.Context, "MOBILE_FEED_STANDARD||||1")
	s.show(asked)
	want(s, "then", s.decide(asked).Explain.Context, "MOBILE_FEED_STANDARD||||2-3")
	asked.Viewer.ID = ""
	want(s, "of somebody unknown", s.decide(asked).Explain.Context, "MOBILE_FEED_STANDARD||||")
}
