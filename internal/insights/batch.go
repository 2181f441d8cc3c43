package insights

import (
	"github.com/marquetry/marquetry/internal/eventlog"
)

// batch collects the effect of consecutive events, so that each row is written once.
type batch struct {
	combinations map[int64][]any
	cells        map[int64][]any
	days         map[dayKey]*dayCount
	viewers      map[viewerKey]*viewerCount
	actions      map[actionKey]*actionCount
	touches      map[touchKey]touch
}

// Keys and counters of the fact tables; see the migration for what the columns mean.
type (
	dayKey    struct{ cell, day int64 }
	viewerKey struct{ cell, day, viewer int64 }
	actionKey struct {
		cell, day     int64
		event, window string
	}
	touchKey struct {
		account string
		viewer  int64
		kind    eventlog.Kind // Click or Impression
	}

	dayCount    struct{ impressions, clicks, spend int64 }
	viewerCount struct{ impressions, clicks int64 }
	actionCount struct{ count, value int64 }
)

// newBatch returns an empty batch that knows these last touches.
func newBatch(known map[touchKey]touch) *batch {
	return &batch{
		combinations: map[int64][]any{}, cells: map[int64][]any{}, days: map[dayKey]*dayCount{}, viewers: map[viewerKey]*viewerCount{},
		actions: map[actionKey]*actionCount{}, touches: known,
	}
}

// at returns the counter under a key, a new one at first.
func at[K comparable, C any](m map[K]*C, k K) *C {
	c := m[k]
	if c == nil {
		c = new(C)
		m[k] = c
	}
	return c
}

// show makes sure that the rows which describe an exposure will exist, and returns the key of its cell.
func (b *batch) show(d *directory, x *eventlog.Exposure) int64 {
	combination := combinationKey(x)
	if b.combinations[combination] == nil {
		b.combinations[combination] = combinationRow(combination, x, d.ads[x.AdID], d.feeds[x.CreativeID])
	}
	id, row := cellOf(combination, x)
	b.cells[id] = row
	return id
}

// add counts one event. Events of ads that the directory does not know are not ours to count.
func (b *batch) add(d *directory, e *eventlog.Event) {
	switch {
	case e.Kind == eventlog.Conversion && e.Outcome != nil:
		b.convert(d, e)
	case e.Kind != eventlog.Conversion && e.Exposure != nil:
		if ad := d.ads[e.Exposure.AdID]; ad != nil {
			b.contact(ad, b.show(d, e.Exposure), e)
		}
	}
}

// contact counts an impression or a click on its own day and remembers it as the viewer's last.
func (b *batch) contact(ad *adInfo, cell int64, e *eventlog.Event) {
	when := int64(dayOf(e.At, ad.account.location))
	count, viewer := at(b.days, dayKey{cell, when}), int64(e.Exposure.Viewer)
	var seen viewerCount
	if e.Kind == eventlog.Impression {
		count.impressions++
		count.spend += e.Exposure.Price
		seen.impressions++
	} else {
		count.clicks++
		seen.clicks++
	}
	if viewer == 0 {
		return
	}
	v := at(b.viewers, viewerKey{cell, when, viewer})
	v.impressions += seen.impressions
	v.clicks += seen.clicks
	b.remember(touchKey{ad.account.id, viewer, e.Kind}, touch{cell, e.At, int64(e.Exposure.Decision)})
}

// remember keeps the later of two touches.
func (b *batch) remember(k touchKey, t touch) {
	if old, ok := b.touches[k]; !ok || t.later(old) {
		b.touches[k] = t
	}
}

// convert counts a conversion on its own day in the cell that caused it, if one did. Only ads of the pixel's account can
// have. Amounts in another currency than the account's are not added up: there is no rate to convert them at.
func (b *batch) convert(d *directory, e *eventlog.Event) {
	out := e.Outcome
	account := d.accounts[out.AccountID]
	if account == nil {
		return
	}
	got, ok := attribute(e.At, b.token(d, e), b.last(e, eventlog.Click), b.last(e, eventlog.Impression))
	if !ok {
		return
	}
	when := int64(dayOf(e.At, account.location))
	at(b.days, dayKey{got.cell, when})
	count := at(b.actions, actionKey{got.cell, when, out.Name, got.window})
	count.count++
	if out.Currency == "" || out.Currency == account.currency {
		count.value += out.Value
	}
}

// token is the click that a conversion's click token names; nil without one or when the ad is of another account. The token
// carries no time of the click, so the decision's stands for it, which came first.
func (b *batch) token(d *directory, e *eventlog.Event) *touch {
	if e.Exposure == nil {
		return nil
	}
	ad := d.ads[e.Exposure.AdID]
	if ad == nil || ad.account.id != e.Outcome.AccountID {
		return nil
	}
	return &touch{b.show(d, e.Exposure), e.Exposure.At, int64(e.Exposure.Decision)}
}

// last is the last touch of the viewer who converted; nil when there is none or the viewer is unknown.
func (b *batch) last(e *eventlog.Event, kind eventlog.Kind) *touch {
	viewer := converter(e)
	if t, ok := b.touches[touchKey{e.Outcome.AccountID, viewer, kind}]; ok && viewer != 0 {
		return &t
	}
	return nil
}

// converter is the viewer of a conversion, as the sender named it or else as the click token does; 0 when unknown.
func converter(e *eventlog.Event) int64 {
	if e.Outcome.Viewer == 0 && e.Exposure != nil {
		return int64(e.Exposure.Viewer)
	}
	return int64(e.Outcome.Viewer)
}
