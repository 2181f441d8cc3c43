package marquetry_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry"
	"github.com/marquetry/marquetry/client"
)

// Every test TestDiffNN shows, over HTTP, what docs/differences.md says under that number; TestDifferencesAreTested holds the two together.

// TestDifferencesAreTested compares the numbers of the document with those of the tests. Numbers count up without gaps.
func TestDifferencesAreTested(t *testing.T) {
	t.Parallel()
	documented := numbersIn(t, "docs/differences.md", `(?m)^## (\d+)\. \S`)
	tested := numbersIn(t, "differences_test.go", `(?m)^func TestDiff0*(\d+)[A-Z]`)
	if !slices.Equal(documented, tested) {
		t.Errorf("documented %v, tested %v", documented, tested)
	}
}

// numbersIn is what a pattern's group matches in a file, in order.
func numbersIn(t *testing.T, file, pattern string) (numbers []string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(pattern).FindAllSubmatch(text, -1) {
		numbers = append(numbers, string(m[1]))
	}
	return numbers
}

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
	server, api := start(t, marquetry.Config{Data: t.TempDir(), ManualLearning: true})
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

func TestDiff01UnversionedIsNewest(t *testing.T) {
	s := newShop(t)
	w := s.raw("GET", "/me", s.fresh.Token, "")
	want(s, "version", w.Header().Get("facebook-api-version"), "v26.0")
}

func TestDiff02EndedVersions(t *testing.T) {
	s := newShop(t)
	w := s.raw("GET", "/v8.0/me", s.fresh.Token, "")
	want(s, "v8.0", w.Code, http.StatusOK)
	want(s, "v8.0 answers as", w.Header().Get("facebook-api-version"), "v19.0")
	s.wantCode(s.getRefused("v27.0/me", nil), 2500, 0)
}

func TestDiff03RetiredParameters(t *testing.T) {
	s := newShop(t)
	page := s.fresh.PageID
	many := s.get("v26.0/", client.Params{"ids": page + ",me", "fields": "name"})
	want(s, "ids", many.Object(page).String("name"), "First Page")
	w := s.raw("GET", "/v26.0/"+page+"?fields=created_time&date_format=U&pretty=1&debug=all", s.fresh.Token, "")
	if w.Code != http.StatusOK || w.Header().Get("ETag") != "" || !strings.Contains(w.Body.String(), `+0000"`) {
		t.Errorf("%d, %v, %s", w.Code, w.Header(), w.Body)
	}
}

func TestDiff04NoBatch(t *testing.T) {
	s := newShop(t)
	for _, name := range []string{"batch", "asyncbatch"} {
		s.wantCode(s.postRefused("v25.0/", client.Params{name: []map[string]string{{"method": "GET", "relative_url": "me"}}}), 100, 33)
	}
}

func TestDiff05NoAsyncReports(t *testing.T) {
	s := newShop(t)
	s.wantCode(s.postRefused(s.fresh.AccountID+"/insights", client.Params{"level": "ad"}), 100, 33)
	s.get(s.fresh.AccountID+"/insights", client.Params{"level": "ad"})
}

func TestDiff06NoHelpers(t *testing.T) {
	s := newShop(t)
	for _, path := range []string{"debug_token?input_token=x", "oauth/access_token", "search?type=adinterest&q=tea"} {
		s.wantCode(s.getRefused(path, nil), 100, 33)
	}
	s.wantCode(s.postRefused("1/instruments", client.Params{"x": "y"}), 100, 33)
}

func TestDiff07MissingEdges(t *testing.T) {
	s := newShop(t)
	for _, edge := range []string{"advideos", "adlabels", "customaudiences", "generatepreviews", "asyncadrequestsets"} {
		got := s.getRefused(s.fresh.AccountID+"/"+edge, nil)
		s.wantCode(got, 100, 0)
		if !strings.Contains(got.Message, "nonexisting field ("+edge+")") {
			t.Error(got)
		}
		s.wantCode(s.postRefused(s.fresh.AccountID+"/"+edge, client.Params{"name": "x"}), 100, 33)
	}
}

func TestDiff08Tokens(t *testing.T) {
	s := newShop(t)
	reader := s.token("ads_read")
	want(s, "read", s.raw("GET", "/"+s.fresh.AccountID+"?appsecret_proof=wrong", reader, "").Code, http.StatusOK)
	want(s, "write", s.raw("POST", "/"+s.fresh.AccountID, reader, `{"name":"x"}`).Code, http.StatusForbidden)
	want(s, "admin", s.raw("POST", "/"+s.fresh.AccountID, s.token("admin"), `{"name":"x"}`).Code, http.StatusOK)
	want(s, "sandbox", s.raw("GET", "/"+s.fresh.AccountID, s.token("sandbox"), "").Code, http.StatusForbidden)
}

func TestDiff09NoThrottle(t *testing.T) {
	s := newShop(t)
	var usage struct {
		Percent float64 `json:"acc_id_util_pct"`
	}
	last := 0.0
	for range 20 {
		w := s.raw("GET", "/"+s.fresh.AccountID, s.fresh.Token, "")
		if err := json.Unmarshal([]byte(w.Header().Get("X-Ad-Account-Usage")), &usage); err != nil || w.Code != http.StatusOK {
			t.Fatal(w.Code, err)
		}
		if usage.Percent <= last {
			t.Errorf("usage %v after %v", usage.Percent, last)
		}
		last = usage.Percent
	}
}

func TestDiff10EveryFault(t *testing.T) {
	s := newShop(t)
	got := s.postRefused(s.fresh.AccountID+"/adcreatives", with(s.creative(client.Params{"bodies": []string{}}), client.Params{"locale": "de_DE"}))
	if len(got.Blame) < 3 || got.UserTitle != "Several parameters are invalid" {
		t.Errorf("%q blames %v", got.UserTitle, got.Blame)
	}
}

func TestDiff11Warnings(t *testing.T) {
	s := newShop(t)
	got := s.post(s.fresh.AccountID+"/adcreatives", s.creative(feed(nil)))
	warnings := got.List("warnings")
	if got.ID() == "" || len(warnings) == 0 {
		t.Fatalf("answer %v", got)
	}
	for _, w := range warnings {
		if w.String("rule") == "" || w.String("message") == "" || w["path"] == nil {
			t.Errorf("warning %v", w)
		}
	}
}

func TestDiff12SequentialIDs(t *testing.T) {
	s := newShop(t)
	want(s, "user", s.get("me", nil).ID(), "120200000000000001")
	want(s, "account", s.fresh.AccountID, "act_120200000000000002")
	want(s, "campaign", s.campaign(nil), "120200000000000005")
}

func TestDiff13FreshInstance(t *testing.T) {
	s := newShop(t)
	for _, edge := range []string{"me/adaccounts", "me/accounts", s.fresh.AccountID + "/adspixels"} {
		want(s, edge, len(s.get(edge, nil).List("data")), 1)
	}
	account := s.get(s.fresh.AccountID, client.Params{"fields": "currency,timezone_name"})
	want(s, "currency", account.String("currency"), "USD")
	want(s, "time zone", account.String("timezone_name"), "UTC")
	s.wantCode(s.postRefused("me/adaccounts", client.Params{"name": "x"}), 100, 33)
	s.post(s.fresh.AccountID+"/adspixels", client.Params{"name": "Second"})
}

func TestDiff14ImageHash(t *testing.T) {
	s := newShop(t)
	const dot = "R0lGODlhAQABAIAAAAAAAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==" // a GIF of one pixel
	image := s.post(s.fresh.AccountID+"/adimages", client.Params{"bytes": dot}).Object("images").Object("bytes")
	want(s, "hash", image.String("hash"), "e4c8efe0cd4a34ef45c313760fe5bd92") // base64 -d | sha256sum | cut -c 1-32
}

func TestDiff15NoFetching(t *testing.T) {
	s := newShop(t)
	s.wantCode(s.postRefused(s.fresh.AccountID+"/adimages", client.Params{"url": "https://shop.example/a.jpg"}), 100, 3858258)
	set, _ := s.dynamic(nil, feed(nil))
	want(s, "shown from", s.decide(client.DecisionRequest{AdSetID: set}).Assets["image"].URL, "https://shop.example/a.jpg")
	want(s, "library", len(s.get(s.fresh.AccountID+"/adimages", nil).List("data")), 0)
}

func TestDiff16VideosAreNames(t *testing.T) {
	s := newShop(t)
	videos := feed(client.Params{"videos": []map[string]string{{"video_id": "123456789012345", "thumbnail_url": "https://shop.example/v.jpg"}}, "ad_formats": []string{"SINGLE_VIDEO"}})
	delete(videos, "images")
	set, _ := s.dynamic(nil, videos)
	d := s.decide(client.DecisionRequest{AdSetID: set})
	want(s, "video", d.Assets["image"].VideoID, "123456789012345")
	want(s, "picture in the card", strings.Contains(d.HTML, "<img"), false)
}

func TestDiff17InformalShape(t *testing.T) {
	s := newShop(t)
	made := s.post(s.fresh.AccountID+"/adcreatives", s.link(client.Params{
		"titles": []string{"One", "Two"}, "call_to_actions": []map[string]string{{"type": "SHOP_NOW"}},
	}))
	if !slices.Contains(rules(made), "normalised.titles") {
		t.Errorf("warnings %v", rules(made))
	}
	read := s.get(made.ID(), client.Params{"fields": "asset_feed_spec,object_story_spec"})
	want(s, "titles", len(read.Object("asset_feed_spec").List("titles")), 2)
	want(s, "link_data", read.Object("object_story_spec")["link_data"], nil)
}

func TestDiff18SetBecomesDynamic(t *testing.T) {
	s := newShop(t)
	set := s.set(nil)
	refused := s.postRefused(s.fresh.AccountID+"/ads", client.Params{"name": "Ad", "adset_id": set, "creative": s.creative(feed(nil))})
	s.wantCode(refused, 100, 1885998)
	made := s.ad(set, s.link(client.Params{"titles": []string{"One", "Two"}, "call_to_actions": []string{"SHOP_NOW"}}), nil)
	if !slices.Contains(rules(made), "adset.made_dynamic") {
		t.Errorf("warnings %v", rules(made))
	}
	want(s, "dynamic", s.get(set, client.Params{"fields": "is_dynamic_creative"})["is_dynamic_creative"], any(true))
}

// features is a link creative with features in a state.
func (s shop) features(state string, names ...string) client.Params {
	spec := client.Params{}
	for _, name := range names {
		spec[name] = map[string]string{"enroll_status": state}
	}
	return with(s.link(nil), client.Params{"degrees_of_freedom_spec": client.Params{"creative_features_spec": spec}})
}

func TestDiff19StandardEnhancements(t *testing.T) {
	s := newShop(t)
	creatives := s.fresh.AccountID + "/adcreatives"
	s.post("v21.0/"+creatives, s.link(nil)) // not stated
	id := s.post("v21.0/"+creatives, s.features("OPT_IN", "standard_enhancements")).ID()
	spec := s.get(id, client.Params{"fields": "degrees_of_freedom_spec"}).Object("degrees_of_freedom_spec").Object("creative_features_spec")
	if len(spec) != 1 || spec.Object("standard_enhancements").String("enroll_status") != "OPT_IN" {
		t.Errorf("reads back as %v", spec)
	}
	s.wantCode(s.postRefused("v22.0/"+creatives, s.features("OPT_IN", "standard_enhancements")), 100, 3858504)
}

func TestDiff20NothingIsGenerated(t *testing.T) {
	s := newShop(t)
	made := s.ad(s.set(nil), s.features("OPT_IN", "text_generation"), client.Params{"status": "ACTIVE"})
	if !slices.Contains(rules(made), "ad.paused") {
		t.Errorf("warnings %v", rules(made))
	}
	read := s.get(made.ID(), client.Params{"fields": "status,creative{asset_feed_spec}"})
	want(s, "status", read.String("status"), "PAUSED")
	want(s, "assets", read.Object("creative")["asset_feed_spec"], nil)
	s.post(made.ID(), client.Params{"status": "ACTIVE"})
	want(s, "status", s.get(made.ID(), client.Params{"fields": "effective_status"}).String("effective_status"), "ACTIVE")
}

func TestDiff21OptInsAsSent(t *testing.T) {
	s := newShop(t)
	creatives := s.fresh.AccountID + "/adcreatives"
	id := s.post(creatives, s.features("OPT_IN", "image_background_gen")).ID() // for catalogs only
	spec := s.get(id, client.Params{"fields": "degrees_of_freedom_spec"}).Object("degrees_of_freedom_spec").Object("creative_features_spec")
	if len(spec) != 1 || spec["image_background_gen"] == nil {
		t.Errorf("reads back as %v", spec)
	}
	s.wantCode(s.postRefused(creatives, s.features("OPT_IN", "make_it_better")), 100, 0)
}

func TestDiff22UnknownPages(t *testing.T) {
	s := newShop(t)
	creatives := s.fresh.AccountID + "/adcreatives"
	story := s.link(nil)
	story["object_story_spec"].(client.Params)["page_id"] = "999999999999999"
	s.post(creatives, story)
	ad := s.ad(s.set(nil), client.Params{"object_story_id": "999999999999999_1"}, nil).ID()
	want(s, "reason", s.ask(client.DecisionRequest{AdID: ad}).Reason, "no_creative")
	s.wantCode(s.postRefused(creatives, s.link(client.Params{"image_hash": "0123456789abcdef0123456789abcdef"})), 100, 1487212)
}

func TestDiff23NoReview(t *testing.T) {
	s := newShop(t)
	set, ad := s.dynamic(nil, feed(nil))
	want(s, "status", s.get(ad, client.Params{"fields": "effective_status"}).String("effective_status"), "ACTIVE")
	s.decide(client.DecisionRequest{AdID: ad})
	want(s, "feedback", s.get(set, client.Params{"fields": "review_feedback"})["review_feedback"], nil)
}

func TestDiff24DeletedAreListed(t *testing.T) {
	s := newShop(t)
	id := s.campaign(nil)
	if err := s.api.Delete(s.Context(), id, nil); err != nil {
		t.Fatal(err)
	}
	campaigns := s.fresh.AccountID + "/campaigns"
	want(s, "without the filter", len(s.get(campaigns, nil).List("data")), 0)
	want(s, "with it", len(s.get(campaigns, client.Params{"effective_status": []string{"DELETED"}}).List("data")), 1)
	want(s, "by id", s.get(id, client.Params{"fields": "status"}).String("status"), "DELETED")
}

func TestDiff25SmallBudgets(t *testing.T) {
	s := newShop(t)
	set, ad := s.dynamic(client.Params{"daily_budget": 1999}, feed(nil))
	for _, id := range []string{set, ad} {
		issues := s.get(id, client.Params{"fields": "issues_info"}).List("issues_info")
		if len(issues) != 1 || issues[0].Int("error_code") != 900001 || issues[0].String("error_type") != "SOFT_ERROR" {
			t.Errorf("%s: issues %v", id, issues)
		}
	}
	plenty, _ := s.dynamic(client.Params{"daily_budget": 2000}, feed(nil))
	want(s, "with enough", s.get(plenty, client.Params{"fields": "issues_info"})["issues_info"], nil)
}

func TestDiff26MinimumBudgets(t *testing.T) {
	s := newShop(t)
	campaign := s.campaign(nil)
	for least, changes := range map[int]client.Params{
		100: {"billing_event": "IMPRESSIONS"}, 500: {"billing_event": "LINK_CLICKS", "optimization_goal": "LINK_CLICKS"}, 4000: {"billing_event": "PURCHASE"},
	} {
		changes["daily_budget"] = least - 1
		s.wantCode(s.postRefused(s.fresh.AccountID+"/adsets", s.setParams(campaign, changes)), 100, 1885272)
		changes["daily_budget"] = least
		s.post(s.fresh.AccountID+"/adsets", s.setParams(campaign, changes))
	}
}

func TestDiff27Combinations(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	list := s.get(ad+"/combinations", nil)
	want(s, "count", list.Object("summary").Int("total_count"), 2)
	shown := s.decide(client.DecisionRequest{AdID: ad}).CombinationID
	if !slices.ContainsFunc(list.List("data"), func(c client.Object) bool { return c.ID() == shown }) {
		t.Errorf("%s was shown and is not in %v", shown, list)
	}
}

func TestDiff28ReportsByCombination(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	d := s.show(client.DecisionRequest{AdID: ad})
	s.learn()
	row := s.insights(ad, client.Params{"breakdowns": "combination"})
	want(s, "combination", row.Object("combination").ID(), d.CombinationID)
	want(s, "verdict", row.String("verdict"), "LEARNING")
	p := row.Object("posterior")
	if !(0 < p.Float("low") && p.Float("low") < p.Float("mean") && p.Float("mean") < p.Float("high") && p.Float("high") < 1) {
		t.Errorf("posterior %v", p)
	}
}

func TestDiff29FixedPrice(t *testing.T) {
	s := newShop(t)
	s.post(s.fresh.AccountID, client.Params{"marquetry_cpm_micros": 2_000_000_000})
	_, ad := s.dynamic(client.Params{"bid_amount": 100, "bid_strategy": "LOWEST_COST_WITH_BID_CAP"}, feed(nil))
	s.show(client.DecisionRequest{AdID: ad})
	s.learn()
	want(s, "spend", s.insights(ad, client.Params{"fields": "spend"}).String("spend"), "2.00")
}

func TestDiff30WhatStopsDelivery(t *testing.T) {
	s := newShop(t)
	s.post(s.fresh.AccountID, client.Params{"marquetry_cpm_micros": 2_000_000_000})
	campaign := s.campaign(client.Params{"daily_budget": 100, "spend_cap": 10_000})
	params := s.setParams(campaign, client.Params{"frequency_control_specs": []map[string]any{{"event": "IMPRESSIONS", "interval_days": 7, "max_frequency": 1}}})
	delete(params, "daily_budget")
	set := s.post(s.fresh.AccountID+"/adsets", params).ID()
	ad := s.ad(set, s.link(nil), nil).ID()
	for range 2 {
		s.show(client.DecisionRequest{AdID: ad, Viewer: client.Viewer{ID: "same"}})
		s.learn()
	}
	want(s, "spend", s.insights(ad, client.Params{"fields": "spend"}).String("spend"), "4.00")
	want(s, "left of the campaign's budget", s.get(campaign, client.Params{"fields": "budget_remaining"}).String("budget_remaining"), "0")
	s.post(set, client.Params{"status": "PAUSED"})
	s.learn() // or the pause is seen a moment later
	want(s, "reason", s.ask(client.DecisionRequest{AdID: ad}).Reason, "paused")
}

func TestDiff31DailyBudgetIsACeiling(t *testing.T) {
	s := newShop(t)
	s.post(s.fresh.AccountID, client.Params{"marquetry_cpm_micros": 10_000_000_000}) // 10.00 an impression
	_, ad := s.dynamic(client.Params{"daily_budget": 2000}, feed(nil))
	for range 2 {
		s.show(client.DecisionRequest{AdID: ad})
	}
	s.learn()
	want(s, "reason", s.ask(client.DecisionRequest{AdID: ad}).Reason, "budget_spent")
	tomorrow := time.Now().Add(24 * time.Hour).Format(time.RFC3339)
	want(s, "reason tomorrow", s.ask(client.DecisionRequest{AdID: ad, Time: tomorrow}).Reason, "")
}

func TestDiff32Targeting(t *testing.T) {
	s := newShop(t)
	targeting := map[string]any{
		"geo_locations": map[string]any{"countries": []string{"US"}, "regions": []map[string]string{{"key": "3847"}}}, "age_min": 25, "age_max": 34,
		"flexible_spec": []map[string]any{{"interests": []map[string]string{{"id": "6003139266461"}}}}, "targeting_automation": map[string]int{"advantage_audience": 0},
	}
	_, ad := s.dynamic(client.Params{"targeting": targeting}, feed(nil))
	for reason, viewer := range map[string]client.Viewer{
		"": {}, "targeting": {Country: "DE"},
	} {
		want(s, "reason", s.ask(client.DecisionRequest{AdID: ad, Viewer: viewer}).Reason, reason)
	}
	want(s, "other interests", s.ask(client.DecisionRequest{AdID: ad, Viewer: client.Viewer{Interests: []string{"chess"}, Region: "Texas"}}).Reason, "")
	want(s, "too old", s.ask(client.DecisionRequest{AdID: ad, Viewer: client.Viewer{Age: "35-44"}}).Reason, "targeting")
}

func TestDiff33AskingForAds(t *testing.T) {
	s := newShop(t)
	set, ad := s.dynamic(nil, feed(nil))
	w := s.raw("GET", "/v1/decisions?adset_id="+set, "", "")
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `"ad_id":"`+ad+`"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	want(s, "tag", s.raw("GET", "/tag.js", "", "").Code, http.StatusOK)
}

func TestDiff34ClicksCountOnce(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	d := s.show(client.DecisionRequest{AdID: ad})
	want(s, "click id", s.click(d).Query().Get("fbclid"), d.Token)
	want(s, "again to", s.click(d).Host, "shop.example")
	s.learn()
	want(s, "clicks", s.insights(ad, client.Params{"fields": "clicks"}).String("clicks"), "1")
}

// purchase is a Conversions API event of now.
func purchase(changes client.Params) client.Params {
	return with(client.Params{
		"event_name": "Purchase", "event_time": time.Now().Unix(), "action_source": "website", "user_data": client.Params{"client_user_agent": "test"},
		"custom_data": client.Params{"value": 10, "currency": "USD"},
	}, changes)
}

// bought shows an ad, clicks it, reports a purchase with the click's id for each set of changes, and returns the row of the report.
func (s shop) bought(changes ...client.Params) client.Object {
	s.Helper()
	_, ad := s.dynamic(nil, feed(nil))
	d := s.show(client.DecisionRequest{AdID: ad})
	s.click(d)
	for _, c := range changes {
		e := purchase(with(client.Params{"user_data": client.Params{"fbc": "fb.1.1795315316000." + d.Token}}, c))
		s.post(s.fresh.PixelID+"/events", client.Params{"data": []client.Params{e}})
	}
	s.learn()
	return s.insights(ad, client.Params{"fields": "actions,action_values", "action_attribution_windows": "7d_click,1d_view,28d_click"})
}

// action is what a row says of an action type, in a list of its.
func action(row client.Object, list, kind string) client.Object {
	for _, a := range row.List(list) {
		if a.String("action_type") == kind {
			return a
		}
	}
	return nil
}

func TestDiff35EventIDs(t *testing.T) {
	s := newShop(t)
	days := time.Now().AddDate(0, 0, -3).Unix() // later than 48 hours after
	row := s.bought(client.Params{"event_id": "1"}, client.Params{"event_id": "1", "event_time": days}, client.Params{"event_id": "2"})
	want(s, "purchases", action(row, "actions", "purchase").String("value"), "2")
}

func TestDiff36NoMatching(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	s.show(client.DecisionRequest{AdID: ad, Viewer: client.Viewer{ID: "anna"}})
	hashed := strings.Repeat("a", 64)
	for _, user := range []client.Params{{"em": hashed}, {"external_id": "anna", "em": hashed}} {
		s.post(s.fresh.PixelID+"/events", client.Params{"data": []client.Params{purchase(client.Params{"user_data": user})}})
	}
	s.learn()
	want(s, "purchases", action(s.insights(ad, client.Params{"fields": "actions"}), "actions", "purchase").String("value"), "1")
	got := s.postRefused(s.fresh.PixelID+"/events", client.Params{"data": []client.Params{purchase(client.Params{"user_data": client.Params{}})}})
	s.wantCode(got, 100, 2804003)
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

func TestDiff44SignificantEdits(t *testing.T) {
	s := newShop(t)
	set, _ := s.dynamic(nil, feed(nil))
	edited := func() int64 {
		return s.get(set, client.Params{"fields": "learning_stage_info"}).Object("learning_stage_info").Int("last_sig_edit_ts")
	}
	s.learn()
	before := edited()
	s.post(set, client.Params{"daily_budget": 50_000, "targeting": map[string]any{"geo_locations": map[string]any{"countries": []string{"CA"}}}})
	s.learn()
	if after := edited(); before == 0 || after != before {
		t.Errorf("last significant edit %d, then %d", before, after)
	}
}

func TestDiff45SandboxClock(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	when := time.Now().AddDate(0, 0, -9).UTC()
	asked := client.DecisionRequest{AdID: ad, Viewer: client.Viewer{ID: "anna"}, Time: when.Format(time.RFC3339)}
	want(s, "same decision", s.show(asked).ID, s.decide(asked).ID)
	s.learn()
	row := s.insights(ad, client.Params{"time_increment": 1})
	want(s, "day", row.String("date_start"), when.Format(time.DateOnly))
	w := s.raw("GET", "/v1/decisions?ad_id="+ad+"&time=2026-01-01T00:00:00Z", s.token("ads_management"), "")
	want(s, "without the scope", w.Code, http.StatusForbidden)
}

func TestDiff46LearnOnDemand(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	s.show(client.DecisionRequest{AdID: ad})
	learned, err := s.api.Learn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want(s, "events", learned.Events, 1)
	want(s, "policy", s.decide(client.DecisionRequest{AdID: ad}).Policy == "uniform", false)
	want(s, "without the scope", s.raw("POST", "/v1/learn", s.token("ads_management"), "{}").Code, http.StatusForbidden)
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

func TestDiff48ExecutionOptions(t *testing.T) {
	s := newShop(t)
	got := s.ad(s.set(nil), s.link(nil), client.Params{"execution_options": []string{"validate_only", "synchronous_ad_review", "include_recommendations"}})
	if len(got) != 1 || got["success"] != true {
		t.Errorf("answer %v", got)
	}
	want(s, "ads", len(s.get(s.fresh.AccountID+"/ads", nil).List("data")), 0)
}

func TestDiff49NoInlineSet(t *testing.T) {
	s := newShop(t)
	got := s.postRefused(s.fresh.AccountID+"/ads", client.Params{"name": "Ad", "creative": s.link(nil), "adset_spec": s.setParams(s.campaign(nil), nil)})
	s.wantCode(got, 100, 0)
	if !slices.ContainsFunc(got.Blame, func(path []string) bool { return slices.Equal(path, []string{"adset_id"}) }) {
		t.Errorf("blames %v", got.Blame)
	}
}

func TestDiff50CarouselShowsOneCard(t *testing.T) {
	s := newShop(t)
	images := []map[string]string{{"url": "https://shop.example/a.jpg"}, {"url": "https://shop.example/b.jpg"}}
	_, ad := s.dynamic(nil, feed(client.Params{"images": images, "ad_formats": []string{"CAROUSEL"}}))
	want(s, "combinations", s.get(ad+"/combinations", nil).Object("summary").Int("total_count"), 4)
	want(s, "pictures", strings.Count(s.decide(client.DecisionRequest{AdID: ad}).HTML, "<img"), 1)
}

func TestDiff51WholePictures(t *testing.T) {
	s := newShop(t)
	images := []map[string]any{{"url": "https://shop.example/a.jpg", "image_crops": map[string]any{"100x100": [][]int{{0, 0}, {600, 600}}}}}
	_, ad := s.dynamic(nil, feed(client.Params{"images": images}))
	want(s, "picture", s.decide(client.DecisionRequest{AdID: ad}).Assets["image"].URL, "https://shop.example/a.jpg")
	read := s.get(ad, client.Params{"fields": "creative{asset_feed_spec}"}).Object("creative").Object("asset_feed_spec").List("images")
	if read[0].Object("image_crops") == nil {
		t.Errorf("reads back as %v", read)
	}
}

func TestDiff52ForeignCurrency(t *testing.T) {
	s := newShop(t)
	row := s.bought(client.Params{"custom_data": client.Params{"value": 10, "currency": "EUR"}})
	want(s, "purchases", action(row, "actions", "purchase").String("value"), "1")
	if value := action(row, "action_values", "purchase"); value != nil && value.Float("value") != 0 {
		t.Errorf("worth %v", value)
	}
}

func TestDiff53EventBatches(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	d := s.show(client.DecisionRequest{AdID: ad})
	body, err := json.Marshal(client.EventBatch{Events: []client.Event{{Type: "click", Token: d.Token}, {Type: "impression", Token: d.Token}, {Type: "click", Token: "x"}}})
	if err != nil {
		t.Fatal(err)
	}
	w := s.raw("POST", "/v1/events", "", string(body))
	var got client.EventResults
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	want(s, "accepted", got.Accepted, 1)
	want(s, "duplicate", got.Duplicate, 1)
	want(s, "refused", got.Refused, 1)
}
