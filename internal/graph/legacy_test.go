package graph

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A read can be asked for again by its tag, and costs no body while nothing changes.
func TestETag(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	first := f.do("GET", "/v25.0/act_1?fields=name", tokenA, "")
	tag := first.Header().Get("ETag")
	if !regexp.MustCompile(`^"[0-9a-f]{40}"$`).MatchString(tag) {
		t.Fatalf("tag %s", tag)
	}
	again := f.do("GET", "/v25.0/act_1?fields=name", tokenA, "", "If-None-Match", `"x", W/`+tag)
	if again.Code != http.StatusNotModified || again.Body.Len() > 0 {
		t.Errorf("again: %d %s", again.Code, again.Body)
	}
	f.do("POST", "/v25.0/act_1?name=New", tokenA, "")
	if w := f.do("GET", "/v25.0/act_1?fields=name", tokenA, "", "If-None-Match", tag); w.Code != http.StatusOK || w.Header().Get("ETag") == tag {
		t.Errorf("changed: %d %s", w.Code, w.Header())
	}
	for _, w := range []string{f.do("GET", "/v25.0/7", tokenA, "").Header().Get("ETag"), f.do("POST", "/v25.0/act_1?name=x", tokenA, "").Header().Get("ETag")} {
		if w != "" {
			t.Error("a failed read or a write has a tag", w)
		}
	}
}

// The retired parameters do what they did, or what today's platform does with them.
func TestRetiredParameters(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	ask := func(method, target string) string {
		w := f.do(method, strings.ReplaceAll(target, "CAMPAIGN", f.ids["1/campaign/0"]), tokenA, "")
		return http.StatusText(w.Code) + " " + strings.TrimSpace(w.Body.String())
	}
	cases := []struct{ method, target, legacy, today string }{
		{"GET", "/v25.0/act_1?pretty=1&fields=name", "OK {\n   \"name\": \"One\",\n   \"id\": \"act_1\"\n}", `OK {"name":"One","id":"act_1"}`},
		{"GET", "/v25.0/act_1?fields=created_time&date_format=U", `OK {"created_time":1769875200,"id":"act_1"}`, "date_format has been retired"},
		{"GET", "/v25.0/act_1?fields=created_time&date_format=Y-m-d+H:i+T", `"2026-01-31 08:00 PST"`, "Bad Request"},
		{"GET", "/v25.0/act_1/campaigns?fields=start_time&limit=1&date_format=" + strings.Repeat("Y", 101), "date_format must be at most 100", "Bad Request"},
		{"GET", "/v25.0/?ids=act_1", `OK {"act_1":{"id":"act_1"}}`, `Internal Server Error {"error":{"message":"The parameter ids has been retired`},
		{"GET", "/v25.0/act_1?debug=all&colour=red&fields=id&limit=2", `"__debug__":{"messages":[{"message":"colour: not a parameter of this request; ignored","type":"warning"}]}`, `OK {"id":"act_1"}`},
		{"GET", "/v25.0/act_1/campaigns?debug=info&colour=red", `"__debug__":{"messages":[]}`, `OK {"data"`},
		{"GET", "/v25.0/act_1/things?debug=all&size=1&names=a", `"__debug__":{"messages":[]}`, `OK {"data"`},
		{"GET", "/v9.0/act_1?debug=warning", `v9.0 has ended; the request was answered as v19.0`, `OK {"id":"act_1"}`},
		{"POST", "/v25.0/CAMPAIGN?daily_budget=1500&debug=all", `"__debug__":{"messages":[{"message":"daily_budget: budget under 20.00","type":"warning"}]}`, `"success":true`},
		{"GET", "/v25.0/7?suppress_http_code=1", `OK {"error"`, `OK {"error"`},
	}
	for _, c := range cases {
		if got := ask(c.method, c.target); !strings.Contains(got, c.legacy) {
			t.Errorf("%s %s: %s, want %s", c.method, c.target, got, c.legacy)
		}
	}
	f.config.LegacyProtocol = false
	for _, c := range cases {
		if got := ask(c.method, c.target); !strings.Contains(got, c.today) || strings.Contains(got, "__debug__") {
			t.Errorf("today: %s %s: %s, want %s", c.method, c.target, got, c.today)
		}
	}
	if tag := f.do("GET", "/v25.0/act_1", tokenA, "").Header().Get("ETag"); tag != "" {
		t.Errorf("today: tag %s", tag)
	}
}

// PHP's letters, on a Thursday in a leap year.
func TestTimeIn(t *testing.T) {
	t.Parallel()
	at := time.Date(2024, 2, 22, 15, 4, 5, 0, time.FixedZone("PST", -8*3600))
	for format, want := range map[string]any{
		"": "2024-02-22T15:04:05-0800", "U": at.Unix(), `d D j l N S w z`: "22 Thu 22 Thursday 4 nd 4 52", `W F m M n t L o Y y`: "08 February 02 Feb 2 29 1 2024 2024 24",
		`a A g G h H i s u v`: "pm PM 3 15 03 15 04 05 000000 000", `e O P T Z U`: "PST -0800 -08:00 PST -28800 1708643045",
		"c": "2024-02-22T15:04:05-08:00", "r": "Thu, 22 Feb 2024 15:04:05 -0800", `\Y Y?`: "Y 2024?",
	} {
		if diff := cmp.Diff(want, timeIn(format, at)); diff != "" {
			t.Errorf("%q: %s", format, diff)
		}
	}
	for day, want := range map[int]string{1: "st", 2: "nd", 3: "rd", 4: "th", 11: "th", 12: "th", 21: "st"} {
		if got := ordinal(day); got != want {
			t.Errorf("%d%s, want %s", day, got, want)
		}
	}
}

// A version that has ended for ads objects is refused where the operator wants that, and else warned of.
func TestStrictVersions(t *testing.T) {
	t.Parallel()
	f := newFixture(t) // in January 2026
	w := f.do("GET", "/v20.0/act_1", tokenA, "")
	if got := w.Header().Get("X-Ad-Api-Version-Warning"); w.Code != http.StatusOK || !strings.Contains(got, "Use v26.0") {
		t.Errorf("lenient: %d %q", w.Code, got)
	}
	if got := f.do("GET", "/v25.0/act_1", tokenA, "").Header().Get("X-Ad-Api-Version-Warning"); got != "" {
		t.Errorf("v25.0 is warned of: %s", got)
	}
	f.config.StrictVersions = true
	for target, want := range map[string]string{
		"/v20.0/act_1": "2635", "/v8.0/act_1/ads": "2635", "/v21.0/?ids=act_1": "2635", "/v20.0/act_2": "100", "/v20.0/me": "", "/v24.0/act_1": "", "/act_1": "",
	} {
		var answer struct {
			Error struct{ Code json.Number }
		}
		w := f.do("GET", target, tokenA, "")
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || answer.Error.Code.String() != want {
			t.Errorf("%s: %s, want %s", target, w.Body, want)
		}
	}
}

// A body may be packed; what it unpacks to is limited as well.
func TestPackedBody(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.config.MaxBody = 1000
	pack := func(text string) string {
		var out bytes.Buffer
		z := gzip.NewWriter(&out)
		_, _ = z.Write([]byte(text))
		_ = z.Close()
		return out.String()
	}
	for text, want := range map[string]int{pack("name=Packed"): 200, pack("name=" + strings.Repeat("x", 2000)): 400, "name=plain": 400} {
		if w := f.do("POST", "/v25.0/act_1", tokenA, text, "Content-Encoding", "gzip"); w.Code != want {
			t.Errorf("%.12q: %d %s", text, w.Code, w.Body)
		}
	}
	if w := f.do("OPTIONS", "/v25.0/act_1", "", ""); w.Code != http.StatusNoContent || !strings.Contains(w.Header().Get("Allow"), "DELETE") {
		t.Errorf("OPTIONS: %d %v", w.Code, w.Header())
	}
}
