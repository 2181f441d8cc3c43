package test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry/client"
)

// patient makes the tag wait for a server that has much else to do.
const patient = ` data-marquetry-patience="30000"`

// page is a publisher's page on another origin, with one ad place that stands so many pixels below the heading; the script has more attributes. It keeps
// what the console was warned of.
func page(t *testing.T, base, adset string, below int, more string) string {
	t.Helper()
	html := fmt.Sprintf(`<!doctype html><title>Publisher</title><script>console.warn = (...words) => window.warned = words.join(" ")</script><h1>News</h1><div style="height:%dpx"></div>
<div id="place" data-marquetry-adset="%s" data-marquetry-lazy="off"><p id="own">Our own words</p></div>
<div style="height:3000px"></div><script async src="%s/tag.js"%s></script>`, below, adset, base, more)
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(html))
	}))
	t.Cleanup(site.Close)
	return site.URL
}

// TestTagShowsAnAdAndReportsIt opens a publisher's page in Chromium: the ad replaces the place's own content, and the impression
// counts once the ad has been in view for a second.
func TestTagShowsAnAdAndReportsIt(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	s := serve(t, data)
	c := s.client(t, data)
	ad := createAd(t, c)
	got, err := c.Get(t.Context(), ad, client.Params{"fields": "adset_id"})
	if err != nil {
		t.Fatal(err)
	}
	tab := browser(t)
	visit(tab, t, page(t, s.Base, got.String("adset_id"), 0, patient))
	until(tab, t, `document.querySelector('#own') === null || document.querySelector('#place').shadowRoot !== null`)
	until(tab, t, requested("/t/i"))
	text := evaluate(tab, t, `(document.querySelector('#place').shadowRoot || document.querySelector('#place')).textContent`)
	if !strings.Contains(text, "Made by hand") && !strings.Contains(text, "New this week") {
		t.Errorf("the place shows %q, none of the ad's titles", text)
	}
	if n := waitImpressions(t, c, ad, 1); n != 1 {
		t.Errorf("%d impressions after one view, want 1", n)
	}
}

// TestTagLeavesThePlaceAlone loads the tag from a server that has no such ad set: the place keeps its own content.
func TestTagLeavesThePlaceAlone(t *testing.T) {
	t.Parallel()
	s := serve(t, t.TempDir())
	tab := browser(t)
	visit(tab, t, page(t, s.Base, "120200000000099999", 0, patient))
	until(tab, t, requested("/v1/decisions"))
	text := evaluate(tab, t, `document.querySelector('#own').textContent`)
	if text != "Our own words" {
		t.Errorf("the place shows %q", text)
	}
}

// TestTagSaysWhatIsWrong misspells a placement: the place keeps its own content, and the console says what is wrong.
func TestTagSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	s := serve(t, t.TempDir())
	tab := browser(t)
	visit(tab, t, page(t, s.Base, "120200000000099999", 0, patient+` data-marquetry-placement="STORY"`))
	until(tab, t, `window.warned?.startsWith('marquetry: placement "STORY" is no preview format')`)
	if text := evaluate(tab, t, `document.querySelector('#own').textContent`); text != "Our own words" {
		t.Errorf("the place shows %q", text)
	}
}

// TestTagCountsWhatIsSeen has the place three screens down, and asks for its ad at once: nothing is counted while nobody sees it, the impression
// when it comes on screen, the view a second after that.
func TestTagCountsWhatIsSeen(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	s := serve(t, data)
	c := s.client(t, data)
	got, err := c.Get(t.Context(), createAd(t, c), client.Params{"fields": "adset_id"})
	if err != nil {
		t.Fatal(err)
	}
	tab := browser(t)
	visit(tab, t, page(t, s.Base, got.String("adset_id"), 3000, patient))
	until(tab, t, `document.querySelector('#place').dataset.marquetryFilled !== undefined && (window.filled = window.filled || performance.now()) > 0`)
	until(tab, t, `performance.now() - filled > 1500`)
	if early := evaluate(tab, t, `String(`+requested("/t/")+`)`); early != "false" {
		t.Error("something was counted of an ad that nobody has seen")
	}
	evaluate(tab, t, `window.scrolled = performance.now(); document.querySelector('#place').scrollIntoView({block: 'center'}); ''`)
	until(tab, t, requested("/t/i"))
	until(tab, t, requested("/t/v"))
	waited := evaluate(tab, t, `String(performance.getEntriesByType('resource').find(e => e.name.includes('/t/v')).startTime - scrolled >= 1000)`)
	if waited != "true" {
		t.Error("the view was reported before a second had passed")
	}
}

// TestTagGivesUp loads the tag from a server that does not answer in time: the tag ends its request and the place keeps its own content.
func TestTagGivesUp(t *testing.T) {
	t.Parallel()
	s := serve(t, t.TempDir())
	real, err := url.Parse(s.Base)
	if err != nil {
		t.Fatal(err)
	}
	forward := httputil.NewSingleHostReverseProxy(real)
	gaveUp := make(chan struct{})
	slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/v1/decisions" {
			forward.ServeHTTP(w, r)
			return
		}
		_, _ = io.Copy(io.Discard, r.Body)
		<-r.Context().Done() // the browser has closed the connection
		close(gaveUp)
	}))
	defer slow.Close()
	tab := browser(t)
	visit(tab, t, page(t, slow.URL, "120200000000099999", 0, ""))
	select {
	case <-gaveUp:
	case <-time.After(time.Minute):
		t.Fatal("the tag still waits")
	}
	text := evaluate(tab, t, `document.querySelector('#place').shadowRoot === null && document.querySelector('#own').textContent`)
	if text != "Our own words" {
		t.Errorf("the place shows %q", text)
	}
}

// TestTagBuildsWhatIsSent has the tag make nodes of every kind of card that is rendered, and compares them with what the browser's own parser makes of the
// same markup; hostile texts among them.
func TestTagBuildsWhatIsSent(t *testing.T) {
	t.Parallel()
	cards, err := filepath.Glob("../internal/creative/testdata/render/*.html")
	if err != nil || len(cards) < 5 {
		t.Fatalf("%v %v", cards, err)
	}
	var answer client.PageResponse
	places := ""
	for i, name := range cards {
		markup, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		answer.Slots = append(answer.Slots, client.SlotDecisions{DecisionResponse: client.DecisionResponse{Decisions: []client.Decision{{AdID: strconv.Itoa(i), HTML: strings.ReplaceAll(string(markup), `="/`, `="https://127.0.0.1:1/`)}}}})
		places += `<div data-marquetry-ad="1" data-marquetry-lazy="off"></div>`
	}
	ads := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/tag.js":
			http.ServeFile(w, r, "../internal/deliver/tag.js")
		case "/v1/decisions":
			_ = json.NewEncoder(w).Encode(answer)
		case "/":
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, "<!doctype html><meta charset=utf-8>"+places+`<script>const sent = []; addEventListener("marquetry", e => sent.push([e.target, e.detail.ad.html]))</script><script src="/tag.js"`+patient+`></script>`)
		}
	}))
	defer ads.Close()
	tab := browser(t)
	visit(tab, t, ads.URL+"/")
	until(tab, t, `sent.length === `+strconv.Itoa(len(cards)))
	different := evaluate(tab, t, `sent.map(([place, html]) => {
		const parsed = new DOMParser().parseFromString(html, "text/html").body;
		parsed.querySelectorAll("[style]").forEach(e => e.style.cssText = e.getAttribute("style"));
		parsed.querySelectorAll("[muted]").forEach(e => e.removeAttribute("muted"));
		return place.shadowRoot.innerHTML.trim() === parsed.innerHTML.trim() ? "" : place.shadowRoot.innerHTML + "\nis not\n" + parsed.innerHTML;
	}).join("")`)
	if different != "" {
		t.Error(different)
	}
}

// waitImpressions is waitReported of impressions.
func waitImpressions(t *testing.T, c *client.Client, ad string, want int) int {
	t.Helper()
	return waitReported(t, c, ad, "impressions", want)
}

// waitReported asks until the report shows at least want of a field or half a minute is over, and returns what it shows.
func waitReported(t *testing.T, c *client.Client, ad, field string, want int) int {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; {
		n := reported(t, c, ad, field)
		if n >= want || time.Now().After(deadline) {
			return n
		}
	}
}
