package deliver

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/store"
)

// here moves an address of the fixture's public host to its test server.
func (f *fixture) here(address string) string {
	return strings.Replace(address, "https://ads.example", f.server.URL, 1)
}

// kinds lists the kinds of the logged events.
func (f *fixture) kinds(t *testing.T) []eventlog.Kind {
	t.Helper()
	var kinds []eventlog.Kind
	for _, e := range f.logged(t) {
		kinds = append(kinds, e.Kind)
	}
	return kinds
}

func TestImpressionAndClick(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	d := f.decide(t, client1())
	f.clock.advance(time.Minute)
	w, body := f.get(t, f.here(d.ImpressionURL))
	if w.StatusCode != http.StatusOK || w.Header.Get("Content-Type") != "image/gif" || w.Header.Get("Cache-Control") != "no-store" || body != pixelImage {
		t.Errorf("impression: %d %v %q", w.StatusCode, w.Header, body)
	}
	for range 2 { // the second click is a replay: sent on, not counted
		w, _ = f.get(t, f.here(d.ClickURL))
		want := "https://www.shop.example/boots?ref=1&kind=link&utm_campaign=Spring%20sale&utm_place=MOBILE_FEED_STANDARD&fbclid=" + d.Token
		if w.StatusCode != http.StatusFound || w.Header.Get("Location") != want {
			t.Errorf("click: %d to %s", w.StatusCode, w.Header.Get("Location"))
		}
	}
	for _, address := range []string{f.decide(t, client1()).ImpressionURL, f.decide(t, client1()).ClickURL} {
		if w, _ := f.send(t, http.MethodHead, f.here(address), "", ""); w.StatusCode != http.StatusOK {
			t.Errorf("HEAD: %d", w.StatusCode)
		}
	}
	events := f.logged(t)
	if diff := cmp.Diff([]eventlog.Kind{eventlog.Impression, eventlog.Click}, f.kinds(t)); diff != "" {
		t.Fatal(diff)
	}
	if at := noon.Add(time.Minute).UnixMilli(); events[0].At != at || events[0].Exposure.At != noon.UnixMilli() {
		t.Error("the event has its own time, the exposure that of the decision")
	}
	if got := f.Refused(); got != (client.Refused{Replayed: 1}) {
		t.Errorf("counts %+v", got)
	}
}

// TestRefusalsAreCounted sends bad tokens to every endpoint that takes one.
func TestRefusalsAreCounted(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	good := f.decide(t, client1()).Token
	forged := good[:len(good)-2] + "AA"
	get := func(path, token string, want int) {
		t.Helper()
		if w, body := f.get(t, path+token); w.StatusCode != want {
			t.Errorf("%s: %d %s", path, w.StatusCode, body)
		}
	}
	get("/t/i?d=", "nonsense", 400)
	get("/t/i?d=", forged, 400)
	get("/t/c?d=", "", 400)
	get("/t/c?d=", forged, 400)
	if w, _ := f.send(t, "POST", "/v1/events", `{"events":[{"type":"click","token":"`+forged+`"}]}`, ""); w.StatusCode != http.StatusOK {
		t.Error("a batch with a forged event is answered with its result")
	}
	f.clock.advance(8 * 24 * time.Hour)
	get("/t/i?d=", good, 400)
	get("/t/c?d=", good, 302) // a person is waiting
	if got := f.Refused(); got != (client.Refused{Malformed: 2, Forged: 3, Stale: 2}) {
		t.Errorf("counts %+v", got)
	}
	if n := len(f.logged(t)); n != 0 {
		t.Errorf("%d events logged", n)
	}
}

// TestNoOpenRedirect tries to be sent elsewhere.
func TestNoOpenRedirect(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	d := f.decide(t, client1())
	for _, extra := range []string{"&url=https://evil.example", "&u=//evil.example", "&d=https://evil.example", "&fbclid=x", "#@evil.example", "&placement=%0d%0aLocation:%20https://evil.example"} {
		w, _ := f.get(t, f.here(d.ClickURL)+extra)
		to, err := url.Parse(w.Header.Get("Location"))
		if err != nil || w.StatusCode != http.StatusFound || to.Host != "www.shop.example" {
			t.Errorf("%s: %d to %q", extra, w.StatusCode, w.Header.Get("Location"))
		}
	}
	for _, link := range []string{"javascript:alert(1)", "//evil.example", "/relative", "ftp://shop.example", ""} {
		bad := creativeObject("120200000000000099", 0)
		bad.Data["asset_feed_spec"].(map[string]any)["link_urls"] = []any{map[string]any{"website_url": link}}
		ad := adObject("120200000000000098", theAdSet, 0)
		ad.Data["creative_id"] = bad.ID
		g := newFixture(t, nil)
		g.put(t, bad, ad)
		d := g.decide(t, client.DecisionRequest{AdID: ad.ID})
		if w, _ := g.get(t, g.here(d.ClickURL)); w.StatusCode != http.StatusNotFound || w.Header.Get("Location") != "" {
			t.Errorf("%q: %d to %q", link, w.StatusCode, w.Header.Get("Location"))
		}
	}
}

// TestClickOutlivesAd clicks an ad after it was paused and its creative replaced.
func TestClickOutlivesAd(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	d := f.decide(t, client1())
	next := creativeObject("120200000000000099", 0)
	ad := adObject(theAd, theAdSet, 0)
	ad.Status, ad.Data["creative_id"] = "PAUSED", next.ID
	f.put(t, next, ad)
	if w, _ := f.get(t, f.here(d.ClickURL)); w.StatusCode != http.StatusFound {
		t.Errorf("click on a paused ad: %d", w.StatusCode)
	}
}

func TestPixel(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	d := f.decide(t, client1())
	fire := func(p url.Values, want int) {
		t.Helper()
		if w, body := f.get(t, "/tr?"+p.Encode()); w.StatusCode != want {
			t.Errorf("%v: %d %s", p, w.StatusCode, body)
		}
	}
	fire(url.Values{"id": {thePixel}, "ev": {"Purchase"}, "cd[value]": {"42.5"}, "cd[currency]": {"eur"}, "eid": {"o1"}, "fbc": {"fb.1.1700000000000." + d.Token}}, 200)
	fire(url.Values{"id": {thePixel}, "ev": {"Purchase"}, "eid": {"o1"}}, 200) // the same order again
	fire(url.Values{"id": {thePixel}, "ev": {"Lead"}, "fbclid": {d.Token}, "external_id": {"v1"}}, 200)
	fire(url.Values{"id": {thePixel}, "ev": {"Lead"}, "fbclid": {d.Token}}, 200)            // reloaded: same decision, same second
	fire(url.Values{"id": {thePixel}, "ev": {"PageView"}, "fbclid": {"IwAR-foreign"}}, 200) // another network's click
	fire(url.Values{"id": {thePixel}, "ev": {"PageView"}}, 200)
	fire(url.Values{"id": {otherPixel}, "ev": {"Purchase"}, "mq": {d.Token}}, 200) // another account's pixel gets no credit
	fire(url.Values{"id": {"1"}, "ev": {"Purchase"}}, 400)
	fire(url.Values{"id": {thePixel}}, 400)
	fire(url.Values{"id": {thePixel}, "ev": {"Purchase"}, "cd[value]": {"a lot"}}, 400)
	fire(url.Values{"id": {thePixel}, "ev": {"Purchase"}, "cd[value]": {"-1"}}, 400)
	fire(url.Values{"id": {thePixel}, "ev": {"Purchase"}, "cd[currency]": {"Euro"}}, 400)

	var got []eventlog.Outcome
	var joined []bool
	for _, e := range f.logged(t) {
		got, joined = append(got, *e.Outcome), append(joined, e.Exposure != nil)
	}
	viewer := f.viewers.hash("v1")
	want := []eventlog.Outcome{
		{PixelID: thePixel, AccountID: theAccount, Name: "Purchase", EventID: "o1", Value: 42_500_000, Currency: "EUR", Source: "website"},
		{PixelID: thePixel, AccountID: theAccount, Name: "Lead", Viewer: viewer, Currency: "USD", Source: "website"},
		{PixelID: thePixel, AccountID: theAccount, Name: "PageView", Currency: "USD", Source: "website"},
		{PixelID: thePixel, AccountID: theAccount, Name: "PageView", Currency: "USD", Source: "website"},
		{PixelID: otherPixel, AccountID: otherOwner, Name: "Purchase", Currency: "USD", Source: "website"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]bool{true, true, false, false, false}, joined); diff != "" {
		t.Errorf("joined to the decision: %s", diff)
	}
}

// TestSandboxTime follows a decision at a named time: its events happen then, or when the reporter says.
func TestSandboxTime(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	req := client1()
	req.Time = "2026-03-01T10:00:00Z"
	d := f.decide(t, req)
	f.get(t, f.here(d.ImpressionURL))
	f.get(t, f.here(d.ClickURL))
	f.get(t, "/tr?"+url.Values{"id": {thePixel}, "ev": {"Purchase"}, "mq": {d.Token}, "ts": {"1772373600000"}}.Encode())
	f.get(t, "/tr?"+url.Values{"id": {thePixel}, "ev": {"Lead"}, "mq": {d.Token}, "ts": {"1"}}.Encode()) // before the decision, so that it can't be
	for _, wrong := range []string{"0001-01-01T00:00:00Z", "2026-03-01T09:59:59Z", "2026-05-03T10:00:01Z"} {
		_, got := f.send(t, "POST", "/v1/events", `{"events":[{"type":"conversion","token":"`+d.Token+`","name":"Lead","time":"`+wrong+`"}]}`, "")
		if !strings.Contains(got, "time.range") {
			t.Errorf("an event at %s: %s", wrong, got)
		}
	}
	at := time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC).UnixMilli()
	var times []int64
	for _, e := range f.logged(t) {
		times = append(times, e.At)
	}
	if diff := cmp.Diff([]int64{at, at, 1772373600000, at}, times); diff != "" {
		t.Error(diff)
	}
}

func TestBatch(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	token := f.decide(t, client1()).Token
	body := strings.ReplaceAll(`{"events":[
		{"type":"impression","token":"TOKEN"},
		{"type":"click","token":"TOKEN"},
		{"type":"click","token":"TOKEN"},
		{"type":"conversion","token":"TOKEN","name":"Purchase","value":9.99,"event_id":"o1"},
		{"type":"conversion","token":"TOKEN"},
		{"type":"conversion","token":"TOKEN","name":"Purchase","pixel_id":"`+otherPixel+`"},
		{"type":"glance","token":"TOKEN"},
		{"type":"click","token":"TOKEN","time":"2026-11-22T12:00:00Z"},
		{"type":"click","token":""}]}`, "TOKEN", token)
	w, got := f.send(t, "POST", "/v1/events", body, "")
	if w.StatusCode != http.StatusOK {
		t.Fatal(got)
	}
	golden(t, "batch.json", got)
	if diff := cmp.Diff([]eventlog.Kind{eventlog.Impression, eventlog.Click, eventlog.Conversion}, f.kinds(t)); diff != "" {
		t.Error(diff)
	}
}

func TestHTTPRefusals(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	reader := f.token(t, "ads_read")
	for name, c := range map[string]struct {
		method, path, body, token string
		status                    int
		want                      string
	}{
		"no scope":        {"POST", "/v1/decisions", `{}`, "", 400, `"rule":"scope.one"`},
		"not JSON":        {"POST", "/v1/decisions", `{`, "", 400, `"rule":"body.json"`},
		"two values":      {"POST", "/v1/decisions", `{} {}`, "", 400, `"rule":"body.json"`},
		"wrong type":      {"POST", "/v1/decisions", `{"viewer":{"age":25}}`, "", 400, `"field":"viewer.age","rule":"body.type"`},
		"unknown member":  {"POST", "/v1/decisions", `{"adset":"1"}`, "", 400, `"field":"adset","rule":"body.unknown_field"`},
		"too large":       {"POST", "/v1/decisions", `{"adset_id":"` + strings.Repeat("1", maxDecisionBody) + `"}`, "", 413, `"rule":"body.max_size"`},
		"bad count":       {"GET", "/v1/decisions?adset_id=1&count=x", "", "", 400, `"field":"count"`},
		"viewer in query": {"GET", "/v1/decisions?adset_id=1&viewer=ada", "", "", 400, `"rule":"query.member"`},
		"slots in query":  {"GET", "/v1/snippet?slots=1", "", "", 400, `several places`},
		"bad token":       {"GET", "/v1/decisions?adset_id=1", "", "mq_wrong", 401, `"rule":"access_token.invalid"`},
		"time, no scope":  {"POST", "/v1/decisions", `{"adset_id":"1","time":"2026-11-22T12:00:00Z"}`, reader, 403, `"rule":"time.scope"`},
		"learn, no token": {"POST", "/v1/learn", `{}`, "", 403, `"rule":"learn.scope"`},
		"learn, no scope": {"POST", "/v1/learn", `{}`, reader, 403, `"rule":"learn.scope"`},
		"no events":       {"POST", "/v1/events", `{"events":[]}`, "", 400, `"rule":"events.count"`},
		"1001 events":     {"POST", "/v1/events", `{"events":[` + strings.Repeat(`{},`, 1000) + `{}]}`, "", 400, `"rule":"events.count"`},
		"a torn picture":  {"GET", pathImpression + "?d=AQE", "", "", 400, `"field":"d","rule":"token.malformed"`},
		"a torn burl":     {"GET", pathBilling + "?d=AQE", "", "", 400, `"field":"d","rule":"token.malformed"`},
		"wrong place":     {"GET", "/v1/decisions?adset_id=1&placement=INSTAGRAM_STORIES", "", "", 400, `placement \"INSTAGRAM_STORIES\" is no preview format`},
		"wrong method":    {"DELETE", "/v1/decisions", "", "", 405, ""},
		"escaped path":    {"POST", "/v1%2Fdecisions", `{"adset_id":"1"}`, "", 404, ""},
	} {
		w, body := f.send(t, c.method, c.path, c.body, c.token)
		if w.StatusCode != c.status || !strings.Contains(body, c.want) {
			t.Errorf("%s: %d %s", name, w.StatusCode, body)
		}
	}
}

func TestHTTPDecision(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	admin := f.token(t, "admin")
	w, got := f.send(t, "POST", "/v1/decisions", `{"adset_id":"`+theAdSet+`","viewer":{"id":"v1","age":"25-34"},"time":"2026-11-22T12:00:00Z"}`, admin)
	if w.StatusCode != http.StatusOK || w.Header.Get("Access-Control-Allow-Origin") != "*" || w.Header.Get("Content-Type") != "application/json" {
		t.Fatalf("%d %v %s", w.StatusCode, w.Header, got)
	}
	if strings.Contains(got, "ads.example") || !strings.Contains(got, f.server.URL+"/t/i?d=") || !strings.Contains(got, f.server.URL+"/media/") {
		t.Error("addresses are not those of the caller's host")
	}
	_, same := f.send(t, "GET", "/v1/decisions?adset_id="+theAdSet+"&viewer_id=v1&age=25-34&time=2026-11-22T12:00:00Z", "", admin)
	if got != same {
		t.Error("GET and POST answer differently")
	}
	_, empty := f.get(t, "/v1/decisions?adset_id=1")
	if empty != `{"decisions":[],"reason":"unknown_adset"}`+"\n" {
		t.Error(empty)
	}
	w, _ = f.send(t, "OPTIONS", "/v1/decisions", "", "")
	if w.StatusCode != http.StatusNoContent || w.Header.Get("Access-Control-Allow-Methods") == "" || w.Header.Get("Access-Control-Allow-Credentials") != "" {
		t.Errorf("preflight %d %v", w.StatusCode, w.Header)
	}
}

// TestFreshAdDelivers asks for an ad right after it was stored, with nobody keeping the snapshot up to date.
func TestFreshAdDelivers(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	err := f.db.Write(t.Context(), func(tx store.Tx) error {
		return tx.Insert(t.Context(), adObject("120200000000000031", theAdSet, 0))
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, body := f.get(t, "/v1/decisions?ad_id=120200000000000031"); !strings.Contains(body, `"ad_id":"120200000000000031"`) {
		t.Error(body)
	}
}
