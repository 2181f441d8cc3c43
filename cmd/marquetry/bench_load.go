package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// load is a load over keep-alive connections. Without a rate every connection sends its next request when it has the answer to the
// last; with one, each request has its time, from which its latency counts when no connection was free to send it. Where one was, and woke up late,
// it counts from when it was sent; but a server in the same process may be what kept it from waking, so that P99Due counts from its time always. It writes prepared bytes to the socket, because a full HTTP client would take more of
// the two cores than the server.
type load struct {
	addr        string             // host:port on this machine
	connections int                //
	requests    int64              // how many in all
	rate        float64            // requests per second in all; 0 is as many as are answered
	request     func(int64) []byte // bytes of the n-th request, from 0; called concurrently
}

// measured is what a load found.
type measured struct {
	PerSecond float64 `json:"per_second"`
	P50       float64 `json:"p50_ms"`
	P99       float64 `json:"p99_ms"`
	P99Due    float64 `json:"p99_due_ms,omitempty"` // from when requests were due, of a load with a rate
	Bytes     int64   `json:"bytes"`                // mean size of an answer's body
}

// wait is how long a request took since it was sent, and since it was due.
type wait struct{ sent, due time.Duration }

// run sends the whole load and fails on the first answer that is not a 200.
func (l load) run(ctx context.Context) (measured, error) {
	var next, size atomic.Int64
	took := make([][]wait, l.connections)
	failed := make([]error, l.connections)
	start := time.Now()
	var wg sync.WaitGroup
	for c := range l.connections {
		wg.Go(func() {
			took[c], failed[c] = l.connection(ctx, start, &next, &size)
		})
	}
	wg.Wait()
	elapsed := time.Since(start)
	if err := errors.Join(failed...); err != nil {
		return measured{}, err
	}
	all := slices.Concat(took...)
	ms := func(q float64, since func(wait) time.Duration) float64 {
		slices.SortFunc(all, func(a, b wait) int { return cmp.Compare(since(a), since(b)) })
		return float64(since(all[int(q*float64(len(all)-1))]).Microseconds()) / 1000
	}
	sent := func(w wait) time.Duration { return w.sent }
	m := measured{PerSecond: float64(len(all)) / elapsed.Seconds(), P50: ms(0.50, sent), P99: ms(0.99, sent), Bytes: size.Load() / int64(len(all))}
	if l.rate > 0 {
		m.P99Due = ms(0.99, func(w wait) time.Duration { return w.due })
	}
	return m, nil
}

// connection is one keep-alive connection's share of the load; it returns the time that each of its requests took.
func (l load) connection(ctx context.Context, start time.Time, next, size *atomic.Int64) ([]wait, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", l.addr)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close() }()
	in := bufio.NewReaderSize(conn, 16<<10)
	var took []wait
	for {
		n := next.Add(1) - 1
		if n >= l.requests || ctx.Err() != nil {
			return took, ctx.Err()
		}
		sent := time.Now()
		due := sent
		if l.rate > 0 {
			due = start.Add(time.Duration(float64(n) / l.rate * float64(time.Second)))
			if sent = due; time.Until(due) > 0 {
				time.Sleep(time.Until(due))
				sent = time.Now()
			}
		}
		if _, err := conn.Write(l.request(n)); err != nil {
			return nil, err
		}
		body, err := answer(in)
		if err != nil {
			return nil, fmt.Errorf("request %d: %w", n, err)
		}
		took = append(took, wait{time.Since(sent), time.Since(due)})
		size.Add(body)
	}
}

// answer reads one response and returns the length of its body.
func answer(in *bufio.Reader) (int64, error) {
	resp, err := http.ReadResponse(in, nil)
	if err != nil {
		return 0, err
	}
	defer func() { _ = resp.Body.Close() }()
	n, err := io.Copy(io.Discard, resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("status %s", resp.Status)
	}
	return n, err
}
