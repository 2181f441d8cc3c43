package account_test

import (
	"testing"

	"github.com/marquetry/marquetry/internal/graph/account"
	"github.com/marquetry/marquetry/internal/graph/ads"
	"github.com/marquetry/marquetry/internal/graph/graphtest"
)

// fields is a JSON object.
type fields = graphtest.Fields

// site is a fresh instance with the rules of this package.
type site struct{ *graphtest.Site }

// newSite makes one.
func newSite(t testing.TB) site {
	t.Helper()
	groups, err := account.New(account.Config{Targeting: ads.CheckTargeting})
	if err != nil {
		t.Fatal(err)
	}
	return site{graphtest.New(t, groups)}
}

// get reads and expects no error.
func (s site) get(path string) fields {
	s.Helper()
	answer := s.Do("GET", path, nil)
	if answer["error"] != nil {
		s.Fatalf("GET %s: %v", path, answer)
	}
	return answer
}

// post writes and expects no error.
func (s site) post(path string, body fields) fields {
	s.Helper()
	answer := s.Do("POST", path, body)
	if answer["error"] != nil {
		s.Fatalf("POST %s %v: %v", path, body, answer)
	}
	return answer
}

// make creates an object on an edge of the account and answers its id.
func (s site) make(edge string, body fields) string {
	s.Helper()
	return s.post(s.Account(edge), body)["id"].(string)
}

// campaign makes a campaign.
func (s site) campaign(name string) string {
	s.Helper()
	return s.make("campaigns", fields{"name": name, "objective": "OUTCOME_SALES", "special_ad_categories": []any{}, "is_adset_budget_sharing_enabled": false})
}

// adset makes an ad set that reaches what targeting says.
func (s site) adset(campaign string, targeting fields) string {
	s.Helper()
	return s.make("adsets", fields{"name": "set", "campaign_id": campaign, "daily_budget": 5000, "billing_event": "IMPRESSIONS",
		"optimization_goal": "REACH", "targeting": targeting})
}

// rows are the elements of an answer's data.
func rows(answer fields) []fields {
	var out []fields
	list, _ := answer["data"].([]any)
	for _, row := range list {
		out = append(out, row.(fields))
	}
	return out
}

// column is one member of every row.
func column(answer fields, name string) []any {
	out := []any{}
	for _, row := range rows(answer) {
		out = append(out, row[name])
	}
	return out
}
