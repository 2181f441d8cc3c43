package deliver

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/eventlog"
)

// TestExposuresCount compares with a count of all different times, in whatever order they came.
func TestExposuresCount(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		times := rapid.SliceOfN(rapid.Int64Range(1, 20), 0, 8).Draw(t, "times")
		e := newExposures()
		for _, at := range times {
			e.add(7, 1, at, false)
			e.add(7, 2, 1, false)
			e.add(0, 1, 1, false)
		}
		slices.Sort(times)
		now, sandbox := rapid.Int64Range(0, 21).Draw(t, "now"), rapid.Bool().Draw(t, "sandbox")
		before := 0
		for _, at := range slices.Compact(times) {
			if at < now || at == now && !sandbox {
				before++
			}
		}
		want := "4+"
		if before < 3 {
			want = []string{"1", "2-3", "2-3"}[before]
		}
		if got := e.of(&query{viewer: 7, now: time.UnixMilli(now), sandbox: sandbox}, 1); got != want {
			t.Fatalf("shown %v, at %d it is %s", times, now, got)
		}
		if e.of(&query{now: noon}, 1) != "" || e.of(&query{viewer: 8, now: noon}, 1) != "1" {
			t.Fatal("who is not known was never shown anything")
		}
	})
}

// TestExposuresAreBounded shows an ad to more viewers than are remembered: the oldest are forgotten, the latest are not.
func TestExposuresAreBounded(t *testing.T) {
	t.Parallel()
	e := newExposures()
	const viewers = 2 * rememberedPairs
	for v := range uint64(viewers) {
		e.add(v+1, 1, 1, false)
	}
	if n := e.times.Len(); n > rememberedPairs {
		t.Errorf("%d pairs are remembered, want at most %d", n, rememberedPairs)
	}
	for v, want := range map[uint64]string{1: "1", viewers: "2-3", viewers - rememberedPairs/4: "2-3"} {
		if got := e.of(&query{viewer: v, now: noon}, 1); got != want {
			t.Errorf("viewer %d of %d: %s", v, viewers, got)
		}
	}
}

// TestExposureIsInTheToken shows an ad four times to a viewer; decisions know, also after a restart, and those at an earlier time do not.
func TestExposureIsInTheToken(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	ask := func(s *Service, req client.DecisionRequest) *eventlog.Exposure {
		answer, err := s.Decide(t.Context(), req, sandboxCaller(), f.clock.Now())
		if err != nil || len(answer.Decisions) != 1 {
			t.Fatal(answer, err)
		}
		e, err := s.exposure(answer.Decisions[0].Token, f.clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	var seen []string
	for range 5 {
		f.clock.advance(time.Minute)
		e := ask(f.Service, client1())
		seen = append(seen, e.Context.Exposure)
		for range 2 { // the second is a replay
			if _, err := f.record(t.Context(), []eventlog.Event{exposureEvent(eventlog.Impression, e, e.At)}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if want := []string{"1", "2-3", "2-3", "4+", "4+"}; !slices.Equal(seen, want) {
		t.Errorf("%v, want %v", seen, want)
	}
	f.clock.advance(time.Minute)
	again := f.restarted(t)
	early, stranger := client1(), client1()
	early.Time = noon.Add(90 * time.Second).Format(time.RFC3339)
	stranger.Viewer.ID = ""
	for _, s := range []*Service{f.Service, again} {
		if got := fmt.Sprint(ask(s, client1()).Context.Exposure, ask(s, early).Context.Exposure, ask(s, stranger).Context.Exposure); got != "4+2-3" {
			t.Errorf("now, at the second time, to nobody known: %s", got)
		}
	}
}
