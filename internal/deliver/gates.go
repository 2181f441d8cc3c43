package deliver

import (
	"context"
	"time"

	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/pacing"
)

// gates lets budgets be claimed. It is changed by whoever makes a new snapshot; decisions know the gates through their ad set.
type gates struct {
	of     map[string]*guarded // by owner of the budget
	tailed int64               // position in the log up to which impressions are settled; -1 before the first
	known  int64               // unix ms up to which all impressions are known

	demand  map[string]*demand // by digits of the account
	flushed time.Time          // when demand was written last
	peers   *peers             // nil when no budget is shared

	losses losses // of bids; safe for concurrent use
}

// guarded is a budget with its gate.
type guarded struct {
	*pacing.Gate
	course  *course
	account string // digits
}

// open gives each budget of an index its gate: that of before, changed if the budget was, or a new one.
func (g *gates) open(objects *index, spent map[string]spending, now time.Time) {
	for id, a := range objects.accounts {
		if g.demand[id] == nil {
			g.demand[id] = newDemand()
		}
		a.demand = g.demand[id]
		a.demand.zone = a.zone
	}
	all := map[string]*guarded{}
	open := map[string]bool{} // owners with a set that does not end
	for _, set := range objects.adsets {
		for _, b := range set.budgets {
			one := all[b.owner]
			if one == nil {
				one = &guarded{account: set.account.id, course: &course{
					budget: b, zone: set.account.zone, minor: set.account.minor, price: set.account.price, periods: objects.periods[b.owner],
				}}
				if b.steady {
					one.course.periods = nil
				}
				all[b.owner] = one
			}
			if set.status != object.Deleted && set.status != object.Archived {
				one.course.end = max(one.course.end, set.end)
				open[b.owner] = open[b.owner] || set.end == 0
			}
		}
	}
	for owner, one := range all {
		if open[owner] {
			one.course.end = 0
		}
		old, shape := g.of[owner], g.demand[one.account].shape.Load
		switch {
		case old == nil:
			one.Gate = pacing.NewGate(one.course.plan(shape), spent[owner].delivered(), g.standing(one.account, owner, now))
		case old.course.equal(one.course):
			one = old
		default:
			one.Gate = old.Gate
			one.Change(one.course.plan(shape))
		}
		all[owner] = one
	}
	for _, set := range objects.adsets {
		for _, b := range set.budgets {
			set.gates = append(set.gates, all[b.owner].Gate)
		}
	}
	g.of = all
}

// gate is that of a budget's owner; nil when it has none.
func (s *Service) gate(owner string) *pacing.Gate {
	s.learning.Lock()
	defer s.learning.Unlock()
	if one := s.gates.of[owner]; one != nil {
		return one.Gate
	}
	return nil
}

// delivered is spending in the words of a gate.
func (s spending) delivered() pacing.Delivered { return pacing.Delivered{Days: s.days, Ever: s.ever} }

// settle tells the gates what was delivered, up to what the snapshot knows: of each impression its claim is settled in the same moment.
func (s *Service) settle(ctx context.Context, snapshot *Snapshot, took bool) error {
	now := s.sources.Now()
	if took {
		if err := s.tail(ctx, snapshot, now); err != nil {
			return err
		}
	}
	s.gates.free(snapshot.objects, s.gates.losses.take(now))
	for owner, one := range s.gates.of {
		if spent := snapshot.spent[owner]; took || s.gates.peers != nil || !one.Idle() {
			one.Settle(now.UnixMilli(), s.gates.known, spent.delivered(), s.gates.standing(one.account, owner, now))
		}
	}
	return nil
}

// tail reads the impressions that the snapshot knows and the gates do not.
func (s *Service) tail(ctx context.Context, snapshot *Snapshot, now time.Time) error {
	g := &s.gates
	if g.tailed < 0 || snapshot.position < g.tailed {
		g.tailed = snapshot.position
	}
	last, err := s.events.Last(ctx) // before what follows, so that known is not too late
	if err != nil {
		return err
	}
	for g.tailed < snapshot.position {
		events, err := s.events.Read(ctx, g.tailed, int(min(maxBatch, snapshot.position-g.tailed)))
		if err != nil || len(events) == 0 {
			return err
		}
		for i := range events {
			g.shown(snapshot.objects, &events[i], uint8(s.process.Load()), now) //nolint:gosec // a number of a process
		}
		g.tailed = events[len(events)-1].Seq
	}
	if last <= g.tailed {
		g.known = max(g.known, now.UnixMilli())
	}
	return nil
}

// shown settles the claims of one impression, if they were made by this process.
func (g *gates) shown(objects *index, e *eventlog.Event, process uint8, now time.Time) {
	x := e.Exposure
	if e.Kind != eventlog.Impression || x == nil || x.Sandbox || e.Invalid != "" || x.Process != process {
		return
	}
	g.known = max(g.known, min(e.At, now.UnixMilli())) // the clock of another server may be fast
	a := objects.ads[x.AdID]
	if a == nil {
		return
	}
	lapsed := pacing.Lapsed(x.At, g.known)
	lost := !lapsed && x.Bid && g.losses.shown(x)
	for _, gate := range a.adset.gates {
		switch {
		case lapsed:
			gate.Late(x.Price)
		case !lost:
			gate.Shown(x.At, x.Price)
		}
	}
}

// beat is what is done every second besides new snapshots: requests are counted, and the other processes met.
func (s *Service) beat(ctx context.Context) error {
	s.learning.Lock()
	defer s.learning.Unlock()
	now := s.sources.Now()
	if err := s.observe(ctx, now); err != nil {
		return err
	}
	if s.gates.peers != nil {
		if err := s.meet(ctx, now); err != nil {
			return err
		}
	}
	for account, d := range s.gates.demand {
		d.feel(now, s.gates.peers.elsewhere(account, now))
	}
	return nil
}

// leave is the last beat: what was counted is written, and others need not wait to see that this process is gone.
func (s *Service) leave(ctx context.Context) error {
	s.learning.Lock()
	defer s.learning.Unlock()
	now := s.sources.Now()
	if err := s.flush(ctx, now); err != nil || s.gates.peers == nil || s.gates.peers.number == 0 {
		return err
	}
	s.gates.peers.state.Left = true
	return s.meet(ctx, now)
}
