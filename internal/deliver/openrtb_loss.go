package deliver

import (
	"maps"
	"net/http"
	"sync"
	"time"

	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/frequency"
	"github.com/marquetry/marquetry/internal/openrtb"
	"github.com/marquetry/marquetry/internal/pacing"
)

// pathLoss is where an exchange says that a bid was lost. It belongs to the processes that decide: only the one that made the bid holds what it took.
const pathLoss = "/v1/openrtb/loss"

// mostLosses is how many of the bids whose money would not have come back by itself yet are remembered; of more, a loss frees nothing.
const mostLosses = 1 << 17

// losses are bids that will not be shown. What they took of budgets is given back when the gates are settled next. A claim is settled once: of a bid
// that is said to be both lost and shown (whoever has its markup can say so), the first word counts.
type losses struct {
	mu   sync.Mutex
	told map[uint64]int64 // decisions that were lost or shown, with their times (unix ms)
	new  []*eventlog.Exposure
}

// add notes a bid, once, as long as its claim has not lapsed.
func (l *losses) add(e *eventlog.Exposure, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, again := l.told[e.Decision]; again || len(l.told) >= mostLosses || now.UnixMilli()-e.At >= pacing.Lapse {
		return
	}
	l.note(e)
	l.new = append(l.new, e)
}

// shown notes that a bid was shown, and reports whether it was lost before.
func (l *losses) shown(e *eventlog.Exposure) (lost bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, lost = l.told[e.Decision]; !lost && len(l.told) < mostLosses {
		l.note(e)
	}
	return lost
}

// note remembers a bid. The lock is held.
func (l *losses) note(e *eventlog.Exposure) {
	if l.told == nil {
		l.told = map[uint64]int64{}
	}
	l.told[e.Decision] = e.At
}

// take hands out what is new, and forgets what has lapsed.
func (l *losses) take(now time.Time) []*eventlog.Exposure {
	l.mu.Lock()
	defer l.mu.Unlock()
	taken := l.new
	l.new = nil
	maps.DeleteFunc(l.told, func(_ uint64, at int64) bool { return now.UnixMilli()-at >= pacing.Lapse })
	return taken
}

// lost answers lurl: a bid will not be shown, and its places under frequency caps and in budgets are free for the next. An impression that comes all the
// same counts.
func (s *Service) lost(w http.ResponseWriter, r *http.Request) {
	noStore(w)
	now, p := s.sources.Now(), r.URL.Query()
	e, err := s.bidOf(p.Get("d"), now)
	if err != nil {
		writeFailure(w, r, s.log, err)
		return
	}
	if p.Get("r") != openrtb.LossWon {
		s.counts.losses.Add(1)
		s.giveBack(e, now)
	}
	w.WriteHeader(http.StatusNoContent)
}

// abandon frees what decisions took that nobody hears of: as if their bids were lost.
func (s *Service) abandon(made []decided, now time.Time) {
	for i := range made {
		if e, err := s.exposure(string(made[i].token), now); err == nil { // we have just signed it
			s.giveBack(e, now)
		}
	}
}

// giveBack frees what a decision took, if it was made by this process.
func (s *Service) giveBack(e *eventlog.Exposure, now time.Time) {
	a := s.snapshot.Load().objects.ads[e.AdID]
	if a == nil || e.Sandbox || e.Process != uint8(s.process.Load()) { //nolint:gosec // a number of a process
		return
	}
	s.seen.capped.Release(&frequency.Ask{Viewer: e.Viewer, Now: e.At}, a.caps, uint32(e.Decision))
	s.gates.losses.add(e, now)
}

// free gives back what lost bids took of budgets.
func (g *gates) free(objects *index, lost []*eventlog.Exposure) {
	for _, e := range lost {
		if a := objects.ads[e.AdID]; a != nil && !pacing.Lapsed(e.At, g.known) {
			for _, gate := range a.adset.gates {
				gate.Free(e.At, e.Price)
			}
		}
	}
}
