package ads_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/store"
)

// statusOf is an object's effective status.
func (s *site) statusOf(id string) any {
	s.Helper()
	return s.get(id, "effective_status")["effective_status"]
}

// live makes a campaign, an ad set and an ad, all of them active.
func (s *site) live(set fields) (campaignID, adsetID, adID string) {
	s.Helper()
	campaignID = s.make("campaigns", with(campaign(), fields{"status": "ACTIVE"}))
	adsetID = s.make("adsets", with(with(s.adset(campaignID), fields{"status": "ACTIVE"}), set))
	return campaignID, adsetID, s.make("ads", fields{"name": "Ad", "adset_id": adsetID, "creative": s.link(s.image(1))})
}

// later moves the clock of the protocol.
func (s *site) later(latency, passed time.Duration) {
	s.Helper()
	s.handler = s.graph(func(c *graph.Config) { c.Latency, c.Now = latency, func() time.Time { return now.Add(passed) } })
}

func TestReviewTakesItsTime(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	top, set, ad := s.live(nil)
	for passed, want := range map[time.Duration][3]any{
		0:                {"IN_PROCESS", "IN_PROCESS", "PENDING_REVIEW"},
		59 * time.Second: {"IN_PROCESS", "IN_PROCESS", "PENDING_REVIEW"},
		time.Minute:      {"ACTIVE", "ACTIVE", "ACTIVE"},
	} {
		s.later(time.Minute, passed)
		if got := [3]any{s.statusOf(top), s.statusOf(set), s.statusOf(ad)}; got != want {
			t.Errorf("after %v: %v, want %v", passed, got, want)
		}
	}
	s.ok(ad, fields{"creative": s.link(s.image(2))})
	if got := s.statusOf(ad); got != "PENDING_REVIEW" {
		t.Errorf("with another creative: %v", got)
	}
	for status, want := range map[string]int{"PENDING_REVIEW": 1, "ACTIVE": 0, "DISAPPROVED": 0} {
		list := s.do(http.MethodGet, "/"+s.account("ads")+`?effective_status=["`+status+`"]`, nil)
		if got := idsOf(list); len(got) != want {
			t.Errorf("%s: %v, want %d", status, list, want)
		}
	}
	s.ok(ad+"/review", fields{"decision": "APPROVE"})
	if got := s.statusOf(ad); got != "ACTIVE" {
		t.Errorf("approved early: %v", got)
	}
}

func TestDisapprovedAd(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	top, set, ad := s.live(nil)
	s.ok(ad+"/review", fields{"decision": "DISAPPROVE", "policy": "Weapons", "text": "The ad shows a sword."})
	got := s.get(ad, "effective_status,configured_status,ad_review_feedback,issues_info,failed_delivery_checks")
	if got["effective_status"] != "DISAPPROVED" || got["configured_status"] != "ACTIVE" || at(got, "ad_review_feedback", "global", "Weapons") != "The ad shows a sword." ||
		at(got, "issues_info", 0, "error_type") != "HARD_ERROR" || at(got, "issues_info", 0, "level") != "AD" {
		t.Errorf("ad %v", got)
	}
	for _, id := range []string{top, set} {
		if got := s.get(id, "effective_status,issues_info"); got["effective_status"] != "WITH_ISSUES" || at(got, "issues_info", 0, "level") != "AD" {
			t.Errorf("above: %v", got)
		}
	}
	second := s.make("ads", fields{"name": "Ad", "adset_id": set, "creative": s.link(s.image(2))})
	if got := s.get(set, "effective_status,issues_info"); got["effective_status"] != "ACTIVE" || got["issues_info"] == nil {
		t.Errorf("with one ad that may show: %v", got)
	}
	if list := idsOf(s.do(http.MethodGet, "/"+set+`/ads?effective_status=["DISAPPROVED"]`, nil)); !slices.Equal(list, []string{ad}) {
		t.Errorf("disapproved are %v, not %s alone of %s", list, ad, second)
	}
	s.ok(ad, fields{"creative": s.link(s.image(3))})
	if got := s.get(ad, "effective_status,ad_review_feedback,issues_info"); got["effective_status"] != "ACTIVE" || got["ad_review_feedback"] != nil || got["issues_info"] != nil {
		t.Errorf("edited: %v", got)
	}
	if got := s.get(top, "issues_info"); got["issues_info"] != nil {
		t.Errorf("nothing is wrong below: %v", got)
	}
}

func TestRefusedAssetsOfADynamicAd(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, set := s.tree(fields{"is_dynamic_creative": true})
	ad := s.make("ads", fields{"name": "Ad", "adset_id": set, "creative": s.feed(s.image(1))})
	if got := s.get(set, "review_feedback")["review_feedback"]; got != "[]" {
		t.Errorf("all passed: %v", got)
	}
	s.ok(ad+"/review", fields{"decision": "DISAPPROVE", "assets": []any{"Old"}})
	if got, _ := s.get(set, "review_feedback")["review_feedback"].(string); !strings.Contains(got, `"text":"Old"`) {
		t.Errorf("one was refused: %v", got)
	}
}

func TestReviewIsForTheSandbox(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, _, ad := s.live(nil)
	s.limited("ads_management")
	for path, body := range map[string]fields{ad + "/review": {"decision": "APPROVE"}, "act_" + s.AccountID: {"account_status": 2}} {
		if answer := s.post(path, body); at(answer, "error", "code") != 10.0 {
			t.Errorf("%s: %v", path, answer)
		}
	}
	s.limited("ads_management", "sandbox")
	if problem := wrong(s.post(ad+"/review", fields{"decision": "MAYBE"}), 0, "decision"); problem != "" {
		t.Error(problem)
	}
}

func TestStatusesThatTheAccountAndTheRunGive(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	top, set, ad := s.live(fields{"start_time": now.Unix() + 3600})
	if got := s.statusOf(ad); got != "PREAPPROVED" {
		t.Errorf("before its start: %v", got)
	}
	s.later(0, 2*time.Hour)
	for status, want := range map[int][3]any{
		1: {"ACTIVE", "ACTIVE", "ACTIVE"}, 9: {"ACTIVE", "ACTIVE", "ACTIVE"},
		3: {"ACTIVE", "ACTIVE", "PENDING_BILLING_INFO"}, 2: {"WITH_ISSUES", "WITH_ISSUES", "WITH_ISSUES"},
	} {
		s.ok("act_"+s.AccountID, fields{"account_status": status})
		if got := [3]any{s.statusOf(top), s.statusOf(set), s.statusOf(ad)}; got != want {
			t.Errorf("account status %d: %v", status, got)
		}
		if issues := s.get(ad, "issues_info")["issues_info"]; (issues != nil) != (status == 3 || status == 2) {
			t.Errorf("account status %d: issues %v", status, issues)
		}
	}
	if problem := wrong(s.post("act_"+s.AccountID, fields{"account_status": 5}), 0, "account_status"); problem != "" {
		t.Error(problem)
	}
}

// limited makes the site's token one of these scopes.
func (s *site) limited(scopes ...string) {
	s.Helper()
	err := s.db.Write(s.Context(), func(tx store.Tx) error {
		return tx.PutToken(s.Context(), &store.Token{Hash: store.HashToken(secret), Label: "test", UserID: s.UserID, Scopes: scopes})
	})
	if err != nil {
		s.Fatal(err)
	}
}
