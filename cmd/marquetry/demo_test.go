package main

import (
	"bytes"
	"context"
	"net"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry"
	"github.com/marquetry/marquetry/client"
)

// tell plays a short story on a new instance at a given time, and returns its result and what a reader saw.
func tell(t *testing.T, now time.Time) (*result, string) {
	t.Helper()
	server, err := marquetry.New(t.Context(), marquetry.Config{Data: t.TempDir(), Seed: 3, ManualLearning: true})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stopped := make(chan error, 1)
	go func() { stopped <- server.Run(ctx) }()
	web := httptest.NewServer(server.Handler())
	defer func() {
		web.Close()
		stop()
		if err := unlessCancelled(<-stopped); err != nil {
			t.Error(err)
		}
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	}()
	api, err := client.New(web.URL, server.Fresh.Token)
	if err != nil {
		t.Fatal(err)
	}
	defer api.Close()
	var out bytes.Buffer
	s := &story{api: api, base: web.URL, token: "mq_token", seed: 3, impressions: 1500, now: now, page: newPage(&out), bar: newBar(&out)}
	r, err := s.play(ctx)
	if err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	s.invite()
	r.Seconds = 0
	return r, out.String()
}

// TestStoryIsTheSameAtAnotherTime: nothing but how long it took may depend on the clock.
func TestStoryIsTheSameAtAnotherTime(t *testing.T) {
	t.Parallel()
	now := time.Now()
	first, page := tell(t, now)
	second, _ := tell(t, now.Add(-29*time.Hour-17*time.Minute))
	if diff := cmp.Diff(first, second, cmp.Exporter(func(reflect.Type) bool { return true })); diff != "" {
		t.Error(diff)
	}
	for _, part := range []string{"1  Larder Lane", "108 combinations", "2  1,500 visits", "young families", "mug.jpg", "3  What", "Learning state", "4  Yours", "curl -s"} {
		if !strings.Contains(page, part) {
			t.Errorf("the page does not say %q:\n%s", part, page)
		}
	}
	if strings.Contains(page, "\x1b") {
		t.Error("colours without a terminal")
	}
	for line := range strings.Lines(page) {
		if utf8.RuneCountInString(line) > 101 { // with its end
			t.Errorf("over 100 columns: %s", line)
		}
	}
}

func TestPeriodFitsTheBudget(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 5, 42, 7, 0, time.UTC)
	for impressions, days := range map[int]int{1: 8, 30_000: 8, 64_000: 8, 64_001: 9, 1_000_000: 125} {
		from, span := period(now, impressions)
		if span != time.Duration(days)*24*time.Hour || !from.Add(span).Equal(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("%d impressions: from %v for %v", impressions, from, span)
		}
	}
}

func TestListenNearTakesTheNextPort(t *testing.T) {
	t.Parallel()
	taken, err := listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taken.Close() })
	next, err := listenNear(t.Context(), taken.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = next.Close() })
	if next.Addr().(*net.TCPAddr).Port <= taken.Addr().(*net.TCPAddr).Port {
		t.Errorf("%v is taken, got %v", taken.Addr(), next.Addr())
	}
}

func TestGroup(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 30_000: "30,000", 1_234_567: "1,234,567"} {
		if got := group(n); got != want {
			t.Errorf("%d is written %s", n, got)
		}
	}
}
