package fetch_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry/internal/fetch"
	"github.com/marquetry/marquetry/internal/object"
)

// site answers what the cases ask for. Nothing that a request must not carry goes unnoticed.
func site(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/picture.png", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Cookie") != "" || r.Header.Get("Authorization") != "" {
			t.Error("the request carries", r.Header)
		}
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "b"})
		w.Header().Set("Content-Type", "image/png; charset=binary")
		fmt.Fprint(w, "pixels")
	})
	mux.HandleFunc("/text", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "words") })
	mux.HandleFunc("/long", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "image/png")
		w.(http.Flusher).Flush() // so that no length is announced
		_, _ = w.Write(make([]byte, 1001))
	})
	mux.HandleFunc("/packed", func(w http.ResponseWriter, _ *http.Request) {
		var small bytes.Buffer
		z := gzip.NewWriter(&small)
		_, _ = z.Write(make([]byte, 1001))
		_ = z.Close()
		w.Header().Set("Content-Type", "image/png")
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(small.Bytes())
	})
	mux.HandleFunc("/slow", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("/cut", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		fmt.Fprint(w, "x")
	})
	mux.HandleFunc("/hop/{left}", func(w http.ResponseWriter, r *http.Request) {
		var left int
		_, _ = fmt.Sscan(r.PathValue("left"), &left)
		to := "/picture.png"
		if left > 1 {
			to = fmt.Sprintf("/hop/%d", left-1)
		}
		http.Redirect(w, r, to, http.StatusFound)
	})
	mux.HandleFunc("/to", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.Query().Get("u"), http.StatusFound)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

// local lets a test fetch from its own server, at the one address where that listens.
func local() []netip.Prefix { return []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")} }

func TestGet(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.2:1")
	at := site(t).URL
	for path, rule := range map[string]string{
		"/picture.png": "", "/hop/5": "", "/hop/6": "fetch.status", "/gone": "fetch.status", "/text": "fetch.type", "/long": "fetch.size",
		"/packed": "fetch.size", "/slow": "fetch.timeout", "/to?u=http://127.0.0.2/": "fetch.address",
		"/to?u=file:///etc/passwd": "fetch.address", "/to?u=http://a:b@example.com/": "fetch.address", "/to?u=http://[::ffff:7f00:2]/": "fetch.address",
	} {
		t.Run(path, func(t *testing.T) {
			f := fetch.New(fetch.Config{Allow: local(), Timeout: 500 * time.Millisecond})
			got, err := f.Get(t.Context(), at+path, fetch.Want{Field: "url", MaxBytes: 1000, Types: []string{"image/"}, Code: 389})
			expect(t, err, rule)
			if rule == "" && (string(got.Data) != "pixels" || got.Type != "image/png" || got.Name != "picture.png") {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestAddresses(t *testing.T) {
	at := site(t).URL
	for address, rule := range map[string]string{
		at + "/text": "fetch.address", // a loopback address that nobody allowed
		strings.Replace(at, "127.0.0.1", "localhost", 1): "fetch.address",
		"http://name.invalid/":                           "fetch.address",
		"http://169.254.169.254/latest/meta-data/":       "fetch.address",
		"http://[::1]/":                                  "fetch.address",
		"http://[fe80::1%25eth0]/":                       "fetch.address",
		"http://2130706433/":                             "fetch.address",
		"ftp://example.com/":                             "fetch.address",
		"//example.com/":                                 "fetch.address",
		"http:///x":                                      "fetch.address",
		"http://u:p@example.com/":                        "fetch.address",
		"":                                               "fetch.address",
		"http://example.com/" + strings.Repeat("x", 5000): "fetch.address",
	} {
		t.Run(address[:min(len(address), 40)], func(t *testing.T) {
			_, err := fetch.New(fetch.Config{}).Get(t.Context(), address, fetch.Want{Field: "url", MaxBytes: 1000, Code: 389})
			expect(t, err, rule)
		})
	}
}

func TestCutOff(t *testing.T) {
	f := fetch.New(fetch.Config{Allow: local()})
	_, err := f.Get(t.Context(), site(t).URL+"/cut", fetch.Want{Field: "url", MaxBytes: 1000, Code: 389})
	expect(t, err, "fetch.reach")
}

// TestSilence leaves a host alone that hangs three times in a row, for as long as it should. One that answers in between is asked on.
func TestSilence(t *testing.T) {
	t.Parallel()
	const lasts = 2 * time.Second
	f := fetch.New(fetch.Config{Allow: local(), Timeout: 300 * time.Millisecond, Silence: lasts})
	from := site(t).URL
	get := func(path, rule string) {
		t.Helper()
		_, err := f.Get(t.Context(), from+path, fetch.Want{Field: "url", MaxBytes: 1000, Code: 389})
		expect(t, err, rule)
	}
	for _, path := range []string{"/slow", "/slow", "/none", "/slow", "/slow", "/slow"} {
		get(path, map[string]string{"/slow": "fetch.timeout", "/none": "fetch.status"}[path])
	}
	began := time.Now()
	get("/text", "fetch.timeout")
	time.Sleep(lasts - time.Since(began))
	get("/text", "")
}

// expect checks the rule that an error names, and that it blames the parameter.
func expect(t *testing.T, err error, rule string) {
	t.Helper()
	var fault *object.Fault
	switch {
	case rule == "" && err == nil:
	case !errors.As(err, &fault):
		t.Errorf("%v is no fault; want %q", err, rule)
	case fault.Rule != rule || fault.Path[0] != "url" || fault.Code != 389:
		t.Errorf("%+v; want %q", fault, rule)
	}
}
