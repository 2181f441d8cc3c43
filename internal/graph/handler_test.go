package graph

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// Every answer has the platform's headers, and they are ASCII.
func TestHeaders(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for range 30 {
		f.do("GET", "/v24.0/act_1", adminToken, "")
	}
	w := f.do("GET", "/v24.0/act_1", adminToken, "")
	for name, want := range map[string]string{
		"Content-Type":              `^application/json; charset=UTF-8$`,
		"X-Content-Type-Options":    `^nosniff$`,
		"Facebook-Api-Version":      `^v24\.0$`,
		"X-Fb-Trace-Id":             `^Trace\d+$`,
		"X-Fb-Request-Id":           `^Trace\d+$`,
		"Cache-Control":             `no-store`,
		"X-App-Usage":               `^\{"call_count":1,"total_time":1,"total_cputime":1\}$`,
		"X-Ad-Account-Usage":        `^\{"acc_id_util_pct":0.34,"reset_time_duration":300,"ads_api_access_tier":"standard_access"\}$`,
		"X-Business-Use-Case-Usage": `^\{"1":\[\{"type":"ads_management","call_count":1,"total_cputime":1,"total_time":1,"estimated_time_to_regain_access":0,"ads_api_access_tier":"standard_access"\}\]\}$`,
	} {
		if got := w.Header().Get(name); !regexp.MustCompile(want).MatchString(got) {
			t.Errorf("%s: %q, want %s", name, got, want)
		}
	}
	w = f.do("GET", "/v24.0/act_1/insights", adminToken, "")
	if got := w.Header().Get("X-FB-Ads-Insights-Throttle"); got != `{"app_id_util_pct":1,"acc_id_util_pct":0.36,"ads_api_access_tier":"standard_access"}` {
		t.Errorf("throttle of a report: %q", got)
	}
	if got := w.Header().Get("X-Business-Use-Case-Usage"); !strings.Contains(got, `"type":"ads_insights"`) {
		t.Errorf("use case of a report: %q", got)
	}
	if w := f.do("GET", "/v24.0/me", "", ""); w.Header().Get("X-App-Usage") != "" || w.Header().Get("x-fb-trace-id") == "" {
		t.Errorf("headers without a token: %v", w.Header())
	}
	var e struct {
		Error struct {
			Trace string `json:"fbtrace_id"`
		}
	}
	w = f.do("GET", "/v24.0/17", adminToken, "")
	if err := json.Unmarshal(w.Body.Bytes(), &e); err != nil || e.Error.Trace != w.Header().Get("x-fb-trace-id") {
		t.Errorf("fbtrace_id %q, header %q (%v)", e.Error.Trace, w.Header().Get("x-fb-trace-id"), err)
	}
}

// Usage forgets after an hour, and points after five minutes.
func TestUsage(t *testing.T) {
	t.Parallel()
	u := newUsage(UsageConfig{TimePerHour: 100, PointsPerSpan: 100, Tier: "x"})
	at := time.Unix(1_000_000_020, 0) // the start of a minute
	u.charge("a", "get", at, 10*time.Second)
	u.charge("a", "post", at.Add(time.Minute), 10*time.Second)
	for _, c := range []struct {
		after time.Duration
		want  level
	}{
		{time.Minute, level{calls: 20, time: 20, points: 4, reset: 240}},
		{5 * time.Minute, level{calls: 20, time: 20, points: 3, reset: 60}},
		{30 * time.Minute, level{calls: 20, time: 20, reset: 300}},
		{60 * time.Minute, level{calls: 10, time: 10, reset: 300}},
		{61 * time.Minute, level{reset: 300}},
	} {
		if got := u.level("a", 10, at.Add(c.after)); got != c.want {
			t.Errorf("after %v: %+v, want %+v", c.after, got, c.want)
		}
	}
}

// Large answers are compressed for those who ask, and only for them.
func TestGzip(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	const target = "/v25.0/act_1/ads?limit=50&fields=name,campaign{name,start_time,effective_status},creative{name,spec},owner{name}"
	plain := f.do("GET", target, adminToken, "").Body.String()
	for accept, packed := range map[string]bool{"gzip, br": true, "*": true, "gzip;q=0": false, "br": false, "gzip; q=0.5": true, "": false} {
		w := f.do("GET", target, adminToken, "", "Accept-Encoding", accept)
		if got := w.Header().Get("Content-Encoding") == "gzip"; got != packed {
			t.Errorf("Accept-Encoding %q: compressed %v", accept, got)
			continue
		}
		var body io.Reader = w.Body
		if packed {
			z, err := gzip.NewReader(w.Body)
			if err != nil {
				t.Fatal(err)
			}
			body = z
		}
		text, err := io.ReadAll(body)
		if err != nil || string(text) != plain {
			t.Errorf("Accept-Encoding %q: another answer (%v)", accept, err)
		}
	}
	if w := f.do("GET", "/v25.0/me", adminToken, "", "Accept-Encoding", "gzip"); w.Header().Get("Content-Encoding") != "" {
		t.Error("a small answer is compressed")
	}
}

// Links point at the host that the caller used, or at the configured address, and stay readable to a client that cuts at = and &.
func TestLinksStayOnHost(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	next := func(host string) string {
		r := httptest.NewRequest(http.MethodGet, "/v25.0/act_1/ads?limit=1&access_token="+adminToken, nil)
		r.Host = host
		w := httptest.NewRecorder()
		f.ServeHTTP(w, r)
		var page struct{ Paging struct{ Next string } }
		if err := json.Unmarshal(w.Body.Bytes(), &page); err != nil {
			t.Fatal(err)
		}
		return page.Paging.Next
	}
	if got := next("127.0.0.1:8081"); !strings.HasPrefix(got, "http://127.0.0.1:8081/v25.0/act_1/ads?") {
		t.Errorf("next is %s", got)
	}
	f.config.PublicURL = &url.URL{Scheme: "https", Host: "ads.example.com", Path: "/graph"}
	got := next("127.0.0.1:8081")
	if !strings.HasPrefix(got, "https://ads.example.com/graph/v25.0/act_1/ads?") {
		t.Errorf("next is %s", got)
	}
	_, query, _ := strings.Cut(got, "?")
	for pair := range strings.SplitSeq(query, "&") {
		if name, value, ok := strings.Cut(pair, "="); !ok || strings.ContainsAny(name, "[]%") || strings.Contains(value, "=") {
			t.Errorf("next has the pair %q", pair)
		}
	}
}

// Internal errors are logged once, with the trace id and without the token.
func TestInternalErrorsAreLogged(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.do("POST", "/v25.0/act_1/campaigns?name=explode&objective=OUTCOME_SALES", adminToken, "")
	f.do("POST", "/v25.0/act_1/things?size=13", adminToken, "")
	f.do("GET", "/v25.0/17", adminToken, "")
	logs := f.logs.String()
	for _, want := range []string{"trace=Trace000001", "error=exploded", "trace=Trace000002", `error="graph: panic: thirteen"`} {
		if strings.Count(logs, want) != 1 {
			t.Errorf("log has %q %d times:\n%s", want, strings.Count(logs, want), logs)
		}
	}
	if strings.Contains(logs, adminToken) || strings.Count(logs, "\n") != 2 {
		t.Errorf("log:\n%s", logs)
	}
}

// A failed write leaves nothing behind, and a good one leaves its audit.
func TestWritesAreWhole(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	before := f.get(t, "/v25.0/act_1/campaigns?fields=name")
	f.do("POST", "/v25.0/act_1/campaigns?name=explode&objective=OUTCOME_SALES", adminToken, "")
	f.do("POST", "/v25.0/act_1/ads?name=x&campaign_id=17&creative={\"name\":\"orphan\"}", adminToken, "")
	f.do("POST", "/v25.0/act_1/campaigns?name=x&objective=OUTCOME_SALES&execution_options=validate_only", adminToken, "")
	if diff := cmp.Diff(before, f.get(t, "/v25.0/act_1/campaigns?fields=name")); diff != "" {
		t.Errorf("a write that failed left something (-before +after):\n%s", diff)
	}
	if got := f.get(t, "/v25.0/act_1/adcreatives?fields=name"); strings.Contains(got, "orphan") {
		t.Errorf("the creative of a refused ad is kept: %s", got)
	}
	f.do("POST", "/v25.0/"+f.ids["1/campaign/0"], tokenA, `{"name":"Renamed","id":"x"}`)
	f.do("DELETE", "/v25.0/"+f.ids["1/campaign/0"], tokenA, "")
	var lines []string
	err := f.db.Read(t.Context(), func(tx store.Tx) error {
		audits, err := tx.Audits(t.Context(), store.AuditQuery{AccountID: "1"}, store.Page{})
		for _, a := range audits {
			lines = append(lines, strings.Join([]string{a.Actor, a.AccountID, a.Action, a.Type, a.Changes, a.Before}, " "))
		}
		return err
	})
	want := []string{`a 1 delete campaign {} {"status":"ACTIVE"}`, `a 1 update campaign {"name":"Renamed"} {"name":"Campaign 1.0"}`}
	if diff := cmp.Diff(want, lines); diff != "" || err != nil {
		t.Errorf("audit (-want +got): %v\n%s", err, diff)
	}
}

// New refuses what could only fail later: a configuration with holes, and declarations that name what nobody provides.
func TestNewRefuses(t *testing.T) {
	t.Parallel()
	registry, err := object.Build(testTypes()...)
	if err != nil {
		t.Fatal(err)
	}
	_, err = New(Config{}, registry, storetest.SQLite(t), Extensions{})
	for _, want := range []string{"default version 0", "max body", "page limit", "usage", "tier", "clock", "trace id", "logger",
		`no hook named "campaign", needed by campaign`, `no delete hook named "campaign"`, `no field resolver named "owner", needed by ad.owner`, `no edge resolver named "things", needed by adaccount/things`, `no action named "echo"`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

// Blame has no character that JSON writes with a backslash: one SDK strips backslashes before it parses.
func TestBlameHasNoBackslash(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		path := rapid.SliceOfN(rapid.String(), 1, 3).Draw(t, "path")
		text := errorData(object.Faults{{Path: path}, {}, {Path: []string{"a"}}})
		var blame struct {
			Specs [][]string `json:"blame_field_specs"`
		}
		if err := json.Unmarshal([]byte(text), &blame); err != nil || strings.Contains(text, `\`) || len(blame.Specs) != 2 || len(blame.Specs[0]) != len(path) {
			t.Fatalf("%q: %v", text, err)
		}
	})
}

// The leading fault is one that clients can branch on; every fault is named with its whole place, rule and numbers.
func TestEnvelopeNamesEveryFault(t *testing.T) {
	t.Parallel()
	faults := object.Faults{
		{Path: []string{"feed", "titles", "3", "text"}, Rule: "feed.titles.text.length", Message: "text has 300 characters", Sent: 300, Limit: 255},
		{Path: []string{"adset_id"}, Rule: "ad.one", Subcode: 1885553, Message: "adset_id is full"},
	}
	_, got := envelope(faults, "trace")
	want := object.Ordered{{Name: "error", Value: object.Ordered{
		{Name: "message", Value: "(#100) adset_id is full"},
		{Name: "type", Value: "OAuthException"},
		{Name: "code", Value: 100},
		{Name: "error_data", Value: `{"blame_field_specs":[["feed","titles","3","text"],["adset_id"]],` +
			`"rules":[{"rule":"feed.titles.text.length","sent":300,"limit":255},{"rule":"ad.one"}]}`},
		{Name: "error_subcode", Value: 1885553},
		{Name: "is_transient", Value: false},
		{Name: "error_user_title", Value: "Several parameters are invalid"},
		{Name: "error_user_msg", Value: "feed.titles[3].text: text has 300 characters. adset_id is full."},
		{Name: "fbtrace_id", Value: "trace"},
	}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// What an action prepares is there when it runs; it is not prepared for who may not run it, and what is wrong with it is the answer.
func TestPreparation(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for _, c := range []struct{ method, path, token, want string }{
		{"POST", "/v25.0/act_1/things?size=5", tokenA, `"ready":"prepared for act_1"`},
		{"POST", "/v25.0/act_1/things?size=6", tokenA, "six is not prepared"},
		{"POST", "/v25.0/act_2/things?size=6", tokenA, `"error_subcode":33`},
		{"DELETE", "/v25.0/act_1/things?size=6", tokenA, `"ready":null`},
	} {
		if w := f.do(c.method, c.path, c.token, ""); !strings.Contains(w.Body.String(), c.want) {
			t.Errorf("%s %s: %s, want %s", c.method, c.path, w.Body, c.want)
		}
	}
}

// Whoever sends a parameter that nothing reads is told so, the protocol's own and files apart; one of another version is refused.
func TestIgnoredParameters(t *testing.T) {
	t.Parallel()
	registry, err := object.Build(testTypes()...)
	if err != nil {
		t.Fatal(err)
	}
	w := &Write{Call: &Call{handler: &Handler{registry: registry}, Version: 240}, Type: registry.Type("campaign"), Data: map[string]any{}, Sent: map[string]any{}}
	w.fill(Params{"name": "x", "objective": "OUTCOME_SALES", "modern": "1", "zebra": "1", "access_token": "t", "id": "1", "pretty": "0", "effective_status": "ACTIVE", "x.jpg": &File{}})
	var ignored []string
	for _, warning := range w.Warnings {
		ignored = append(ignored, warning.Rule+" "+warning.Path[0])
	}
	if diff := cmp.Diff([]string{"ignored effective_status", "ignored zebra"}, ignored); diff != "" || len(w.Faults) != 1 || w.Faults[0].Error() != "modern: (#100) Param modern is not available in v24.0: it came with v25.0" {
		t.Errorf("%v %s", w.Faults, diff)
	}
	if !slices.Equal(w.Type.Field("status").Alias, []string{"run_status"}) || w.Data["status"] != "PAUSED" {
		t.Errorf("preset: %v", w.Data)
	}
}
