package eventlog_test

import (
	"sync"
	"testing"
	"time"

	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/eventlog/eventlogtest"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// The log in PostgreSQL does what every log must.
func TestPostgres(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	databases := map[string]string{} // by directory
	eventlogtest.Run(t, func(dir string) (eventlog.Log, error) {
		mu.Lock()
		defer mu.Unlock()
		if databases[dir] == "" {
			databases[dir] = storetest.Postgres(t)
		}
		return eventlog.OpenPostgres(t.Context(), databases[dir])
	})
}

// Processes that share a log number their events in one sequence, log a key once, and hear of each other's events.
func TestPostgresShared(t *testing.T) {
	t.Parallel()
	address := storetest.Postgres(t)
	logs := make([]*eventlog.Postgres, 4)
	var all sync.WaitGroup
	for i := range logs {
		all.Go(func() {
			var err error
			if logs[i], err = eventlog.OpenPostgres(t.Context(), address); err != nil {
				t.Error(err)
				return
			}
			t.Cleanup(func() { _ = logs[i].Close() })
		})
	}
	if all.Wait(); t.Failed() {
		return
	}
	heard := logs[3].Appended()
	fresh := make([]int, len(logs))
	for i, log := range logs[:3] {
		all.Go(func() {
			for n := range 50 {
				receipts, err := log.Append(t.Context(), []eventlog.Event{{Kind: eventlog.Click, Key: string(rune('a' + n))}, {Kind: eventlog.Click}})
				if err != nil {
					t.Error(err)
					return
				}
				for _, r := range receipts {
					if !r.Duplicate {
						fresh[i]++
					}
				}
			}
		})
	}
	all.Wait()
	if sum := fresh[0] + fresh[1] + fresh[2]; sum != 50+150 {
		t.Errorf("%d events were accepted, 50 with shared keys and 150 without any are right", sum)
	}
	events, err := logs[3].Read(t.Context(), 0, 1000)
	if err != nil || len(events) != 200 || events[199].Seq != 200 {
		t.Errorf("%d events, %v", len(events), err)
	}
	select {
	case <-heard:
	case <-time.After(time.Minute):
		t.Error("the events of others were never heard of")
	}
}
