package deliver

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// play decides for so many viewers at noon of a day and logs what came of it: everybody clicks on the second title, nobody else, and
// every other click buys.
func (f *fixture) play(t testing.TB, from, count int) {
	t.Helper()
	var events []eventlog.Event
	for i := from; i < from+count; i++ {
		req := client1()
		req.Viewer.ID, req.Time = fmt.Sprint("v", i), noon.Add(time.Duration(i)*time.Second).Format(time.RFC3339)
		req.Viewer.Age = []string{"18-24", "25-34", ""}[i%3]
		d := f.decide(t, req)
		x, err := f.exposure(d.Token, noon)
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, exposureEvent(eventlog.Impression, x, x.At))
		if d.Assets["title"].Index != 1 {
			continue
		}
		events = append(events, exposureEvent(eventlog.Click, x, x.At))
		if i%2 == 0 {
			outcome := &eventlog.Outcome{PixelID: thePixel, AccountID: theAccount, Name: "Purchase", Value: 1_000_000, Currency: "USD"}
			events = append(events, f.conversionEvent(x, outcome, x.At))
		}
	}
	if _, err := f.record(t.Context(), events); err != nil {
		t.Fatal(err)
	}
}

// openBudget lets the ad set spend without bound.
func (f *fixture) openBudget(t testing.TB) {
	t.Helper()
	set := adSetObject(theAdSet, noon.Add(-time.Hour).Unix())
	delete(set.Data, "daily_budget")
	f.put(t, set)
}

func TestLearnsWhatSells(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.openBudget(t)
	if _, ok := f.Learned(theAd); ok {
		t.Error("something was learnt from nothing")
	}
	f.play(t, 0, 1500)
	first := f.learn(t)
	if first.Events != int64(len(f.logged(t))) {
		t.Errorf("learnt from %d of %d events", first.Events, len(f.logged(t)))
	}
	second := 0
	for i := range 200 {
		req := client1()
		req.Viewer.ID = fmt.Sprint("w", i)
		if d := f.decide(t, req); d.Assets["title"].Index == 1 {
			second++
		}
	}
	if second < 150 {
		t.Errorf("%d of 200 decisions show the title that everybody clicks", second)
	}
	learned, ok := f.Learned(theAd)
	if !ok || learned.Totals.Impressions != 1500 || learned.Totals.Conversions == 0 || learned.Totals.Value != learned.Totals.Conversions*1_000_000 {
		t.Errorf("learned %+v", learned.Totals)
	}
	if again := f.learn(t); again != first {
		t.Errorf("nothing new, yet %+v became %+v", first, again)
	}
}

// TestSameEventsSameModel folds the same log in other portions, and once more from the beginning: tables and decisions are the same.
func TestSameEventsSameModel(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.openBudget(t)
	f.play(t, 0, 700)
	f.learn(t)
	f.play(t, 700, 700) // decided by the model of the first portion
	f.learn(t)
	want, chosen := f.tables(t), f.choices(t)

	g := newFixture(t, nil)
	g.openBudget(t)
	if _, err := g.record(t.Context(), f.logged(t)); err != nil {
		t.Fatal(err)
	}
	g.learn(t)
	if diff := cmp.Diff(want, g.tables(t)); diff != "" {
		t.Error("folded at once:", diff)
	}
	if diff := cmp.Diff(chosen, g.choices(t)); diff != "" {
		t.Error("folded at once, decisions differ:", diff)
	}
	if err := g.folder.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	g.learn(t)
	if diff := cmp.Diff(want, g.tables(t)); diff != "" {
		t.Error("rebuilt:", diff)
	}
	if diff := cmp.Diff(chosen, g.choices(t)); diff != "" {
		t.Error("rebuilt, decisions differ:", diff)
	}
}

// choices are combinations and propensities of some decisions at a named time.
func (f *fixture) choices(t *testing.T) []string {
	t.Helper()
	var all []string
	for i := range 40 {
		req := client1()
		req.Viewer.ID, req.Time = fmt.Sprint("w", i), "2026-11-22T12:00:00Z"
		d := f.decide(t, req)
		all = append(all, fmt.Sprint(d.CombinationID, d.Propensity, d.Policy))
	}
	return all
}

// tables dumps what the fold wrote.
func (f *fixture) tables(t *testing.T) []string {
	t.Helper()
	return dump(t, f.db)
}

// dump reads the learner's tables in the order of their keys.
func dump(t *testing.T, db *store.DB) []string {
	t.Helper()
	var lines []string
	err := db.Read(t.Context(), func(tx store.Tx) error {
		for table, key := range map[string]string{
			"learn_cells": "ad_id, creative_id, signature, combination, day, event", "learn_days": "ad_id, day, event", "learn_ads": "ad_id",
			"learn_delays": "account_id, event, day, age",
		} {
			rows, err := tx.Query(t.Context(), "SELECT * FROM "+table+" ORDER BY "+key)
			if err != nil {
				return err
			}
			names, err := rows.Columns()
			if err != nil {
				return err
			}
			for rows.Next() {
				values := make([]any, len(names))
				for i := range values {
					values[i] = new(any)
				}
				if err := rows.Scan(values...); err != nil {
					return err
				}
				line := table
				for _, v := range values {
					line += fmt.Sprintf(" %v", *v.(*any))
				}
				lines = append(lines, line)
			}
			if err := rows.Err(); err != nil {
				return err
			}
			if err := rows.Close(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(lines)
	return lines
}

// TestFoldCounts folds a few events on every kind of database and reads all that is left of them.
func TestFoldCounts(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixtureOn(t, db, nil)
		x := sample()
		x.Slots, x.Context = []uint8{0, 0, 0, 0, 1, 0}, eventlog.Context{Placement: "INSTAGRAM_STORY", Gender: "male"}
		buy := func(name string, value int64) *eventlog.Outcome { return &eventlog.Outcome{Name: name, Value: value} }
		foreign := *x
		foreign.AdID = "1"
		outside := *x
		outside.Slots = []uint8{9, 0, 0, 0, 0, 0}
		later := noon.Add(24 * time.Hour).UnixMilli()
		_, err := f.record(t.Context(), []eventlog.Event{
			{Kind: eventlog.Impression, At: noon.UnixMilli(), Exposure: x},
			{Kind: eventlog.Impression, At: noon.UnixMilli(), Exposure: &foreign},
			{Kind: eventlog.Impression, At: noon.UnixMilli(), Exposure: &outside},
			{Kind: eventlog.Click, At: noon.UnixMilli(), Exposure: x},
			{Kind: eventlog.Conversion, At: later, Exposure: x, Outcome: buy("Purchase", 7)},
			{Kind: eventlog.Conversion, At: later, Exposure: x, Outcome: buy("Lead", 0)},
			{Kind: eventlog.Conversion, At: later, Outcome: buy("Purchase", 9)},
		})
		if err != nil {
			t.Fatal(err)
		}
		f.learn(t)
		cell := "learn_cells " + theAd + " " + theCreative + " INSTAGRAM_STORY||male|| 1 20779 "
		want := []string{
			fmt.Sprint("learn_ads ", theAd, " 4 6 ", later),
			cell + " 1 1 0 0", cell + "Lead 0 0 1 0", cell + "Purchase 0 0 1 7",
			"learn_days " + theAd + " 20779  1 1 0 5000", "learn_days " + theAd + " 20780 Lead 0 0 1 0", "learn_days " + theAd + " 20780 Purchase 0 0 1 0",
			"learn_delays " + theAccount + " Lead 20779 2 1", "learn_delays " + theAccount + " Purchase 20779 2 1",
		}
		if diff := cmp.Diff(want, f.tables(t)); diff != "" {
			t.Error(diff)
		}
		learned, _ := f.Learned(theAd)
		if want := (bandit.Totals{Impressions: 1, Clicks: 1, Conversions: 1, Value: 7, FirstDay: 20779, LastDay: 20779}); learned == nil || learned.Totals != want {
			t.Errorf("learned %+v, want purchases only: %+v", learned, want)
		}
	})
}

// TestRefitRule says when an automatic refit is due.
func TestRefitRule(t *testing.T) {
	t.Parallel()
	a := &ad{creative: &shown{id: "c"}, adset: &adset{event: "Purchase"}}
	a.recipe = recipe{creative: "c", event: "Purchase"}
	model := fitted{recipe: a.recipe, learned: &bandit.Learned{}}
	for _, c := range []struct {
		at, now int64
		want    bool
	}{
		{0, 49, false}, {0, 50, true}, {100, 199, false}, {100, 200, true}, {1000, 1499, false}, {1000, 1500, true},
		{100_000, 104_999, false}, {100_000, 105_000, true}, {100, 50, true},
	} {
		model.events = c.at
		if got := model.due(a, c.now); got != c.want {
			t.Errorf("fitted to %d, now %d: %v", c.at, c.now, got)
		}
	}
	model.events = 1000
	for _, other := range []recipe{{creative: "d", event: "Purchase"}, {creative: "c", event: "Lead"}, {creative: "c", event: "Purchase", legal: "not all"}} {
		if a.recipe = other; !model.due(a, 1001) {
			t.Errorf("%+v needs another model", other)
		}
	}
}

// TestLearnTakesWhatWasNotDue learns on demand from events that an automatic refit found too few.
func TestLearnTakesWhatWasNotDue(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.play(t, 0, 20)
	if _, err := f.folder.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := f.refresh(t.Context(), whatIsDue); err != nil {
		t.Fatal(err)
	}
	if _, ok := f.Learned(theAd); ok {
		t.Error("refitted though it was not due")
	}
	f.learn(t)
	if _, ok := f.Learned(theAd); !ok {
		t.Error("not refitted on demand")
	}
}

// TestNewCreative replaces an ad's creative: what was learnt of assets that it has, too, stays, and one that shares nothing starts anew.
func TestNewCreative(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.openBudget(t)
	f.play(t, 0, 1000)
	f.learn(t)
	next, ad := creativeObject("120200000000000099", 0), adObject(theAd, theAdSet, 0)
	feed := next.Data["asset_feed_spec"].(map[string]any)
	feed["titles"] = append([]any{map[string]any{"text": "Another"}}, feed["titles"].([]any)[:2]...)
	delete(feed, "descriptions")
	ad.Data["creative_id"] = next.ID
	f.put(t, next, ad)
	second := 0
	f.decisions(t, 100, func(d client.Decision, e *eventlog.Exposure) {
		if d.Policy == "uniform" || e.CreativeID != next.ID {
			t.Errorf("decided by %s, of creative %s", d.Policy, e.CreativeID)
		}
		if d.Assets["title"].Text == "Walk <further>" {
			second++
		}
	})
	if second < 75 {
		t.Errorf("%d of 100 decisions show the title that everybody clicks", second)
	}
	if l, ok := f.Learned(theAd); !ok || l.Totals.Impressions != 1000 || len(l.Space.Sizes) != 5 || l.Space.Sizes[1] != 3 || len(l.Assets[1]) != 3 {
		t.Errorf("learnt %v, of %v", ok, l)
	}
	other := creativeObject("120200000000000097", 0)
	other.Data["asset_feed_spec"] = map[string]any{"images": []any{map[string]any{"hash": strings.Repeat("d4", 16)}, map[string]any{"hash": strings.Repeat("e5", 16)}},
		"bodies": []any{map[string]any{"text": "New"}}, "ad_formats": []any{"SINGLE_IMAGE"}}
	ad.Data["creative_id"] = other.ID
	f.put(t, other, ad)
	f.learn(t)
	if d := f.decide(t, client1()); len(d.Assets) != 2 {
		t.Errorf("shows %v", d.Assets)
	}
}

func TestStage(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.openBudget(t)
	made := noon.Add(-time.Hour).Unix()
	want := Stage{Status: "LEARNING", LastEdit: made, Windows: []string{"7d_click", "1d_view"}}
	check := func(name string) {
		t.Helper()
		want.Ads = []AdStage{}
		if l, ok := f.Learned(theAd); ok {
			want.Ads = append(want.Ads, adStage(theAd, l))
		}
		got, ok := f.Stage(theAdSet)
		if diff := cmp.Diff(want, got); !ok || diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	check("at first")
	f.play(t, 0, 60)
	f.learn(t)
	learned, _ := f.Learned(theAd)
	want.Conversions = learned.Totals.Conversions
	check("some events")
	f.clock.advance(8 * 24 * time.Hour)
	want.Status = "FAIL"
	check("too few in a week")
	f.play(t, 60, 600)
	f.learn(t)
	want.Status, want.Conversions = "SUCCESS", 0
	check("enough")
	if events := want.Ads[0].Events; events < 50 || want.Ads[0].State == "" {
		t.Errorf("of the ad: %+v", want.Ads[0])
	}
	f.clock.advance(24 * time.Hour)
	f.edit(t)
	f.learn(t)
	if got, _ := f.Stage(theAdSet); got.Status != "LEARNING" || got.LastEdit != f.clock.Now().Unix() {
		t.Errorf("after a significant edit: %+v", got)
	}
	if l, _ := f.Learned(theAd); l.Progress.Events != 0 || l.State != bandit.Learning {
		t.Errorf("after a significant edit the ad has %+v and is %s", l.Progress, l.State)
	}
	if _, ok := f.Stage("1"); ok {
		t.Error("an unknown ad set has a stage")
	}
}

// edit makes a significant edit of the ad set.
func (f *fixture) edit(t *testing.T) {
	t.Helper()
	err := f.db.Write(t.Context(), func(tx store.Tx) error {
		set, err := tx.Object(t.Context(), theAdSet)
		if err != nil {
			return err
		}
		set.Data[object.LearningSince] = f.clock.Now().Unix()
		return tx.Update(t.Context(), set)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestRunLearns lets the service follow the log by itself.
func TestRunLearns(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.openBudget(t)
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { f.folder.Run(ctx) })
	running.Go(func() {
		if err := f.Run(ctx); err != nil {
			t.Error(err)
		}
	})
	f.play(t, 0, 600)
	for {
		if _, ok := f.Learned(theAd); ok {
			break
		}
		select {
		case <-ctx.Done():
			t.Fatal("ended before anything was learnt")
		case <-time.After(5 * time.Millisecond): // nothing tells of a new snapshot: decisions only look
		}
	}
	stop()
	running.Wait()
}

// TestDecidingWhilePublishing decides from many goroutines while objects change and models are refitted; the race detector watches, and no
// decision is ever of a paused ad that was paused before it was asked for.
func TestDecidingWhilePublishing(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.openBudget(t)
	f.play(t, 0, 300)
	stop := make(chan struct{})
	var deciders sync.WaitGroup
	for range 4 {
		deciders.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				answer, err := f.Decide(t.Context(), client.DecisionRequest{AccountID: theAccount}, sandboxCaller(), noon)
				if err != nil || len(answer.Decisions) > 1 {
					t.Errorf("%d decisions, %v", len(answer.Decisions), err)
					return
				}
			}
		})
	}
	for i := range 10 {
		ad := adObject(theAd, theAdSet, 0)
		ad.Status = []string{"PAUSED", "ACTIVE"}[i%2]
		f.put(t, ad)
		answer, err := f.Decide(t.Context(), client.DecisionRequest{AccountID: theAccount}, sandboxCaller(), noon)
		if err != nil || (len(answer.Decisions) == 1) != (ad.Status == "ACTIVE") {
			t.Errorf("%s: %d decisions, %v", ad.Status, len(answer.Decisions), err)
		}
		if i%2 == 1 {
			f.play(t, 300+10*i, 5)
			f.learn(t)
		}
	}
	close(stop)
	deciders.Wait()
}

// TestAnAdDeliversOnceItIsStored decides right after a write, before the running service has had the time to see it.
func TestAnAdDeliversOnceItIsStored(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	paused := adObject(theAd, theAdSet, 0)
	paused.Status = "PAUSED"
	for _, o := range []*store.Object{paused, adObject(theAd, theAdSet, 0)} {
		if err := f.db.Write(t.Context(), func(tx store.Tx) error { return tx.Update(t.Context(), o) }); err != nil {
			t.Fatal(err)
		}
		if o == paused {
			if err := f.refresh(t.Context(), objectsOnly); err != nil {
				t.Fatal(err)
			}
		}
	}
	answer, err := f.Decide(t.Context(), client1(), sandboxCaller(), noon)
	if err != nil || len(answer.Decisions) != 1 {
		t.Errorf("%d decisions, reason %q, %v", len(answer.Decisions), answer.Reason, err)
	}
}

// TestCountsPurchasesUnlessToldOtherwise logs several outcomes of one decision for an ad set that names a pixel and no event: purchases
// count, as in the reports, and what they were worth where it is in the account's currency.
func TestCountsPurchasesUnlessToldOtherwise(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	set := adSetObject(theAdSet, 0)
	set.Data["promoted_object"] = map[string]any{"pixel_id": thePixel}
	f.put(t, set)
	d := f.decide(t, client1())
	x, err := f.exposure(d.Token, noon)
	if err != nil {
		t.Fatal(err)
	}
	events := []eventlog.Event{exposureEvent(eventlog.Impression, x, x.At), exposureEvent(eventlog.Click, x, x.At)}
	for _, o := range []eventlog.Outcome{
		{Name: "PageView"}, {Name: "ViewContent", Value: 5, Currency: "USD"}, {Name: "Purchase", Value: 7_000_000, Currency: "USD"},
		{Name: "Purchase", Value: 900_000_000, Currency: "JPY"},
	} {
		events = append(events, f.conversionEvent(x, &o, x.At))
	}
	if _, err := f.record(t.Context(), events); err != nil {
		t.Fatal(err)
	}
	f.learn(t)
	learned, ok := f.Learned(theAd)
	if !ok || learned.Totals.Conversions != 2 || learned.Totals.Value != 7_000_000 {
		t.Errorf("learnt %v, %+v; want 2 conversions worth 7,000,000", ok, learned)
	}
}

// TestLateEventsCountForWhatWasShown gives an ad another creative and pauses it between a decision and its impression.
func TestLateEventsCountForWhatWasShown(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	d := f.decide(t, client1())
	next := creativeObject("120200000000000099", 0)
	ad := adObject(theAd, theAdSet, 0)
	ad.Status, ad.Data["creative_id"] = "PAUSED", next.ID
	f.put(t, next, ad)
	if w, _ := f.get(t, f.here(d.ImpressionURL)); w.StatusCode != http.StatusOK {
		t.Fatalf("impression of a paused ad: %d", w.StatusCode)
	}
	f.learn(t)
	err := f.db.Read(t.Context(), func(tx store.Tx) error {
		cells, err := readCells(t.Context(), tx, theAd, "Purchase")
		if err == nil && (len(cells[theCreative]) != 1 || len(cells) != 1) {
			t.Errorf("counted %v", cells)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestWarmFitsWhatRuns starts again on a database with one ad that was learnt of, active or paused.
func TestWarmFitsWhatRuns(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.openBudget(t)
	f.play(t, 0, 100)
	f.learn(t)
	for _, status := range []string{"ACTIVE", "PAUSED"} {
		ad := adObject(theAd, theAdSet, 0)
		ad.Status = status
		f.put(t, ad)
		again, err := New(t.Context(), f.cfg, f.db, f.log, f.folder, f.sources, f.Service.log)
		if err != nil {
			t.Fatal(err)
		}
		if err := again.Warm(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, ok := again.Learned(theAd); ok != (status == "ACTIVE") {
			t.Errorf("%s: learnt is %v", status, ok)
		}
		if err := again.refresh(t.Context(), everything); err != nil {
			t.Fatal(err)
		}
		if _, ok := again.Learned(theAd); !ok {
			t.Errorf("%s: Run does not make up for it", status)
		}
	}
}

// TestBadRowsStopNobody puts objects that make no sense beside the good ones.
func TestBadRowsStopNobody(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	var told strings.Builder
	f.Service.log = slog.New(slog.NewTextHandler(&told, nil))
	f.put(t,
		&store.Object{ID: "31", Type: "ad", AccountID: theAccount, Status: "ACTIVE"},
		&store.Object{ID: "32", Type: "adset", AccountID: "9", Status: "ACTIVE"},
		&store.Object{ID: "33", Type: "adcreative", AccountID: theAccount, Data: map[string]any{"asset_feed_spec": "x"}},
	)
	f.decide(t, client1())
	if !strings.Contains(told.String(), "ad=31") || !strings.Contains(told.String(), "adset=32") {
		t.Errorf("nothing is left out in silence:\n%s", told.String())
	}
}
