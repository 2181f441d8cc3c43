package pacing

import (
	"math"
	"sync/atomic"
)

// Answer is what a gate says to an ad.
type Answer uint8

// The answers.
const (
	Free  Answer = iota // it may be shown
	Wait                // not at this moment
	Spent               // less is left than an impression costs
)

// Gate lets one budget be claimed by many at once, without locks. What it may hand out follows from its plan, the time, and its books,
// which one caller at a time keeps with [Gate.Shown] and [Gate.Settle].
type Gate struct {
	plan    atomic.Pointer[Plan]
	books   atomic.Pointer[Books]
	day     atomic.Pointer[Day]
	line    atomic.Pointer[line]
	claimed atomic.Int64 // in all, since the gate was made
	recent  [slots]atomic.Int64
	ledger  ledger
}

// NewGate is the gate of a budget of which so much is delivered.
func NewGate(p *Plan, d Delivered, s Standing) *Gate {
	g := &Gate{}
	g.books.Store(&Books{Delivered: d, Standing: s, rate: 1})
	g.Change(p)
	return g
}

// Change puts another plan in the place of the old one. It holds at once; what the gate could have handed out before does not come on top.
func (g *Gate) Change(p *Plan) {
	g.plan.Store(p)
	g.Renew()
}

// Renew asks the plan for its day anew, as what is known of the traffic has changed.
func (g *Gate) Renew() {
	g.day.Store(nil)
	g.expire()
}

// expire has a new line drawn at the next question.
func (g *Gate) expire() {
	if old := g.line.Load(); old != nil {
		ended := *old
		ended.until = math.MinInt64
		g.line.Store(&ended)
	}
}

// Ask says whether an impression at a price may be claimed.
func (g *Gate) Ask(now, price int64) Answer {
	l := g.current(now)
	switch {
	case l.admits(now, g.claimed.Load(), price):
		return Free
	case l.spent:
		return Spent
	}
	return Wait
}

// Claim takes a price out of every gate, or out of none.
func Claim(gates []*Gate, now, price int64) bool {
	for i, g := range gates {
		if !g.claim(now, price) {
			for _, taken := range gates[:i] {
				taken.claimed.Add(-price)
			}
			return false
		}
	}
	for _, g := range gates {
		g.recent[slotOf(now)].Add(price)
	}
	return true
}

// claim takes a price if it is there.
func (g *Gate) claim(now, price int64) bool {
	for l := g.current(now); ; {
		before := g.claimed.Load()
		if !l.admits(now, before, price) {
			return false
		}
		if g.claimed.CompareAndSwap(before, before+price) {
			return true
		}
	}
}

// current is the line of a moment. Whoever comes first after the end of one draws the next.
func (g *Gate) current(now int64) *line {
	old := g.line.Load()
	if old != nil && old.from <= now && now < old.until {
		return old
	}
	p := g.plan.Load()
	next := p.draw(old, g.today(p, now), g.books.Load(), now, g.claimed.Load())
	if !g.line.CompareAndSwap(old, next) {
		if other := g.line.Load(); other.from <= now && now < other.until {
			return other
		}
	}
	return next
}

// today is the day of a moment.
func (g *Gate) today(p *Plan, now int64) *Day {
	d := g.day.Load()
	if d == nil || !d.Holds(now) {
		d = p.Day(now)
		g.day.Store(d)
	}
	return d
}

// Raise is what may be spent in addition to the daily budget on the day of a moment, which need not be now.
func (g *Gate) Raise(at int64) int64 { return g.plan.Load().Day(at).Raise }

// State is what an operator sees of a gate.
type State struct {
	Delivered   int64   // today
	Scheduled   int64   // that today's part would come to by now if requests came as they are expected
	Outstanding int64   // claimed here, neither shown nor lapsed
	Allowance   int64   // that may be claimed here at this moment
	Share       float64 // of what is left that is for this process
	ShowRate    float64 // of claims that are shown
}

// State is that of a moment.
func (g *Gate) State(now int64) State {
	b, p := g.books.Load(), g.plan.Load()
	d := g.today(p, now)
	s := State{
		Delivered: b.Days[d.Number], Outstanding: g.Outstanding(), Share: b.at(now), ShowRate: b.rate,
		Allowance: max(0, g.current(now).at(now)-g.claimed.Load()),
	}
	amount, traffic := p.Daily+d.Raise, d.Traffic()
	if p.Daily == 0 {
		amount, traffic = p.Lifetime-(b.Ever-s.Delivered), traffic+d.Later
	}
	if traffic > 0 {
		s.Scheduled = int64(float64(amount) * d.Before(now) / traffic)
	}
	return s
}

// Behind is by how much of a day's money delivery is behind the traffic that has come on this day, or since the budget is there (unix ms) if that is
// later; negative when it is ahead, and not ok for a budget that is not paced.
func (g *Gate) Behind(now, since int64) (share float64, ok bool) {
	p, b := g.plan.Load(), g.books.Load()
	d := g.today(p, now)
	money, spent := float64(p.Daily+d.Raise), float64(b.Days[d.Number])
	if p.Daily == 0 {
		money = (float64(p.Lifetime-b.Ever) + spent) * d.Traffic() / (d.Traffic() + d.Later)
	}
	came := d.Before(since)
	all := d.Traffic() - came
	if p.Hurry || p.Daily == 0 && !p.Ends || !(money > 0) || all <= 0 {
		return 0, false
	}
	return max(0, d.Before(now)-came)/all - spent/money, true
}
