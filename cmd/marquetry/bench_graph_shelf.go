package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
)

// most is how many objects a list is asked for, and how many operations a batch may have.
const most = 50

// listed are the parameters of a list of ads.
const listed = "?limit=50&fields=name,effective_status,creative%7Bname%7D"

// shelf is what the benchmark of the Marketing API works on: an account with 50 ads, which one ad set and one creative share.
type shelf struct {
	base, token   string
	account, page string
	ads           []string // ids
}

// kind is one kind of request, sent so many times in a round.
type kind struct {
	name     string
	requests int
	request  func(context.Context) (*http.Request, error)
}

// get is the kind that reads a target.
func (s *shelf) get(name string, requests int, target string) kind {
	return kind{name, requests, func(ctx context.Context) (*http.Request, error) { return s.ask(ctx, http.MethodGet, target, nil) }}
}

// post is the kind that sends parameters to a target.
func (s *shelf) post(name string, requests int, target string, params map[string]any) kind {
	return kind{name, requests, func(ctx context.Context) (*http.Request, error) { return s.ask(ctx, http.MethodPost, target, params) }}
}

// ask is one request with the token; parameters go as JSON.
func (s *shelf) ask(ctx context.Context, method, target string, params map[string]any) (*http.Request, error) {
	body := []byte{}
	if params != nil {
		var err error
		if body, err = json.Marshal(params); err != nil {
			return nil, err
		}
	}
	r, err := http.NewRequestWithContext(ctx, method, s.base+"/v25.0"+target, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+s.token)
	if params != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	return r, nil
}

// campaign are the parameters of a new campaign.
func campaign() map[string]any {
	return map[string]any{
		"name": "Campaign", "objective": "OUTCOME_TRAFFIC", "status": "ACTIVE", "special_ad_categories": []string{}, "is_adset_budget_sharing_enabled": false,
	}
}

// batchOf are the parameters of a batch.
func batchOf(ops []any) map[string]any { return map[string]any{"batch": ops, "include_headers": false} }

// repeated is a list of the same value.
func repeated(v any, n int) []any { return slices.Repeat([]any{v}, n) }

// stock makes the ads and what they need.
func (s *shelf) stock(ctx context.Context) error {
	campaign, err := s.create(ctx, "campaigns", campaign())
	if err != nil {
		return err
	}
	adset, err := s.create(ctx, "adsets", map[string]any{
		"name": "Ad set", "status": "ACTIVE", "campaign_id": campaign, "daily_budget": 5000, "bid_strategy": "LOWEST_COST_WITHOUT_CAP",
		"billing_event": "IMPRESSIONS", "optimization_goal": "LINK_CLICKS",
		"targeting": map[string]any{"geo_locations": map[string]any{"countries": []string{"US"}}, "targeting_automation": map[string]int{"advantage_audience": 0}},
	})
	if err != nil {
		return err
	}
	creative, err := s.create(ctx, "adcreatives", map[string]any{
		"name": "Creative",
		"object_story_spec": map[string]any{"page_id": s.page, "link_data": map[string]any{
			"link": "https://shop.example/", "message": "Hello.", "name": "Kitchen", "picture": "https://shop.example/a.jpg",
		}},
	})
	if err != nil {
		return err
	}
	ops := make([]any, most)
	for i := range ops {
		ops[i] = map[string]any{"method": "POST", "relative_url": "v25.0/" + s.account + "/ads", "body": map[string]any{
			"name": fmt.Sprint("Ad ", i), "status": "ACTIVE", "adset_id": adset, "creative": map[string]string{"creative_id": creative},
		}}
	}
	return s.fill(ctx, ops)
}

// create makes an object of the account and returns its id.
func (s *shelf) create(ctx context.Context, edge string, params map[string]any) (string, error) {
	var made struct{ ID string }
	err := s.send(ctx, "/"+s.account+"/"+edge, params, &made)
	return made.ID, err
}

// fill makes ads in one batch, and remembers their ids.
func (s *shelf) fill(ctx context.Context, ops []any) error {
	var answers []struct{ Body string }
	if err := s.send(ctx, "/", batchOf(ops), &answers); err != nil {
		return err
	}
	for _, answer := range answers {
		var ad struct{ ID string }
		if json.Unmarshal([]byte(answer.Body), &ad) != nil || ad.ID == "" {
			return fmt.Errorf("new ad: %s", answer.Body)
		}
		s.ads = append(s.ads, ad.ID)
	}
	return nil
}

// send posts parameters and decodes the answer.
func (s *shelf) send(ctx context.Context, target string, params map[string]any, into any) error {
	r, err := s.ask(ctx, http.MethodPost, target, params)
	if err != nil {
		return err
	}
	_, answer, err := exchange(r)
	if err != nil {
		return err
	}
	return json.Unmarshal(answer, into)
}
