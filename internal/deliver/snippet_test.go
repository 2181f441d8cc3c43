package deliver

import (
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/store"
)

// linked are the addresses in some markup.
func linked(markup string) (all []string) {
	for _, m := range regexp.MustCompile(`(?:href|src|data-\w+)="([^"]*)"`).FindAllStringSubmatch(markup, -1) {
		all = append(all, html.UnescapeString(m[1]))
	}
	return all
}

func TestSnippet(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	w, markup := f.get(t, "/v1/snippet?adset_id="+theAdSet+"&country=US&width=320&height=100")
	if w.StatusCode != http.StatusOK || !strings.Contains(markup, "width:320px;height:100px") || strings.Contains(markup, "<script") {
		t.Fatalf("%d %s", w.StatusCode, markup)
	}
	for name, want := range map[string]string{
		"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "X-Marquetry-Reason": "",
		"Content-Security-Policy": "default-src 'none'; sandbox",
	} {
		if got := w.Header.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	for _, address := range linked(markup) {
		if strings.Contains(address, "/t/i?") {
			f.get(t, address)
		}
	}
	if all := f.logged(t); len(all) != 1 || all[0].Kind != eventlog.Impression {
		t.Errorf("the picture in the snippet counts %v", all)
	}
	if w, markup = f.get(t, "/v1/snippet?adset_id="+theAdSet+"&country=DE"); w.StatusCode != http.StatusOK || markup != "" || w.Header.Get("X-Marquetry-Reason") != "targeting" {
		t.Errorf("without an ad: %d %q %q", w.StatusCode, markup, w.Header.Get("X-Marquetry-Reason"))
	}
	if w, _ = f.get(t, "/v1/snippet"); w.StatusCode != http.StatusBadRequest {
		t.Errorf("from nowhere: %d", w.StatusCode)
	}
}

// TestFrame looks at the page for an iframe: its policy allows its own script and style by their hashes, and no other.
func TestFrame(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	w, page := f.get(t, "/v1/frame?adset_id="+theAdSet)
	policy := w.Header.Get("Content-Security-Policy")
	inline := regexp.MustCompile(`(?s)<(script|style)>(.*?)</(?:script|style)>`).FindAllStringSubmatch(page, -1)
	for _, m := range inline {
		if !strings.Contains(policy, source(m[2])) {
			t.Errorf("the policy %s does not know the %s %s", policy, m[1], m[2])
		}
	}
	if len(inline) != 2 || !strings.Contains(policy, "default-src 'none'") || !strings.Contains(page, "/t/v?d=") || !strings.Contains(page, `rel="noopener sponsored"`) {
		t.Errorf("%s\n%s", policy, page)
	}
	if _, page = f.get(t, "/v1/frame?adset_id="+theAdSet+"&country=DE"); strings.Contains(page, "/t/") || !strings.Contains(page, "<script>") {
		t.Errorf("without an ad: %s", page)
	}
}

// TestPictureAndLink loads the picture of a view and follows its link: what was shown is where the link leads, though the ad has learnt, and many load
// it at once; the impression and the click count once.
func TestPictureAndLink(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	ask := func(path, key string) string {
		w, _ := f.get(t, fmt.Sprintf("/v1/%s?adset_id=%s&country=US&key=%s", path, theAdSet, key))
		return w.Header.Get("Location")
	}
	shown := make([]string, 8)
	var wait sync.WaitGroup
	for i := range shown {
		wait.Go(func() { shown[i] = ask("picture", "mail-1") })
	}
	wait.Wait()
	for _, address := range shown {
		if address == "" || address != shown[0] || !strings.HasPrefix(address, f.server.URL+"/media/") {
			t.Fatalf("one view shows %v", shown)
		}
	}
	target := ask("go", "mail-1")
	if !strings.HasPrefix(target, "https://www.shop.example/boots?ref=1&kind=link&") {
		t.Errorf("the link leads to %q", target)
	}
	ask("go", "mail-1")
	pictures := map[string]bool{}
	for i := range 20 {
		pictures[ask("picture", fmt.Sprint("other-", i))] = true
	}
	if len(pictures) < 2 {
		t.Errorf("twenty views show %v", pictures)
	}
	if again := ask("picture", "mail-1"); again != shown[0] {
		t.Errorf("later the view shows %s instead of %s", again, shown[0])
	}
	all := f.logged(t)
	if len(all) != 22 || all[0].Kind != eventlog.Impression || all[1].Kind != eventlog.Click || all[1].Exposure.Decision != all[0].Exposure.Decision {
		t.Errorf("%d events, the first %+v", len(all), all[:2])
	}
	if !strings.Contains(target, "fbclid=") {
		t.Errorf("%s has no click id", target)
	}
}

// TestLinkBeforePicture follows a link whose picture was never loaded: the click counts, and the picture that is loaded later is of the same ad.
func TestLinkBeforePicture(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	address := "?ad_id=" + theAd + "&key=k"
	if w, _ := f.get(t, "/v1/go"+address); w.StatusCode != http.StatusFound {
		t.Errorf("%d", w.StatusCode)
	}
	f.get(t, "/v1/picture"+address)
	if all := f.logged(t); len(all) != 2 || all[0].Exposure.Decision != all[1].Exposure.Decision || string(all[0].Exposure.Slots) != string(all[1].Exposure.Slots) {
		t.Errorf("%+v", all)
	}
}

// TestLinkWithoutLog follows a link while the event log is away: the viewer goes on, and the picture is not shown as nothing can count it.
func TestLinkWithoutLog(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	if err := f.log.Close(); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]int{"go": http.StatusFound, "picture": http.StatusServiceUnavailable} {
		if w, text := f.get(t, "/v1/"+path+"?ad_id="+theAd+"&key=k"); w.StatusCode != want {
			t.Errorf("%s: %d %s", path, w.StatusCode, text)
		}
	}
}

func TestPictureRefuses(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	for path, want := range map[string]int{
		"/v1/picture?ad_id=" + theAd:                                          http.StatusBadRequest,
		"/v1/picture?ad_id=" + theAd + "&key=" + strings.Repeat("k", 129):     http.StatusBadRequest,
		"/v1/picture?key=k":                                                   http.StatusBadRequest,
		"/v1/picture?ad_id=" + theAd + "&key=k&time=2026-11-22T12:00:00Z":     http.StatusForbidden,
		"/v1/picture?ad_id=1&key=k":                                           http.StatusOK, // a pixel
		"/v1/go?ad_id=1&key=k":                                                http.StatusNotFound,
		"/v1/go?ad_id=" + theAd:                                               http.StatusBadRequest,
		"/v1/go?ad_id=" + theAd + "&key=k&url=https://evil.example&u=//evil/": http.StatusFound,
	} {
		w, _ := f.get(t, path)
		if w.StatusCode != want || strings.Contains(w.Header.Get("Location"), "evil") || w.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %v, want %d", path, w.StatusCode, w.Header, want)
		}
	}
	before := len(f.logged(t))
	for _, path := range []string{"/v1/picture", "/v1/go"} {
		f.send(t, http.MethodHead, path+"?ad_id="+theAd+"&key=head", "", "")
	}
	if len(f.logged(t)) != before {
		t.Error("looking at an address counts")
	}
	creative := creativeObject("120200000000000030", 0)
	feed := creative.Data["asset_feed_spec"].(map[string]any)
	feed["images"] = []any{map[string]any{"url": "javascript:alert(1)"}}
	ad := adObject("120200000000000031", theAdSet, 0)
	ad.Data["creative_id"] = creative.ID
	f.put(t, []*store.Object{creative, ad}...)
	if w, _ := f.get(t, "/v1/picture?key=k&ad_id="+ad.ID); w.Header.Get("Location") != "" {
		t.Errorf("a picture that is no address leads to %s", w.Header.Get("Location"))
	}
}
