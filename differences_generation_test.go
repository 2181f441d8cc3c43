package marquetry_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/client"
)

func TestDiff160TextsAreRewrites(t *testing.T) {
	s := newShop(t)
	first := s.post(s.fresh.AccountID+"/adcreatives", s.writing(sample)).ID()
	second := s.post(s.fresh.AccountID+"/adcreatives", s.writing(sample)).ID()
	if a, b := bodies(s.feedOf(first)), bodies(s.feedOf(second)); len(a) < 3 || !slices.Equal(a, b) || first == second {
		t.Errorf("once %q, and once %q", a, b)
	}
	want(s, "status", s.get(first, client.Params{"fields": "status"}).String("status"), "ACTIVE")
	if foreign := s.post(s.fresh.AccountID+"/adcreatives", s.writing("Qapla' jatlh Worf.")).ID(); len(bodies(s.feedOf(foreign))) > 5 {
		t.Error("a text that nobody understands was rewritten")
	}
}

// TestDiff161ShownOnceApproved exchanges the creative of an ad that runs.
func TestDiff161ShownOnceApproved(t *testing.T) {
	s := newShop(t)
	set := s.set(nil)
	ad := s.ad(set, s.link(nil), client.Params{"status": "ACTIVE"}).ID()
	want(s, "before", strings.Join(s.shown(ad), "|"), "Made to last.")
	id := s.post(s.fresh.AccountID+"/adcreatives", s.writing(sample)).ID()
	changed := s.post(ad, client.Params{"creative": client.Params{"creative_id": id}})
	if !slices.Contains(rules(changed), "ad.waits") {
		t.Errorf("warnings %v", rules(changed))
	}
	s.learn()
	want(s, "reason", s.ask(client.DecisionRequest{AdID: ad}).Reason, "pending_review")
	want(s, "status", s.get(ad, client.Params{"fields": "effective_status"}).String("effective_status"), "PENDING_REVIEW")
	issues := s.get(ad, client.Params{"fields": "issues_info"}).List("issues_info")
	if len(issues) != 1 || fmt.Sprint(issues[0]["error_code"]) != "900004" {
		t.Errorf("issues %v", issues)
	}
	one := s.generated(id)[0]
	s.review(id, one.ID(), "approve")
	want(s, "with one text", strings.Join(s.shown(ad), "|"), sample+"|"+one.String("text"))
	s.post(ad, client.Params{"status": "ACTIVE"})
	want(s, "activated", strings.Join(s.shown(ad), "|"), strings.Join(bodies(s.feedOf(id)), "|"))
	want(s, "status", s.get(ad, client.Params{"fields": "effective_status"}).String("effective_status"), "ACTIVE")
}

func TestDiff162TextsAreReviewed(t *testing.T) {
	s := newShop(t)
	id := s.post(s.fresh.AccountID+"/adcreatives", s.writing(sample)).ID()
	before := s.generated(id)
	reviewer := s.as("creative_review")
	if seen := reviewer.generated(id); len(seen) != len(before) || seen[0].String("text") != before[0].String("text") {
		t.Errorf("the reviewer sees %v", seen)
	}
	reviewer.review(id, before[0].ID(), "reject")
	left := bodies(s.feedOf(id))
	if len(left) != len(before) || slices.Contains(left, before[0].String("text")) {
		t.Errorf("%q are left", left)
	}
	answer := s.post(id+"/generation", client.Params{"asset_id": before[1].ID(), "action": "regenerate"})
	want(s, "state", answer.String("state"), "REJECTED")
	after := s.generated(id)
	if len(after) == len(before) || after[0].String("text") == before[1].String("text") || after[0].String("state") != "PENDING" {
		t.Errorf("%v was made anew as %v", before[1], after[0])
	}
	if e := s.as("ads_read").postRefused(id+"/generation", client.Params{"asset_id": before[2].ID(), "action": "reject"}); e.Code != 294 {
		t.Errorf("a token that reads is refused with %v", e)
	}
}

func TestDiff163ReviewIsRequired(t *testing.T) {
	s := newShop(t)
	if e := s.as("ads_management").postRefused(s.fresh.AccountID, client.Params{"review_gate": "required"}); e.Code != 10 {
		t.Errorf("refused with %v", e)
	}
	account := s.get(s.fresh.AccountID, client.Params{"fields": "review_gate,four_eyes"})
	want(s, "gate", account.String("review_gate"), "activation")
	want(s, "four eyes", account["four_eyes"], any(false))
	s.post(s.fresh.AccountID, client.Params{"review_gate": "required"})
	ad := s.ad(s.set(nil), s.writing(sample), nil).ID()
	creative := s.get(ad, client.Params{"fields": "creative"}).Object("creative").ID()
	e := s.postRefused(ad, client.Params{"status": "ACTIVE"})
	if !strings.Contains(e.Error(), creative) {
		t.Errorf("the refusal does not name the page: %v", e)
	}
	for _, asset := range s.generated(creative) {
		s.review(creative, asset.ID(), "approve")
	}
	s.post(ad, client.Params{"status": "ACTIVE"})

	s.post(s.fresh.AccountID, client.Params{"review_gate": "activation", "four_eyes": true})
	ad = s.ad(s.set(nil), s.writing(sample), nil).ID()
	if e := s.postRefused(ad, client.Params{"status": "ACTIVE"}); !strings.Contains(e.Message, "ordered themselves") {
		t.Errorf("one's own texts are activated, or refused with %v", e)
	}
	if e := s.of("page", s.fresh.PageID, "ads_management").postRefused(ad, client.Params{"status": "ACTIVE"}); !strings.Contains(e.Message, "ordered themselves") {
		t.Errorf("a Page's token is refused with %v", e)
	}
	s.as("ads_management").post(ad, client.Params{"status": "ACTIVE"})
}

func TestDiff164Guidelines(t *testing.T) {
	s := newShop(t)
	s.post(s.fresh.AccountID, client.Params{"text_guidelines": client.Params{"term_exclusions": []string{" ships "}, "messaging_restrictions": []string{"No jokes."}}})
	read := s.get(s.fresh.AccountID, client.Params{"fields": "text_guidelines"}).Object("text_guidelines")
	want(s, "terms", read["term_exclusions"].([]any)[0], any("ships"))
	id := s.post(s.fresh.AccountID+"/adcreatives", s.writing(sample)).ID()
	for _, text := range bodies(s.feedOf(id))[1:] {
		if strings.Contains(strings.ToLower(text), "ships") {
			t.Errorf("%q has a term that is excluded", text)
		}
	}
	for path, bad := range map[string]client.Params{
		"term_exclusions":        {"term_exclusions": slices.Repeat([]string{"a"}, 26)},
		"messaging_restrictions": {"messaging_restrictions": []string{strings.Repeat("a", 301)}},
		"tone":                   {"tone": []string{"warm"}},
	} {
		if e := s.postRefused(s.fresh.AccountID, client.Params{"text_guidelines": bad}); !strings.Contains(e.Error(), path) {
			t.Errorf("%s: %v", path, e)
		}
	}
}

func TestDiff165NothingToVary(t *testing.T) {
	s := newShop(t)
	var made client.Object
	for _, message := range []string{"Caf\uFFFD au lait. Order today.", ""} {
		made = s.post(s.fresh.AccountID+"/adcreatives", s.writing(message))
		if !slices.Contains(rules(made), "generation.nothing") {
			t.Errorf("warnings %v", rules(made))
		}
		want(s, "feed", s.feedOf(made.ID())["asset_feed_spec"], nil)
	}
	ad := s.ad(s.set(nil), client.Params{"creative_id": made.ID()}, client.Params{"status": "ACTIVE"})
	if !slices.Contains(rules(ad), "ad.paused") {
		t.Errorf("warnings %v", rules(ad))
	}
	s.post(ad.ID(), client.Params{"status": "ACTIVE"})
	s.learn()
	s.decide(client.DecisionRequest{AdID: ad.ID()})
}

func TestDiff166HeadlinesAndDescriptions(t *testing.T) {
	s := newShop(t)
	kinds := func(features ...string) map[string]int {
		id := s.post(s.fresh.AccountID+"/adcreatives", with(s.features("OPT_IN", features...), s.link(client.Params{"message": sample, "name": "Handmade mugs"}))).ID()
		found := map[string]int{}
		for _, asset := range s.generated(id) {
			found[asset.String("kind")]++
		}
		return found
	}
	if got := kinds("text_generation"); got["body"] == 0 || len(got) != 1 {
		t.Errorf("text_generation makes %v", got)
	}
	if got := kinds("text_generation", "text_optimizations", "description_automation"); got["body"] == 0 || got["headline"] == 0 {
		t.Errorf("all features make %v", got)
	}
}

func TestDiff167CombinationsOutliveCreatives(t *testing.T) {
	s := newShop(t)
	ad := s.ad(s.set(nil), s.link(nil), client.Params{"status": "ACTIVE"}).ID()
	s.learn()
	d := s.show(client.DecisionRequest{AdID: ad})
	other := with(s.link(nil), client.Params{"url_tags": "a=b"}) // another creative with the same assets
	s.post(ad, client.Params{"creative": other})
	s.learn()
	s.show(client.DecisionRequest{AdID: ad})
	s.learn()
	row := s.insights(ad, client.Params{"breakdowns": "combination", "fields": "impressions"})
	want(s, "combination", row.Object("combination").String("id"), d.CombinationID)
	want(s, "impressions", row.String("impressions"), "2")
}

func TestDiff168ReportsSayWhoWrote(t *testing.T) {
	s := newShop(t)
	ad := s.ad(s.set(nil), s.writing(sample), nil).ID()
	s.post(ad, client.Params{"status": "ACTIVE"})
	texts := s.shown(ad)
	for i := range 40 {
		s.show(client.DecisionRequest{AdID: ad, Viewer: client.Viewer{ID: fmt.Sprint(i)}})
	}
	s.learn()
	found := map[string]bool{}
	for _, row := range s.get(ad+"/insights", client.Params{"date_preset": "maximum", "breakdowns": "body_asset", "fields": "impressions"}).List("data") {
		text := row.Object("body_asset").String("text")
		want(s, "source of "+text, row.Object("body_asset").String("source"), map[bool]string{true: "original", false: "embedded"}[text == sample])
		if found[text] = true; !slices.Contains(texts, text) {
			t.Errorf("%q is reported, and the ad shows %q", text, texts)
		}
	}
	if len(found) < 2 {
		t.Errorf("only %v are reported", found)
	}
}
