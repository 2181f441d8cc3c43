package marquetry_test

import (
	"errors"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry"
	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// shop is a fresh instance and what is needed to advertise on it.
type shop struct {
	*testing.T
	server *marquetry.Server
	api    *client.Client
	fresh  marquetry.Fresh
}

// newShop starts an instance that learns when it is told to.
func newShop(t *testing.T) shop {
	t.Parallel()
	return newShopAt(t, nil)
}

// newShopAt starts one with a clock of its own; nil is the real one.
func newShopAt(t *testing.T, now func() time.Time) shop {
	t.Helper()
	server, api := start(t, marquetry.Config{Data: storetest.Dir(t), ManualLearning: true, Now: now})
	return shop{t, server, api, server.Fresh}
}

// get reads; the test ends when it is refused.
func (s shop) get(path string, params client.Params) client.Object {
	s.Helper()
	o, err := s.api.Get(s.Context(), path, params)
	if err != nil {
		s.Fatalf("GET %s: %v", path, err)
	}
	return o
}

// post writes; the test ends when it is refused.
func (s shop) post(path string, params client.Params) client.Object {
	s.Helper()
	o, err := s.api.Post(s.Context(), path, params)
	if err != nil {
		s.Fatalf("POST %s: %v", path, err)
	}
	return o
}

// getRefused reads what is refused and returns the error.
func (s shop) getRefused(path string, params client.Params) *client.Error {
	s.Helper()
	o, err := s.api.Get(s.Context(), path, params)
	return s.refusal(path, o, err)
}

// postRefused writes what is refused and returns the error.
func (s shop) postRefused(path string, params client.Params) *client.Error {
	s.Helper()
	o, err := s.api.Post(s.Context(), path, params)
	return s.refusal(path, o, err)
}

// refusal is the error of a request that must have one.
func (s shop) refusal(path string, o client.Object, err error) *client.Error {
	s.Helper()
	var refused *client.Error
	if !errors.As(err, &refused) {
		s.Fatalf("%s: answered %v, %v, want a refusal", path, o, err)
	}
	return refused
}

// raw sends a request as it is, without a client's help; the body is JSON when there is one.
func (s shop) raw(method, target, token, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(s.Context(), method, target, strings.NewReader(body))
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	w := httptest.NewRecorder()
	s.server.Handler().ServeHTTP(w, r)
	return w
}

// token makes an access token.
func (s shop) token(scopes ...string) string {
	s.Helper()
	token, err := s.server.CreateToken(s.Context(), marquetry.TokenRequest{Label: "test", Scopes: scopes})
	if err != nil {
		s.Fatal(err)
	}
	return token
}

// campaign makes one for sales.
func (s shop) campaign(changes client.Params) string {
	s.Helper()
	return s.post(s.fresh.AccountID+"/campaigns", with(client.Params{
		"name": "Spring", "objective": "OUTCOME_SALES", "special_ad_categories": []string{}, "is_adset_budget_sharing_enabled": false,
	}, changes)).ID()
}

// setParams are those of an ad set for purchases that has been running for a month.
func (s shop) setParams(campaign string, changes client.Params) client.Params {
	return with(client.Params{
		"name": "Everyone", "campaign_id": campaign, "daily_budget": 5000, "billing_event": "IMPRESSIONS",
		"optimization_goal": "OFFSITE_CONVERSIONS", "start_time": time.Now().AddDate(0, -1, 0).Unix(),
		"promoted_object": map[string]string{"pixel_id": s.fresh.PixelID, "custom_event_type": "PURCHASE"},
		"targeting": map[string]any{
			"geo_locations": map[string]any{"countries": []string{"US"}}, "targeting_automation": map[string]int{"advantage_audience": 0},
		},
	}, changes)
}

// set makes an ad set in a campaign of its own.
func (s shop) set(changes client.Params) string {
	s.Helper()
	return s.post(s.fresh.AccountID+"/adsets", s.setParams(s.campaign(nil), changes)).ID()
}

// feed is an asset feed of two titles and otherwise one of each.
func feed(changes client.Params) client.Params {
	return with(client.Params{
		"images": []map[string]string{{"url": "https://shop.example/a.jpg"}}, "titles": []map[string]string{{"text": "One"}, {"text": "Two"}},
		"bodies": []map[string]string{{"text": "Hello."}}, "call_to_action_types": []string{"SHOP_NOW"},
		"link_urls": []map[string]string{{"website_url": "https://shop.example/"}}, "ad_formats": []string{"SINGLE_IMAGE"},
	}, changes)
}

// creative is a whole spec with that feed.
func (s shop) creative(feed client.Params) client.Params {
	return client.Params{"object_story_spec": map[string]string{"page_id": s.fresh.PageID}, "asset_feed_spec": feed}
}

// link is an ordinary creative of one text.
func (s shop) link(changes client.Params) client.Params {
	return client.Params{"object_story_spec": client.Params{"page_id": s.fresh.PageID, "link_data": with(client.Params{
		"link": "https://shop.example/", "message": "Made to last.", "picture": "https://shop.example/a.jpg",
	}, changes)}}
}

// ad makes an ad of a creative in an ad set.
func (s shop) ad(set string, creative client.Params, changes client.Params) client.Object {
	s.Helper()
	return s.post(s.fresh.AccountID+"/ads", with(client.Params{"name": "Ad", "adset_id": set, "creative": creative}, changes))
}

// dynamic makes a dynamic ad in an ad set of its own and returns both ids.
func (s shop) dynamic(setChanges client.Params, feed client.Params) (set, ad string) {
	s.Helper()
	set = s.set(with(client.Params{"is_dynamic_creative": true}, setChanges))
	return set, s.ad(set, s.creative(feed), nil).ID()
}

// decide asks for one ad and must get it.
func (s shop) decide(want client.DecisionRequest) client.Decision {
	s.Helper()
	got := s.ask(want)
	if len(got.Decisions) != 1 {
		s.Fatalf("no ad: %s", got.Reason)
	}
	return got.Decisions[0]
}

// ask asks for ads.
func (s shop) ask(want client.DecisionRequest) client.DecisionResponse {
	s.Helper()
	got, err := s.api.Decide(s.Context(), want)
	if err != nil {
		s.Fatal(err)
	}
	return got
}

// show decides, reports the impression and returns the decision.
func (s shop) show(want client.DecisionRequest) client.Decision {
	s.Helper()
	d := s.decide(want)
	if err := s.api.Impression(s.Context(), d.ImpressionURL); err != nil {
		s.Fatal(err)
	}
	return d
}

// click reports a click and returns where it leads.
func (s shop) click(d client.Decision) *url.URL {
	s.Helper()
	to, err := s.api.Click(s.Context(), d.ClickURL)
	if err != nil {
		s.Fatal(err)
	}
	return to
}

// learn takes everything in.
func (s shop) learn() {
	s.Helper()
	if _, err := s.api.Learn(s.Context()); err != nil {
		s.Fatal(err)
	}
}

// insights is the one row of a report.
func (s shop) insights(node string, params client.Params) client.Object {
	s.Helper()
	rows := s.get(node+"/insights", with(client.Params{"date_preset": "maximum"}, params)).List("data")
	if len(rows) != 1 {
		s.Fatalf("insights of %s by %v: %d rows: %v", node, params, len(rows), rows)
	}
	return rows[0]
}

// with is params with some changed.
func with(params, changes client.Params) client.Params {
	for name, value := range changes {
		params[name] = value
	}
	return params
}

// rules are those of an answer's warnings.
func rules(o client.Object) (list []string) {
	for _, w := range o.List("warnings") {
		list = append(list, w.String("rule"))
	}
	return list
}

// wantCode checks code and subcode of a refusal.
func (s shop) wantCode(e *client.Error, code, subcode int) {
	s.Helper()
	if e.Code != code || e.Subcode != subcode {
		s.Errorf("refused with %d/%d, want %d/%d: %v", e.Code, e.Subcode, code, subcode, e)
	}
}

// want compares one value that was read.
func want[V comparable](s shop, what string, got, wanted V) {
	s.Helper()
	if got != wanted {
		s.Errorf("%s: %v, want %v", what, got, wanted)
	}
}
