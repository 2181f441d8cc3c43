package client

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"time"
)

// request is one call before it is sent; its body is kept so that it can be sent again.
type request struct {
	method      string
	url         string
	contentType string // of body; empty when there is none
	body        []byte
	repeatable  bool // sending it twice does what sending it once does
	public      bool // goes without the token: tracking addresses are called by browsers
}

// answer is what came back: a success or a redirect.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// send carries out a request and repeats it when that is safe and may help: after a transport failure if it is repeatable or never
// left this machine, and after an error that the server calls transient.
func (c *Client) send(ctx context.Context, r request) (*answer, error) {
	pause := c.pause
	for attempt := 0; ; attempt++ {
		a, err := c.once(ctx, r)
		if err == nil || attempt >= c.retries || !retryable(r, err) || ctx.Err() != nil {
			return a, err
		}
		if wait(ctx, jitter(pause)) != nil {
			return nil, err
		}
		pause *= 2
	}
}

// once makes one attempt.
func (c *Client) once(ctx context.Context, r request) (*answer, error) {
	var body io.Reader
	if r.body != nil {
		body = bytes.NewReader(r.body)
	}
	req, err := http.NewRequestWithContext(ctx, r.method, r.url, body)
	if err != nil {
		return nil, fmt.Errorf("building the request: %w", err)
	}
	req.Header.Set("User-Agent", c.agent)
	if r.contentType != "" {
		req.Header.Set("Content-Type", r.contentType)
	}
	if c.token != "" && !r.public {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, &transportError{err}
	}
	defer resp.Body.Close() //nolint:errcheck // everything wanted has been read
	content, err := c.readBody(resp.Body)
	if err != nil {
		return nil, err
	}
	if err := failure(resp.StatusCode, content); err != nil {
		return nil, err
	}
	return &answer{status: resp.StatusCode, header: resp.Header, body: content}, nil
}

// transportError is a failure below HTTP: nothing is known of what the server did.
type transportError struct{ cause error }

// Error is the cause's text, which net/http has already given the method and address.
func (e *transportError) Error() string { return e.cause.Error() }

// Unwrap gives the cause, so that errors.Is finds a cancelled context.
func (e *transportError) Unwrap() error { return e.cause }

// retryable reports whether sending r again may help and can do no harm.
func retryable(r request, err error) bool {
	if api, ok := errors.AsType[*Error](err); ok {
		return api.Transient
	}
	if _, ok := errors.AsType[*transportError](err); !ok {
		return false
	}
	op, ok := errors.AsType[*net.OpError](err)
	return r.repeatable || (ok && op.Op == "dial")
}

// jitter spreads a pause over its upper half, so that clients that failed together do not come back together.
func jitter(d time.Duration) time.Duration {
	return d/2 + time.Duration(rand.Int64N(int64(d/2)+1))
}

// wait pauses until d has passed or ctx ends.
func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
