package marquetry_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/client"
)

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
	w := s.raw("GET", "/v26.0/"+page+"?fields=created_time&date_format=Y&pretty=1&debug=all", s.fresh.Token, "")
	if w.Header().Get("ETag") == "" || !strings.Contains(w.Body.String(), "\n   \"created_time\": \"20") || !strings.Contains(w.Body.String(), "__debug__") {
		t.Errorf("%d, %v, %s", w.Code, w.Header(), w.Body)
	}
}

func TestDiff05ReportRuns(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	s.show(client.DecisionRequest{AdID: ad})
	s.learn()
	run := s.post(ad+"/insights", client.Params{"level": "ad", "date_preset": "maximum", "fields": "ad_id,impressions"}).String("report_run_id")
	s.show(client.DecisionRequest{AdID: ad})
	s.learn()
	want(s, "status", s.get(run, nil).String("async_status"), "Job Completed")
	want(s, "impressions then", s.get(run+"/insights", nil).List("data")[0].String("impressions"), "1")
	want(s, "impressions now", s.insights(ad, client.Params{"fields": "impressions"}).String("impressions"), "2")
	s.wantCode(s.getRefused("ads/ads_insights/export_report", client.Params{"report_run_id": run, "format": "xls"}), 100, 0)
}

func TestDiff07RefusedEdges(t *testing.T) {
	s := newShop(t)
	for _, edge := range []string{"reachfrequencypredictions", "adrules_history"} {
		s.wantCode(s.getRefused(s.fresh.AccountID+"/"+edge, nil), 3, 0)
		s.wantCode(s.postRefused(s.fresh.AccountID+"/"+edge, client.Params{"name": "x"}), 3, 0)
	}
	got := s.getRefused(s.fresh.AccountID+"/shoes", nil)
	if s.wantCode(got, 100, 0); !strings.Contains(got.Message, "nonexisting field (shoes)") {
		t.Error(got)
	}
}

func TestDiff08Tokens(t *testing.T) {
	s := newShop(t)
	reader := s.token("ads_read")
	want(s, "read", s.raw("GET", "/"+s.fresh.AccountID, reader, "").Code, http.StatusOK)
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
	want(s, "campaign", s.campaign(nil), "120200000000000008")
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

func TestDiff15PicturesStay(t *testing.T) {
	s := newShop(t)
	s.wantCode(s.postRefused(s.fresh.AccountID+"/adimages", client.Params{"url": "http://127.0.0.1:9/a.jpg"}), 100, 3858258)
	set, _ := s.dynamic(nil, feed(nil))
	want(s, "shown from", s.decide(client.DecisionRequest{AdSetID: set}).Assets["image"].URL, "https://shop.example/a.jpg")
	want(s, "library", len(s.get(s.fresh.AccountID+"/adimages", nil).List("data")), 0)
}

func TestDiff16VideosDoNotPlayByThemselves(t *testing.T) {
	s := newShop(t)
	id := s.post(s.fresh.AccountID+"/advideos", client.Params{"upload_phase": "start", "file_size": 1000}).String("video_id")
	videos := feed(client.Params{"videos": []map[string]string{{"video_id": id, "thumbnail_url": "https://shop.example/v.jpg"}}, "ad_formats": []string{"SINGLE_VIDEO"}})
	delete(videos, "images")
	set, _ := s.dynamic(nil, videos)
	d := s.decide(client.DecisionRequest{AdSetID: set})
	want(s, "video", d.Assets["image"].VideoID, id)
	want(s, "picture of what is not whole", strings.Contains(d.HTML, `<img src="https://shop.example/v.jpg"`), true)
	videos["videos"] = []map[string]string{{"video_id": s.video(movie()).ID()}}
	set, _ = s.dynamic(nil, videos)
	d = s.decide(client.DecisionRequest{AdSetID: set})
	want(s, "player", strings.Contains(d.HTML, `<video controls="" muted="" playsinline="" preload="none" src="`+d.Assets["image"].VideoURL+`"`), true)
	_, path, _ := strings.Cut(d.Assets["image"].VideoURL, "/media/")
	want(s, "file", s.raw("GET", "/media/"+path, "", "").Code, http.StatusOK)
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
	s.wantCode(s.postRefused("v19.0/"+creatives, s.link(nil)), 100, 3858082) // nothing stated
	s.post("v19.0/"+creatives, s.features("OPT_IN", "image_touchups"))
	s.post("v21.0/"+creatives, s.link(nil))
	id := s.post("v21.0/"+creatives, s.features("OPT_IN", "standard_enhancements")).ID()
	spec := s.get(id, client.Params{"fields": "degrees_of_freedom_spec"}).Object("degrees_of_freedom_spec").Object("creative_features_spec")
	if len(spec) != 1 || spec.Object("standard_enhancements").String("enroll_status") != "OPT_IN" {
		t.Errorf("reads back as %v", spec)
	}
	s.wantCode(s.postRefused("v22.0/"+creatives, s.features("OPT_IN", "standard_enhancements")), 100, 3858504)
}

func TestDiff20OptInsPause(t *testing.T) {
	s := newShop(t)
	made := s.ad(s.set(nil), s.features("OPT_IN", "image_uncrop"), client.Params{"status": "ACTIVE"})
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

func TestDiff23NobodyReviews(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	status := func() string {
		return s.get(ad, client.Params{"fields": "effective_status"}).String("effective_status")
	}
	want(s, "status", status(), "ACTIVE")
	s.decide(client.DecisionRequest{AdID: ad})
	s.post(ad+"/review", client.Params{"decision": "DISAPPROVE"})
	s.learn() // or the verdict is seen a moment later
	want(s, "after a verdict", status(), "DISAPPROVED")
	want(s, "reason", s.ask(client.DecisionRequest{AdID: ad}).Reason, "disapproved")
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
	want(s, "why", row.String("why"), "0 of 50 Purchase events and 1 of 7 days so far.")
	if p := row.Float("propensity"); p <= 0 || p >= 1 {
		t.Errorf("propensity %v", p)
	}
	p := row.Object("posterior")
	if !(0 < p.Float("low") && p.Float("low") < p.Float("mean") && p.Float("mean") < p.Float("high") && p.Float("high") < 1) {
		t.Errorf("posterior %v", p)
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
