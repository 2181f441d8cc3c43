package insights

import (
	"cmp"

	"github.com/marquetry/marquetry/internal/eventlog"
)

// outcome is a conversion as attribution sees it.
type outcome struct {
	account *accountInfo
	viewer  int64 // 0 when unknown
	at      int64 // unix milliseconds
	event   string
	value   int64  // millionths of the account's currency
	known   int64  // unix milliseconds at which it was told of
	token   *touch // the click that its token names, if any
	dated   bool   // its token is of the sandbox
}

// standing is a number of equal outcomes and where they are credited.
type standing struct {
	outcome
	count int64
	credit
	added int64 // by this batch
}

// convert counts a conversion on its own day in the cell that caused it, if one did. Only ads of the pixel's account can
// have. One that a touch told of later could be credited to instead is settled once all touches of the batch are known.
func (b *batch) convert(e *eventlog.Event) {
	account := b.directory.accounts[e.Outcome.AccountID]
	if account == nil {
		return
	}
	o := outcome{account: account, viewer: converter(e), at: e.At, event: e.Outcome.Name, known: max(e.Arrived, e.At), token: b.token(e), dated: dated(e)}
	if e.Outcome.Currency == "" || e.Outcome.Currency == account.currency { // there is no rate to convert others at
		o.value = e.Outcome.Value
	}
	if o.viewer == 0 || o.token.reaches(o.at, true) {
		b.count(&o, attribute(o.at, o.token, nil), 1)
		return
	}
	s := at(b.open, o.id())
	s.outcome = o
	s.added++
}

// token is the click that a conversion's click token names; nil without one or when the ad is of another account. The token
// carries no time of the click, so the decision's stands for it, which came first.
func (b *batch) token(e *eventlog.Event) *touch {
	x := e.Exposure
	if x == nil {
		return nil
	}
	ad := b.directory.ads[x.AdID]
	if ad == nil || ad.account.id != e.Outcome.AccountID {
		return nil
	}
	return &touch{contactOf(eventlog.Click, x.Windows), b.show(x), x.At, int64(x.Decision)}
}

// converter is the viewer of a conversion, as the sender named it or else as the click token does; 0 when unknown.
func converter(e *eventlog.Event) int64 {
	if e.Outcome.Viewer == 0 && e.Exposure != nil {
		return int64(e.Exposure.Viewer)
	}
	return int64(e.Outcome.Viewer)
}

// tokenColumns is what a row of rollup_outcomes has of the token.
func (o *outcome) tokenColumns() (kind string, cell, at int64) {
	if o.token == nil {
		return "", 0, 0
	}
	return o.token.name(), o.token.cell, o.token.at
}

// id is the key of all outcomes that are equal.
func (o *outcome) id() int64 {
	kind, cell, at := o.tokenColumns()
	return key(o.account.id, decimal(o.viewer), decimal(o.at), o.event, decimal(o.value), decimal(o.known), kind, decimal(cell), decimal(at))
}

// count adds outcomes to the cell that they are credited to, or takes them from it. What becomes known after its day restates that day.
func (b *batch) count(o *outcome, c credit, n int64) {
	if c.window == "" || n == 0 {
		return
	}
	when := int64(dayOf(o.at, o.account.location))
	at(b.days, dayKey{c.cell, when})
	k := actionKey{c.cell, when, o.event, c.window}
	at(b.actions, k).add(n, o.value)
	if int64(dayOf(o.known, o.account.location)) > when {
		at(b.restated, restatedKey{k, o.known}).add(n, o.value)
	}
	if n < 0 {
		b.moved[c.cell] = true
	}
}

// add adds n conversions of a value.
func (c *actionCount) add(n, value int64) {
	c.count += n
	c.value = boundedWorth(c.value + boundedWorth(n*value))
}

// settle credits a standing by all touches that can have caused it.
func (b *batch) settle(s *standing, touches []touch) {
	now := attribute(s.at, s.token, touches)
	if now == s.credit {
		b.count(&s.outcome, now, s.added)
	} else {
		b.count(&s.outcome, s.credit, -s.count)
		b.count(&s.outcome, now, s.count+s.added)
	}
	s.credit, s.count, s.added = now, s.count+s.added, 0
}

// compare orders rows of rollup_actions.
func (k actionKey) compare(o actionKey) int {
	return cmp.Or(cmp.Compare(k.cell, o.cell), cmp.Compare(k.day, o.day), cmp.Compare(k.event, o.event), cmp.Compare(k.window, o.window))
}

// compare orders rows of rollup_days.
func (k dayKey) compare(o dayKey) int {
	return cmp.Or(cmp.Compare(k.cell, o.cell), cmp.Compare(k.day, o.day))
}

// row is the row of rollup_outcomes.
func (s *standing) row(id int64) []any {
	kind, cell, at := s.tokenColumns()
	return []any{id, s.account.id, s.viewer, s.at, s.event, s.value, s.known, kind, cell, at, s.count, s.cell, s.window, bit(s.dated)}
}
