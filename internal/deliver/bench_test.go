package deliver

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/marquetry/marquetry/client"
)

// decisionBody is the request of the benchmarks.
const decisionBody = `{"adset_id":"` + theAdSet + `","placement":"MOBILE_FEED_STANDARD","viewer":{"id":"8f14e45f-ceea-467f","age":"25-34","gender":"female","country":"US","device":"mobile"}}`

// BenchmarkDecide measures decisions in process up to the bytes of the answer, on one core.
func BenchmarkDecide(b *testing.B) {
	f := newFixture(b, nil)
	f.openBudget(b)
	f.play(b, 0, 600)
	f.learn(b)
	var req client.DecisionRequest
	if err := json.Unmarshal([]byte(decisionBody), &req); err != nil {
		b.Fatal(err)
	}
	caller := Caller{Base: "http://127.0.0.1:8080"}
	var answer []byte
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		made, err := f.choose(&req, caller, noon)
		if err != nil {
			b.Fatal(err)
		}
		answer = made.appendTo(answer[:0])
	}
	b.ReportMetric(float64(len(answer)), "bytes/decision")
}

// BenchmarkDecideHTTP measures decisions over keep-alive connections beside a bare handler that writes the same bytes, load and server
// on the same cores. ratio is decisions per second over those of the bare handler, measured in turns so that other work on the machine
// hits both alike; p50 and p99 are in microseconds.
func BenchmarkDecideHTTP(b *testing.B) {
	f := newFixture(b, nil)
	f.openBudget(b)
	f.play(b, 0, 600)
	f.learn(b)
	_, sample := f.send(b, http.MethodPost, "/v1/decisions", decisionBody, "")
	bare := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(sample)))
		_, _ = w.Write([]byte(sample))
	}))
	b.Cleanup(bare.Close)
	b.Run("bare", func(b *testing.B) { load(b, bare.Listener.Addr().String(), b.N).report(b) })
	b.Run("marquetry", func(b *testing.B) {
		const rounds = 10
		var ours, theirs measured
		for range rounds {
			b.StopTimer()
			theirs.add(load(b, bare.Listener.Addr().String(), b.N/rounds+1))
			b.StartTimer()
			ours.add(load(b, f.server.Listener.Addr().String(), b.N/rounds+1))
		}
		ours.report(b)
		b.ReportMetric(ours.rate()/theirs.rate(), "ratio")
		b.ReportMetric(float64(len(sample)), "bytes/decision")
	})
}

// connections is how many clients ask at once.
const connections = 8

// measured is how long requests took, each and all together.
type measured struct {
	each []time.Duration
	all  time.Duration
}

// add joins another measurement.
func (m *measured) add(o measured) { m.each, m.all = append(m.each, o.each...), m.all+o.all }

// rate is requests per second.
func (m measured) rate() float64 { return float64(len(m.each)) / m.all.Seconds() }

// report writes the metrics of a sub-benchmark.
func (m measured) report(b *testing.B) {
	b.Helper()
	slices.Sort(m.each)
	b.ReportMetric(m.rate(), "requests/s")
	b.ReportMetric(float64(m.each[len(m.each)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(m.each[len(m.each)*99/100].Microseconds()), "p99-µs")
}

// load sends requests over keep-alive connections, written and read by hand so that the load costs little.
func load(b *testing.B, address string, requests int) measured {
	b.Helper()
	request := []byte("POST /v1/decisions HTTP/1.1\r\nHost: " + address + "\r\nContent-Type: application/json\r\nContent-Length: " +
		strconv.Itoa(len(decisionBody)) + "\r\n\r\n" + decisionBody)
	times := make([][]time.Duration, connections)
	var clients sync.WaitGroup
	start := time.Now()
	for i := range connections {
		clients.Go(func() { times[i] = drive(b, address, request, requests/connections+1) })
	}
	clients.Wait()
	return measured{slices.Concat(times...), time.Since(start)}
}

// drive sends a request so many times over one connection, each after the answer to the one before, and returns how long each took.
func drive(b *testing.B, address string, request []byte, times int) []time.Duration {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		b.Error(err)
		return nil
	}
	defer func() { _ = conn.Close() }() // everything was read
	took := make([]time.Duration, 0, times)
	buf := make([]byte, 64<<10)
	for range times {
		start := time.Now()
		if _, err := conn.Write(request); err != nil {
			b.Error(err)
			return took
		}
		if err := readAnswer(conn, buf); err != nil {
			b.Error(err)
			return took
		}
		took = append(took, time.Since(start))
	}
	return took
}

// readAnswer reads one answer that has a Content-Length.
func readAnswer(conn net.Conn, buf []byte) error {
	for read := 0; ; {
		n, err := conn.Read(buf[read:])
		if err != nil {
			return err
		}
		read += n
		head := bytes.Index(buf[:read], []byte("\r\n\r\n"))
		if head < 0 {
			continue
		}
		_, rest, _ := bytes.Cut(buf[:head], []byte("Content-Length: "))
		digits, _, _ := bytes.Cut(rest, []byte("\r\n"))
		length, err := strconv.Atoi(string(digits))
		if err != nil {
			return err
		}
		if read >= head+4+length {
			return nil
		}
	}
}
