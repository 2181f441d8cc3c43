package generate

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/generate/text"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// run runs services until every job is done.
func (f *fixture) run(services ...*Service) {
	f.Helper()
	f.runUntil(func() bool {
		var n int
		if err := f.db.Read(f.Context(), func(tx store.Tx) error {
			return tx.QueryRow(f.Context(), "SELECT COUNT(*) FROM jobs WHERE "+open).Scan(&n)
		}); err != nil {
			f.Fatal(err)
		}
		return n == 0
	}, services...)
}

// runUntil runs services, the fixture's own when none is named, until something is so; it fails when that takes too long.
func (f *fixture) runUntil(so func() bool, services ...*Service) {
	f.Helper()
	if services == nil {
		services = []*Service{f.Service}
	}
	ctx, stop := context.WithTimeout(f.Context(), time.Minute)
	defer stop()
	var all sync.WaitGroup
	for _, s := range services {
		all.Go(func() { _ = s.Run(ctx) })
	}
	for !so() {
		if ctx.Err() != nil {
			f.Fatal("it takes too long")
		}
		time.Sleep(time.Millisecond)
	}
	stop()
	all.Wait()
}

// job is the newest job of a creative.
func (f *fixture) job(creative string) (state, problem string, attempt, failures int) {
	f.Helper()
	if err := f.db.Read(f.Context(), func(tx store.Tx) error {
		return tx.QueryRow(f.Context(), "SELECT state, error, attempt, failures FROM jobs WHERE creative_id = ? ORDER BY id DESC LIMIT 1", creative).
			Scan(&state, &problem, &attempt, &failures)
	}); err != nil {
		f.Fatal(err)
	}
	return state, problem, attempt, failures
}

// Two processes with three workers each, and requests that wait for their own results, do each of many jobs once.
func TestWorkersShareJobs(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, func(c *Config) { c.Workers = 3 })
		other := f.peer(func(c *Config) { c.Workers, c.Poll = 3, time.Millisecond })
		var ids []string
		for range 20 {
			ids = append(ids, f.create("text_generation"))
		}
		var requests sync.WaitGroup
		for _, id := range ids {
			requests.Go(func() {
				if err := f.Await(t.Context(), id); err != nil {
					t.Error(err)
				}
			})
		}
		f.run(f.Service, other)
		requests.Wait()
		f.agree(4, ids...)
		for _, id := range ids {
			if _, _, attempt, failures := f.job(id); attempt != 1 || failures != 0 {
				t.Errorf("%s took %d attempts, %d failures", id, attempt, failures)
			}
		}
	})
}

// A worker that falls silent loses its job to another one, and what it brings afterwards is refused.
func TestLeaseRunsOut(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		asked, goOn := make(chan struct{}), make(chan struct{})
		f := newFixture(t, db, func(c *Config) {
			write := c.Write
			c.Write = func(ctx context.Context, r text.Request) (text.Result, error) {
				close(asked)
				<-goOn
				return write(ctx, r)
			}
		})
		id := f.create("text_generation")
		var silent sync.WaitGroup
		silent.Go(func() {
			if err := f.Await(t.Context(), id); err != nil {
				t.Error(err)
			}
		})
		<-asked
		f.clock.Add(time.Minute.Milliseconds())
		if err := f.peer(nil).Await(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		close(goOn)
		silent.Wait()
		f.agree(4, id)
		if _, _, attempt, failures := f.job(id); attempt != 2 || failures != 1 {
			t.Errorf("%d attempts, %d failures", attempt, failures)
		}
	})
}

// A job that fails is tried again after growing pauses, has failed after so many attempts, and leaves the creative ACTIVE as it was.
func TestRetries(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, func(c *Config) {
			c.Attempts = 3
			n := 0
			c.Write = func(context.Context, text.Request) (text.Result, error) {
				if n++; n == 2 {
					panic("a strange text")
				}
				return text.Result{}, errors.New("no answer")
			}
		})
		id := f.create("text_generation")
		for i, want := range []struct {
			state, problem string
			pause          time.Duration
		}{
			{queued, "no answer", 1500 * time.Millisecond}, {queued, "panicked: a strange text", 3 * time.Second}, {failed, "given up after 3 failures; the last one: no answer", 0},
		} {
			if err := f.Await(t.Context(), id); err != nil {
				t.Fatal(err)
			}
			if state, problem, _, failures := f.job(id); state != want.state || !strings.Contains(problem, want.problem) || failures != i+1 {
				t.Errorf("after attempt %d: %s %q, %d failures", i+1, state, problem, failures)
			}
			f.clock.Add(want.pause.Milliseconds() / 4)
			if err := f.Await(t.Context(), id); err != nil {
				t.Fatal(err)
			}
			f.clock.Add(want.pause.Milliseconds())
		}
		c, assets, _ := f.read(id)
		if c.Status != object.Active || c.Data["asset_feed_spec"] != nil || len(assets) > 0 {
			t.Errorf("%s %v", c.Status, c.Data)
		}
		if _, kinds := f.verified(); kinds[recordFailed] != 1 {
			t.Error(kinds)
		}
	})
}

// A clock that is put back holds no job up.
func TestClockPutBack(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, func(c *Config) { c.Poll = time.Millisecond })
		waiting, leased, awaited := f.create("text_generation"), f.create("text_generation"), f.create("text_generation")
		f.exec("UPDATE jobs SET state = 'RUNNING', attempt = 1, due = due + 60000 WHERE creative_id = ?", leased)
		f.clock.Add(-time.Hour.Milliseconds())
		if err := f.Await(t.Context(), awaited); err != nil {
			t.Fatal(err)
		}
		f.agree(4, awaited)
		f.run(f.Service)
		f.agree(4, waiting, leased)
	})
}

// A job that nobody could do in its time fails, and one whose creative was deleted meanwhile makes nothing.
func TestLateAndNeedless(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, nil)
		late := f.create("text_generation")
		f.clock.Add((24 * time.Hour).Milliseconds())
		needless := f.create("text_generation")
		f.write(func(tx store.Tx) error {
			c, err := tx.Object(t.Context(), needless)
			if err != nil {
				return err
			}
			setStatus(c, object.Deleted)
			return f.save(t.Context(), tx, c, f.now()/1000)
		})
		for id, why := range map[string]string{late: "its time had run out", needless: "the creative was deleted"} {
			if err := f.Await(t.Context(), id); err != nil {
				t.Fatal(err)
			}
			c, assets, _ := f.read(id)
			if state, problem, _, _ := f.job(id); state != failed || problem != why || len(assets) > 0 || c.Status == edition.InProcess {
				t.Errorf("%s %q, creative %s", state, problem, c.Status)
			}
		}
	})
}

// With a slow writer a request does not wait and the creative reads IN_PROCESS until Run is done with it; nor does it wait longer than its
// patience for any writer, which is no failure of the job.
func TestNobodyWaitsForLong(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), func(c *Config) { c.Slow = true })
	slow := f.create("text_generation")
	if err := f.Await(t.Context(), slow); err != nil {
		t.Fatal(err)
	}
	if state, _, attempt, _ := f.job(slow); state != queued || attempt != 0 {
		t.Errorf("the request asked a slow writer: %s after %d attempts", state, attempt)
	}
	f.run(f.Service)
	f.agree(4, slow)

	hurry, left := context.WithTimeout(t.Context(), 0)
	defer left()
	late := f.create("text_generation")
	if err := f.peer(nil).Await(hurry, late); err != nil {
		t.Fatal(err)
	}
	if state, _, attempt, _ := f.job(late); state != queued || attempt != 0 {
		t.Errorf("a request without time left: %s after %d attempts", state, attempt)
	}

	never := make(chan struct{})
	defer close(never)
	stuck := f.peer(func(c *Config) {
		c.Patience = time.Millisecond
		c.Write = func(context.Context, text.Request) (text.Result, error) {
			<-never // it heeds no context
			return text.Result{}, nil
		}
	})
	id := f.create("text_generation")
	for range 6 {
		if err := stuck.Await(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	if c, _, _ := f.read(id); c.Status != edition.InProcess {
		t.Error("the creative reads " + c.Status)
	}
	f.run(f.Service)
	f.agree(4, id)
	if _, _, _, failures := f.job(id); failures != 0 {
		t.Errorf("%d failures", failures)
	}
}
