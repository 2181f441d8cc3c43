package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/marquetry/marquetry"
)

// beside loads the decision endpoint and a bare handler in turns.
func (c benchDeliverCmd) beside(ctx context.Context, base, account string, all spread, d *decision) error {
	body, err := json.Marshal(all.asks(account, 1))
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, base+"/v1/decisions", bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	_, answer, err := exchange(r)
	if err != nil {
		return err
	}
	requests, err := all.bodies(hostOf(base), account)
	if err != nil {
		return err
	}
	decisions := load{addr: hostOf(base), connections: c.Connections, requests: int64(c.Requests), request: func(n int64) []byte { return requests[n%viewers] }}
	if d.HTTP, d.Bare, d.Ratio, err = decisions.beside(ctx, answer, c.Rounds); err != nil {
		return err
	}
	decisions.rate = d.HTTP.PerSecond / 2
	d.Half, d.BareHalf, _, err = decisions.beside(ctx, answer, c.Rounds)
	return err
}

// beside loads the server and a bare handler in turns, and returns of each the round with the median p99, and the median of the rounds' ratios. The
// bare one reads the same requests and writes the given answer under the same server settings, so that what lies between the two is the work.
func (l load) beside(ctx context.Context, answer []byte, rounds int) (ours, bare measured, ratio float64, err error) {
	same := l
	addr, stop, err := bareServer(ctx, answer)
	if err != nil {
		return ours, bare, 0, err
	}
	defer stop()
	same.addr = addr
	var us, them []measured
	var ratios []float64
	for range rounds {
		if bare, err = same.run(ctx); err != nil {
			return ours, bare, 0, fmt.Errorf("bare handler: %w", err)
		}
		if ours, err = l.run(ctx); err != nil {
			return ours, bare, 0, err
		}
		us, them, ratios = append(us, ours), append(them, bare), append(ratios, ours.PerSecond/bare.PerSecond)
	}
	return usual(us), usual(them), median(ratios), nil
}

// usual is the round with the median p99.
func usual(rounds []measured) measured {
	return slices.SortedFunc(slices.Values(rounds), func(a, b measured) int { return cmp.Compare(a.P99, b.P99) })[len(rounds)/2]
}

// exchange sends a request, and returns its bytes as they go over the wire, and the answer's body.
func exchange(r *http.Request) (request, answer []byte, err error) {
	body, err := r.GetBody()
	if err != nil {
		return nil, nil, err
	}
	var wire bytes.Buffer
	if err := r.Write(&wire); err != nil {
		return nil, nil, err
	}
	r.Body = body
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err = io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s: %s", r.URL.Path, resp.Status, answer)
	}
	return wire.Bytes(), answer, err
}

// bareServer serves fixed bytes on a free port until stop is called.
func bareServer(ctx context.Context, body []byte) (addr string, stop func(), err error) {
	listener, err := listen(ctx, "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{ReadHeaderTimeout: headerTimeout, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write(body)
	})}
	go func() { _ = server.Serve(listener) }()
	return listener.Addr().String(), func() { _ = server.Close() }, nil
}

// events takes tokens from decisions and reports each one's impression once; an answer means that the event is on disk.
func (c benchDeliverCmd) events(ctx context.Context, server *marquetry.Server, base, account string, b *benched) error {
	requests := make([][]byte, c.Requests)
	for i := range requests {
		got, err := server.Decide(ctx, asking(account, int64(i)), base)
		if err := shown(got, err); err != nil {
			return err
		}
		u, err := url.Parse(got.Decisions[0].ImpressionURL)
		if err != nil {
			return err
		}
		b.TokenBytes = len(got.Decisions[0].Token)
		requests[i] = fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n", u.RequestURI(), hostOf(base))
	}
	impressions := load{addr: hostOf(base), connections: c.Connections, requests: int64(len(requests)), request: func(n int64) []byte { return requests[n] }}
	var err error
	b.Events, err = impressions.run(ctx)
	return err
}

// hostOf is the host and port of an address such as http://127.0.0.1:8080.
func hostOf(base string) string {
	u, err := url.Parse(base)
	if err != nil {
		return base
	}
	return u.Host
}
