package ads_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestSteeredAd stops, pins and forbids assets of a dynamic ad by the ids that its combinations show.
func TestSteeredAd(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, set := s.tree(nil)
	ad := s.make("ads", s.briefAd(set))
	rows := s.get(ad+"/combinations", "")
	id := func(slot string) any { return at(rows, "data", 0, "assets", slot, "id") }
	s.ok(ad, fields{"marquetry_policy": "asset-beta", "marquetry_control_share": 0.1, "marquetry_stopped_assets": []any{id("title")},
		"marquetry_pinned_assets": []any{id("image")}, "marquetry_forbidden_pairs": []any{[]any{id("image"), id("description")}}})
	got := s.get(ad, "marquetry_policy,marquetry_control_share,marquetry_stopped_assets,marquetry_pinned_assets,marquetry_forbidden_pairs")
	if got["marquetry_policy"] != "asset-beta" || got["marquetry_control_share"] != 0.1 || at(got, "marquetry_stopped_assets", 0) != id("title") ||
		at(got, "marquetry_pinned_assets", 0) != id("image") || at(got, "marquetry_forbidden_pairs", 0, 1) != id("description") {
		t.Errorf("reads back as %v", got)
	}
	for rule, body := range map[string]fields{
		"ad.learning.asset":         {"marquetry_stopped_assets": []any{"17"}},
		"ad.learning.slot_empty":    {"marquetry_stopped_assets": []any{id("image")}}, // it is pinned
		"ad.learning.policy":        {"marquetry_policy": "luck"},
		"ad.learning.control_share": {"marquetry_control_share": 1},
		"ad.learning.pair":          {"marquetry_forbidden_pairs": []any{[]any{id("title")}}},
	} {
		if answer := s.post(ad, body); answer["error"] == nil || !strings.Contains(fmt.Sprint(answer), rule) {
			t.Errorf("%s: %v", rule, answer)
		}
	}
	s.ok(ad, fields{"marquetry_stopped_assets": []any{}, "marquetry_pinned_assets": []any{}, "marquetry_forbidden_pairs": []any{}})
	if got := s.get(ad, "marquetry_stopped_assets"); at(got, "marquetry_stopped_assets", 0) != nil {
		t.Errorf("taken back, and still %v", got)
	}
}
