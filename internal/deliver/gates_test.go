package deliver

import (
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// cheap is the fixture's ad set with a budget of so many impressions a day.
func cheap(impressions int64) *store.Object {
	set := adSetObject(theAdSet, 0)
	set.Data["daily_budget"] = impressions / 2 // at 5.00 a thousand
	return set
}

// live asks one of the services for an ad at its own time, and returns its token and why there is none.
func live(t *testing.T, s *Service, now time.Time) (token, reason string) {
	t.Helper()
	answer, err := s.Decide(t.Context(), client1(), Caller{Base: "https://ads.example"}, now)
	if err != nil {
		t.Fatal(err)
	}
	if len(answer.Decisions) == 0 {
		return "", answer.Reason
	}
	return answer.Decisions[0].Token, ""
}

// see reports an impression.
func (f *fixture) see(t *testing.T, token string) {
	t.Helper()
	if w, body := f.get(t, "/t/i?d="+token); w.StatusCode != http.StatusOK {
		t.Fatal(body)
	}
}

// TestBudgetLive hands out no more than a budget holds, gives back what was not seen, and begins anew at the account's midnight.
func TestBudgetLive(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.put(t, cheap(6))
	f.learn(t)
	ask := func(want string) string {
		t.Helper()
		token, reason := live(t, f.Service, f.clock.Now())
		if reason != want {
			t.Fatalf("%s: reason %q, want %q", f.clock.Now(), reason, want)
		}
		return token
	}
	for i := range 6 {
		if token := ask(""); i < 4 {
			f.see(t, token)
		}
	}
	ask("pacing") // two are on their way, or lost
	f.clock.advance(2 * time.Minute)
	f.learn(t)
	f.see(t, ask(""))
	f.see(t, ask(""))
	f.learn(t)
	f.clock.advance(time.Second)
	ask("budget_spent")
	f.clock.advance(20 * time.Hour) // 12:00 in London is 4:00 in Los Angeles
	ask("")
}

// TestHeldBudgetIsNamed asks why an ad does not show whose set has nothing left to hand out.
func TestHeldBudgetIsNamed(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.put(t, cheap(6))
	f.learn(t)
	for range 6 {
		live(t, f.Service, f.clock.Now())
	}
	req := client.DecisionRequest{AdID: theAd, Explain: true, Viewer: client.Viewer{Country: "US"}}
	answer, err := f.Decide(t.Context(), req, Caller{Base: "http://127.0.0.1", Reads: func(string) bool { return true }}, f.clock.Now())
	if err != nil || answer.Reason != "pacing" || len(answer.Excluded) != 1 || answer.Excluded[0].Rule != "adset.budget" ||
		!strings.Contains(answer.Excluded[0].Message, "0 USD shown today, 0.03 USD not yet seen") {
		t.Errorf("%+v, %v", answer, err)
	}
}

// TestSharedBudget has four processes spend one budget: none of it twice, all of it in the end, also when one of them ends.
func TestSharedBudget(t *testing.T) {
	t.Parallel()
	storetest.Each(t, sharedBudget)
}

// sharedBudget is the test on one database.
func sharedBudget(t *testing.T, db *store.DB) {
	f := newFixtureOn(t, db, func(c *Config) { c.SharedBudgets = true })
	const impressions = 400
	f.put(t, cheap(impressions))
	all := []*Service{f.Service}
	for i := range 3 {
		s, err := New(t.Context(), f.cfg, f.db, f.log, f.folder, Sources{Now: f.clock.Now, Random: newSeeded(byte(2 + i))}, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	second := func(living []*Service) {
		t.Helper()
		for _, s := range living {
			if err := s.beat(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := f.folder.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, s := range living {
			if err := s.refresh(t.Context(), whatIsDue); err != nil {
				t.Fatal(err)
			}
		}
		f.clock.advance(time.Second)
	}
	second(all)
	second(all)
	numbers := map[uint8]bool{}
	for _, s := range all {
		numbers[s.gates.peers.number] = true
	}
	if len(numbers) != len(all) {
		t.Fatalf("numbers %v", numbers)
	}
	shown := 0
	spend := func(living []*Service, seconds int) {
		t.Helper()
		for range seconds {
			for i, s := range living {
				for range 3 * (i + 1) {
					if token, _ := live(t, s, f.clock.Now()); token != "" {
						f.see(t, token)
						shown++
					}
				}
			}
			second(living)
		}
	}
	spend(all, 12)
	before := shown
	if before == 0 || before > impressions {
		t.Fatalf("%d impressions of %d", before, impressions)
	}
	f.clock.advance(10 * time.Hour)
	spend(all[:2], 10) // the others are silent
	if shown <= before || shown > impressions {
		t.Errorf("%d impressions of %d, %d before two processes ended", shown, impressions, before)
	}
	if share := all[1].gates.standing(theAccount, theAdSet, f.clock.Now()).Share; share < 0.5 {
		t.Errorf("the busier of two has a share of %v", share)
	}
	if pulse := all[1].gates.standing(theAccount, theAdSet, f.clock.Now()).Pulse; pulse < 0.5 || pulse > 2 {
		t.Errorf("it is %v times as busy as expected", pulse)
	}
	token, reason := live(t, all[3], f.clock.Now())
	if token != "" || reason != "pacing" {
		t.Errorf("a process that the others take for ended shows ads: %q", reason)
	}
}

// TestDemand counts requests by quarter hour, and has the days to come follow them.
func TestDemand(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	for range 2 {
		for range 3000 {
			live(t, f.Service, f.clock.Now())
		}
		if err := f.beat(t.Context()); err != nil {
			t.Fatal(err)
		}
		f.clock.advance(24 * time.Hour)
	}
	live(t, f.Service, f.clock.Now())
	if err := f.beat(t.Context()); err != nil {
		t.Fatal(err)
	}
	busy := func(account string) (part float64) {
		for _, w := range f.gates.demand[account].shape.Load()[4*4-2 : 4*4+3] { // around noon in London
			part += w
		}
		return part
	}
	if got := busy(theAccount); got < 0.7 {
		t.Errorf("the busy hour has %v of the day", got)
	}
	if got := countRows(t, f.db, "pace_demand"); got != 2*3 {
		t.Errorf("%d quarter hours, want 3 of the account and of all", got)
	}
	f.gates.demand["2"] = newDemand()
	f.gates.demand["2"].zone = f.gates.demand[theAccount].zone
	err := f.db.Read(t.Context(), func(tx store.Tx) error { return f.reshape(t.Context(), tx, "2", f.clock.Now()) })
	if got := busy("2"); err != nil || got < 0.7 {
		t.Errorf("the busy hour of an account without a past has %v of the day: %v", got, err)
	}
}

// countRows counts the rows of a table.
func countRows(t *testing.T, db *store.DB, table string) (n int) {
	t.Helper()
	err := db.Read(t.Context(), func(tx store.Tx) error {
		return tx.QueryRow(t.Context(), "SELECT COUNT(*) FROM "+table).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestCalendar makes days of 23, 24 and 25 hours, and spreads over them what may be spent.
func TestCalendar(t *testing.T) {
	t.Parallel()
	shape := newDemand().shape.Load()
	for name, c := range map[string]struct {
		zone, day string
		hours     float64
	}{
		"an ordinary one":          {"America/New_York", "2026-11-22", 24},
		"summer time begins":       {"America/New_York", "2026-03-08", 23},
		"summer time ends":         {"America/New_York", "2026-11-01", 25},
		"there is no midnight":     {"Africa/Cairo", "2026-04-24", 23},
		"a day begins twice":       {"America/Havana", "2026-11-01", 25},
		"by half an hour":          {"Australia/Lord_Howe", "2026-04-05", 24.5},
		"beyond the date line":     {"Pacific/Kiritimati", "2026-11-22", 24},
		"behind the date line":     {"Pacific/Pago_Pago", "2026-11-22", 24},
		"quarter hours off London": {"Asia/Kathmandu", "2026-11-22", 24},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		at, err := time.ParseInLocation("2006-01-02 15", c.day+" 12", zone)
		if err != nil {
			t.Fatal(err)
		}
		course := course{zone: zone}
		d := course.on(dayOf(at, zone), shape)
		if got := float64(d.End-d.Start) / 3600e3; got != c.hours {
			t.Errorf("%s: %v hours, want %v", name, got, c.hours)
		}
		if first, last := time.UnixMilli(d.Start), time.UnixMilli(d.End-1); dayOf(first, zone) != d.Number || dayOf(last, zone) != d.Number || dayOf(first.Add(-1), zone) >= d.Number {
			t.Errorf("%s: from %s to %s", name, first.In(zone), last.In(zone))
		}
		if got := d.Before(d.End); got < 0.9 || got > 1.1 {
			t.Errorf("%s: traffic of %v days", name, got)
		}
	}
}

// TestCourse spreads a lifetime budget over its hours, and raises a daily one by a period.
func TestCourse(t *testing.T) {
	t.Parallel()
	shape := newDemand().shape.Load()
	hours := weekOf(map[string]any{"adset_schedule": []any{map[string]any{"start_minute": int64(540), "end_minute": int64(1020), "days": []any{int64(1), int64(2)}}}})
	monday := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	run := course{budget: budget{hours: hours}, zone: time.UTC, end: monday.AddDate(0, 0, 8).Unix()} // until Tuesday week
	d := run.on(dayOf(monday, time.UTC), shape)
	if busy := d.Traffic(); d.Before(monday.Add(9*time.Hour).UnixMilli()) != 0 || busy <= 0 || fmt.Sprintf("%.3f", d.Later) != fmt.Sprintf("%.3f", 2*busy) {
		t.Errorf("on Monday %v, later %v", busy, d.Later)
	}
	raised := course{budget: budget{daily: 100}, zone: time.UTC, minor: 1, periods: []period{
		{start: monday.Add(12 * time.Hour).Unix(), end: monday.Add(36 * time.Hour).Unix(), value: 50, percent: true},
		{start: monday.Add(18 * time.Hour).Unix(), end: monday.Add(20 * time.Hour).Unix(), value: 75},
	}}
	d = raised.on(dayOf(monday, time.UTC), shape)
	if even := (&course{zone: time.UTC}).on(d.Number, shape); d.Raise != 25+75 || d.Before(monday.Add(12*time.Hour).UnixMilli())/d.Traffic() >= even.Before(monday.Add(12*time.Hour).UnixMilli()) {
		t.Errorf("raised by %d, half of the day %v", d.Raise, d.Before(monday.Add(12*time.Hour).UnixMilli()))
	}
}
