package deliver

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/traffic"
)

// crawler says what it is.
const crawler = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"

// ask serves a request from an address in the documentation's range, with headers of alternating names and values.
func (f *fixture) ask(t *testing.T, path string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, strings.TrimPrefix(path, "https://ads.example"), nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	f.Handler().ServeHTTP(w, r)
	return w
}

// reasons lists why each logged event is invalid.
func (f *fixture) reasons(t *testing.T) string {
	t.Helper()
	var out []string
	for _, e := range f.logged(t) {
		out = append(out, string(e.Kind)+" "+e.Invalid)
	}
	return strings.Join(out, ", ")
}

// TestInvalidTraffic reports events as crawlers, prefetching browsers and people do, over each way in: all are answered alike.
func TestInvalidTraffic(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	d := f.decide(t, client1())
	if w := f.ask(t, d.ImpressionURL, "Sec-Purpose", "prefetch"); w.Code != http.StatusOK || w.Body.String() != pixelImage {
		t.Errorf("a prefetch is answered %d", w.Code)
	}
	f.ask(t, d.ViewableURL, "User-Agent", "Mozilla/5.0 (X11) Firefox/143.0")
	if w := f.ask(t, d.ClickURL, "User-Agent", crawler); w.Code != http.StatusFound || !strings.HasPrefix(w.Header().Get("Location"), "https://www.shop.example/boots") {
		t.Errorf("a crawler's click leads to %d %s", w.Code, w.Header().Get("Location"))
	}
	f.ask(t, "/tr?id="+thePixel+"&ev=Lead", "User-Agent", crawler)
	second := f.decide(t, client1())
	f.ask(t, second.ClickURL, "User-Agent", "Mozilla/5.0 (X11) Firefox/143.0") // the clock stands still: nobody is that fast
	third := f.decide(t, client1())
	answer, err := f.takeBatch(t.Context(), []client.Event{{Type: "impression", Token: third.Token, UserAgent: crawler}, {Type: "view", Token: third.Token}}, noon)
	want := client.EventResults{Results: []client.EventResult{{Status: "accepted", Invalid: "crawler"}, {Status: "accepted"}}, Accepted: 2}
	if diff := cmp.Diff(want, answer); diff != "" || err != nil {
		t.Error(diff, err)
	}
	const story = "impression prefetch, view , click crawler, conversion crawler, click too_fast, impression crawler, view "
	if got := f.reasons(t); got != story {
		t.Errorf("logged %s\nwant   %s", got, story)
	}
	f.learn(t)
	if got := f.tables(t); len(got) > 0 {
		t.Errorf("learnt %v", got)
	}
}

// TestPersonAfterProgram has a link opened by the preview of a message before anybody clicks on it: both count as what they are, each once, and an
// order that pixel and server report counts once, while other names with its id are other events.
func TestPersonAfterProgram(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	d := f.decide(t, client1())
	f.clock.advance(time.Second)
	for _, agent := range []string{"WhatsApp/2.23", "WhatsApp/2.23", "Mozilla/5.0 (iPhone)", "Mozilla/5.0 (iPhone)", "WhatsApp/2.23"} {
		f.ask(t, d.ClickURL, "User-Agent", agent)
	}
	for _, query := range []string{"&ev=Purchase&eid=o1", "&ev=Purchase&eid=o1", "&ev=Lead&eid=o1"} {
		f.ask(t, "/tr?id="+thePixel+query, "User-Agent", "Mozilla/5.0 (iPhone)")
	}
	f.convert(t, `[{"event_name":"Purchase","event_time":NOW,"event_id":"o1","action_source":"website","user_data":{"client_user_agent":"Mozilla/5.0 (iPhone)"}}]`, d.Token)
	const story = "click crawler, click , conversion , conversion "
	if got := f.reasons(t); got != story || f.counts.duplicate.Load() != 2 {
		t.Errorf("logged %s and %d duplicates\nwant   %s", got, f.counts.duplicate.Load(), story)
	}
}

// TestClickFlood has one address click one ad more often than people do, and one viewer, and a proxy for whom others click.
func TestClickFlood(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		viewer  string
		public  string
		headers []string
		valid   int
	}{
		"an address":                 {"", "", nil, traffic.PerAddress},
		"one that says it's a proxy": {"", "", []string{"X-Forwarded-For", "203.0.113.9"}, traffic.PerAddress},
		"a viewer":                   {"v1", "https://ads.example", []string{"Via", "1.1 proxy"}, traffic.PerViewer},
		"a proxy":                    {"", "https://ads.example", []string{"X-Forwarded-For", "203.0.113.9"}, traffic.PerAddress + 5},
		"nobody, when it's off":      {"off", "", nil, traffic.PerAddress + 5},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, func(cfg *Config) {
				if name == "nobody, when it's off" {
					cfg.Invalid = traffic.Off
				}
				if c.public != "" {
					cfg.Public, _ = url.Parse(c.public)
				}
			})
			f.openBudget(t)
			req := client1()
			req.Viewer.ID = c.viewer
			for range traffic.PerAddress + 5 {
				f.ask(t, f.decide(t, req).ClickURL, c.headers...)
			}
			if got := strings.Count(f.reasons(t)+",", "click ,"); got != c.valid {
				t.Errorf("%d clicks are valid, want %d: %s", got, c.valid, f.reasons(t))
			}
		})
	}
}

// TestSandboxIsNotJudged lets programs report what they dated themselves.
func TestSandboxIsNotJudged(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	req := client1()
	req.Time = noon.Format(time.RFC3339)
	f.ask(t, f.decide(t, req).ClickURL, "User-Agent", crawler)
	if got := f.reasons(t); got != "click " {
		t.Error(got)
	}
}

// TestInvalidTeachesNothing logs every kind of event that must not count beside some that do: what is counted for learning stays as it was, but for
// what the same events do when they are valid.
func TestInvalidTeachesNothing(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.play(t, 0, 20)
	f.learn(t)
	before := f.tables(t)
	x := sample()
	x.Slots = []uint8{0, 0, 0, 0, 1, 0}
	outcome := &eventlog.Outcome{PixelID: thePixel, AccountID: theAccount, Name: "Purchase", Value: 7, Currency: "USD"}
	day := (24 * time.Hour).Milliseconds()
	short := *x
	short.Windows = eventlog.WindowsOf(1, 0)
	_, err := f.record(t.Context(), []eventlog.Event{
		{Kind: eventlog.Impression, At: x.At, Exposure: x, Invalid: "crawler"}, {Kind: eventlog.Click, At: x.At, Exposure: x, Invalid: "flood"},
		{Kind: eventlog.View, At: x.At, Exposure: x}, {Kind: eventlog.Conversion, At: x.At, Exposure: x, Outcome: outcome, Invalid: "crawler"},
		{Kind: eventlog.Conversion, At: x.At + 7*day + 1, Exposure: x, Outcome: outcome}, {Kind: eventlog.Conversion, At: x.At + day + 1, Exposure: &short, Outcome: outcome},
	})
	if err != nil {
		t.Fatal(err)
	}
	f.learn(t)
	if diff := cmp.Diff(before, f.tables(t)); diff != "" {
		t.Error(diff)
	}
	if _, err := f.record(t.Context(), []eventlog.Event{{Kind: eventlog.Conversion, At: x.At + day, Exposure: &short, Outcome: outcome}}); err != nil {
		t.Fatal(err)
	}
	f.learn(t)
	if diff := cmp.Diff(before, f.tables(t)); diff == "" {
		t.Error("a conversion in time teaches nothing")
	}
}
