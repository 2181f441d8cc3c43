package ads_test

import (
	"slices"
	"testing"
	"time"

	"github.com/marquetry/marquetry/internal/graph"
)

// TestSignificantEdits makes edits one after the other, each some time after the one before, and looks for the warning that learning begins anew.
func TestSignificantEdits(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	campaign, set := s.tree(fields{"daily_budget": 10_000})
	edit := func(path string, body fields, after time.Duration) bool {
		s.handler = s.graph(func(c *graph.Config) { c.Now = func() time.Time { return now.Add(after) } })
		return slices.Contains(ruleNames(s.post(path, body)), "learning.restarts")
	}
	if edit(set, fields{"daily_budget": 20_000}, 0) {
		t.Error("warned of an ad set without ads")
	}
	ad := s.id(s.post(s.account("ads"), s.briefAd(set)))
	for _, c := range []struct {
		name, path string
		body       fields
		after      time.Duration
		want       bool
	}{
		{"a name", set, fields{"name": "Another"}, 0, false},
		{"a little money", set, fields{"daily_budget": 23_000}, 0, false},
		{"much money", set, fields{"daily_budget": 40_000}, 0, true},
		{"much less money", set, fields{"daily_budget": 20_000}, 0, true},
		{"the same targeting", set, fields{"targeting": fields{"geo_locations": fields{"countries": []any{"US"}}}}, 0, false},
		{"other targeting", set, fields{"targeting": fields{"geo_locations": fields{"countries": []any{"CA"}}}}, 0, true},
		{"a pause", campaign, fields{"status": "PAUSED"}, 0, false},
		{"the end of a short pause", campaign, fields{"status": "ACTIVE"}, 6 * 24 * time.Hour, false},
		{"another pause", campaign, fields{"status": "PAUSED"}, 7 * 24 * time.Hour, false},
		{"the end of a long pause", campaign, fields{"status": "ACTIVE"}, 14 * 24 * time.Hour, true},
		{"an ad's name", ad, fields{"name": "Another"}, 0, false},
		{"another creative", ad, fields{"creative": s.other()}, 0, true},
	} {
		if got := edit(c.path, c.body, c.after); got != c.want {
			t.Errorf("%s: warned %v, want %v", c.name, got, c.want)
		}
	}
}

// other is a creative like that of briefAd with one title less.
func (s *site) other() fields {
	body := s.briefAd("")["creative"].(fields)
	data := body["object_story_spec"].(fields)["link_data"].(fields)
	data["titles"] = data["titles"].([]any)[:2]
	return body
}
