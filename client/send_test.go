package client_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/marquetry/marquetry/client"
)

func TestRetries(t *testing.T) {
	t.Parallel()
	const transient = `{"error":{"message":"later","code":2,"is_transient":true}}`
	const final = `{"error":{"message":"never","code":100}}`
	get := func(c *client.Client) error { _, err := c.Get(t.Context(), "1", nil); return err }
	post := func(c *client.Client) error { _, err := c.Post(t.Context(), "1", nil); return err }
	decide := func(c *client.Client) error {
		_, err := c.Decide(t.Context(), client.DecisionRequest{AdID: "1"})
		return err
	}
	tests := map[string]struct {
		send   func(c *client.Client) error
		fail   string // body of failing answers; "drop" closes the connection instead
		fails  int32  // how many requests fail before one succeeds
		sent   int32  // requests that arrive
		passes bool
	}{
		"transient once":          {get, transient, 1, 2, true},
		"transient on a write":    {post, transient, 1, 2, true},
		"transient for ever":      {get, transient, 99, 3, false},
		"a refusal is final":      {get, final, 99, 1, false},
		"dropped read":            {get, "drop", 2, 3, true},
		"dropped write":           {post, "drop", 99, 1, false},
		"dropped decision":        {decide, "drop", 1, 2, true},
		"dropped read, every one": {get, "drop", 99, 3, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var sent atomic.Int32
			c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				switch n := sent.Add(1); {
				case n > test.fails:
					fmt.Fprint(w, `{"id":"1"}`)
				case test.fail == "drop":
					panic(http.ErrAbortHandler)
				default:
					w.WriteHeader(http.StatusBadRequest)
					fmt.Fprint(w, test.fail)
				}
			}, client.WithHTTPClient(oneShot()))
			err := test.send(c)
			if (err == nil) != test.passes || sent.Load() != test.sent {
				t.Errorf("error %v after %d requests, want success %v after %d", err, sent.Load(), test.passes, test.sent)
			}
		})
	}
}

// oneShot opens a connection for each request: net/http repeats requests on its own when a reused connection breaks, which
// would be counted as ours.
func oneShot() *http.Client {
	return &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
}

func TestWriteIsRepeatedWhenItCannotHaveArrived(t *testing.T) {
	t.Parallel()
	var dials atomic.Int32
	refused := &net.OpError{Op: "dial", Err: errors.New("connection refused")}
	h := &http.Client{Transport: &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
		dials.Add(1)
		return nil, refused
	}}}
	c, err := client.New("http://127.0.0.1:1", "", client.WithHTTPClient(h), client.WithRetries(2, time.Millisecond))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Post(t.Context(), "1", nil); !errors.Is(err, refused.Err) {
		t.Errorf("error %v", err)
	}
	if dials.Load() != 3 {
		t.Errorf("%d attempts", dials.Load())
	}
}

func TestCancelledContextEndsRetries(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	var sent atomic.Int32
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		sent.Add(1)
		cancel()
		w.WriteHeader(http.StatusServiceUnavailable)
	}, client.WithRetries(5, time.Hour))
	if _, err := c.Get(ctx, "1", nil); err == nil {
		t.Error("no error")
	}
	if sent.Load() != 1 {
		t.Errorf("%d requests", sent.Load())
	}
}
