package marquetry_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry"
	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// documented is the primary text of the platform's own example; of sample there is more to say in other words.
const (
	documented = "Buy some cool LED TV at cheap price"
	sample     = "Handmade mugs for your kitchen. Free shipping on orders over $50. Order yours today."
)

// writing is a creative whose text is opted in to variations.
func (s shop) writing(message string) client.Params {
	return with(s.features("OPT_IN", "text_generation"), s.link(client.Params{"message": message}))
}

// bodies are the primary texts of a creative as it reads back.
func bodies(creative client.Object) (texts []string) {
	for _, body := range creative.Object("asset_feed_spec").List("bodies") {
		texts = append(texts, body.String("text"))
	}
	return texts
}

// feedOf reads a creative's feed.
func (s shop) feedOf(id string) client.Object {
	s.Helper()
	return s.get(id, client.Params{"fields": "asset_feed_spec"})
}

// generated lists what was generated for a creative, newest first.
func (s shop) generated(creative string) []client.Object {
	s.Helper()
	return s.get(creative+"/generation", client.Params{"fields": "kind,text,state,source,generator,moves,evidence,gate_version,rejected,reviewer,reviewer_id,reviewed_by,digital_source_type"}).List("data")
}

// review decides about a generated text.
func (s shop) review(creative, asset, action string) {
	s.Helper()
	s.post(creative+"/generation", client.Params{"asset_id": asset, "action": action})
}

// shown is which primary texts an ad shows: every combination of it is listed, and decisions are held against that.
func (s shop) shown(ad string) (texts []string) {
	s.Helper()
	s.learn() // decisions see what is there now
	for _, row := range s.get(ad+"/combinations", client.Params{"limit": 100}).List("data") {
		texts = append(texts, row.Object("assets").Object("body").String("text"))
	}
	for i := range 20 {
		if body := s.decide(client.DecisionRequest{AdID: ad, Viewer: client.Viewer{ID: fmt.Sprint(i)}}).Assets["body"].Text; !slices.Contains(texts, body) {
			s.Fatalf("%q is shown, of %q", body, texts)
		}
	}
	return texts
}

// as is the same shop for a user of its own with some permissions.
func (s shop) as(scopes ...string) shop {
	s.Helper()
	business := s.get("me/businesses", nil).List("data")[0].ID()
	user := s.post(business+"/system_users", client.Params{"name": strings.Join(scopes, " "), "role": "EMPLOYEE"}).ID()
	return s.of("system_user", user, scopes...)
}

// of is the same shop with a token of some kind for somebody.
func (s shop) of(kind, whose string, scopes ...string) shop {
	s.Helper()
	token, err := s.server.CreateToken(s.Context(), marquetry.TokenRequest{Label: "other", Kind: kind, For: whose, Scopes: scopes})
	if err != nil {
		s.Fatal(err)
	}
	site := httptest.NewServer(s.server.Handler())
	s.Cleanup(site.Close)
	if s.api, err = client.New(site.URL, token); err != nil {
		s.Fatal(err)
	}
	return s
}

// setAccount changes the account's settings.
func (s shop) setAccount(settings client.Params) {
	s.Helper()
	s.post(s.fresh.AccountID, settings)
}

// TestTextGenerationOfACreative is the platform's documented flow with a standalone creative.
func TestTextGenerationOfACreative(t *testing.T) {
	for message, least := range map[string]int{documented: 1, sample: 5} {
		t.Run(message, func(t *testing.T) { newShop(t).documentedFlow(message, least) })
	}
}

// documentedFlow goes through it with a text of which there are to be so many versions.
func (s shop) documentedFlow(message string, least int) {
	began := time.Now()
	id := s.post("v20.0/"+s.fresh.AccountID+"/adcreatives", with(s.writing(message), client.Params{"name": "Text Gen Creative"})).ID()
	creative := s.get("v20.0/"+id, client.Params{"fields": "asset_feed_spec"})
	if took := time.Since(began); took > 2*time.Second {
		s.Errorf("the texts took %s", took)
	}
	want(s, "id", creative.ID(), id)
	if len(creative) != 2 || len(creative.Object("asset_feed_spec")) != 2 || creative.Object("asset_feed_spec").String("optimization_type") != "DEGREES_OF_FREEDOM" {
		s.Errorf("the creative reads %v", creative)
	}
	texts := bodies(creative)
	if len(texts) < least || len(texts) > 5 || texts[0] != message || len(slices.Compact(slices.Sorted(slices.Values(texts)))) != len(texts) {
		s.Fatalf("bodies %q", texts)
	}
	for _, asset := range s.generated(id) {
		if !slices.Contains(texts[1:], asset.String("text")) || asset.String("state") != "PENDING" || asset.String("source") != message ||
			asset.String("generator") != "embedded" || len(asset["moves"].([]any)) == 0 || asset.String("gate_version") == "" || asset["rejected"] == nil ||
			!strings.HasSuffix(asset.String("digital_source_type"), "/algorithmicMedia") {
			s.Errorf("%v", asset)
		}
	}
	made := s.ad(s.set(nil), client.Params{"creative_id": id}, client.Params{"status": "ACTIVE"})
	ad := s.get(made.ID(), client.Params{"fields": "creative{asset_feed_spec,status},status"})
	want(s, "status", ad.String("status"), "PAUSED")
	want(s, "creative status", ad.Object("creative").String("status"), "ACTIVE")
	if got := bodies(ad.Object("creative")); !slices.Equal(got, texts) || ad.Object("creative").ID() != id {
		s.Errorf("through the ad the texts are %q", got)
	}
	s.learn()
	want(s, "before", s.ask(client.DecisionRequest{AdID: made.ID()}).Reason, "paused")
	s.post("v20.0/"+made.ID(), client.Params{"status": "ACTIVE"})
	if got := s.shown(made.ID()); !slices.Equal(got, texts) {
		s.Errorf("%q are shown, not %q", got, texts)
	}
	for _, asset := range s.generated(id) {
		if asset.String("state") != "APPROVED" || asset.String("reviewed_by") != "activation" || asset.String("reviewer") != "test" {
			s.Errorf("%v", asset)
		}
	}
}

// TestTextGenerationOfAnAd is the same with a creative inside of the ad, alone and in a batch; the opt-in is for that creative only.
func TestTextGenerationOfAnAd(t *testing.T) {
	s := newShop(t)
	set := s.set(nil)
	made := s.ad(set, with(s.writing(sample), client.Params{"name": "Text Gen Adgroup"}), client.Params{"status": "ACTIVE"})
	if !slices.Contains(rules(made), "ad.paused") {
		t.Errorf("warnings %v", rules(made))
	}
	ad := s.get(made.ID(), client.Params{"fields": "status,creative{asset_feed_spec,status}"})
	want(s, "status", ad.String("status"), "PAUSED")
	if texts := bodies(ad.Object("creative")); len(texts) < 3 || texts[0] != sample {
		t.Errorf("bodies %q", texts)
	}
	plain := s.post(s.fresh.AccountID+"/adcreatives", s.link(client.Params{"message": sample})).ID()
	if creative := s.feedOf(plain); creative["asset_feed_spec"] != nil || plain == ad.Object("creative").ID() {
		t.Errorf("without the opt-in the creative is %v", creative)
	}
	again := s.ad(set, client.Params{"creative_id": plain}, client.Params{"status": "ACTIVE"})
	want(s, "texts without the opt-in", strings.Join(s.shown(again.ID()), "|"), sample)

	creative := `{"object_story_spec":{"page_id":"` + s.fresh.PageID + `","link_data":{"link":"https://shop.example/","message":"` + sample + `"}},` +
		`"degrees_of_freedom_spec":{"creative_features_spec":{"text_generation":{"enroll_status":"OPT_IN"}}}}`
	answer := s.raw(http.MethodPost, "/", s.fresh.Token, fmt.Sprintf(`{"batch":[{"method":"POST","relative_url":"%s/ads","body":"name=A&adset_id=%s&creative=%s"}]}`,
		s.fresh.AccountID, set, strings.ReplaceAll(creative, `"`, `\"`)))
	id := regexp.MustCompile(`\bid[^0-9]+([0-9]+)`).FindStringSubmatch(answer.Body.String())[1]
	if texts := bodies(s.get(id, client.Params{"fields": "creative{asset_feed_spec}"}).Object("creative")); len(texts) < 3 {
		t.Errorf("in a batch, the texts are %q: %s", texts, answer.Body)
	}
}

// TestTextGenerationWordForWord sends the documentation's own parameters as its curl commands do, but for the commas too many.
func TestTextGenerationWordForWord(t *testing.T) {
	s := newShop(t)
	set := s.set(nil)
	const optIn = "{\n\"creative_features_spec\": {\n\"text_generation\": {\n\"enroll_status\": \"OPT_IN\"\n}\n}\n}"
	story := "{\n\"link_data\": {\n\"link\": \"https://shop.example/\",\n\"message\": \"" + documented + "\"\n},\n\"page_id\": \"" + s.fresh.PageID + "\"\n}"
	p := props{shop: s, ids: map[string]string{}}
	send := func(edge string, form url.Values) string {
		answer := p.serve(http.MethodPost, "/v20.0/"+s.fresh.AccountID+"/"+edge, form, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
		var made struct{ ID string }
		if err := json.Unmarshal(answer.Body.Bytes(), &made); err != nil || made.ID == "" {
			t.Fatalf("%v is answered %s", form, answer.Body)
		}
		return made.ID
	}
	creative := send("adcreatives", url.Values{"name": {"Text Gen Creative"}, "object_story_spec": {story}, "degrees_of_freedom_spec": {optIn}})
	ad := send("ads", url.Values{"adset_id": {set}, "creative": {"{\n\"name\": \"Text Gen Adgroup\",\n\"object_story_spec\": " + story + ",\n\"degrees_of_freedom_spec\": " + optIn + "\n}"}})
	plain := send("adcreatives", url.Values{"name": {"Text Gen Creative"}, "object_story_spec": {story}})
	read := s.get("v20.0/"+ad, client.Params{"fields": "status,creative{asset_feed_spec,status}"})
	if a, b := bodies(s.feedOf(creative)), bodies(read.Object("creative")); a[0] != documented || !slices.Equal(a, b) {
		t.Errorf("the creative has %q, and that of the ad %q", a, b)
	}
	want(s, "status", read.String("status"), "PAUSED")
	want(s, "feed without the opt-in", s.feedOf(plain)["asset_feed_spec"], nil)
}

// TestTextGenerationKeepsTags is a catalogue ad, whose tags are filled in for each product.
func TestTextGenerationKeepsTags(t *testing.T) {
	s := newShop(t)
	p := props{shop: s, ids: map[string]string{}}
	const tagged = "Get your {{product.name | titleize}} today. Free shipping on all orders."
	set := s.under(p)
	id := s.post(s.fresh.AccountID+"/adcreatives", with(s.features("OPT_IN", "text_generation"), client.Params{"product_set_id": set, "object_story_spec": client.Params{
		"page_id": s.fresh.PageID, "template_data": client.Params{"message": tagged, "link": "https://www.example.com/", "name": "Headline {{product.price}}",
			"description": "Description {{product.description}}"}}})).ID()
	texts := bodies(s.feedOf(id))
	if len(texts) < 2 || texts[0] != tagged {
		t.Errorf("bodies %q", texts)
	}
	for _, text := range texts {
		if !strings.Contains(text, "{{product.name | titleize}}") {
			t.Errorf("%q lost its tag", text)
		}
	}
}

// under makes a product set.
func (s shop) under(p props) string {
	s.Helper()
	business := s.get("me/businesses", nil).List("data")[0].ID()
	p.ids["business"] = business
	catalog := s.post(business+"/owned_product_catalogs", client.Params{"name": "Shop"}).ID()
	return s.post(catalog+"/product_sets", client.Params{"name": "Cheap", "filter": client.Params{"price_amount": client.Params{"lt": 2000}}}).ID()
}

// TestOneTextIsRejected keeps the ad and its other texts; what was rejected never comes back for the account.
func TestOneTextIsRejected(t *testing.T) {
	s := newShop(t)
	id := s.post(s.fresh.AccountID+"/adcreatives", s.writing(sample)).ID()
	ad := s.ad(s.set(nil), client.Params{"creative_id": id}, nil).ID()
	s.post(ad, client.Params{"status": "ACTIVE"})
	before := s.shown(ad)
	d := s.show(client.DecisionRequest{AdID: ad, Viewer: client.Viewer{ID: "anna"}})
	edition := s.get(id, client.Params{"fields": "edition_id"}).String("edition_id")
	bad := s.generated(id)[0]
	s.review(id, bad.ID(), "reject")
	after := slices.DeleteFunc(slices.Clone(before), func(text string) bool { return text == bad.String("text") })
	if got := s.shown(ad); !slices.Equal(got, after) || !slices.Equal(bodies(s.feedOf(id)), after) {
		t.Errorf("%q are shown, not %q", got, after)
	}
	if s.get(id, client.Params{"fields": "edition_id"}).String("edition_id") == edition {
		t.Error("the edition is the same with other texts")
	}
	if to := s.click(d); to.Host != "shop.example" {
		t.Errorf("a click on the older edition leads to %s", to)
	}
	s.review(id, s.generated(id)[1].ID(), "regenerate")
	s.post(ad, client.Params{"status": "ACTIVE"})
	again := s.post(s.fresh.AccountID+"/adcreatives", s.writing(sample)).ID()
	if slices.Contains(s.shown(ad), bad.String("text")) || slices.Contains(bodies(s.feedOf(again)), bad.String("text")) {
		t.Errorf("%q came back", bad.String("text"))
	}
	e := s.postRefused(id+"/generation", client.Params{"asset_id": bad.ID(), "action": "approve"})
	s.wantCode(e, 100, 0)
	s.wantReport(ad, d)
}

// wantReport checks that what an older edition showed counts for the ad, in the combination that it still has.
func (s shop) wantReport(ad string, d client.Decision) {
	s.Helper()
	s.show(client.DecisionRequest{AdID: ad, Viewer: client.Viewer{ID: "anna"}})
	s.learn()
	total := s.insights(ad, client.Params{"fields": "impressions,clicks"})
	want(s, "impressions", total.String("impressions"), "2")
	want(s, "clicks", total.String("clicks"), "1")
	seen := map[string]bool{}
	for _, row := range s.get(ad+"/insights", client.Params{"date_preset": "maximum", "breakdowns": "combination", "fields": "clicks"}).List("data") {
		id := row.Object("combination").String("id")
		if seen[id] || id == "" {
			s.Errorf("combination %q has two rows", id)
		}
		if seen[id] = true; id == d.CombinationID {
			want(s, "clicks of the combination", row.String("clicks"), "1")
		}
	}
}

// TestRequiredReview is the account setting that lets reviewers decide, and that nobody approves their own.
func TestRequiredReview(t *testing.T) {
	s := newShop(t)
	s.setAccount(client.Params{"review_gate": "required", "four_eyes": true})
	writer, reviewer := s.as("ads_management"), s.as("ads_read", "creative_review")
	id := writer.post(s.fresh.AccountID+"/adcreatives", s.writing(sample)).ID()
	ad := writer.ad(s.set(nil), client.Params{"creative_id": id}, nil).ID()
	refused := writer.postRefused(ad, client.Params{"status": "ACTIVE"})
	pending := s.generated(id)
	if !strings.Contains(refused.Message, pending[0].ID()) || !strings.Contains(refused.Message, "/console/review/"+id) {
		t.Errorf("refused with %v", refused)
	}
	want(s, "status", s.get(ad, client.Params{"fields": "status"}).String("status"), "PAUSED")
	s.wantCode(writer.postRefused(id+"/generation", client.Params{"asset_id": pending[0].ID(), "action": "approve"}), 200, 0)
	want(s, "listed", len(reviewer.generated(id)), len(pending))
	want(s, "what a reviewer writes", reviewer.postRefused(s.fresh.AccountID+"/adcreatives", s.writing(sample)).Code, 200)
	reviewer.review(id, pending[0].ID(), "reject")
	for _, asset := range pending[1:] {
		reviewer.review(id, asset.ID(), "approve")
	}
	writer.post(ad, client.Params{"status": "ACTIVE"})
	want(s, "texts", len(s.shown(ad)), len(pending))
	own := s.post(s.fresh.AccountID+"/adcreatives", s.writing(sample)).ID()
	refused = s.postRefused(own+"/generation", client.Params{"asset_id": s.generated(own)[0].ID(), "action": "approve"})
	want(s, "own text", refused.Code, 200)
	want(s, "who manages", writer.postRefused(s.fresh.AccountID, client.Params{"review_gate": "activation"}).Code, 10)
}

// TestChangedByteIsNotShown withdraws what was approved when a byte of it is not what it was.
func TestChangedByteIsNotShown(t *testing.T) {
	t.Parallel()
	dir := storetest.Dir(t)
	server, api := start(t, marquetry.Config{Data: dir, ManualLearning: true})
	s := shop{t, server, api, server.Fresh}
	id := s.post(s.fresh.AccountID+"/adcreatives", s.writing(sample)).ID()
	ad := s.ad(s.set(nil), client.Params{"creative_id": id}, nil).ID()
	s.post(ad, client.Params{"status": "ACTIVE"})
	if n := len(s.shown(ad)); n < 3 {
		t.Fatalf("%d texts", n)
	}
	asset := s.generated(id)[0]
	if err := server.Forge(t.Context(), asset.ID(), asset.String("text"), asset.String("text")+"!"); err != nil {
		t.Fatal(err)
	}
	s.learn()
	want(s, "reason", s.ask(client.DecisionRequest{AdID: ad}).Reason, "pending_review")
}

// TestDamagedRowStopsItsAdAlone breaks a row so that it cannot be read: its ad shows nothing, and other ads go on, with what is rejected
// afterwards taken away as ever.
func TestDamagedRowStopsItsAdAlone(t *testing.T) {
	t.Parallel()
	for _, of := range []string{"asset", "edition", "creative"} {
		t.Run(of, func(t *testing.T) {
			t.Parallel()
			server, api := start(t, marquetry.Config{Data: storetest.Dir(t), ManualLearning: true})
			s := shop{t, server, api, server.Fresh}
			var ads, creatives []string
			for range 2 {
				id := s.post(s.fresh.AccountID+"/adcreatives", s.writing(sample)).ID()
				creatives, ads = append(creatives, id), append(ads, s.ad(s.set(nil), client.Params{"creative_id": id}, client.Params{"status": "PAUSED"}).ID())
				s.post(ads[len(ads)-1], client.Params{"status": "ACTIVE"})
			}
			rows := map[string]string{"asset": s.generated(creatives[0])[0].ID(), "creative": creatives[0],
				"edition": s.get(creatives[0], client.Params{"fields": "edition_id"}).String("edition_id")}
			if err := server.Forge(t.Context(), rows[of], `":`, `:`); err != nil {
				t.Fatal(err)
			}
			gone := s.generated(creatives[1])[0]
			s.review(creatives[1], gone.ID(), "reject")
			s.learn()
			if e := s.ask(client.DecisionRequest{AdID: ads[0]}); len(e.Decisions) > 0 {
				t.Errorf("shown is %v", e.Decisions[0].Assets)
			}
			if texts := s.shown(ads[1]); len(texts) < 3 || slices.Contains(texts, gone.String("text")) {
				t.Errorf("another ad shows %q", texts)
			}
		})
	}
}

// TestTextGenerationByAModel waits for no model: the creative reads IN_PROCESS until it has answered. What it makes up is refused, and
// rules fill in.
func TestTextGenerationByAModel(t *testing.T) {
	t.Parallel()
	answered, keys := make(chan struct{}), make(chan string, 100)
	model := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		<-answered
		keys <- r.Header.Get("Authorization")
		fmt.Fprint(w, `{"choices":[{"message":{"content":"{\"variations\":[\"Now 90% off: mugs that cure colds!\"]}"}}]}`)
	}))
	t.Cleanup(model.Close)
	keyFile := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(keyFile, []byte("secret-of-the-shop\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	log, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = log.Close() })
	config := marquetry.Config{Data: storetest.Dir(t), ManualLearning: true, Logger: slog.New(slog.NewTextHandler(log, nil)),
		Generation: marquetry.Generation{Generator: "openai", BaseURL: model.URL, Model: "tiny", KeyFile: keyFile}}
	server, api := start(t, config)
	s := shop{t, server, api, server.Fresh}
	id := s.post(s.fresh.AccountID+"/adcreatives", s.writing(sample)).ID()
	s.post(id, client.Params{"status": "ACTIVE"}) // which makes no texts
	want(s, "status", s.get(id, client.Params{"fields": "status"}).String("status"), "IN_PROCESS")
	want(s, "texts", len(s.generated(id)), 0)
	began := time.Now()
	for s.get(id, client.Params{"fields": "marquetry_generation"}).Object("marquetry_generation").String("state") != "RUNNING" {
		if time.Sleep(time.Millisecond); time.Since(began) > 10*time.Second {
			t.Fatal("nobody asks the model")
		}
	}
	close(answered)
	for range 500 {
		if s.get(id, client.Params{"fields": "status"}).String("status") == "ACTIVE" {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	assets := s.generated(id)
	for _, asset := range assets {
		if asset.String("generator") != "embedded" || len(asset.Object("rejected")) == 0 {
			t.Errorf("%v", asset)
		}
	}
	status := s.get(id, client.Params{"fields": "marquetry_generation"}).Object("marquetry_generation")
	if other := s.as("ads_read").get(id, client.Params{"fields": "marquetry_generation"}).Object("marquetry_generation"); status.String("state") != "DONE" ||
		len(status.Object("rejected")) == 0 || other["error"] != nil || other["fallback"] != nil {
		t.Errorf("%v, and for others %v", status, other)
	}
	logged, err := os.ReadFile(log.Name())
	if key := <-keys; len(assets) < 3 || key != "Bearer secret-of-the-shop" || strings.Contains(string(logged), "secret-of-the-shop") {
		t.Errorf("%d texts, key %q, log %s (%v)", len(assets), key, logged, err)
	}
}

// TestGenerationConfig is what an operator can get wrong.
func TestGenerationConfig(t *testing.T) {
	t.Parallel()
	for _, bad := range []marquetry.Generation{
		{Generator: "rules"}, {Generator: "openai"}, {Generator: "openai", Model: "m", Temperature: 3}, {Generator: "anthropic", Model: "m", BaseURL: "ftp://host"},
		{Fallback: "maybe"}, {MaxTokens: -1}, {KeyFile: "/nowhere"}, {Key: "a", KeyFile: "/nowhere"},
	} {
		if s, err := marquetry.New(t.Context(), marquetry.Config{Data: t.TempDir(), Generation: bad}); err == nil {
			t.Errorf("%+v is taken", bad)
			_ = s.Close()
		}
	}
}
