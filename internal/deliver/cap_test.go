package deliver

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/store"
)

// capsObject is stored caps of so many impressions in so many days.
func capsObject(days, most int64) []any {
	return []any{map[string]any{"event": "IMPRESSIONS", "interval_days": days, "max_frequency": most}}
}

// cappedFixture has three ads in a set without budget; the first may be seen once in two days, the set twice a day, the campaign three times in a week.
func cappedFixture(t testing.TB) *fixture {
	t.Helper()
	f := newFixture(t, nil)
	made := noon.Add(-time.Hour).Unix()
	set, campaign, first := adSetObject(theAdSet, made), campaignObject(made), adObject(theAd, theAdSet, made)
	delete(set.Data, "daily_budget")
	set.Data["frequency_control_specs"] = capsObject(1, 2)
	campaign.Data["marquetry_frequency_caps"] = capsObject(7, 3)
	first.Data["marquetry_frequency_caps"] = capsObject(2, 1)
	f.put(t, []*store.Object{campaign, set, first, adObject(theAd+"1", theAdSet, made), adObject(theAd+"2", theAdSet, made)}...)
	return f
}

// shownTo asks for so many ads and reports the impressions of those that come; it returns how many did, and why no more.
func (f *fixture) shownTo(t testing.TB, s *Service, req client.DecisionRequest) (int, string) {
	t.Helper()
	answer, err := s.Decide(t.Context(), req, sandboxCaller(), f.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range answer.Decisions {
		e, err := s.exposure(d.Token, f.clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.record(t.Context(), []eventlog.Event{exposureEvent(eventlog.Impression, e, e.At)}); err != nil {
			t.Fatal(err)
		}
	}
	return len(answer.Decisions), answer.Reason
}

// TestCaps shows ads to one viewer day by day, three slots at a time, up to the caps of ad, set and campaign, by two
// servers in turns: one starts anew, the other follows the log.
func TestCaps(t *testing.T) {
	t.Parallel()
	for name, dated := range map[string]bool{"live": false, "at a named time": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := cappedFixture(t)
			var got []string
			for day := range 9 {
				req := client1()
				req.Count = 3
				if dated {
					req.Time = f.clock.Now().Format(time.RFC3339)
				}
				service := f.Service
				if day%2 == 1 {
					service = f.restarted(t)
				} else if err := f.follow(t.Context()); err != nil {
					t.Fatal(err)
				}
				n, why := f.shownTo(t, service, req)
				got = append(got, fmt.Sprint(n, why))
				f.clock.advance(24 * time.Hour)
			}
			if want := []string{"2", "1", "0frequency_cap", "0frequency_cap", "0frequency_cap", "0frequency_cap", "0frequency_cap", "2", "1"}; !slices.Equal(got, want) {
				t.Errorf("%q", got)
			}
		})
	}
}

// restarted is another server on the same database and log.
func (f *fixture) restarted(t testing.TB) *Service {
	t.Helper()
	again, err := New(t.Context(), f.cfg, f.db, f.log, f.folder, f.sources, f.Service.log)
	if err == nil {
		err = again.Warm(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	return again
}

// TestClaimsHoldAndLapse asks many times at once: places are claimed at once, and given up ten minutes later unless there was an impression.
func TestClaimsHoldAndLapse(t *testing.T) {
	t.Parallel()
	f := cappedFixture(t)
	var mu sync.Mutex
	total := 0
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			req := client1()
			req.Count = 2
			answer, err := f.Decide(t.Context(), req, Caller{Base: "https://ads.example"}, f.clock.Now())
			mu.Lock()
			defer mu.Unlock()
			if total += len(answer.Decisions); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if total != 2 {
		t.Errorf("%d decisions under a cap of 2", total)
	}
	f.clock.advance(11 * time.Minute)
	if n, why := f.shownTo(t, f.Service, client1()); n != 1 {
		t.Errorf("claims do not lapse: %s", why)
	}
}

// TestNewCapsCountWhatWas sets a cap on an ad that was shown before: what was shown counts.
func TestNewCapsCountWhatWas(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.shownTo(t, f.Service, client1())
	if err := f.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	f.clock.advance(time.Hour)
	first := adObject(theAd, theAdSet, noon.Add(-time.Hour).Unix())
	first.Data["marquetry_frequency_caps"] = capsObject(1, 1)
	f.put(t, first)
	if err := f.recallNew(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n, _ := f.shownTo(t, f.Service, client1()); n != 0 {
		t.Error("shown again")
	}
}
