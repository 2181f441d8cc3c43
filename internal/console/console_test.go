package console

import (
	"bytes"
	"context"
	"crypto/rand"
	"flag"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/insights"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// update rewrites the golden files: go test ./internal/console -update.
var update = flag.Bool("update", false, "rewrite the golden files")

// Ids of the fixture: an account with an ad that learns, and one without running ads.
const (
	adID       = "120200000000000008"
	pausedID   = "120200000000000009"
	creativeID = "120200000000000007"
)

// clock is the time of the fixture.
func clock() time.Time { return time.Date(2026, 6, 10, 12, 0, 0, 0, time.UTC) }

// learner has learnt the fixture's ad, or nothing.
type learner struct {
	learned *bandit.Learned
	seen    []bandit.Seen
}

// Learned answers for the fixture's ad.
func (l learner) Learned(id string) (*bandit.Learned, bool) {
	return l.learned, id == adID && l.learned != nil
}

// Closed answers for any ad but the fixture's.
func (l learner) Closed(id string) (rule, message string) {
	if id != adID {
		return "campaign.status", "the campaign is PAUSED"
	}
	return "", ""
}

// Contexts answers for any ad.
func (l learner) Contexts(context.Context, store.Tx, string, string, int) ([]bandit.Seen, error) {
	return l.seen, nil
}

// model is what the fixture's learner believes: rates grow with the number of the combination, and for one context they fall.
type model struct{ bandit.Model }

// Rate is 2 % for the first combination and half a percent more for each further one.
func (model) Rate(sig bandit.Signature, k int) bandit.Estimate {
	mean := 0.02 + 0.005*float64(k)
	if sig == "MOBILE_FEED_STANDARD|" {
		mean = 0.06 - 0.005*float64(k)
	}
	return bandit.Estimate{Mean: mean, Low: mean * 0.8, High: mean * 1.25}
}

// ProbabilityBest favours the last two.
func (model) ProbabilityBest() []float64 { return []float64{0, 0, 0, 0, 0, 0.001, 0.199, 0.8} }

// BestBySignature is the last, or for one context the first.
func (model) BestBySignature(sig bandit.Signature) int {
	if sig == "MOBILE_FEED_STANDARD|" {
		return 0
	}
	return 7
}

// finding is one on an effect with an interval of a tenth around it.
func finding(effect float64, say bandit.Say) bandit.Finding {
	return bandit.Finding{Effect: bandit.Estimate{Mean: effect, Low: effect * 0.9, High: effect * 1.1}, Say: say}
}

// taught is a learner that is sure.
func taught() learner {
	pair := []bandit.Finding{finding(0.8, bandit.SayWorse), finding(1.25, bandit.SayBetter)}
	alone := []bandit.Finding{finding(1, bandit.SayEven)}
	return learner{
		&bandit.Learned{Space: bandit.Space{Sizes: []int{2, 2, 2, 1, 1, 1}}, Model: model{}, State: bandit.StableWinner, Winner: 7,
			Assets: [][]bandit.Finding{pair, pair, {finding(0.98, bandit.SayLearning), finding(1.02, bandit.SayLearning)}, alone, alone, alone},
			Pairs:  []bandit.PairFinding{{Pair: bandit.Pair{SlotB: 1, AssetB: 1}, Finding: finding(1.3, bandit.SayBetter)}, {Pair: bandit.Pair{SlotA: 1, SlotB: 2}, Finding: finding(0.99, bandit.SayLearning)}},
			Segments: []bandit.SegmentFinding{{Attribute: "placement", Value: "INSTAGRAM_STORY", Asset: 1, Finding: finding(1.2, bandit.SayBetter)},
				{Attribute: "age", Value: "25-34", Slot: 1, Finding: finding(0.85, bandit.SayWorse)}, {Attribute: "age", Value: "25-34", Slot: 2, Finding: finding(1.01, bandit.SayEven)}},
			Totals: bandit.Totals{Impressions: 16_000, Clicks: 900, FirstDay: 1, LastDay: 8}, Progress: bandit.Progress{Events: 900, Days: 8}},
		[]bandit.Seen{{Signature: "INSTAGRAM_STORY|25-34", Impressions: 8000}, {Signature: "MOBILE_FEED_STANDARD|", Impressions: 8000}},
	}
}

// seed stores an account with a running and a paused ad, what the running one has had, and two tokens.
func seed(t testing.TB, db *store.DB) {
	t.Helper()
	image := func(c string) any { return map[string]any{"hash": strings.Repeat(c, 32)} }
	words := func(all ...string) (out []any) {
		for _, w := range all {
			out = append(out, map[string]any{"text": w})
		}
		return out
	}
	feed := map[string]any{"name": "Shoes", "asset_feed_spec": map[string]any{"ad_formats": []any{"SINGLE_IMAGE"}, "images": []any{image("a"), image("b")},
		"titles": words(`Run <script>alert("far")</script>`, "Run fast"), "bodies": words("Made to last.\nFor every road.", "Made for rain & mud."),
		"descriptions": words("Free returns"), "call_to_action_types": []any{"SHOP_NOW"}, "link_urls": []any{map[string]any{"website_url": "https://shop.example/shoes"}}}}
	in := map[string]any{"campaign_id": "120200000000000005", "adset_id": "120200000000000006", "creative_id": creativeID}
	named := func(name string) map[string]any {
		data := map[string]any{"name": name}
		for k, v := range in {
			data[k] = v
		}
		return data
	}
	account := func(name string) map[string]any {
		return map[string]any{"name": name, "currency": "USD", "timezone_name": "UTC"}
	}
	err := db.Write(t.Context(), func(tx store.Tx) error {
		for i, o := range []*store.Object{
			{ID: "act_11", Type: "adaccount", AccountID: "11", Data: account("Shop & Sons")},
			{ID: "act_12", Type: "adaccount", AccountID: "12", Data: account("Quiet")},
			{ID: "120200000000000005", Type: "campaign", AccountID: "11", Status: object.Active, Data: map[string]any{"name": "Autumn"}},
			{ID: "120200000000000006", Type: "adset", AccountID: "11", Status: object.Active, Data: map[string]any{"name": "Runners", "optimization_goal": "LINK_CLICKS"}},
			{ID: creativeID, Type: "adcreative", AccountID: "11", Data: feed},
			{ID: adID, Type: "ad", AccountID: "11", Status: object.Active, Data: named("Shoes <b>dynamic</b>")},
			{ID: pausedID, Type: "ad", AccountID: "11", Status: object.Paused, Data: named("Old shoes")},
		} {
			o.Seq = int64(1000 + i)
			if o.Type == "ad" {
				o.Refs = []store.Ref{{Field: "account_id", To: "act_11"}}
			}
			if err := tx.Insert(t.Context(), o); err != nil {
				return err
			}
		}
		for _, k := range []*store.Token{
			{Hash: store.HashToken("reader"), Scopes: []string{"ads_read"}},
			{Hash: store.HashToken("of 12"), Scopes: []string{"admin"}, Accounts: []string{"12"}},
			{Hash: store.HashToken("expired"), Scopes: []string{"admin"}, Expires: clock().Unix()},
			{Hash: store.HashToken("pages"), Scopes: []string{"pages_read_engagement"}},
		} {
			if err := tx.PutToken(t.Context(), k); err != nil {
				return err
			}
		}
		return insights.NewFold().Apply(t.Context(), tx, happenings())
	})
	if err != nil {
		t.Fatal(err)
	}
}

// happenings is a log: every combination is seen by its number plus one people, the last one is clicked and bought from.
func happenings() []eventlog.Event {
	at := clock().UnixMilli() - 3_600_000
	var events []eventlog.Event
	for k := range 8 {
		x := &eventlog.Exposure{At: at, AdID: adID, CreativeID: creativeID, Price: 5000,
			Slots: []uint8{uint8(k >> 2 & 1), uint8(k >> 1 & 1), uint8(k & 1), 0, 0, 0}}
		for range (k + 1) * 20 {
			events = append(events, eventlog.Event{Kind: eventlog.Impression, At: at, Exposure: x})
		}
		if k == 7 {
			events = append(events, eventlog.Event{Kind: eventlog.Click, At: at, Exposure: x}, eventlog.Event{Kind: eventlog.Conversion, At: at + 1, Exposure: x,
				Outcome: &eventlog.Outcome{AccountID: "11", Name: "Purchase", Value: 30_000_000, Currency: "USD"}})
		}
	}
	return events
}

// site is a console over the fixture.
func site(t testing.TB, open bool, l Learner) http.Handler {
	t.Helper()
	db := storetest.SQLite(t)
	seed(t, db)
	h, err := New(Config{Open: open, Requests: asked(), Reviews: writer(t, db), Actor: actor, Now: clock, Random: rand.Reader, Logger: slog.New(slog.NewTextHandler(t.Output(), nil))}, db, l)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// get asks for a page, with cookies.
func get(h http.Handler, path string, cookies ...*http.Cookie) *http.Response {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for _, c := range cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

// body reads an answer.
func body(t testing.TB, r *http.Response) string {
	t.Helper()
	all, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(all)
}

// TestPagesGolden compares whole pages.
func TestPagesGolden(t *testing.T) {
	t.Parallel()
	knowing, fresh := site(t, true, taught()), site(t, true, learner{})
	for name, c := range map[string]struct {
		site http.Handler
		path string
	}{
		"list":         {knowing, "/"},
		"list_numbers": {knowing, "/console/ads"},
		"ad":           {knowing, "/console/ads/" + adID},
		"ad_numbers":   {knowing, "/console/ads/" + adID + "/numbers"},
		"ad_fresh":     {fresh, "/console/ads/" + adID},
		"ad_paused":    {fresh, "/console/ads/" + pausedID},
		"login":        {fresh, "/console/login"},
		"requests":     {fresh, "/console/requests"},
		"arena":        {knowing, "/console/arena?ad=" + adID},
		"request":      {fresh, "/console/requests/TraceRefused"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := get(c.site, c.path)
			got := body(t, r)
			if r.StatusCode != http.StatusOK || !strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
				t.Fatalf("%d %s:\n%s", r.StatusCode, r.Header.Get("Content-Type"), got)
			}
			file := filepath.Join("testdata", name+".html")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestPagesAreSafe checks the headers, that nothing is loaded from elsewhere, and that no text of an advertiser becomes markup.
func TestPagesAreSafe(t *testing.T) {
	t.Parallel()
	h := site(t, true, taught())
	for _, path := range []string{"/", "/console/ads/" + adID, "/console/login", "/console/ads/1", "/console/requests", "/console/requests/TraceRefused", "/console/requests/1", "/console/arena", "/console/arena?ad=" + adID} {
		r := get(h, path)
		page := body(t, r)
		policy := r.Header.Get("Content-Security-Policy")
		if !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") || r.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: headers %v", path, r.Header)
		}
		for _, bad := range []string{"<script>", "<b>", "style=", "onclick", "src=\"http", "href=\"http"} {
			if strings.Contains(page, bad) {
				t.Errorf("%s contains %s", path, bad)
			}
		}
	}
}

// TestNumbersUnchanged checks that a page that shows the newest numbers is left alone.
func TestNumbersUnchanged(t *testing.T) {
	t.Parallel()
	h := site(t, true, taught())
	for _, c := range []struct{ page, numbers string }{{"/", "/console/ads"}, {"/console/ads/" + adID, "/console/ads/" + adID + "/numbers"}} {
		_, after, _ := strings.Cut(body(t, get(h, c.page)), `hx-get="`)
		address, _, _ := strings.Cut(after, `"`)
		if r := get(h, address); r.StatusCode != http.StatusNoContent {
			t.Errorf("%s: %d, want 204", address, r.StatusCode)
		}
		if r := get(h, c.numbers+"?v=old"); r.StatusCode != http.StatusOK || !strings.HasPrefix(body(t, r), `<div id="numbers"`) {
			t.Errorf("%s: %d", c.numbers, r.StatusCode)
		}
	}
}

// TestLogin walks through the doors.
func TestLogin(t *testing.T) {
	t.Parallel()
	h := site(t, false, learner{})
	if r := get(h, "/console/ads/"+adID); r.StatusCode != http.StatusSeeOther || r.Header.Get("Location") != "/console/login?to=%2Fconsole%2Fads%2F"+adID {
		t.Fatalf("without a login: %d to %s", r.StatusCode, r.Header.Get("Location"))
	}
	for _, token := range []string{"", "nobody's", "expired", "pages"} {
		if r := enter(h, token, "/"); r.StatusCode != http.StatusUnauthorized || len(r.Cookies()) != 0 || !strings.Contains(body(t, r), `role="alert"`) {
			t.Errorf("token %q: %d", token, r.StatusCode)
		}
	}
	r := enter(h, " reader\n", "/console/ads/"+adID)
	if r.StatusCode != http.StatusSeeOther || r.Header.Get("Location") != "/console/ads/"+adID || len(r.Cookies()) != 1 {
		t.Fatalf("with a good token: %d to %s", r.StatusCode, r.Header.Get("Location"))
	}
	key := r.Cookies()[0]
	if !key.HttpOnly || key.SameSite != http.SameSiteStrictMode || key.MaxAge <= 0 {
		t.Errorf("cookie %v", key)
	}
	if r := get(h, "/", key); r.StatusCode != http.StatusOK || !strings.Contains(body(t, r), "Shoes") {
		t.Errorf("logged in: %d", r.StatusCode)
	}
	out := httptest.NewRequest(http.MethodPost, "/console/logout", nil)
	out.AddCookie(key)
	h.ServeHTTP(httptest.NewRecorder(), out)
	if r := get(h, "/", key); r.StatusCode != http.StatusSeeOther {
		t.Errorf("after logging out: %d", r.StatusCode)
	}
}

// enter sends the login form.
func enter(h http.Handler, token, to string, headers ...string) *http.Response {
	form := url.Values{"token": {token}, "to": {to}}
	r := httptest.NewRequest(http.MethodPost, "/console/login", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

// TestLoginRefuses checks forms from other sites, forms without end and ways to other sites.
func TestLoginRefuses(t *testing.T) {
	t.Parallel()
	h := site(t, false, learner{})
	if r := enter(h, "reader", "/", "Sec-Fetch-Site", "cross-site"); r.StatusCode != http.StatusForbidden {
		t.Errorf("from another site: %d", r.StatusCode)
	}
	if r := enter(h, strings.Repeat("x", maxForm), "/"); r.StatusCode != http.StatusBadRequest {
		t.Errorf("a large form: %d", r.StatusCode)
	}
	for _, to := range []string{"https://elsewhere.example/", "//elsewhere.example", `/console/ads/\elsewhere`, ""} {
		if r := enter(h, "reader", to); r.Header.Get("Location") != "/" {
			t.Errorf("to %q leads to %s", to, r.Header.Get("Location"))
		}
	}
}

// TestVisitorSeesOwnAccounts checks that a token opens no other account's pages.
func TestVisitorSeesOwnAccounts(t *testing.T) {
	t.Parallel()
	h := site(t, false, learner{})
	key := enter(h, "of 12", "/").Cookies()[0]
	if page := body(t, get(h, "/", key)); strings.Contains(page, "Shop") || !strings.Contains(page, "Quiet") {
		t.Error("the list shows another account")
	}
	for _, id := range []string{adID, creativeID, "1"} {
		if r := get(h, "/console/ads/"+id, key); r.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", id, r.StatusCode)
		}
	}
}

// TestSessionEnds checks the end of a login, in time and in number, and what htmx is told then.
func TestSessionEnds(t *testing.T) {
	t.Parallel()
	s, now := newSessions(), clock()
	first, err := s.start(rand.Reader, "hash", now, now.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	with := func(id string) *http.Request {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.AddCookie(&http.Cookie{Name: cookie, Value: id})
		return r
	}
	if _, ok := s.find(with(first), now.Add(time.Hour-1)); !ok {
		t.Error("the session ended early")
	}
	if _, ok := s.find(with(first), now.Add(time.Hour)); ok {
		t.Error("the session did not end")
	}
	for range maxSessions + 10 {
		if _, err := s.start(rand.Reader, "hash", now, now.Add(2*time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	if len(s.by) > maxSessions {
		t.Errorf("%d sessions", len(s.by))
	}
	if _, err := s.start(bytes.NewReader(nil), "hash", now, now); err == nil {
		t.Error("a session began without randomness")
	}
	r := httptest.NewRequest(http.MethodGet, "/console/ads", nil)
	r.Header.Set("HX-Request", "true")
	w := httptest.NewRecorder()
	site(t, false, learner{}).ServeHTTP(w, r)
	if w.Code != http.StatusUnauthorized || w.Header().Get("HX-Refresh") != "true" {
		t.Errorf("htmx without a session: %d %v", w.Code, w.Header())
	}
}

// TestStatic checks that what pages load is there.
func TestStatic(t *testing.T) {
	t.Parallel()
	h := site(t, false, learner{})
	for path, typ := range map[string]string{"console.css": "text/css", "htmx.min.js": "text/javascript", "icon.svg": "image/svg+xml"} {
		if r := get(h, "/static/"+path); r.StatusCode != http.StatusOK || !strings.HasPrefix(r.Header.Get("Content-Type"), typ) {
			t.Errorf("%s: %d %s", path, r.StatusCode, r.Header.Get("Content-Type"))
		}
	}
}
