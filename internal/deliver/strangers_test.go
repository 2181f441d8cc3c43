package deliver

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry/client"
)

// TestPublicRate has addresses report by every door until they have reported too much: a public one is refused for about a minute, but its
// clicks lead on; a private one is nobody's.
func TestPublicRate(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(c *Config) { c.PublicRate = 1 })
	d := f.decide(t, client1())
	doors := []string{"GET " + f.here(d.ImpressionURL), "GET " + f.here(d.ViewableURL), "GET /tr?ev=Lead&id=" + thePixel, "GET " + pathSold, "POST /v1/events"}
	n := 0
	report := func(address string) *httptest.ResponseRecorder {
		method, path, _ := strings.Cut(doors[n%len(doors)], " ")
		n++
		r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader("{}"))
		r.RemoteAddr = address
		w := httptest.NewRecorder()
		f.Handler().ServeHTTP(w, r)
		return w
	}
	for _, c := range []struct {
		address, last string
		refused       bool
	}{
		{"203.0.113.7:1", "203.0.113.7:2", true},
		{"203.0.113.8:1", "203.0.113.9:1", false},
		{"[2001:db8::1]:1", "[2001:db8::ffff:2]:1", true}, // of one network
		{"[2001:db8:0:2::1]:1", "[2001:db8:0:3::1]:1", false},
		{"127.0.0.1:1", "127.0.0.1:2", false},
		{"10.0.0.7:1", "10.0.0.7:2", false},
	} {
		for i := range 60 {
			if w := report(c.address); w.Code == http.StatusTooManyRequests {
				t.Fatalf("%s, report %d: %s", c.address, i, w.Body)
			}
		}
		for range doors {
			w := report(c.last)
			if got := w.Code == http.StatusTooManyRequests; got != c.refused || got && (w.Header().Get("Retry-After") != "60" || !strings.Contains(w.Body.String(), `"public_rate"`)) {
				t.Errorf("after 60 reports of %s, %s is answered %d %s", c.address, c.last, w.Code, w.Body)
			}
		}
	}
	late := f.decide(t, client1())
	before := len(f.logged(t))
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, f.here(late.ClickURL), nil)
	r.RemoteAddr = "203.0.113.7:1"
	w := httptest.NewRecorder()
	f.Handler().ServeHTTP(w, r)
	if after := len(f.logged(t)); w.Code != http.StatusFound || after != before {
		t.Errorf("a click of the first address leads to %d, and %d events are logged", w.Code, after-before)
	}
	f.clock.advance(2 * time.Minute)
	if w := report("203.0.113.7:1"); w.Code == http.StatusTooManyRequests {
		t.Errorf("two minutes later: %s", w.Body)
	}
	f.cfg.PublicRate = 0
	for range 100 {
		if w := report("203.0.113.7:1"); w.Code == http.StatusTooManyRequests {
			t.Fatalf("without a limit: %s", w.Body)
		}
	}
}

// TestNewNames brings more names of conversions to a pixel than strangers may: those that were there, standard ones, what an ad set is to bring about and
// those of the Conversions API are taken all the same, and more of them on the next day.
func TestNewNames(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	set := adSetObject(theAdSet, noon.Unix()-9)
	set.Data["promoted_object"] = map[string]any{"pixel_id": thePixel, "custom_event_type": "OTHER", "custom_event_str": "Fitting"}
	f.put(t, set)
	d := f.decide(t, client1())
	fire := func(pixel, name string, want int) {
		t.Helper()
		if w, body := f.get(t, "/tr?id="+pixel+"&ev="+name); w.StatusCode != want || want == 400 && !strings.Contains(body, `"field":"ev","rule":"name.new"`) {
			t.Errorf("%s: %d %s", name, w.StatusCode, body)
		}
	}
	for i := range maxNewNames {
		fire(thePixel, fmt.Sprint("Name", i), 200)
	}
	fire(thePixel, "Name7", 200)
	fire(thePixel, "OneMore", 400)
	fire(thePixel, "Purchase", 200)
	fire(thePixel, "Fitting", 200)
	fire(otherPixel, "OneMore", 200)
	answer, err := f.takeBatch(t.Context(), []client.Event{{Type: "conversion", Token: d.Token, Name: "OneMore"}, {Type: "conversion", Token: d.Token, Name: "Lead"}}, noon)
	if err != nil || answer.Refused != 1 || answer.Results[0].Error.Rule != "name.new" || answer.Accepted != 1 {
		t.Errorf("a batch: %+v %v", answer, err)
	}
	event := fmt.Sprintf(`[{"event_name":"OneMore","event_time":%d,"action_source":"website","user_data":{"external_id":"v1"}}]`, noon.Unix())
	if n, rules := f.convert(t, event, ""); n != 1 {
		t.Errorf("the Conversions API refuses: %v", rules)
	}
	f.clock.advance(24 * time.Hour)
	fire(thePixel, "OneMore", 200)
}
