package insights

import (
	"github.com/marquetry/marquetry/internal/eventlog"
)

// batch collects the effect of consecutive events, so that each row is written once.
type batch struct {
	directory    *directory
	combinations map[int64][]any
	cells        map[int64][]any
	days         map[dayKey]*dayCount
	viewers      map[viewerKey]*viewerCount
	actions      map[actionKey]*actionCount
	restated     map[restatedKey]*actionCount
	invalid      map[invalidKey]*int64
	touches      map[touchKey]held
	open         map[int64]*standing
	moved        map[int64]bool // cells that a conversion was taken from
	newest       int64          // unix milliseconds of the latest event outside of the sandbox
}

// Keys and counters of the fact tables; see the migrations for what the columns mean.
type (
	dayKey    struct{ cell, day int64 }
	viewerKey struct{ cell, day, viewer int64 }
	actionKey struct {
		cell, day     int64
		event, window string
	}
	restatedKey struct {
		actionKey
		known int64
	}
	invalidKey struct {
		dayKey
		kind   eventlog.Kind
		reason string
	}
	touchKey struct {
		account      string
		viewer       int64
		contact      contact
		at, decision int64
	}

	held struct { // what is kept of a touch
		cell  int64
		dated bool
	}

	dayCount    struct{ impressions, views, clicks, spend int64 }
	viewerCount struct{ impressions, clicks int64 }
	actionCount struct{ count, value int64 }
)

// newBatch returns an empty batch.
func newBatch(d *directory) *batch {
	return &batch{
		directory: d, combinations: map[int64][]any{}, cells: map[int64][]any{}, days: map[dayKey]*dayCount{}, viewers: map[viewerKey]*viewerCount{},
		actions: map[actionKey]*actionCount{}, restated: map[restatedKey]*actionCount{}, invalid: map[invalidKey]*int64{},
		touches: map[touchKey]held{}, open: map[int64]*standing{}, moved: map[int64]bool{},
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
func (b *batch) show(x *eventlog.Exposure) int64 {
	combination := combinationKey(x)
	if b.combinations[combination] == nil {
		b.combinations[combination] = combinationRow(combination, x, b.directory.ads[x.AdID], b.directory.feeds[x.CreativeID])
	}
	id, row := cellOf(combination, x)
	b.cells[id] = row
	return id
}

// add counts one event. Events of ads that the directory does not know are not ours to count.
func (b *batch) add(e *eventlog.Event) {
	var ad *adInfo
	if e.Exposure != nil {
		ad = b.directory.ads[e.Exposure.AdID]
	}
	if !dated(e) {
		b.newest = max(b.newest, e.At)
	}
	switch {
	case e.Invalid != "":
		if ad != nil {
			day := dayKey{b.show(e.Exposure), int64(dayOf(e.At, ad.account.location))}
			*at(b.invalid, invalidKey{day, e.Kind, e.Invalid})++
		}
	case e.Kind == eventlog.Conversion && e.Outcome != nil:
		b.convert(e)
	case e.Kind != eventlog.Conversion && ad != nil:
		b.contact(ad, b.show(e.Exposure), e)
	}
}

// contact counts an impression, a view or a click on its own day; of known viewers it is remembered what can be credited.
func (b *batch) contact(ad *adInfo, cell int64, e *eventlog.Event) {
	when := int64(dayOf(e.At, ad.account.location))
	count, viewer := at(b.days, dayKey{cell, when}), int64(e.Exposure.Viewer)
	var seen viewerCount
	switch e.Kind {
	case eventlog.View:
		count.views++
		return
	case eventlog.Impression:
		count.impressions++
		count.spend += e.Exposure.Price
		seen.impressions++
	default:
		count.clicks++
		seen.clicks++
	}
	if viewer == 0 {
		return
	}
	v := at(b.viewers, viewerKey{cell, when, viewer})
	v.impressions += seen.impressions
	v.clicks += seen.clicks
	b.touches[touchKey{ad.account.id, viewer, contactOf(e.Kind, e.Exposure.Windows), e.At, int64(e.Exposure.Decision)}] = held{cell, e.Exposure.Sandbox}
}
