package remote

import (
	"compress/gzip"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/marquetry/marquetry/internal/generate/server"
	"github.com/marquetry/marquetry/internal/generate/text"
)

// behind is a model behind any handler.
func behind(t *testing.T, h http.HandlerFunc, change func(*Config)) *Model {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return at(t, server.URL, change)
}

// at is a model at an address.
func at(t *testing.T, address string, change func(*Config)) *Model {
	t.Helper()
	return dialed(t, &fake{replies: []reply{chat(good)}}, OpenAI, func(c *Config) {
		c.BaseURL = address
		if change != nil {
			change(c)
		}
	})
}

// asking asks a model once. Whatever goes wrong, the error must hold neither the key nor the text.
func asking(t *testing.T, m *Model) (int, error) {
	t.Helper()
	got, err := m.Candidates(t.Context(), asked(), text.Body)
	if err != nil && (strings.Contains(err.Error(), key) || strings.Contains(err.Error(), "Handmade oak")) {
		t.Errorf("the error gives away too much: %v", err)
	}
	return len(got.Candidates), err
}

// wants checks that an error says something.
func wants(t *testing.T, err error, says string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), says) {
		t.Errorf("error %v, want %q", err, says)
	}
}

// TestBomb checks that the limit is on what comes out of a compressed answer.
func TestBomb(t *testing.T) {
	m := behind(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		for range 64 {
			_, _ = z.Write(make([]byte, 1<<20))
		}
		_ = z.Close()
	}, nil)
	_, err := asking(t, m)
	wants(t, err, "longer than")
}

// TestTrickle checks that a server which sends a byte now and then is given up as one that sends none.
func TestTrickle(t *testing.T) {
	m := behind(t, func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			_, _ = io.WriteString(w, " ")
			_ = http.NewResponseController(w).Flush()
			time.Sleep(5 * time.Millisecond)
		}
	}, func(c *Config) { c.Timeout = 100 * time.Millisecond })
	began := time.Now()
	_, err := asking(t, m)
	if wants(t, err, "it took longer than 100ms"); time.Since(began) > 2*time.Second {
		t.Errorf("given up after %s", time.Since(began))
	}
}

// TestRedirect checks that neither the question nor the key goes where a server points.
func TestRedirect(t *testing.T) {
	var visited atomic.Bool
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { visited.Store(true) }))
	t.Cleanup(elsewhere.Close)
	for _, status := range []int{301, 302, 303, 307, 308} {
		m := behind(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere.URL, status) }, nil)
		_, err := asking(t, m)
		wants(t, err, "redirects are not followed")
	}
	if visited.Load() {
		t.Error("followed")
	}
}

// TestHTTPS speaks HTTP/2 with a certificate that is trusted, and does not speak at all with one that is not.
func TestHTTPS(t *testing.T) {
	var proto atomic.Value
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		proto.Store(r.Proto)
		_, _ = io.WriteString(w, chat(good).body)
	}))
	server.EnableHTTP2 = true
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	m := at(t, server.URL, nil)
	_, err := asking(t, m)
	wants(t, err, "certificate")
	if proto.Load() != nil {
		t.Error("asked without trust")
	}
	pool := x509.NewCertPool()
	pool.AddCert(server.Certificate())
	transport := m.client.Transport.(*http.Transport)
	transport.TLSClientConfig.RootCAs = pool
	transport.CloseIdleConnections()
	if n, err := asking(t, m); err != nil || n != 2 || proto.Load() != "HTTP/2.0" {
		t.Errorf("%d texts over %v, %v", n, proto.Load(), err)
	}
	noTLS := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(noTLS.Close)
	_, err = asking(t, at(t, strings.Replace(noTLS.URL, "http:", "https:", 1), nil))
	wants(t, err, "HTTP response to HTTPS client")
}

// TestErrorBodies checks what is kept of what servers say, which may quote all that they were sent.
func TestErrorBodies(t *testing.T) {
	for name, test := range map[string]struct {
		status     int
		body, says string
	}{
		"message":    {404, `{"error":{"message":"model 'test' not found","type":"x"}}`, "status 404: model 'test' not found (is the base URL right"},
		"short form": {401, `{"error":"no such key"}`, "status 401: no such key (is the key right?)"},
		"key":        {401, `{"error":{"message":"Bad key: Bearer ` + key + `!"}}`, "Bad key: Bearer [key]!"},
		"half a key": {401, `{"error":{"message":"Bad key: ` + key[:12] + `…"}}`, "Bad key: [key]…"},
		"prompt":     {422, `{"error":{"message":"too long: Handmade oak tables. in messages"}}`, "too long: [text]"},
		"prompt, raw": {422, `input: {\"primary_text\":\"Handmade oak tables.\"}`,
			"status 422: input:"},
		"key at the cut": {500, strings.Repeat("x", mostExcerpt-5) + key, "status 500: xxx"},
		"page":           {502, "<!DOCTYPE html><html><body><h1>Bad Gateway " + key + "</h1>", "status 502: a page instead of an answer"},
		"terminal":       {500, "a\x1b[2J\x00\u202eb", "status 500: a [2J b"},
		"nothing":        {500, " \n ", "status 500: (empty)"},
		"page as answer": {200, "<html>", "not what the protocol says"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := asking(t, dialed(t, &fake{replies: []reply{{status: test.status, body: test.body}}}, OpenAI, nil))
			if wants(t, err, test.says); len(err.Error()) > 500 || strings.Contains(err.Error(), key[:server.LeastOfKey]) || strings.Contains(err.Error(), "oak tables") {
				t.Errorf("%v", err)
			}
		})
	}
}

// TestLeftAlone checks that a server is asked again no earlier than it wants, and that a text which a model refuses is no failure of
// its server: others have other texts.
func TestLeftAlone(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	f := &fake{replies: []reply{{status: 429, head: map[string]string{"Retry-After": "120"}}, chat(good)}}
	m := dialed(t, f, OpenAI, func(c *Config) { c.Now = func() time.Time { return now } })
	_, err := asking(t, m)
	wants(t, err, "status 429")
	now = now.Add(119 * time.Second)
	_, err = asking(t, m)
	wants(t, err, "left alone")
	now = now.Add(2 * time.Second)
	if n, err := asking(t, m); n != 2 || err != nil || f.asked.Load() != 2 {
		t.Errorf("%d texts of %d requests, %v", n, f.asked.Load(), err)
	}
	for name, a := range map[string]reply{
		"declined": {status: 200, body: `{"choices":[{"message":{"refusal":"no"}}]}`}, "noise": chat("?"), "filtered": {status: 400, body: `{"error":{"code":"content_filter"}}`},
	} {
		f = &fake{replies: []reply{a}}
		m = dialed(t, f, OpenAI, nil)
		for range server.MostFailures + 1 {
			if _, err := asking(t, m); err == nil || errors.Is(err, errRests) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if h := m.habits.get(); h != (habit{}) {
			t.Errorf("%s taught %+v", name, h)
		}
	}
}

// TestAbandoned checks that a caller who leaves neither closes nor opens the breaker.
func TestAbandoned(t *testing.T) {
	m := dialed(t, &fake{replies: []reply{{status: 200, after: time.Minute}}}, OpenAI, nil)
	for range server.MostFailures - 1 {
		m.breaker.Bad(0)
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	if _, err := m.Candidates(ctx, asked(), text.Body); err == nil || !m.breaker.Allows() {
		t.Errorf("%v, and the server is left alone", err)
	}
	if m.breaker.Bad(0); m.breaker.Allows() {
		t.Error("the failures before are forgotten")
	}
}

// TestAtOnce checks that one server is not asked everything at once.
func TestAtOnce(t *testing.T) {
	var busy, most atomic.Int64
	m := behind(t, func(w http.ResponseWriter, _ *http.Request) {
		if n := busy.Add(1); n > most.Load() {
			most.Store(n)
		}
		time.Sleep(10 * time.Millisecond)
		busy.Add(-1)
		_, _ = io.WriteString(w, chat(good).body)
	}, nil)
	done := make(chan error)
	for range 5 * mostAtOnce {
		go func() {
			_, err := m.Candidates(t.Context(), asked(), text.Body)
			done <- err
		}()
	}
	for range 5 * mostAtOnce {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if most.Load() > mostAtOnce {
		t.Errorf("%d at once", most.Load())
	}
}

// TestGone checks that a server which is not there, or hangs up, is told apart from one that answers, and tried again.
func TestGone(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + listener.Addr().String()
	_ = listener.Close()
	_, err = asking(t, at(t, address, nil))
	wants(t, err, "no answer: dial tcp")
	var asked atomic.Int64
	m := behind(t, func(w http.ResponseWriter, _ *http.Request) {
		if asked.Add(1) == 1 {
			panic(http.ErrAbortHandler)
		}
		_, _ = io.WriteString(w, chat(good).body)
	}, nil)
	if n, err := asking(t, m); n != 2 || err != nil {
		t.Errorf("%d texts, %v", n, err)
	}
}

// TestLongInputs checks that a prompt stays within what small servers take, whatever an account has collected, and keeps what matters most.
func TestLongInputs(t *testing.T) {
	r := asked()
	long := strings.Repeat("word ", 1000)
	r.Message += long
	for i := range 200 {
		r.Past, r.PagePosts, r.Taken = append(r.Past, text.Past{Text: long}), append(r.PagePosts, long), append(r.Taken, fmt.Sprint(i, " taken"))
	}
	r.Guidelines.Excluded = []string{"cheap"}
	p, err := newPrompt(r, text.Body, strings.NewReader(strings.Repeat("x", 16)))
	if err != nil || len(p.system)+len(p.user) > mostData+4000 {
		t.Errorf("%d bytes, %v", len(p.system)+len(p.user), err)
	}
	for _, want := range []string{"Handmade oak tables", `"cheap"`, `"0 taken"`, "wordˆword"} {
		if !strings.Contains(p.user, want) {
			t.Errorf("the prompt lacks %s", want)
		}
	}
}

// TestProxy asks through the proxy that the environment names, which net/http looks up once in a process: so in another one.
func TestProxy(t *testing.T) {
	if os.Getenv("MODEL_BEHIND_PROXY") != "" {
		if n, err := asking(t, at(t, "http://model.invalid/v1", nil)); n != 2 || err != nil {
			t.Errorf("%d texts, %v", n, err)
		}
		return
	}
	var asked atomic.Value
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Store(r.URL.String())
		_, _ = io.WriteString(w, chat(good).body)
	}))
	t.Cleanup(proxy.Close)
	self := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestProxy$")
	self.Env = append(os.Environ(), "MODEL_BEHIND_PROXY=1", "NO_PROXY=", "HTTP_PROXY="+proxy.URL)
	if out, err := self.CombinedOutput(); err != nil || asked.Load() != "http://model.invalid/v1/chat/completions" {
		t.Errorf("the proxy was asked for %v: %v\n%s", asked.Load(), err, out)
	}
}
