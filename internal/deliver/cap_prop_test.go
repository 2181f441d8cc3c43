package deliver

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/frequency"
	"github.com/marquetry/marquetry/internal/object"
)

// crowded is a tree with caps, and what viewers were shown, as plainly as it can be put.
type crowded struct {
	tree
	caps  map[string]frequency.Cap // by id of a campaign, an ad set or an ad
	shown []sight

	nobody  int    // number of the viewer without an id
	counter string // of that viewer
}

// sight is one decision.
type sight struct {
	viewer  string
	owners  []string // ad, ad set and campaign
	claimed []string // those that had a cap then
	at      int64    // unix milliseconds
	kept    bool     // it counts however long ago it was decided
	token   string
}

// put stores the objects with their caps, as a server does that sees them.
func (w *crowded) put(t *testing.T, f *fixture) {
	all := w.objects(f)
	for _, o := range all {
		if c, capped := w.caps[o.ID]; capped {
			field := map[string]string{"adset": "frequency_control_specs"}[o.Type]
			if field == "" {
				field = "marquetry_frequency_caps"
			}
			o.Data[field] = capsObject(c.Window/frequency.Day, int64(c.Most))
		}
	}
	f.put(t, all...)
	if err := f.recallNew(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// owners are an ad, its set and its campaign.
func (w *crowded) owners(b, i int) []string {
	return []string{w.id(b, i), fmt.Sprint("12020000000000032", b), fmt.Sprint("12020000000000031", b)}
}

// count is how often a viewer was shown something, as far as that stands.
func (w *crowded) count(viewer, owner string, now, window int64) (n int) {
	for _, s := range w.shown {
		if s.viewer != viewer || s.at <= now-window {
			continue
		}
		if s.kept && slices.Contains(s.owners, owner) || now-s.at < frequency.Hold && slices.Contains(s.claimed, owner) {
			n++
		}
	}
	return n
}

// TestNeverOverCapNorIneligible edits objects and caps at random, asks in real time, several requests at once, for places of a page and for several ads, reports
// impressions at once, late or never, and starts anew: what is shown may be, and no more often than the caps say.
func TestNeverOverCapNorIneligible(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	gone := adObject(theAd, theAdSet, 0)
	gone.Status = "DELETED"
	f.put(t, gone)
	if err := f.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	check, all := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		check++
		w := &crowded{tree: tree{account: 1, campaigns: [branches]string{"ACTIVE", "ACTIVE"}}, caps: map[string]frequency.Cap{}}
		for b := range branches {
			w.sets[b].status, w.sets[b].country = "ACTIVE", "US"
			for i := range perBranch {
				w.ads[b][i].status, w.ads[b][i].verdict, w.ads[b][i].stopped, w.ads[b][i].pinned = "ACTIVE", object.Approve, -1, -1
				for _, id := range w.owners(b, i) {
					w.draw(rt, id)
				}
			}
		}
		w.put(t, f)
		for range rapid.IntRange(2, 8).Draw(rt, "steps") {
			switch rapid.IntRange(0, 9).Draw(rt, "step") {
			case 0:
				w.edit(rt, f.clock.Now().Unix())
				w.put(t, f)
			case 1:
				w.draw(rt, w.owners(rapid.IntRange(0, branches-1).Draw(rt, "b"), rapid.IntRange(0, perBranch-1).Draw(rt, "i"))[rapid.IntRange(0, 2).Draw(rt, "owner")])
				w.nobody, w.counter = w.nobody+1, "" // a counter forgets what has no cap for a while
				w.put(t, f)
			case 2:
				f.Service = f.restarted(t)
				w.shown = slices.DeleteFunc(w.shown, func(s sight) bool { return !s.kept })
			case 3:
				f.clock.advance(rapid.SampledFrom([]time.Duration{time.Second, 4 * time.Minute, 11 * time.Minute, 5 * time.Hour, 24 * time.Hour}).Draw(rt, "passes"))
			case 4:
				w.report(t, rt, f)
			default:
				viewer := rapid.SampledFrom([]string{"a", "b", ""}).Draw(rt, "viewer")
				if viewer != "" {
					viewer = fmt.Sprint(viewer, check)
				}
				all += w.ask(rt, f, viewer)
			}
		}
	})
	if all == 0 {
		t.Error("nothing was shown")
	}
}

// draw gives something a cap, or none.
func (w *crowded) draw(t *rapid.T, id string) {
	delete(w.caps, id)
	if most := rapid.IntRange(0, 3).Draw(t, "most"); most > 0 {
		w.caps[id] = frequency.Cap{Window: frequency.Day * rapid.Int64Range(1, 3).Draw(t, "days"), Most: most}
	}
}

// report tells of the impressions of some decisions that were made before.
func (w *crowded) report(t *testing.T, rt *rapid.T, f *fixture) {
	for i := range w.shown {
		if s := &w.shown[i]; s.token != "" && rapid.Bool().Draw(rt, "seen") {
			e, err := f.exposure(s.token, f.clock.Now())
			if err == nil {
				_, err = f.record(t.Context(), []eventlog.Event{exposureEvent(eventlog.Impression, e, f.clock.Now().UnixMilli())})
			}
			if err != nil {
				t.Fatal(err)
			}
			s.kept, s.token = true, ""
		}
	}
}

// ask asks for a viewer, several times at once for one with an id, and checks what comes. It returns how many ads did.
func (w *crowded) ask(t *rapid.T, f *fixture, viewer string) int {
	now := f.clock.Now()
	anonymous, times := viewer == "", 1
	if anonymous {
		viewer = fmt.Sprint("nobody ", w.nobody)
	} else {
		times = rapid.IntRange(1, 4).Draw(t, "at once")
	}
	var together sync.WaitGroup
	answers := make([]client.PageResponse, times)
	for n := range times {
		req := client.PageRequest{Viewer: client.Viewer{ID: viewer, Country: "US"}}
		if anonymous {
			req.Viewer.ID, req.Viewer.Counter = "", w.counter
		}
		for i := range rapid.IntRange(1, 3).Draw(t, "places") {
			slot := client.Slot{ID: fmt.Sprint(i), AccountID: theAccount, Count: rapid.IntRange(1, 3).Draw(t, "count")}
			if rapid.Bool().Draw(t, "of a set") {
				slot.AccountID, slot.AdSetID = "", w.owners(i%branches, 0)[1]
			}
			req.Slots = append(req.Slots, slot)
		}
		together.Go(func() {
			var err error
			if answers[n], err = f.Page(t.Context(), req, sandboxCaller(), now); err != nil {
				t.Error(err)
			}
		})
	}
	together.Wait()
	count, touched := 0, map[string]bool{}
	for _, answer := range answers {
		if answer.Counter != "" {
			w.counter = answer.Counter
		}
		onPage := map[string]bool{}
		for _, slot := range answer.Slots {
			for _, d := range slot.Decisions {
				if onPage[d.AdID] {
					t.Fatalf("a page has %s twice", d.AdID)
				}
				onPage[d.AdID] = true
				count++
				b, i := w.check(t, &d, now)
				s := sight{viewer: viewer, owners: w.owners(b, i), at: now.UnixMilli(), token: d.Token}
				if anonymous {
					s.kept, s.token = true, ""
				}
				for _, id := range s.owners {
					if touched[id] = true; w.caps[id].Most > 0 {
						s.claimed = append(s.claimed, id)
					}
				}
				w.shown = append(w.shown, s)
			}
		}
	}
	for id := range touched {
		if c, capped := w.caps[id]; capped && w.count(viewer, id, now.UnixMilli(), c.Window) > c.Most {
			t.Fatalf("viewer %q of %s, capped %+v at %v: %+v", viewer, id, c, now, w.shown)
		}
	}
	return count
}

// check expects that an ad may show, and returns where it stands.
func (w *crowded) check(t *rapid.T, d *client.Decision, now time.Time) (b, i int) {
	for b := range branches {
		for i := range perBranch {
			if d.AdID != w.id(b, i) {
				continue
			}
			if !w.mayShow(b, i, client.Viewer{Country: "US"}, now, 0) || !w.allows(b, i, d.Assets["title"].Index, d.Assets["image"].Index) {
				t.Fatalf("%s shows %+v at %v: %+v", d.AdID, d.Assets, now, w.tree)
			}
			return b, i
		}
	}
	t.Fatalf("%s is not asked for", d.AdID)
	return 0, 0
}
