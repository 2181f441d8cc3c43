package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/marquetry/marquetry/client"
)

// Money of the benchmark, in millionths: what an impression costs at the usual price, and the minor unit of its account.
const (
	benchPrice    = 5000
	microsPerCent = 10_000
)

// wires is how many connections there are to each server.
const wires = 64

// passers come by one ad set of several servers, each at a time of its own; some see the ad a moment later, and report it to any of the servers.
type passers struct {
	benchPacingCmd
	set   string
	hosts []string
	free  []chan *wire // by host
	start time.Time

	refused, seen atomic.Int64
	mu            sync.Mutex
	curve         []int64 // of those who came in each second, how many saw the ad
}

// wire is a connection to a server.
type wire struct {
	net.Conn
	in *bufio.Reader
}

// newPassers prepares them.
func newPassers(c benchPacingCmd, set string, hosts []string) *passers {
	p := &passers{benchPacingCmd: c, set: set, hosts: hosts, curve: make([]int64, c.Seconds)}
	for range hosts {
		free := make(chan *wire, wires)
		for range wires {
			free <- &wire{}
		}
		p.free = append(p.free, free)
	}
	return p
}

// close closes the connections, once all have come.
func (p *passers) close() {
	for _, free := range p.free {
		for range wires {
			if w := <-free; w.Conn != nil {
				_ = w.Close()
			}
		}
	}
}

// come has so many of them come by.
func (p *passers) come(ctx context.Context, people int64) error {
	group, ctx := errgroup.WithContext(ctx)
	p.start = time.Now()
	for n := range people {
		time.Sleep(time.Until(p.start.Add(time.Duration(float64(n) / p.Peak * float64(time.Second)))))
		if ctx.Err() != nil {
			break
		}
		group.Go(func() error { return p.pass(ctx, n) })
	}
	return group.Wait()
}

// pass is one visit.
func (p *passers) pass(ctx context.Context, n int64) error {
	rng := rand.New(rand.NewPCG(p.Seed, uint64(n))) //nolint:gosec // not a secret
	at := p.server(rng)
	body, err := p.ask(ctx, at, fmt.Sprintf("/v1/decisions?adset_id=%s&country=US&viewer_id=%d", p.set, n))
	var answer client.DecisionResponse
	if err == nil {
		err = json.Unmarshal(body, &answer)
	}
	if err != nil {
		return fmt.Errorf("visit %d: %w", n, err)
	}
	if len(answer.Decisions) == 0 {
		p.refused.Add(1)
		return nil
	}
	if rng.Float64() >= p.Shown {
		return nil
	}
	time.Sleep(time.Duration(min(60, rng.ExpFloat64()*p.Delay) * float64(time.Second)))
	u, err := url.Parse(answer.Decisions[0].ImpressionURL)
	if err != nil {
		return err
	}
	if _, err := p.ask(ctx, p.server(rng), u.RequestURI()); err != nil {
		return fmt.Errorf("impression %d: %w", n, err)
	}
	p.seen.Add(1)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.curve[min(len(p.curve)-1, int(float64(n)/p.Peak))]++
	return nil
}

// server draws which server is asked, in the proportions of the splits.
func (p *passers) server(rng *rand.Rand) int {
	u := rng.Float64()
	for i := range min(len(p.hosts), len(p.Splits)) {
		if u -= p.Splits[i]; u < 0 {
			return i
		}
	}
	return len(p.hosts) - 1
}

// ask sends a GET to one of the servers and returns the body of its answer.
func (p *passers) ask(ctx context.Context, at int, path string) (body []byte, err error) {
	w := <-p.free[at]
	defer func() {
		if err != nil && w.Conn != nil {
			_ = w.Close()
			w.Conn = nil
		}
		p.free[at] <- w
	}()
	if w.Conn == nil {
		if w.Conn, err = (&net.Dialer{}).DialContext(ctx, "tcp", p.hosts[at]); err != nil {
			return nil, err
		}
		w.in = bufio.NewReader(w.Conn)
	}
	if _, err := fmt.Fprintf(w, "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n", path, p.hosts[at]); err != nil {
		return nil, err
	}
	answer, err := http.ReadResponse(w.in, nil)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	body, err = io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("status %s: %s", answer.Status, bytes.TrimSpace(body))
	}
	return body, err
}

// apart is the most that the curve of those who saw the ad is away from that of those who came, which is even.
func (p *passers) apart() (most float64) {
	sum := 0.0
	for i, n := range p.curve {
		sum += float64(n) / float64(max(1, p.seen.Load()))
		most = max(most, math.Abs(sum-float64(i+1)/float64(len(p.curve))))
	}
	return most
}
