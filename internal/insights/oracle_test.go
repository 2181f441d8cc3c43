package insights

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// oracle counts a small log in the plainest way: every conversion looks at every event. It shares no code with the fold but the account's days.
type oracle struct {
	events []eventlog.Event // without duplicates
	owner  map[string]string
	counts map[string]int64 // "what ad day …" → number
}

// add counts something of an ad.
func (o *oracle) add(n int64, words ...any) {
	key := strings.TrimSpace(fmt.Sprintln(words...))
	if o.counts[key] += n; o.counts[key] == 0 {
		delete(o.counts, key)
	}
}

// date is the day of a moment where an account is.
func (o *oracle) date(account string, ms int64) int64 {
	zones := map[string]string{accountID: "America/Los_Angeles", otherID: "UTC"}
	return int64(dayOf(ms, (&store.Object{Data: map[string]any{"timezone_name": zones[account]}}).Zone()))
}

// run counts everything.
func (o *oracle) run() map[string]int64 {
	for _, e := range o.events {
		x := e.Exposure
		switch {
		case e.Invalid != "":
			if x != nil {
				o.add(1, "invalid", x.AdID, o.date(o.owner[x.AdID], e.At), e.Kind, e.Invalid)
			}
		case e.Kind == eventlog.Conversion:
			o.convert(e)
		default:
			o.add(1, e.Kind, x.AdID, o.date(o.owner[x.AdID], e.At))
			if e.Kind == eventlog.Impression {
				o.add(x.Price, "spend", x.AdID, o.date(o.owner[x.AdID], e.At))
			}
		}
	}
	return o.counts
}

// convert credits a conversion: the ad sets' own windows first, then the widest; within them the token, then clicks, then impressions; of
// several the last.
func (o *oracle) convert(e eventlog.Event) {
	account, viewer := e.Outcome.AccountID, e.Outcome.Viewer
	if viewer == 0 && e.Exposure != nil {
		viewer = e.Exposure.Viewer
	}
	for _, suffix := range []string{"", "_outside"} {
		var best *eventlog.Exposure
		var bestAt, bestRank int64 // rank 3 is the token, 2 a click, 1 an impression
		try := func(x *eventlog.Exposure, at, rank int64) {
			days := x.Windows.Click()
			if rank == 1 {
				days = x.Windows.View()
			}
			if suffix != "" {
				days = []int64{0, 1, 7, 7}[rank]
			}
			if days == 0 || at > e.At+999 || e.At-at > days*24*3600*1000 || o.owner[x.AdID] != account {
				return
			}
			if best == nil || rank > bestRank || rank == bestRank && (at > bestAt || at == bestAt && int64(x.Decision) > int64(best.Decision)) {
				best, bestAt, bestRank = x, at, rank
			}
		}
		if e.Exposure != nil {
			try(e.Exposure, e.Exposure.At, 3)
		}
		for _, t := range o.events {
			if t.Invalid == "" && viewer != 0 && t.Exposure != nil && t.Exposure.Viewer == viewer {
				switch t.Kind {
				case eventlog.Click:
					try(t.Exposure, t.At, 2)
				case eventlog.Impression:
					try(t.Exposure, t.At, 1)
				}
			}
		}
		if best != nil {
			o.credit(e, best.AdID, map[bool]string{true: "1d_", false: "7d_"}[e.At-bestAt <= 24*3600*1000]+[]string{"", "view", "click", "click"}[bestRank]+suffix)
			return
		}
	}
}

// credit counts a conversion for an ad.
func (o *oracle) credit(e eventlog.Event, ad, window string) {
	value, account := e.Outcome.Value, e.Outcome.AccountID
	if e.Outcome.Currency != "USD" {
		value = 0
	}
	when := o.date(account, e.At)
	o.add(1, "action", ad, when, e.Outcome.Name, window)
	o.add(value, "value", ad, when, e.Outcome.Name, window)
	if e.Arrived > e.At && o.date(account, e.Arrived) > when {
		o.add(1, "restated", ad, when, e.Outcome.Name, window, e.Arrived)
	}
}

// drawEvents draws a log of few viewers over some days, so that touches and conversions meet often, at the edges of windows, too.
func drawEvents(t *rapid.T) []eventlog.Event {
	ads := map[string]string{adA: creativeA, adB: creativeB, foreignAd: creativeB}
	moment := rapid.Custom(func(t *rapid.T) int64 {
		at := noon() + rapid.Int64Range(-9, 1).Draw(t, "day")*day + rapid.Int64Range(0, 3).Draw(t, "sixth")*day/6
		return at + rapid.SampledFrom([]int64{0, 0, 0, 1, -1, 999, 1000}).Draw(t, "edge")
	})
	var shown []*eventlog.Exposure
	for range rapid.IntRange(1, 6).Draw(t, "decisions") {
		x := show(uint64(rapid.IntRange(0, 2).Draw(t, "viewer")), moment.Draw(t, "decided"), 0, 0, 0)
		x.Decision = rapid.Uint64().Draw(t, "decision")
		x.AdID = rapid.SampledFrom(slices.Sorted(maps.Keys(ads))).Draw(t, "ad")
		x.CreativeID = ads[x.AdID]
		x.Windows = rapid.SampledFrom([]eventlog.Windows{0, 0, eventlog.WindowsOf(1, 1), eventlog.WindowsOf(7, 0), eventlog.WindowsOf(1, 0), eventlog.WindowsOf(0, 1)}).Draw(t, "windows")
		shown = append(shown, x)
	}
	var events []eventlog.Event
	for i := range rapid.IntRange(1, 25).Draw(t, "events") {
		x := rapid.SampledFrom(shown).Draw(t, "of")
		e := eventlog.Event{Kind: rapid.SampledFrom([]eventlog.Kind{eventlog.Impression, eventlog.Click, eventlog.View, eventlog.Conversion, eventlog.Conversion}).Draw(t, "kind"), Exposure: x}
		e.Key = fmt.Sprint(e.Kind, x.Decision)
		e.At = x.At + rapid.SampledFrom([]int64{0, 1, 1000, day}).Draw(t, "after")
		e.Invalid = rapid.SampledFrom([]string{"", "", "", "", "crawler"}).Draw(t, "invalid")
		if e.Kind == eventlog.Conversion {
			viewer := uint64(rapid.IntRange(0, 2).Draw(t, "converter"))
			e = bought(moment.Draw(t, "converted"), viewer, rapid.SampledFrom([]*eventlog.Exposure{nil, nil, x}).Draw(t, "token"))
			e.Key = fmt.Sprint("conversion", i)
			e.Outcome.AccountID = rapid.SampledFrom([]string{accountID, accountID, otherID}).Draw(t, "account")
			e.Outcome.Currency = rapid.SampledFrom([]string{"USD", "USD", "EUR"}).Draw(t, "currency")
			if rapid.Bool().Draw(t, "late") {
				e.Arrived = e.At + rapid.Int64Range(1, 50).Draw(t, "hours")*3600*1000
			}
		}
		events = append(events, e)
	}
	return events
}

// folded reads what the oracle counts out of the rollups.
func folded(ctx context.Context, db *store.DB) (map[string]int64, error) {
	o := &oracle{counts: map[string]int64{}}
	return o.counts, db.Read(ctx, func(tx store.Tx) error {
		for _, q := range []string{
			"SELECT 'impression', ad_id, day, '', '', '', impressions FROM rollup_days", "SELECT 'click', ad_id, day, '', '', '', clicks FROM rollup_days",
			"SELECT 'view', ad_id, day, '', '', '', views FROM rollup_days", "SELECT 'spend', ad_id, day, '', '', '', spend FROM rollup_days",
			"SELECT 'action', ad_id, day, event, credited, '', count FROM rollup_actions", "SELECT 'value', ad_id, day, event, credited, '', value FROM rollup_actions",
			"SELECT 'restated', ad_id, day, event, credited, known, count FROM rollup_restated",
			"SELECT 'invalid', ad_id, day, kind, reason, '', count FROM rollup_invalid",
		} {
			rows, err := tx.Query(ctx, q+" f JOIN rollup_cells x ON x.id = f.cell JOIN rollup_combinations c ON c.id = x.combination")
			if err != nil {
				return err
			}
			err = each(rows, func() error {
				var what, ad, d, a, b, c string
				var n int64
				if err := rows.Scan(&what, &ad, &d, &a, &b, &c, &n); err != nil {
					return err
				}
				o.add(n, strings.TrimSpace(fmt.Sprintln(what, ad, d, a, b, c)))
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// TestFoldAgreesWithOracle folds random logs, their events in any order, some reported twice and cut anywhere, and counts them in the plainest way:
// the numbers are the same, and the rollups of another order are so to the last byte.
func TestFoldAgreesWithOracle(t *testing.T) {
	t.Parallel()
	db, dir, n := storetest.SQLite(t), t.TempDir(), 0
	seed(t, db)
	ctx := t.Context()
	rapid.Check(t, func(t *rapid.T) {
		n++
		log, err := eventlog.OpenSQLite(filepath.Join(dir, fmt.Sprint(n)))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = log.Close() }()
		f := NewFold()
		folder := eventlog.NewFolder(log, db, slog.New(slog.DiscardHandler), f)
		if err := folder.Rebuild(ctx); err != nil { // of an empty log: forgets the one before
			t.Fatal(err)
		}
		events := drawEvents(t)
		sent := rapid.Permutation(append(slices.Clone(events), rapid.SliceOfN(rapid.SampledFrom(events), 0, 5).Draw(t, "again")...)).Draw(t, "sent")
		o := &oracle{owner: map[string]string{adA: accountID, adB: accountID, foreignAd: otherID}, counts: map[string]int64{}}
		for len(sent) > 0 {
			part := sent[:rapid.IntRange(1, len(sent)).Draw(t, "cut")]
			sent = sent[len(part):]
			receipts, err := log.Append(ctx, part)
			if err != nil {
				t.Fatal(err)
			}
			for i, r := range receipts {
				if !r.Duplicate {
					o.events = append(o.events, part[i])
				}
			}
			if _, err := folder.CatchUp(ctx); err != nil {
				t.Fatal(err)
			}
		}
		got, err := folded(ctx, db)
		if diff := cmp.Diff(o.run(), got); diff != "" || err != nil {
			t.Fatalf("fold differs from oracle (-oracle +fold): %v\n%s", err, diff)
		}
		before := dumped(ctx, t, db)
		slices.SortFunc(o.events, func(a, b eventlog.Event) int { return strings.Compare(a.Key, b.Key) })
		if err := db.Write(ctx, func(tx store.Tx) error { return errors.Join(f.Reset(ctx, tx), f.Apply(ctx, tx, o.events)) }); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(before, dumped(ctx, t, db)); diff != "" {
			t.Fatalf("another order differs:\n%s", diff)
		}
	})
}

// dumped is everything that the rollups hold.
func dumped(ctx context.Context, t *rapid.T, db *store.DB) string {
	var b strings.Builder
	if err := db.Read(ctx, func(tx store.Tx) error { return Dump(ctx, tx, &b) }); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestFoldMovesCredit tells of a click after the conversion that it caused had been credited to an impression: nothing is left of that, not even
// an empty day.
func TestFoldMovesCredit(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	seed(t, db)
	saw := show(1, noon(), 0, 0, 0, 0, 0)
	clicked := show(1, noon()-day, 0, 0, 0)
	clicked.AdID, clicked.CreativeID = adB, creativeB
	late := bought(noon()+day-1, 1, nil)
	late.Arrived = late.At + 3*day
	events := []eventlog.Event{{Kind: eventlog.Impression, At: saw.At, Exposure: saw}, late, {Kind: eventlog.Click, At: clicked.At, Exposure: clicked}}
	f := NewFold()
	fold(t, db, f, events, 1)
	got := dump(t, db)
	if err := db.Write(t.Context(), func(tx store.Tx) error { return f.Reset(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
	slices.Reverse(events)
	fold(t, db, f, events, 3)
	if diff := cmp.Diff(dump(t, db), got); diff != "" || !strings.Contains(got, `"Purchase","7d_click",1,30000000`) {
		t.Errorf("one after the other (+) and at once (-):\n%s\n%s", diff, got)
	}
}
