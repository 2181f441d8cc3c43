package test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/marquetry/marquetry/client"
)

// browser opens a headless Chromium for one test.
func browser(t *testing.T) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.NoSandbox, // the tests may run as root
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-quic", true),
		chromedp.WindowSize(1280, 900),
	)
	ctx, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, stop = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	return ctx
}

// visit opens an address and waits until it has loaded.
func visit(tab context.Context, t *testing.T, address string) {
	t.Helper()
	if err := chromedp.Do(tab, chromedp.Navigate(address)); err != nil {
		t.Fatalf("open %s: %v", address, err)
	}
}

// until waits for an expression to become true in the page.
func until(tab context.Context, t *testing.T, expression string) {
	t.Helper()
	if _, err := chromedp.Run(tab, chromedp.Poll[bool](expression)); err != nil {
		t.Fatalf("waiting for %s: %v", expression, err)
	}
}

// evaluate returns the text that an expression has in the page.
func evaluate(tab context.Context, t *testing.T, expression string) string {
	t.Helper()
	text, err := chromedp.Run(tab, chromedp.Evaluate[string](expression))
	if err != nil {
		t.Fatalf("evaluate %s: %v", expression, err)
	}
	return text
}

// requested is the expression for "the page has fetched an address with this path".
func requested(path string) string {
	return fmt.Sprintf(`performance.getEntriesByType('resource').some(e => e.name.includes(%q) && e.responseEnd > 0)`, path)
}

// page is a publisher's page on another origin, with one ad place that stands so many pixels below the heading.
func page(t *testing.T, base, adset string, below int) string {
	t.Helper()
	html := fmt.Sprintf(`<!doctype html><title>Publisher</title><h1>News</h1><div style="height:%dpx"></div>
<div id="place" data-marquetry-adset="%s"><p id="own">Our own words</p></div>
<div style="height:3000px"></div><script async src="%s/tag.js"></script>`, below, adset, base)
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
	visit(tab, t, page(t, s.Base, got.String("adset_id"), 0))
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
	visit(tab, t, page(t, s.Base, "120200000000099999", 0))
	until(tab, t, requested("/v1/decisions"))
	text := evaluate(tab, t, `document.querySelector('#own').textContent`)
	if text != "Our own words" {
		t.Errorf("the place shows %q", text)
	}
}

// TestTagCountsWhatIsSeen has the place three screens down: the ad is there at once, but its impression is reported only a second after
// somebody has scrolled to it.
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
	visit(tab, t, page(t, s.Base, got.String("adset_id"), 3000))
	until(tab, t, `document.querySelector('#place').dataset.marquetryFilled !== undefined && (window.filled = window.filled || performance.now()) > 0`)
	until(tab, t, `performance.now() - filled > 1500`)
	if early := evaluate(tab, t, `String(`+requested("/t/i")+`)`); early != "false" {
		t.Error("an impression was reported of an ad that nobody has seen")
	}
	evaluate(tab, t, `window.scrolled = performance.now(); document.querySelector('#place').scrollIntoView({block: 'center'}); ''`)
	until(tab, t, requested("/t/i"))
	waited := evaluate(tab, t, `String(performance.getEntriesByType('resource').find(e => e.name.includes('/t/i')).startTime - scrolled >= 1000)`)
	if waited != "true" {
		t.Error("the impression was reported before a second had passed")
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
		<-r.Context().Done() // the browser has closed the connection
		close(gaveUp)
	}))
	defer slow.Close()
	tab := browser(t)
	visit(tab, t, page(t, slow.URL, "120200000000099999", 0))
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

// waitImpressions asks until the report shows at least want impressions or half a minute is over, and returns what it shows.
func waitImpressions(t *testing.T, c *client.Client, ad string, want int) int {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; {
		n := reported(t, c, ad)
		if n >= want || time.Now().After(deadline) {
			return n
		}
	}
}
