package deliver

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/store"
)

// mostAllocations is how many a decision makes up to the bytes of its answer.
const mostAllocations = 20

// TestDecisionAllocates asks for one ad among many with budgets, caps and targeting, each time for another viewer.
func TestDecisionAllocates(t *testing.T) { // not parallel: all allocations of the process are counted
	f := newFixture(t, nil)
	f.crowd(t, 100)
	req, n := client.DecisionRequest{AccountID: theAccount, Viewer: client.Viewer{Age: "25-34", Country: "US", Device: "mobile"}}, 0
	ids, answer := make([]string, 1000), make([]byte, 0, 1<<14)
	for i := range ids {
		ids[i] = fmt.Sprint("v", i)
	}
	decide := func() {
		req.Viewer.ID = ids[n]
		n++
		r, err := f.choose(&req, Caller{Base: "http://127.0.0.1:8080"}, noon)
		if err != nil || len(r.made) != 1 {
			t.Fatal(r.why, err)
		}
		answer = r.appendTo(answer[:0])
	}
	for range len(ids) / 2 {
		decide() // until what all combinations look like is known
	}
	if got := testing.AllocsPerRun(len(ids)/2-1, decide); got > mostAllocations {
		t.Errorf("%v allocations for a decision, want at most %d", got, mostAllocations)
	}
}

// TestDecisionsWaitForNoWriter holds every lock that a writer of the service ever takes, the database's write transaction included, and decides all the same.
func TestDecisionsWaitForNoWriter(t *testing.T) {
	t.Parallel()
	f := cappedFixture(t)
	secret := f.token(t, "admin")
	decide := func(viewer string) {
		req := client1()
		req.Viewer.ID, req.AdSetID, req.AccountID = viewer, "", theAccount
		if r, err := f.Decide(t.Context(), req, Caller{Base: "https://ads.example"}, noon); err != nil || len(r.Decisions) != 1 {
			t.Error(r.Reason, err)
		}
	}
	decide("before")
	f.send(t, "GET", "/v1/decisions?account_id="+theAccount, "", secret) // the token is remembered for some seconds
	f.learning.Lock()
	defer f.learning.Unlock()
	err := f.db.Write(t.Context(), func(store.Tx) error {
		done := make(chan struct{})
		go func() {
			defer close(done)
			for i := range 20 {
				decide(fmt.Sprint("v", i))
			}
			f.send(t, "GET", "/v1/decisions?account_id="+theAccount+"&viewer_id=last", "", secret)
		}()
		select {
		case <-done:
		case <-time.After(20 * time.Second):
			t.Error("a decision waits for a writer")
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// TestDecisionsAmongWriters decides while objects are published, paused and exhausted, impressions come in and models are refitted: nobody is shown
// more than the caps allow, and what was paused last is paused.
func TestDecisionsAmongWriters(t *testing.T) {
	t.Parallel()
	f := cappedFixture(t)
	made := noon.Add(-time.Hour).Unix()
	stop := make(chan struct{})
	var writers, deciders sync.WaitGroup
	writers.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			one, set := adObject(theAd+"1", theAdSet, made), adSetObject(theAdSet+"9", made)
			one.Status = []string{"ACTIVE", "PAUSED"}[i%2]
			set.Data["daily_budget"] = int64(1 + i%2*1000) // next to nothing, and plenty
			f.put(t, one, set, adObject(theAd+"9", set.ID, made))
			if _, err := f.Learn(t.Context()); err != nil {
				t.Error(err)
			}
		}
	})
	for viewer := range 4 {
		deciders.Go(func() {
			shown := 0
			for range 25 {
				req := client1()
				req.Viewer.ID, req.Count = fmt.Sprint("v", viewer), 2
				n, _ := f.shownTo(t, f.Service, req)
				shown += n
			}
			if shown > 2 {
				t.Errorf("viewer %d was shown %d ads under a cap of 2", viewer, shown)
			}
		})
	}
	for range 50 {
		req := client.DecisionRequest{AccountID: theAccount, Count: 5}
		if _, err := f.Decide(t.Context(), req, Caller{Base: "https://ads.example"}, noon); err != nil {
			t.Error(err)
		}
	}
	deciders.Wait()
	close(stop)
	writers.Wait()
	paused := adObject(theAd+"1", theAdSet, made)
	paused.Status = "PAUSED"
	f.put(t, paused)
	if r, err := f.Decide(t.Context(), client.DecisionRequest{AdID: paused.ID}, Caller{}, noon); err != nil || r.Reason != "paused" {
		t.Error(r.Reason, err)
	}
}
