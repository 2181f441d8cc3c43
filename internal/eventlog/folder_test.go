package eventlog_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// tally is a fold into one row of its own table: how many events it saw and the sum of their positions, which together show an
// event that was folded twice or left out.
type tally struct {
	name string
	fail func(events []eventlog.Event) error // called after the effect, before the commit; nil never fails
}

// newTally creates the table of a tally.
func newTally(ctx context.Context, db *store.DB, name string) (*tally, error) {
	return &tally{name: name}, db.Write(ctx, func(tx store.Tx) error {
		if _, err := tx.Exec(ctx, "CREATE TABLE IF NOT EXISTS tally (name TEXT PRIMARY KEY, events BIGINT, total BIGINT)"); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "INSERT INTO tally (name, events, total) VALUES (?, 0, 0) ON CONFLICT (name) DO NOTHING", name)
		return err
	})
}

// Name implements eventlog.Fold.
func (f *tally) Name() string { return f.name }

// Reset implements eventlog.Fold.
func (f *tally) Reset(ctx context.Context, tx store.Tx) error {
	_, err := tx.Exec(ctx, "UPDATE tally SET events = 0, total = 0 WHERE name = ?", f.name)
	return err
}

// Apply implements eventlog.Fold.
func (f *tally) Apply(ctx context.Context, tx store.Tx, events []eventlog.Event) error {
	var total int64
	for _, e := range events {
		total += e.Seq
	}
	_, err := tx.Exec(ctx, "UPDATE tally SET events = events + ?, total = total + ? WHERE name = ?", len(events), total, f.name)
	if err == nil && f.fail != nil {
		err = f.fail(events)
	}
	return err
}

// check compares the tally with a log of n events.
func (f *tally) check(t *testing.T, db *store.DB, n int64) {
	t.Helper()
	var events, total int64
	err := db.Read(t.Context(), func(tx store.Tx) error {
		return tx.QueryRow(t.Context(), "SELECT events, total FROM tally WHERE name = ?", f.name).Scan(&events, &total)
	})
	if events != n || total != n*(n+1)/2 || err != nil {
		t.Errorf("%s has %d events with sum %d, %v; want %d with sum %d", f.name, events, total, err, n, n*(n+1)/2)
	}
}

// fixture is a log and a database with two folds.
type fixture struct {
	log    eventlog.Log
	db     *store.DB
	a, b   *tally
	output bytes.Buffer // of the folder's logger
	folder *eventlog.Folder
}

// newFixture starts with an empty log in an own directory.
func newFixture(t *testing.T, db *store.DB) *fixture {
	t.Helper()
	f := &fixture{db: db}
	var errs [3]error
	f.log, errs[0] = openIn(t.TempDir())
	f.a, errs[1] = newTally(t.Context(), f.db, "a")
	f.b, errs[2] = newTally(t.Context(), f.db, "b")
	if err := errors.Join(errs[:]...); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.log.Close(); err != nil {
			t.Error(err)
		}
	})
	f.folder = eventlog.NewFolder(f.log, f.db, slog.New(slog.NewTextHandler(&f.output, nil)), f.a, f.b)
	return f
}

// add appends n events without keys.
func (f *fixture) add(t *testing.T, n int) {
	t.Helper()
	if _, err := f.log.Append(t.Context(), make([]eventlog.Event, n)); err != nil {
		t.Fatal(err)
	}
}

// catchUp folds what is logged, which must succeed.
func (f *fixture) catchUp(t *testing.T, want int64) {
	t.Helper()
	if position, err := f.folder.CatchUp(t.Context()); position != want || err != nil {
		t.Fatalf("CatchUp = %d, %v; want %d", position, err, want)
	}
}

// Catching up folds every event once, however often it is called and however many chunks it takes.
func TestCatchUp(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t))
	f.catchUp(t, 0)
	f.add(t, 3500)
	f.catchUp(t, 3500)
	f.catchUp(t, 3500)
	f.add(t, 1)
	progress, err := f.folder.Progress(t.Context())
	want := []eventlog.Progress{{Fold: "a", Position: 3500, Lag: 1}, {Fold: "b", Position: 3500, Lag: 1}}
	if diff := cmp.Diff(want, progress); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	f.catchUp(t, 3501)
	f.a.check(t, f.db, 3501)
	f.b.check(t, f.db, 3501)
}

// A fold that fails leaves neither effect nor moved checkpoint, and the folds before it keep theirs.
func TestFailureRollsBack(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t))
	f.add(t, 1500)
	full := errors.New("disk full")
	f.b.fail = func(events []eventlog.Event) error {
		if events[0].Seq > 1 { // the second chunk
			return full
		}
		return nil
	}
	if _, err := f.folder.CatchUp(t.Context()); !errors.Is(err, full) || !strings.Contains(err.Error(), "fold b after 1000") {
		t.Errorf("CatchUp: %v", err)
	}
	f.a.check(t, f.db, 1500)
	f.b.check(t, f.db, 1000)
	f.b.fail = nil
	f.catchUp(t, 1500)
	f.b.check(t, f.db, 1500)
}

// Events that were durable before a crash are folded once after it, by a folder that knows nothing of the first.
func TestCrashBetweenAppendAndFold(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t))
	f.add(t, 10)
	f.catchUp(t, 10)
	f.add(t, 10)
	f.a.fail = func([]eventlog.Event) error { panic("crash") }
	func() {
		defer func() { _ = recover() }() // the process that dies after the effect and before the commit
		_, _ = f.folder.CatchUp(t.Context())
	}()
	f.a.fail = nil
	f.folder = eventlog.NewFolder(f.log, f.db, slog.New(slog.DiscardHandler), f.a, f.b)
	f.catchUp(t, 20)
	f.a.check(t, f.db, 20)
	f.b.check(t, f.db, 20)
}

// A rebuild gives the same state, also when the state was wrong.
func TestRebuild(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t))
	f.add(t, 2500)
	f.catchUp(t, 2500)
	err := f.db.Write(t.Context(), func(tx store.Tx) error {
		_, err := tx.Exec(t.Context(), "UPDATE tally SET events = 7")
		return err
	})
	if err := errors.Join(err, f.folder.Rebuild(t.Context())); err != nil {
		t.Fatal(err)
	}
	f.a.check(t, f.db, 2500)
	f.b.check(t, f.db, 2500)
}

// Two folders over the same database, as in two processes, count nothing twice.
func TestTwoFolders(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db)
		other := eventlog.NewFolder(f.log, f.db, slog.New(slog.DiscardHandler), f.a, f.b)
		done := make(chan error)
		for range 5 {
			f.add(t, 2000)
			go func() { _, err := other.CatchUp(context.Background()); done <- err }()
			_, err := f.folder.CatchUp(t.Context())
			if err := errors.Join(err, <-done); err != nil {
				t.Fatal(err)
			}
		}
		f.a.check(t, f.db, 10_000)
		f.b.check(t, f.db, 10_000)
	})
}

// A database whose log was taken away says so instead of ignoring the new log's first events.
func TestAnotherLog(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t))
	f.add(t, 10)
	f.catchUp(t, 10)
	empty, err := openIn(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = empty.Close() }() // nothing was written
	if _, err = eventlog.NewFolder(empty, f.db, slog.New(slog.DiscardHandler), f.a).CatchUp(t.Context()); err == nil {
		t.Error("an empty log was accepted after 10 events")
	}
}

// Run folds what is appended while it runs, until its context ends.
func TestRun(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t))
	ctx, stop := context.WithCancel(t.Context())
	var seen atomic.Int64
	all := make(chan struct{})
	f.b.fail = func(events []eventlog.Event) error {
		if seen.Add(int64(len(events))) == 300 {
			close(all)
		}
		return nil
	}
	ended := make(chan struct{})
	go func() { f.folder.Run(ctx); close(ended) }()
	for range 3 {
		f.add(t, 100)
	}
	<-all
	stop()
	<-ended
	f.catchUp(t, 300) // what Run was about to commit when it was stopped
	f.a.check(t, f.db, 300)
	f.b.check(t, f.db, 300)
}

// A fold that fails is retried ever more slowly and logged each time, while the other goes on.
func TestRunRetries(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t, storetest.SQLite(t))
		f.add(t, 10)
		start := time.Now()
		var at []time.Duration
		recovered := make(chan struct{})
		f.a.fail = func([]eventlog.Event) error {
			at = append(at, time.Since(start))
			if len(at) < 5 {
				return fmt.Errorf("attempt %d", len(at))
			}
			close(recovered)
			return nil
		}
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() { f.folder.Run(ctx); close(ended) }()
		<-recovered
		synctest.Wait() // until Run waits for an append again
		stop()
		<-ended
		ms := time.Millisecond
		if diff := cmp.Diff([]time.Duration{0, 100 * ms, 300 * ms, 700 * ms, 1500 * ms}, at); diff != "" {
			t.Errorf("attempts (-want +got):\n%s", diff)
		}
		if n := strings.Count(f.output.String(), "fold failed"); n != 4 || !strings.Contains(f.output.String(), "attempt 4") {
			t.Errorf("%d failures logged:\n%s", n, f.output.String())
		}
		f.a.check(t, f.db, 10)
		f.b.check(t, f.db, 10)
	})
}
