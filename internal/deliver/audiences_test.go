package deliver

import (
	"testing"
	"time"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/audience"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// theList is the audience of the tests.
const theList = "120200000000000050"

// upload changes who is in the audience.
func (f *fixture) upload(t testing.TB, change audience.Change, ids ...string) {
	t.Helper()
	var members []audience.Member
	for _, id := range ids {
		members = append(members, audience.MemberOf(id))
	}
	err := f.db.Write(t.Context(), func(tx store.Tx) error {
		o, err := tx.Object(t.Context(), theList)
		if err != nil {
			return err
		}
		if err := audience.Apply(t.Context(), tx, o, change, members); err != nil {
			return err
		}
		return tx.Update(t.Context(), o)
	})
	if err == nil {
		err = f.refresh(t.Context(), objectsOnly)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// aim gives the ad set a targeting in the United States, and hours.
func (f *fixture) aim(t testing.TB, targeting map[string]any, schedule ...any) {
	t.Helper()
	o := adSetObject(theAdSet, noon.Unix()-3600)
	for name, v := range targeting {
		object.Members(o.Data, "targeting")[name] = v
	}
	o.Data["adset_schedule"] = schedule
	f.put(t, o)
}

// reason is why nothing is shown, "" when something is.
func (f *fixture) reason(t testing.TB, req client.DecisionRequest) string {
	t.Helper()
	answer, err := f.Decide(t.Context(), req, sandboxCaller(), f.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	return answer.Reason
}

func TestAudiences(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.put(t, &store.Object{ID: theList, Type: audience.Type, AccountID: theAccount, Status: "ACTIVE", Data: map[string]any{"subtype": "CUSTOM"}})
	f.aim(t, map[string]any{"custom_audiences": []any{map[string]any{"id": theList}}})
	check := func(when string, want map[string]string) {
		t.Helper()
		for id, reason := range want {
			for _, req := range []client.DecisionRequest{{AdSetID: theAdSet}, {AccountID: theAccount}, {AdID: theAd}} {
				req.Viewer.ID = id
				if got := f.reason(t, req); got != reason {
					t.Errorf("%s, %q of %+v: %q, want %q", when, id, req, got, reason)
				}
			}
		}
	}
	check("empty", map[string]string{"ada": "targeting", "": "targeting"})
	f.upload(t, audience.Add, "ada", "bob")
	check("two in", map[string]string{"ada": "", "Bob": "", "eve": "targeting", "": "targeting"})
	f.upload(t, audience.Remove, "ada")
	check("one out", map[string]string{"ada": "targeting", "bob": ""})
	f.upload(t, audience.Replace, "eve")
	check("anew", map[string]string{"bob": "targeting", "eve": ""})
	f.aim(t, map[string]any{"excluded_custom_audiences": []any{map[string]any{"id": theList}}})
	check("excluded", map[string]string{"bob": "", "eve": "targeting", "": ""})
	gone := &store.Object{ID: theList, Type: audience.Type, AccountID: theAccount, Status: "DELETED", Data: map[string]any{"subtype": "CUSTOM", "revision": int64(4)}}
	f.put(t, gone)
	check("deleted", map[string]string{"eve": ""})
	f.aim(t, map[string]any{"custom_audiences": []any{map[string]any{"id": theList}}})
	check("deleted and asked for", map[string]string{"eve": "targeting"})
}

func TestDayparts(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil) // its account is in Los Angeles
	part := func(clock string) map[string]any {
		return map[string]any{"start_minute": int64(540), "end_minute": int64(600), "days": []any{int64(0)}, "timezone_type": clock}
	}
	for _, c := range []struct{ clock, zone, at, want string }{
		{"ADVERTISER", "", "2026-11-22T17:30:00Z", ""}, // Sunday, 9:30 in winter
		{"ADVERTISER", "", "2026-11-22T16:30:00Z", "targeting"},
		{"ADVERTISER", "", "2027-03-14T16:30:00Z", ""}, // the day on which summer begins
		{"ADVERTISER", "Europe/Vienna", "2026-11-22T08:30:00Z", "targeting"},
		{"USER", "Europe/Vienna", "2026-11-22T08:30:00Z", ""},
		{"USER", "+01:00", "2026-11-22T08:30:00Z", ""},
		{"USER", "-08:00", "2026-11-22T08:30:00Z", "targeting"},
		{"USER", "Atlantis", "2026-11-22T17:30:00Z", ""},
		{"USER", "", "2026-11-22T17:30:00Z", ""},
	} {
		f.aim(t, nil, part(c.clock))
		for _, req := range []client.DecisionRequest{{AdSetID: theAdSet}, {AccountID: theAccount}} {
			req.Time, req.Viewer.Timezone = c.at, c.zone
			if got := f.reason(t, req); got != c.want {
				t.Errorf("%+v: %q", c, got)
			}
		}
	}
}

// TestDaypartsWhereClocksChange has hours of a Sunday that come twice, or not at all, in Los Angeles, and a night that goes over midnight.
func TestDaypartsWhereClocksChange(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	part := func(from, to, day int64) map[string]any {
		return map[string]any{"start_minute": 60 * from, "end_minute": 60 * to, "days": []any{day}}
	}
	for _, c := range []struct {
		parts []any
		want  map[string]string
	}{
		{[]any{part(1, 2, 0)}, map[string]string{"2026-11-01T07:59:59Z": "targeting", "2026-11-01T08:00:00Z": "", "2026-11-01T09:59:59Z": "", "2026-11-01T10:00:00Z": "targeting"}},
		{[]any{part(2, 3, 0)}, map[string]string{"2027-03-14T09:59:59Z": "targeting", "2027-03-14T10:00:00Z": "targeting", "2027-03-21T09:00:00Z": ""}},
		{[]any{part(22, 24, 6), part(0, 2, 0)}, map[string]string{
			"2026-11-22T05:59:59Z": "targeting", "2026-11-22T06:00:00Z": "", "2026-11-22T07:59:59Z": "", "2026-11-22T08:00:00Z": "", "2026-11-22T10:00:00Z": "targeting",
		}},
	} {
		f.aim(t, nil, c.parts...)
		for at, want := range c.want {
			if got := f.reason(t, client.DecisionRequest{AccountID: theAccount, Time: at}); got != want {
				t.Errorf("%v at %s: %q, want %q", c.parts, at, got, want)
			}
		}
	}
}

// Runs begin and end between two snapshots, and where the sandbox names the time.
func TestRosterOfManyAds(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	ended := adSetObject("120200000000000060", 0)
	ended.Data["end_time"] = noon.Add(time.Minute).Unix()
	later := adSetObject("120200000000000061", 0)
	later.Data["start_time"] = noon.Add(time.Minute).Unix()
	f.put(t, ended, later, adObject("120200000000000062", ended.ID, 0), adObject("120200000000000063", later.ID, 0))
	for at, want := range map[time.Duration][]string{
		-time.Hour: {theAd, "120200000000000062"}, 0: {theAd, "120200000000000062"}, time.Minute: {theAd, "120200000000000063"},
	} {
		found := map[string]bool{}
		answer, err := f.Decide(t.Context(), client.DecisionRequest{AccountID: theAccount, Count: 5}, sandboxCaller(), noon.Add(at))
		for _, d := range answer.Decisions {
			found[d.AdID] = true
		}
		if err != nil || len(found) != len(want) || !found[want[0]] || !found[want[1]] {
			t.Errorf("%v after noon: %v, want %v, %v", at, found, want, err)
		}
	}
}
