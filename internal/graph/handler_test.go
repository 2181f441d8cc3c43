package graph

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// counting counts the store calls of read transactions.
type counting struct {
	database
	calls *atomic.Int64
}

// Read hands out transactions that count.
func (c counting) Read(ctx context.Context, fn func(store.Tx) error) error {
	return c.database.Read(ctx, func(tx store.Tx) error { return fn(countingTx{tx, c.calls}) })
}

// countingTx counts the calls that reads make.
type countingTx struct {
	store.Tx
	calls *atomic.Int64
}

// Object counts.
func (c countingTx) Object(ctx context.Context, id string) (*store.Object, error) {
	c.calls.Add(1)
	return c.Tx.Object(ctx, id)
}

// Objects counts.
func (c countingTx) Objects(ctx context.Context, ids []string) (map[string]*store.Object, error) {
	c.calls.Add(1)
	return c.Tx.Objects(ctx, ids)
}

// List counts.
func (c countingTx) List(ctx context.Context, l store.Listing, p store.Page) ([]*store.Object, error) {
	c.calls.Add(1)
	return c.Tx.List(ctx, l, p)
}

// ListMany counts.
func (c countingTx) ListMany(ctx context.Context, l store.Listing, to []string, limit int) (map[string][]*store.Object, error) {
	c.calls.Add(1)
	return c.Tx.ListMany(ctx, l, to, limit)
}

// Count counts.
func (c countingTx) Count(ctx context.Context, l store.Listing) (int, error) {
	c.calls.Add(1)
	return c.Tx.Count(ctx, l)
}

// A read makes as many store calls for 200 campaigns with an ad each as for two.
func TestStoreCallsDoNotGrow(t *testing.T) {
	t.Parallel()
	calls := new(atomic.Int64)
	f := newFixture(t, func(db database) database { return counting{db, calls} })
	targets := []string{
		"/v25.0/act_1/campaigns?limit=500&summary=true&fields=name,start_time,effective_status,ads.limit(2){name,effective_status,creative{name},campaign{name,ads.limit(1){id}},owner{name,created_time},adcreatives{name,ads.limit(1){name}}}",
		`/v25.0/act_1/ads?limit=400&fields=name&effective_status=["ACTIVE"]&filtering=[{"field":"name","operator":"CONTAIN","value":"ad"}]`,
		"/v25.0/me/adaccounts?fields=name,created_time,campaigns{ads{id}}",
	}
	measure := func() (counts []int64) {
		for _, target := range targets {
			calls.Store(0)
			f.get(t, target)
			counts = append(counts, calls.Load())
		}
		return counts
	}
	few := measure()
	call := &Call{handler: f.Handler, Now: began().Unix()}
	err := f.db.Write(t.Context(), func(tx store.Tx) error {
		for i := range 200 {
			id, _, err := tx.NextID(t.Context())
			if err != nil {
				return err
			}
			campaign := &store.Object{ID: id, Type: "campaign", AccountID: "1", Status: "ACTIVE", Data: map[string]any{"name": "c", "status": "ACTIVE"}}
			ad := &store.Object{ID: fmt.Sprintf("3%017d", i), Type: "ad", AccountID: "1", Status: "ACTIVE", Data: map[string]any{"name": "ad", "status": "ACTIVE", "campaign_id": id, "creative_id": f.ids["1/creative"]}}
			if err := call.Save(t.Context(), tx, campaign); err != nil {
				return err
			}
			if err := call.Save(t.Context(), tx, ad); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(few, measure()); diff != "" {
		t.Errorf("store calls grew with the rows (-few +many):\n%s", diff)
	}
}

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
	u := newUsage(UsageConfig{CallsPerHour: 10, TimePerHour: 100, PointsPerSpan: 100, Tier: "x"})
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
		if got := u.level("a", at.Add(c.after)); got != c.want {
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
		r := httptest.NewRequest("GET", "/v25.0/act_1/ads?limit=1&access_token="+adminToken, nil)
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
		audits, err := tx.Audits(t.Context(), "1", store.Page{})
		for _, a := range audits {
			lines = append(lines, strings.Join([]string{a.Actor, a.AccountID, a.Action, a.Type, a.Changes}, " "))
		}
		return err
	})
	want := []string{`a 1 delete campaign {}`, `a 1 update campaign {"name":"Renamed"}`}
	if diff := cmp.Diff(want, lines); diff != "" || err != nil {
		t.Errorf("audit (-want +got): %v\n%s", err, diff)
	}
}

// listPage is a list as a client reads it.
type listPage struct {
	Data   []struct{ ID string }
	Paging struct {
		Next, Previous string
		Cursors        struct{ Before, After string }
	}
}

// Following next from any page size, in either order, visits every row once; previous leads back; rows that are added meanwhile
// disturb neither.
func TestPagingVisitsAll(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	added := 0
	rapid.Check(t, func(rt *rapid.T) {
		order := rapid.SampledFrom([]string{"chronological", "reverse_chronological"}).Draw(rt, "order")
		edge := rapid.SampledFrom([]string{"act_1/ads", "me/adaccounts"}).Draw(rt, "edge")
		filter := rapid.SampledFrom([]string{"", `&filtering=[{"field":"name","operator":"NOT_CONTAIN","value":"1.1.1"}]`}).Draw(rt, "filter")
		page := func(target string) (p listPage) {
			if err := json.Unmarshal([]byte(f.get(t, target)), &p); err != nil {
				rt.Fatal(err)
			}
			return p
		}
		all := page("/v25.0/" + edge + "?limit=100&order=" + order + filter)
		limit := rapid.IntRange(1, 4).Draw(rt, "limit")
		p := page(fmt.Sprintf("/v25.0/%s?limit=%d&order=%s%s", edge, limit, order, filter))
		visited := p.Data
		for range 100 {
			if p.Paging.Next == "" {
				break
			}
			if order == "reverse_chronological" && edge == "act_1/ads" && added < 20 { // newer rows come before what was seen
				added++
				f.do("POST", "/v25.0/act_1/ads?name=new&campaign_id="+f.ids["1/campaign/0"], adminToken, "")
			}
			before := p
			p = page(strings.TrimPrefix(p.Paging.Next, "http://example.com"))
			visited = append(visited, p.Data...)
			back := page(strings.TrimPrefix(p.Paging.Previous, "http://example.com"))
			if diff := cmp.Diff(before.Data, back.Data); diff != "" {
				rt.Fatalf("previous leads elsewhere: %s", diff)
			}
		}
		if diff := cmp.Diff(all.Data, visited); diff != "" {
			rt.Fatalf("visited (-all +visited): %s", diff)
		}
		if after := page(fmt.Sprintf("/v25.0/%s?limit=%d&order=%s&after=%s%s", edge, limit, order, p.Paging.Cursors.After, filter)); len(after.Data) != 0 {
			rt.Fatal("there are rows after the last page")
		}
	})
}

// A token of one account never sees an object of the other, whichever way it asks, and cannot tell it from one that does not
// exist.
func TestIsolation(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	keys := []string{"campaign/0", "campaign/1", "ad/0.0", "ad/1.2", "creative"}
	fields := []string{"id,name", "name,campaign{name},creative{name},owner{name}", "ads{name,campaign{name}}", "adcreatives{ads{name,owner{name}}}", "name"}
	rapid.Check(t, func(rt *rapid.T) {
		own := rapid.SampledFrom([]string{"1", "2"}).Draw(rt, "own")
		other := map[string]string{"1": "2", "2": "1"}[own]
		token := map[string]string{"1": tokenA, "2": tokenB}[own]
		foreign := f.ids[other+"/"+rapid.SampledFrom(keys).Draw(rt, "key")]
		if rapid.Bool().Draw(rt, "account itself") {
			foreign = "act_" + other
		}
		mine := f.ids[own+"/"+rapid.SampledFrom(keys).Draw(rt, "mine")]
		method := rapid.SampledFrom([]string{"GET", "POST", "DELETE"}).Draw(rt, "method")
		edge := rapid.SampledFrom([]string{"", "/ads", "/adcreatives", "/campaigns", "/things", "/none"}).Draw(rt, "edge")
		q := "?fields=" + url.QueryEscape(rapid.SampledFrom(fields).Draw(rt, "fields"))
		seen := f.do(method, "/v25.0/"+foreign+edge+q, token, "name=x")
		absent := f.do(method, "/v25.0/999"+edge+q, token, "name=x")
		if got, want := faceless(seen, foreign), faceless(absent, "999"); got != want {
			rt.Fatalf("%s %s: %s, for what does not exist: %s", method, foreign+edge, got, want)
		}
		for _, target := range []string{
			"/v25.0/?ids=" + mine + "," + foreign, "/v25.0/me/adaccounts?fields=name,campaigns{name,ads{name}}", "/v25.0/act_" + own + "/ads" + q, "/v25.0/" + mine + q,
			"/v25.0/act_" + own + "/ads?filtering=" + url.QueryEscape(`[{"field":"campaign.id","operator":"EQUAL","value":"`+foreign+`"}]`),
		} {
			if text := f.do("GET", target, token, "").Body.String(); shows(text, other) {
				rt.Fatalf("%s shows %s: %s", target, other, text)
			}
		}
		w := f.do("POST", "/v25.0/act_"+own+"/ads?fields=campaign{name},creative{name}&name=x&campaign_id="+foreign+`&creative={"creative_id":"`+foreign+`"}`, token, "")
		if w.Code == http.StatusOK || shows(w.Body.String(), other) {
			rt.Fatalf("a reference to %s: %s", foreign, w.Body)
		}
	})
}

// shows reports whether an answer has a name of the fixture's objects in an account.
func shows(answer, account string) bool {
	name := map[string]string{"1": `"One"`, "2": `"Two"`}[account]
	return strings.Contains(answer, name) || regexp.MustCompile(`(Ad|Campaign|Creative) `+account+`[."]`).MatchString(answer)
}

// faceless is an answer without the id that was asked for and the trace.
func faceless(w *httptest.ResponseRecorder, id string) string {
	text := strings.ReplaceAll(w.Body.String(), id, "ID")
	return fmt.Sprint(w.Code, regexp.MustCompile(`Trace\d+`).ReplaceAllString(text, "T"))
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
		text := blameSpecs(object.Faults{{Path: path}, {}, {Path: []string{"a"}}})
		var blame struct {
			Specs [][]string `json:"blame_field_specs"`
		}
		if err := json.Unmarshal([]byte(text), &blame); err != nil || strings.Contains(text, `\`) || len(blame.Specs) != 2 || len(blame.Specs[0]) != len(path) {
			t.Fatalf("%q: %v", text, err)
		}
	})
}

// Ignored parameters are listed, the protocol's own are not.
func TestIgnoredParameters(t *testing.T) {
	t.Parallel()
	registry, err := object.Build(testTypes()...)
	if err != nil {
		t.Fatal(err)
	}
	w := &Write{Call: &Call{handler: &Handler{registry: registry}, Version: 240}, Type: registry.Type("campaign"), Data: map[string]any{}, Sent: map[string]any{}}
	w.fill(Params{"name": "x", "objective": "OUTCOME_SALES", "modern": "1", "zebra": "1", "access_token": "t", "id": "1", "pretty": "0", "effective_status": "ACTIVE"})
	if diff := cmp.Diff([]string{"effective_status", "modern", "zebra"}, w.Ignored); diff != "" || len(w.Faults) > 0 {
		t.Errorf("%v %s", w.Faults, diff)
	}
	if !slices.Equal(w.Type.Field("status").Alias, []string{"run_status"}) || w.Data["status"] != "PAUSED" {
		t.Errorf("preset: %v", w.Data)
	}
}
