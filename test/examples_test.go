package test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/marquetry/marquetry/client"
)

// site serves an example as it stands, but for the address of the ads' server, a patient tag and what else is replaced (old, new, …). A page's content security
// policy is sent as a header, too, so that the browser reports what breaks it: the result lists that.
func site(t *testing.T, dir, base string, replaced ...string) (address string, broken func() []string) {
	t.Helper()
	var mu sync.Mutex
	var reports []string
	words := strings.NewReplacer(append(replaced, `<script async`, `<script async`+patient, "http://127.0.0.1:8080", base)...)
	policy := regexp.MustCompile(`http-equiv="Content-Security-Policy" content="([^"]*)"`)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/broken" {
			report, _ := io.ReadAll(r.Body)
			mu.Lock()
			reports = append(reports, string(report))
			mu.Unlock()
			return
		}
		if !strings.HasSuffix(r.URL.Path, "/") && filepath.Ext(r.URL.Path) != ".html" {
			http.FileServer(http.Dir(dir)).ServeHTTP(w, r)
			return
		}
		text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(strings.TrimSuffix(r.URL.Path, "/")), "index.html"))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		page := words.Replace(string(text))
		if said := policy.FindStringSubmatch(page); said != nil {
			w.Header().Set("Content-Security-Policy", said[1]+"; report-uri /broken")
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, page)
	}))
	t.Cleanup(server.Close)
	return server.URL + "/", func() []string {
		mu.Lock()
		defer mu.Unlock()
		return reports
	}
}

// installed is a copy of an example with the packages of its lock file, from npm.
func installed(t *testing.T, example string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(example)); err != nil {
		t.Fatal(err)
	}
	npm := exec.CommandContext(t.Context(), "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
	npm.Dir = dir
	if out, err := npm.CombinedOutput(); err != nil {
		t.Fatalf("npm ci: %v\n%s", err, out)
	}
	return dir
}

// TestPlainExample opens the plain page under its strict policy with three ads to show: two places are filled by one request and the third once
// somebody comes near, by different ads; nothing moves, nothing is stored, no rule of the page is broken; views are reported.
func TestPlainExample(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	s := serve(t, data)
	c := s.client(t, data)
	for range 3 {
		createAd(t, c)
	}
	address, broken := site(t, "../examples/html", s.Base, "ACCOUNT", first(t, c, "me/adaccounts"))
	tab := browser(t)
	visit(tab, t, address)
	until(tab, t, `document.querySelectorAll('#top[data-marquetry-filled], #side[data-marquetry-filled]').length === 2`)
	const asked = `performance.getEntriesByType('resource').filter(e => e.name.includes('/v1/decisions')).length`
	until(tab, t, requested("/t/v"))
	if n := evaluate(tab, t, `String(`+asked+`)`); n != "1" {
		t.Errorf("%s requests for two places on screen", n)
	}
	if text := evaluate(tab, t, `document.querySelector('#end').shadowRoot ? 'an ad' : document.querySelector('#end').innerText`); text != "More about bread." {
		t.Errorf("far below the window is %s", text)
	}
	size := evaluate(tab, t, `(b => b.width + ' ' + b.height)(document.querySelector('#side').shadowRoot.firstElementChild.getBoundingClientRect())`)
	if size != "300 600" {
		t.Errorf("the banner has the size %s", size)
	}
	if padding := evaluate(tab, t, `getComputedStyle(document.querySelector('#top').shadowRoot.querySelector('a > div')).padding`); padding == "0px" {
		t.Error("the ad has no styles")
	}
	paper := evaluate(tab, t, `document.documentElement.style.colorScheme = 'dark', getComputedStyle(document.querySelector('#side').shadowRoot.firstElementChild).backgroundColor`)
	if paper != "rgb(36, 37, 38)" {
		t.Errorf("in a dark page the ad is %s", paper)
	}
	evaluate(tab, t, `document.querySelector('#end').scrollIntoView(); ''`)
	until(tab, t, `document.querySelector('#end[data-marquetry-filled]') !== null && `+asked+` === 2`)
	different := evaluate(tab, t, `String(new Set([...document.querySelectorAll('.ad')].map(e => e.dataset.marquetryFilled)).size)`)
	if different != "3" {
		t.Errorf("%s different ads in three places", different)
	}
	evaluate(tab, t, `new PerformanceObserver(list => window.moved = list.getEntries().reduce((sum, e) => sum + e.value, 0)).observe({type: 'layout-shift', buffered: true}); ''`)
	until(tab, t, `(window.later = window.later || performance.now()) < performance.now() - 300`)
	kept := evaluate(tab, t, `[window.moved || 0, document.cookie, sessionStorage.length, localStorage.length].join('|')`)
	if kept != "0||0|0" {
		t.Errorf("layout shift, cookies, sessionStorage, localStorage: %s", kept)
	}
	if reports := broken(); len(reports) > 0 {
		t.Errorf("the page's policy is broken: %s", reports)
	}
}

// TestPlainExampleWithoutServer opens the same page when the server of ads is away: every place keeps its own words.
func TestPlainExampleWithoutServer(t *testing.T) {
	t.Parallel()
	s := serve(t, t.TempDir())
	address, _ := site(t, "../examples/html", s.Base)
	tab := browser(t)
	s.kill()
	visit(tab, t, address)
	until(tab, t, `document.readyState === 'complete'`)
	if text := evaluate(tab, t, `document.querySelector('#top').innerText`); text != "Our own advice: warm the bowl first." {
		t.Errorf("the place shows %q", text)
	}
}

// TestReactExample installs React, opens the app, and asks for more: each new place gets an ad that is not there yet, and the last one, for which
// there is none, keeps its own words.
func TestReactExample(t *testing.T) {
	t.Parallel()
	dir := installed(t, "../examples/react")
	data := t.TempDir()
	s := serve(t, data)
	c := s.client(t, data)
	createAd(t, c)
	createAd(t, c)
	address, _ := site(t, dir, s.Base, "ACCOUNT", first(t, c, "me/adaccounts"))
	tab := browser(t)
	visit(tab, t, address)
	until(tab, t, `document.querySelectorAll('.ad[data-marquetry-filled]').length === 1 && document.querySelector('output').textContent === 'filled'`)
	evaluate(tab, t, `document.querySelector('#more').click(); ''`)
	until(tab, t, `new Set([...document.querySelectorAll('.ad[data-marquetry-filled]')].map(e => e.dataset.marquetryFilled)).size === 2`)
	evaluate(tab, t, `document.querySelector('#more').click(); ''`)
	until(tab, t, `document.querySelectorAll('.ad').length === 3 && (document.querySelectorAll('.ad')[2].scrollIntoView(), document.querySelector('output').textContent === 'on_page')`)
	if text := evaluate(tab, t, `document.querySelectorAll('.ad')[2].innerText`); text != "Our own advice." {
		t.Errorf("without an ad the place shows %q", text)
	}
}

// TestFrameAndMemory opens a page whose places remember their viewer for the visit, with an ad in a frame below: the frame reports its view and tells the
// page; of an ad that may be seen once a day, the page shows nothing when it is loaded again.
func TestFrameAndMemory(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	s := serve(t, data)
	c := s.client(t, data)
	once, free := createAd(t, c), createAd(t, c)
	if _, err := c.Post(t.Context(), adsetOf(t, c, once), client.Params{
		"frequency_control_specs": []map[string]any{{"event": "IMPRESSIONS", "interval_days": 1, "max_frequency": 1}},
	}); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	page := `<!doctype html><title>Publisher</title><script>addEventListener("message", e => window.told = e.data.marquetry + e.origin)
addEventListener("marquetry", e => window.why = e.detail.reason || "shown")</script>
<script async src="http://127.0.0.1:8080/tag.js" data-marquetry-memory="session" data-marquetry-country="US"></script>
<div id="place" data-marquetry-ad="` + once + `">Our own words</div>
<iframe src="http://127.0.0.1:8080/v1/frame?ad_id=` + free + `&width=300&height=250" width="300" height="250"></iframe>`
	if err := os.WriteFile(filepath.Join(dir, "index.html"), []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	address, _ := site(t, dir, s.Base)
	tab := browser(t)
	visit(tab, t, address)
	until(tab, t, `window.told === 'filled`+s.Base+`' && document.querySelector('#place[data-marquetry-filled]') !== null`)
	until(tab, t, requested("/t/i"))
	if n := waitImpressions(t, c, free, 1); n != 1 {
		t.Errorf("the frame counts %d impressions", n)
	}
	if kept := evaluate(tab, t, `[sessionStorage.length, localStorage.length].join()`); kept != "1,0" {
		t.Errorf("session and local storage have %s entries", kept)
	}
	visit(tab, t, "about:blank")
	visit(tab, t, address)
	until(tab, t, `window.why === 'frequency_cap'`)
	if text := evaluate(tab, t, `document.querySelector('#place').innerText`); text != "Our own words" {
		t.Errorf("the second time the place shows %q", text)
	}
}

// adsetOf is the ad set of an ad.
func adsetOf(t *testing.T, c *client.Client, ad string) string {
	t.Helper()
	got, err := c.Get(t.Context(), ad, client.Params{"fields": "adset_id"})
	if err != nil {
		t.Fatal(err)
	}
	return got.String("adset_id")
}
