// Package eventlogtest holds what every eventlog.Log must do.
package eventlogtest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/marquetry/marquetry/internal/eventlog"
)

// Open opens the log that is kept in a directory; opening the same directory after Close finds the same events.
type Open func(dir string) (eventlog.Log, error)

// Run checks an implementation.
func Run(t *testing.T, open Open) {
	t.Helper()
	for name, check := range map[string]func(*testing.T, Open){
		"round trip": roundTrip, "duplicates": duplicates, "concurrent appenders": concurrent, "reading": reading, "about": about,
		"appended": appended, "reopening": reopening, "refusals": refusals, "closing": closing,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			check(t, open)
		})
	}
}

// start opens an empty log, which is closed with the test.
func start(t *testing.T, open Open) eventlog.Log {
	t.Helper()
	return resume(t, open, t.TempDir())
}

// resume opens the log in dir, which is closed with the test.
func resume(t *testing.T, open Open, dir string) eventlog.Log {
	t.Helper()
	log, err := open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := log.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return log
}

// add appends events and returns their receipts.
func add(t *testing.T, log eventlog.Log, events ...eventlog.Event) []eventlog.Receipt {
	t.Helper()
	receipts, err := log.Append(t.Context(), events)
	if err != nil {
		t.Fatal(err)
	}
	return receipts
}

// about: events of an ad are found between two positions, and texts that look like its id are not.
func about(t *testing.T, open Open) {
	log := start(t, open)
	of := func(ad, device string) eventlog.Event {
		return eventlog.Event{Kind: eventlog.Impression, Exposure: &eventlog.Exposure{AdID: ad, Context: eventlog.Context{Device: device}}}
	}
	add(t, log, of("7", ""), of("8", `"ad":"7"`), of("77", ""), of("7", "x"), keyed("7"), of("7", "y"))
	for _, test := range []struct {
		after, upTo int64
		want        []int64
	}{{0, 9, []int64{1, 4, 6}}, {1, 5, []int64{4}}, {6, 9, nil}} {
		events, err := log.About(t.Context(), "7", test.after, test.upTo)
		if err != nil {
			t.Fatal(err)
		}
		var got []int64
		for _, e := range events {
			got = append(got, e.Seq)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("after %d up to %d: %v, want %v", test.after, test.upTo, got, test.want)
		}
	}
}

// keyed is a small event with a key.
func keyed(key string) eventlog.Event { return eventlog.Event{Kind: eventlog.Click, At: 1, Key: key} }

// roundTrip: every field reads back.
func roundTrip(t *testing.T, open Open) {
	log := start(t, open)
	want := []eventlog.Event{
		{Kind: eventlog.Impression, At: -5, Key: "ключ\x00'", Exposure: &eventlog.Exposure{
			Decision: math.MaxUint64, At: math.MaxInt64, AdID: "1", CreativeID: "2", Slots: []uint8{0, 255, 3}, Viewer: math.MaxUint64,
			Context:    eventlog.Context{Age: "25-34", Gender: "female", Country: "PL", Region: "Łódź <&>", Placement: "P", Device: "mobile"},
			Propensity: 0.1234567890123456, Price: math.MinInt64, Policy: "uniform", Sandbox: true,
		}},
		{Kind: eventlog.Conversion, At: 7, Outcome: &eventlog.Outcome{
			PixelID: "1", AccountID: "2", Name: "Purchase", EventID: "e", Viewer: 3, Value: 4, Currency: "USD", Source: "website",
		}},
		{Kind: eventlog.Click},
	}
	receipts := add(t, log, want...)
	if diff := cmp.Diff([]eventlog.Receipt{{Seq: 1}, {Seq: 2}, {Seq: 3}}, receipts); diff != "" {
		t.Errorf("receipts (-want +got):\n%s", diff)
	}
	got, err := log.Read(t.Context(), 0, 10)
	for i := range want {
		want[i].Seq = int64(i + 1)
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

// duplicates: a key is logged once, within a call and across calls; no position is lost to a duplicate; events without key differ.
func duplicates(t *testing.T, open Open) {
	log := start(t, open)
	first := add(t, log, keyed("a"), keyed("b"), keyed("a"), keyed(""), keyed(""))
	again := add(t, log, keyed("b"), keyed("c"), keyed("a"))
	want := []eventlog.Receipt{{Seq: 1}, {Seq: 2}, {Duplicate: true}, {Seq: 3}, {Seq: 4}, {Duplicate: true}, {Seq: 5}, {Duplicate: true}}
	if diff := cmp.Diff(want, append(first, again...)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for key, at := range map[string]int64{"a": 1, "c": 5, "d": 0} {
		if found, err := log.Find(t.Context(), key); err != nil || (found != nil) != (at != 0) || found != nil && (found.Seq != at || found.Key != key) {
			t.Errorf("Find(%q) = %+v, %v", key, found, err)
		}
	}
	if last, err := log.Last(t.Context()); last != 5 || err != nil {
		t.Errorf("Last = %d, %v", last, err)
	}
}

// concurrent: appenders that share keys get each position once, and one of them gets each key.
func concurrent(t *testing.T, open Open) {
	log := start(t, open)
	const appenders, each = 16, 60
	seqs := make([][]int64, appenders)
	var all sync.WaitGroup
	for a := range appenders {
		all.Go(func() {
			for i := range each {
				receipts, err := log.Append(t.Context(), []eventlog.Event{keyed(fmt.Sprint("own ", a, " ", i)), keyed(fmt.Sprint("shared ", i))})
				if err != nil {
					t.Error(err)
					return
				}
				for _, r := range receipts {
					if !r.Duplicate {
						seqs[a] = append(seqs[a], r.Seq)
					}
				}
			}
		})
	}
	all.Wait()
	for a := range seqs {
		if !slices.IsSorted(seqs[a]) {
			t.Errorf("appender %d got positions out of order", a)
		}
	}
	if got := slices.Sorted(slices.Values(slices.Concat(seqs...))); !slices.Equal(got, upTo(appenders*each+each)) {
		t.Errorf("%d positions, not 1 to %d", len(got), appenders*each+each)
	}
}

// upTo returns 1 to n.
func upTo(n int64) []int64 {
	all := make([]int64, n)
	for i := range all {
		all[i] = int64(i + 1)
	}
	return all
}

// reading: from a position, up to a limit, in order.
func reading(t *testing.T, open Open) {
	log := start(t, open)
	for i := range 10 {
		add(t, log, keyed(fmt.Sprint(i)))
	}
	for _, c := range []struct {
		after int64
		limit int
		want  []int64
	}{{0, 3, []int64{1, 2, 3}}, {7, 3, []int64{8, 9, 10}}, {8, 100, []int64{9, 10}}, {10, 5, nil}, {99, 5, nil}, {0, 0, nil}} {
		events, err := log.Read(t.Context(), c.after, c.limit)
		var got []int64
		for _, e := range events {
			got = append(got, e.Seq)
		}
		if diff := cmp.Diff(c.want, got, cmpopts.EquateEmpty()); diff != "" || err != nil {
			t.Errorf("Read(%d, %d): %v (-want +got):\n%s", c.after, c.limit, err, diff)
		}
	}
}

// appended: a channel taken before an append is closed after it, when the event can be read.
func appended(t *testing.T, open Open) {
	log := start(t, open)
	for want := int64(1); want <= 3; want++ {
		next := log.Appended()
		select {
		case <-next:
			t.Fatal("told of an append before there was one")
		default:
		}
		add(t, log, keyed(""))
		<-next
		if last, err := log.Last(t.Context()); last != want || err != nil {
			t.Errorf("Last = %d, %v; want %d", last, err, want)
		}
	}
}

// reopening: events, positions and keys outlive the process.
func reopening(t *testing.T, open Open) {
	dir := t.TempDir()
	log := resume(t, open, dir)
	add(t, log, keyed("a"), keyed("b"))
	name := identity(t, log)
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	log = resume(t, open, dir)
	if again, other := identity(t, log), identity(t, start(t, open)); name == "" || again != name || other == name {
		t.Errorf("identity %q, reopened %q, of another log %q", name, again, other)
	}
	if diff := cmp.Diff([]eventlog.Receipt{{Duplicate: true}, {Seq: 3}}, add(t, log, keyed("b"), keyed("c"))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// identity is the log's.
func identity(t *testing.T, log eventlog.Log) string {
	t.Helper()
	id, err := log.Identity(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// refusals: a call that cannot be logged whole leaves nothing behind.
func refusals(t *testing.T, open Open) {
	log := start(t, open)
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := log.Append(ended, []eventlog.Event{keyed("")}); err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("with an ended context: %v", err)
	}
	before, err := log.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string]eventlog.Event{
		"not a number": {Exposure: &eventlog.Exposure{Propensity: math.NaN()}},
		"too long":     {Exposure: &eventlog.Exposure{Policy: strings.Repeat("x", 1<<20)}},
	} {
		if _, err := log.Append(t.Context(), []eventlog.Event{keyed("fine"), bad}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if receipts, err := log.Append(t.Context(), nil); len(receipts) != 0 || err != nil {
		t.Errorf("appending nothing: %v, %v", receipts, err)
	}
	if receipts := add(t, log, keyed("fine")); receipts[0].Duplicate || receipts[0].Seq > before+2 {
		t.Errorf("after the refusals %+v, with %d events before", receipts[0], before)
	}
}

// closing: whatever was accepted is answered and kept, and later appends are refused.
func closing(t *testing.T, open Open) {
	dir := t.TempDir()
	log := resume(t, open, dir)
	var all sync.WaitGroup
	var mu sync.Mutex
	var acknowledged int64
	started := make(chan struct{}, 8)
	for range cap(started) {
		all.Go(func() {
			for n := 0; ; n++ {
				_, err := log.Append(context.Background(), []eventlog.Event{keyed("")})
				if errors.Is(err, eventlog.ErrClosed) {
					return
				}
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				acknowledged++
				mu.Unlock()
				if n == 0 {
					started <- struct{}{}
				}
			}
		})
	}
	for range cap(started) {
		<-started
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	all.Wait()
	if last, err := resume(t, open, dir).Last(t.Context()); last != acknowledged || err != nil {
		t.Errorf("%d events in the log, %v; %d acknowledged", last, err, acknowledged)
	}
}
