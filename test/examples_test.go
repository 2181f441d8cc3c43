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
)

// site serves an example as it stands, but for the address of the ads' server and what else is replaced (old, new, …). A page's content security
// policy is sent as a header, too, so that the browser reports what breaks it: the result lists that.
func site(t *testing.T, dir, base string, replaced ...string) (address string, broken func() []string) {
	t.Helper()
	var mu sync.Mutex
	var reports []string
	words := strings.NewReplacer(append(replaced, "http://127.0.0.1:8080", base)...)
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
	if _, err := exec.LookPath("npm"); err != nil {
		t.Skip("npm is not installed")
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../examples/react")); err != nil {
		t.Fatal(err)
	}
	install := exec.CommandContext(t.Context(), "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
	install.Dir = dir
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("npm ci: %v\n%s", err, out)
	}
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
