package ads_test

import "testing"

// TestSteeredAd stops, pins and forbids assets of a dynamic ad by the ids that its combinations show.
func TestSteeredAd(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	id := s.dynamicAd()
	rows := s.get(id+"/combinations", "")
	title, image := at(rows, "data", 0, "assets", "title", "id"), at(rows, "data", 0, "assets", "image", "id")
	s.ok(id, fields{"marquetry_policy": "asset-beta", "marquetry_control_share": 0.1, "marquetry_stopped_assets": []any{title}, "marquetry_forbidden_pairs": []any{[]any{title, image}}})
	got := s.get(id, "marquetry_policy,marquetry_control_share,marquetry_stopped_assets,marquetry_forbidden_pairs")
	if got["marquetry_policy"] != "asset-beta" || got["marquetry_control_share"] != 0.1 || at(got, "marquetry_stopped_assets", 0) != title || at(got, "marquetry_forbidden_pairs", 0, 1) != image {
		t.Errorf("reads back as %v", got)
	}
}
