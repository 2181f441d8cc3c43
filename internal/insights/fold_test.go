package insights

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// TestFoldDoesNotDependOnBatches folds one log in batches of several sizes, by folds with and without a memory, and again after a
// reset: the rollups are the same to the last byte.
func TestFoldDoesNotDependOnBatches(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		seed(t, db)
		events := traffic(400, 7)
		f := NewFold()
		var want string
		for _, size := range []int{400, 1, 7, 100} {
			fold(t, db, f, events, size)
			got := dump(t, db)
			if want == "" {
				want = got
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("batches of %d (-one batch +these):\n%s", size, diff)
			}
			if err := db.Write(t.Context(), func(tx store.Tx) error { return f.Reset(t.Context(), tx) }); err != nil {
				t.Fatal(err)
			}
			if got := dump(t, db); got != "" {
				t.Fatalf("after a reset there is:\n%s", got)
			}
			if size == 7 {
				f = NewFold()
			}
		}
	})
}

// TestFoldOrderOfContacts folds impressions and clicks backwards: counts, viewers and last touches don't depend on their order.
func TestFoldOrderOfContacts(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		seed(t, db)
		var contacts, backwards []eventlog.Event
		for _, e := range traffic(300, 8) {
			if e.Kind != eventlog.Conversion {
				contacts = append(contacts, e)
				backwards = append([]eventlog.Event{e}, backwards...)
			}
		}
		f := NewFold()
		fold(t, db, f, contacts, 50)
		want := dump(t, db)
		if err := db.Write(t.Context(), func(tx store.Tx) error { return f.Reset(t.Context(), tx) }); err != nil {
			t.Fatal(err)
		}
		fold(t, db, f, backwards, 50)
		if diff := cmp.Diff(want, dump(t, db)); diff != "" {
			t.Error(diff)
		}
	})
}

// TestFoldAttributes checks who is credited in the database, one story per row.
func TestFoldAttributes(t *testing.T) {
	t.Parallel()
	at := noon()
	saw := func(x *eventlog.Exposure) eventlog.Event {
		return eventlog.Event{Kind: eventlog.Impression, At: x.At, Exposure: x}
	}
	clicked := func(x *eventlog.Exposure) eventlog.Event {
		return eventlog.Event{Kind: eventlog.Click, At: x.At + 1000, Exposure: x}
	}
	foreign := show(1, at, 0, 0, 0)
	foreign.AdID, foreign.CreativeID = foreignAd, creativeB
	for name, c := range map[string]struct {
		events []eventlog.Event
		want   string // window and value of the one action, "" for none
	}{
		"by token, without a viewer":    {[]eventlog.Event{bought(at+day*2, 0, show(0, at, 0, 0, 0, 0, 0))}, `"7d_click",1,30000000`},
		"by the viewer's click":         {[]eventlog.Event{clicked(show(1, at, 0, 0, 0, 0, 0)), bought(at+day/2, 1, nil)}, `"1d_click",1,30000000`},
		"by the viewer's impression":    {[]eventlog.Event{saw(show(1, at, 0, 0, 0, 0, 0)), bought(at+day/2, 1, nil)}, `"1d_view",1,30000000`},
		"another viewer":                {[]eventlog.Event{saw(show(1, at, 0, 0, 0, 0, 0)), bought(at+day/2, 2, nil)}, ""},
		"an unknown viewer":             {[]eventlog.Event{saw(show(0, at, 0, 0, 0, 0, 0)), bought(at+day/2, 0, nil)}, ""},
		"too late":                      {[]eventlog.Event{saw(show(1, at, 0, 0, 0, 0, 0)), bought(at+day*2, 1, nil)}, ""},
		"an ad of another account":      {[]eventlog.Event{clicked(foreign), bought(at+day/2, 1, nil)}, ""},
		"a token of another account":    {[]eventlog.Event{bought(at+day/2, 0, foreign)}, ""},
		"a pixel of an unknown account": {[]eventlog.Event{clicked(show(1, at, 0, 0, 0, 0, 0)), {Kind: eventlog.Conversion, At: at, Outcome: &eventlog.Outcome{AccountID: "99", Viewer: 1}}}, ""},
		"the token's viewer when the token is old": {
			[]eventlog.Event{clicked(show(1, at, 0, 0, 0, 0, 0)), bought(at+day, 0, show(1, at-8*day, 0, 0, 0, 0, 0))}, `"1d_click",1,30000000`},
		"money of another currency is not counted": {func() []eventlog.Event {
			e := bought(at+1, 0, show(0, at, 0, 0, 0, 0, 0))
			e.Outcome.Currency = "EUR"
			return []eventlog.Event{e}
		}(), `"1d_click",1,0`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := storetest.SQLite(t)
			seed(t, db)
			fold(t, db, NewFold(), c.events, 1)
			var got string
			for line := range strings.Lines(dump(t, db)) {
				if rest, ok := strings.CutPrefix(line, "rollup_actions "); ok {
					_, window, _ := strings.Cut(rest, `"Purchase",`)
					got += strings.TrimSuffix(window, "]\n")
				}
			}
			if got != c.want {
				t.Errorf("actions: %s, want %s", got, c.want)
			}
		})
	}
}

// TestFoldUnknownAd checks that an event of an ad that is not there does not hold up the log.
func TestFoldUnknownAd(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	x := show(1, noon(), 0)
	fold(t, db, NewFold(), []eventlog.Event{{Kind: eventlog.Impression, At: noon(), Exposure: x}, {Kind: eventlog.Conversion, At: noon()}, {Kind: eventlog.Click}}, 3)
	if got := dump(t, db); got != "" {
		t.Errorf("rollups of nothing:\n%s", got)
	}
}

// TestFoldForgets folds a long log in batches of several sizes: of what is too old to be credited only the sandbox's is left, and the counts stay.
func TestFoldForgets(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		seed(t, db)
		var events []eventlog.Event
		for _, days := range []int64{90, 71, 69, 0} { // before the last one
			at := noon() - days*day
			old := show(1, at, 0, 0, 0, 0, 0)
			named := show(2, at, 0, 0, 0, 0, 0)
			named.Sandbox = true
			events = append(events, eventlog.Event{Kind: eventlog.Impression, At: at, Exposure: old}, eventlog.Event{Kind: eventlog.Click, At: at, Exposure: named},
				bought(at+1000, 1, nil))
		}
		want := ""
		for _, size := range []int{1, 5, len(events)} {
			f := NewFold()
			if err := db.Write(t.Context(), func(tx store.Tx) error { return f.Reset(t.Context(), tx) }); err != nil {
				t.Fatal(err)
			}
			fold(t, db, f, events, size)
			got := dump(t, db)
			for line, n := range map[string]int{`,"impression",`: 2, `,"click",`: 4, `"Purchase","1d_view",1,`: 4, `"",0,0,1,`: 2} {
				if strings.Count(got, line) != n {
					t.Errorf("batches of %d: not %d of %s:\n%s", size, n, line, got)
				}
			}
			if diff := cmp.Diff(want, got); want != "" && diff != "" {
				t.Errorf("batches of %d (-others +these):\n%s", size, diff)
			}
			want = got
		}
	})
}

// TestFoldBoundsWorth folds more worth than 64 bits hold, into one row and into many: both databases go on, and the report says the most that it can.
func TestFoldBoundsWorth(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		seed(t, db)
		var events []eventlog.Event
		for i := range uint8(40) {
			x := show(0, noon(), i%3, i/3%2, i/6%2, i/12%2, 0)
			e := bought(noon()+1000, 0, x)
			e.Outcome.Value = mostWorth - 1
			events = append(events, e)
		}
		for _, size := range []int{1, len(events)} {
			fold(t, db, NewFold(), events, size)
		}
		got, err := ask(t.Context(), t, db, &Reporter{}, adA, map[string]any{"time_range": map[string]any{"since": "2026-06-01", "until": "2026-06-30"}, "fields": "action_values"})
		if err != nil || len(got.Rows) != 1 || !strings.Contains(fmt.Sprint(got.Rows[0]), "1000000000000") {
			t.Errorf("%v %v", got, err)
		}
	})
}

// BenchmarkFold measures the events that the fold takes in on SQLite, a thousand in a transaction as the log's reader has them.
func BenchmarkFold(b *testing.B) {
	db := storetest.SQLite(b)
	seed(b, db)
	f := NewFold()
	events := traffic(20_000, 1)
	b.ResetTimer()
	for n := 0; n < b.N; n += 1000 {
		from := n % len(events)
		fold(b, db, f, events[from:from+1000], 1000)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
}
