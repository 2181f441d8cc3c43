package deliver

import (
	"fmt"
	"maps"
	"net/http"
	"testing"
	"time"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/store"
)

// broken is a policy that cannot choose.
type broken struct{ bandit.Policy }

// Choose fails as a model does that does not fit its ad.
func (broken) Choose(bandit.Signature, uint64) bandit.Choice { panic("no such combination") }

// TestOneSnapshotServesAllWhoWait makes a snapshot once for requests that found nothing before it.
func TestOneSnapshotServesAllWhoWait(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	for _, changed := range []bool{false, true, false} {
		if changed {
			if err := f.db.Write(t.Context(), func(tx store.Tx) error { return tx.Update(t.Context(), adSetObject(theAdSet, 0)) }); err != nil {
				t.Fatal(err)
			}
		}
		before := f.Snapshot()
		if err := f.catchUp(t.Context()); err != nil || (f.Snapshot() != before) != changed {
			t.Errorf("objects have changed: %v; a new snapshot: %v, %v", changed, !changed, err)
		}
	}
}

// TestDecisionsOutliveTheDatabase closes the database: decisions and impressions go on, at first by the model, later by even rotation.
func TestDecisionsOutliveTheDatabase(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.openBudget(t)
	f.play(t, 0, 600)
	f.learn(t)
	secret := f.token(t, "admin")
	address := "/v1/decisions?adset_id=" + theAdSet + "&country=US&viewer_id=v"
	f.send(t, "GET", address, "", secret)
	if err := f.db.Close(); err != nil {
		t.Fatal(err)
	}
	f.clock.advance(30 * time.Minute)
	if w, body := f.send(t, "GET", address, "", secret); w.StatusCode != http.StatusOK {
		t.Errorf("a token that was known: %s", body)
	}
	ask := func() *eventlog.Exposure {
		if err := f.refresh(t.Context(), objectsOnly); err == nil {
			t.Fatal("the database is there")
		}
		req := client1()
		req.Viewer.ID = f.clock.Now().String()
		e, err := f.exposure(f.decide(t, req).Token, f.clock.Now())
		if err == nil {
			_, err = f.record(t.Context(), []eventlog.Event{exposureEvent(eventlog.Impression, e, e.At)})
		}
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	if e := ask(); e.Policy == "uniform" || f.counts.fallbacks.Load() != 0 {
		t.Errorf("half an hour later: %+v", e)
	}
	f.clock.advance(time.Hour)
	if e := ask(); e.Policy != "uniform" || e.Propensity != 1.0/108 || f.counts.fallbacks.Load() != 1 {
		t.Errorf("later: %+v", e)
	}
}

// TestEventsWaitForTheLog closes the log: whoever reports an impression is told to do so again.
func TestEventsWaitForTheLog(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	token := f.decide(t, client1()).Token
	if err := f.log.Close(); err != nil {
		t.Fatal(err)
	}
	if w, body := f.get(t, "/t/i?d="+token); w.StatusCode != http.StatusServiceUnavailable || w.Header.Get("Retry-After") == "" {
		t.Errorf("%d: %s", w.StatusCode, body)
	}
}

// TestBrokenModelRotates publishes a model that fails: its ad is shown evenly, with the propensity that this has.
func TestBrokenModelRotates(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	next := *f.Snapshot()
	next.learned = maps.Clone(next.learned)
	next.learned[theAd] = &bandit.Learned{Policy: broken{}}
	f.snapshot.Store(&next)
	seen := map[string]bool{}
	for i := range 200 {
		req := client1()
		req.Viewer.ID = fmt.Sprint(i)
		d := f.decide(t, req)
		if d.Propensity != 1.0/108 || d.Policy != "uniform" {
			t.Fatal(d.Propensity, d.Policy)
		}
		seen[d.CombinationID] = true
	}
	if n := f.counts.fallbacks.Load(); n != 200 || len(seen) < 70 {
		t.Errorf("%d fallbacks, %d combinations", n, len(seen))
	}
}
