package client_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry/client"
)

// start runs a server for one test and returns its address.
func start(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

// connect makes a client that retries without waiting long.
func connect(t *testing.T, base string, options ...client.Option) *client.Client {
	t.Helper()
	options = append([]client.Option{client.WithRetries(2, time.Millisecond)}, options...)
	c, err := client.New(base, "mq_secret", options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// serve is a client of a server that lives for one test.
func serve(t *testing.T, handler http.HandlerFunc, options ...client.Option) *client.Client {
	t.Helper()
	return connect(t, start(t, handler), options...)
}

func TestNewRefusesBadAddresses(t *testing.T) {
	t.Parallel()
	for _, base := range []string{"", "127.0.0.1:8080", "ftp://host", "http://", "http://a b"} {
		if _, err := client.New(base, ""); err == nil {
			t.Errorf("New(%q) gave no error", base)
		}
	}
}

func TestTokenTravelsInTheHeaderOnly(t *testing.T) {
	t.Parallel()
	var seen *http.Request
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		seen = r
		w.Write([]byte(`{"id":"1"}`))
	}, client.WithUserAgent("shop/1"))
	if _, err := c.Get(t.Context(), "me", nil); err != nil {
		t.Fatal(err)
	}
	if got := seen.Header.Get("Authorization"); got != "Bearer mq_secret" {
		t.Errorf("Authorization is %q", got)
	}
	if got := seen.UserAgent(); got != "shop/1" {
		t.Errorf("User-Agent is %q", got)
	}
	if strings.Contains(seen.URL.String(), "secret") {
		t.Errorf("the token is in the address %s", seen.URL)
	}
}

func TestAnswerOverTheLimitIsAnError(t *testing.T) {
	t.Parallel()
	body := `{"id":"` + strings.Repeat("1", 100) + `"}`
	for limit, fine := range map[int64]bool{int64(len(body)): true, int64(len(body)) - 1: false} {
		c := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(body)) }, client.WithMaxBody(limit))
		if _, err := c.Get(t.Context(), "1", nil); (err == nil) != fine {
			t.Errorf("limit %d for %d bytes: error %v", limit, len(body), err)
		}
	}
}

func TestTokenNeverLeavesForAnotherHost(t *testing.T) {
	t.Parallel()
	other := start(t, func(_ http.ResponseWriter, r *http.Request) { t.Errorf("a request reached another host: %s", r.URL) })
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Write([]byte(`{"data":[],"paging":{"next":"` + other + `/act_1/ads"}}`))
	})
	var last error
	for _, err := range c.List(t.Context(), "act_1/ads", nil) {
		last = err
	}
	if last == nil {
		t.Error("a next page on another host gave no error")
	}
}
