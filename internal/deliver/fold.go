package deliver

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/store"
)

// foldName is the fold's name, under which its checkpoint stands.
const foldName = "learning"

// Fold counts events in the learner's cells. It is an eventlog.Fold.
type Fold struct {
	attributes []string
	log        *slog.Logger

	mu     sync.Mutex
	places map[string]place // by ad and creative id; neither ever changes
}

// place is where the events of one creative of one ad are counted.
type place struct {
	account  string         // digits
	zone     *time.Location // of the account
	currency string         // of the account
	space    bandit.Space
}

// cellKey names a row of learn_cells.
type cellKey struct {
	ad, creative, signature string
	combination             int
	day                     int32
	event                   string // "" for impressions and clicks
}

// dayKey names a row of learn_days.
type dayKey struct {
	ad    string
	day   int32
	event string
}

// tally is what a batch of events adds to one row. A cell has a value, a day has spend; both are millionths of the account's currency.
type tally struct{ impressions, clicks, conversions, money int64 }

// lateKey names a row of learn_delays.
type lateKey struct {
	account, event string
	day            int32
	age            int
}

// extent is how many events of an ad there are, the position of the last, and when the latest happened (unix milliseconds).
type extent struct{ events, position, latest int64 }

// batch is what a number of events add up to.
type batch struct {
	cells map[cellKey]tally
	days  map[dayKey]tally
	late  map[lateKey]int64
	ads   map[string]extent
}

// NewFold makes the fold for learners that tell these attributes apart.
func NewFold(attributes []string, log *slog.Logger) *Fold {
	return &Fold{attributes: attributes, log: log, places: map[string]place{}}
}

// Name implements eventlog.Fold.
func (f *Fold) Name() string { return foldName }

// Reset implements eventlog.Fold.
func (f *Fold) Reset(ctx context.Context, tx store.Tx) error {
	for _, table := range []string{"learn_cells", "learn_days", "learn_delays", "learn_ads"} {
		if _, err := tx.Exec(ctx, "DELETE FROM "+table); err != nil {
			return err
		}
	}
	return nil
}

// Apply implements eventlog.Fold. A conversion counts where its click token says, if it came in time; one without a token teaches nothing here
// and is left to the attribution of the reports.
func (f *Fold) Apply(ctx context.Context, tx store.Tx, events []eventlog.Event) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.locate(ctx, tx, events); err != nil {
		return err
	}
	b := batch{cells: map[cellKey]tally{}, days: map[dayKey]tally{}, late: map[lateKey]int64{}, ads: map[string]extent{}}
	for i := range events {
		e := &events[i]
		if !teaches(e) {
			continue
		}
		p, known := f.places[e.Exposure.AdID+"/"+e.Exposure.CreativeID]
		if !known || !fits(p.space, e.Exposure.Slots) {
			f.log.WarnContext(ctx, "an event of an unknown ad teaches nothing", "seq", e.Seq, "ad", e.Exposure.AdID, "creative", e.Exposure.CreativeID)
			continue
		}
		b.add(e, p, f.attributes)
	}
	return b.write(ctx, tx)
}

// teaches reports whether anything is learnt from an event: it belongs to a decision, people can have caused it, and a conversion came within
// the windows in which the ad set counts it.
func teaches(e *eventlog.Event) bool {
	x := e.Exposure
	if x == nil || e.Invalid != "" || e.Kind == eventlog.View {
		return false
	}
	const day = 24 * time.Hour
	window := time.Duration(max(x.Windows.Click(), x.Windows.View())) * day
	return e.Kind != eventlog.Conversion || time.Duration(e.At-x.At)*time.Millisecond <= window
}

// fits reports whether positions lie in a space.
func fits(space bandit.Space, slots []uint8) bool {
	if len(slots) != len(space.Sizes) {
		return false
	}
	for i, n := range space.Sizes {
		if int(slots[i]) >= n {
			return false
		}
	}
	return true
}

// add counts one event: in the cell of its decision, and on the day on which it happened.
func (b *batch) add(e *eventlog.Event, p place, attributes []string) {
	x := e.Exposure
	cell := cellKey{
		ad: x.AdID, creative: x.CreativeID, signature: string(signatureOf(attributes, &x.Context)), combination: p.space.Index(x.Slots),
		day: dayOf(time.UnixMilli(x.At), p.zone),
	}
	day := dayKey{ad: x.AdID, day: dayOf(time.UnixMilli(e.At), p.zone)}
	var inCell, onDay tally
	switch e.Kind {
	case eventlog.Impression:
		inCell, onDay = tally{impressions: 1}, tally{impressions: 1, money: x.Price}
	case eventlog.Click:
		inCell, onDay = tally{clicks: 1}, tally{clicks: 1}
	case eventlog.Conversion:
		cell.event, day.event = e.Outcome.Name, e.Outcome.Name
		inCell, onDay = tally{conversions: 1}, tally{conversions: 1}
		if e.Outcome.Currency == "" || e.Outcome.Currency == p.currency { // there is no rate to convert others at
			inCell.money = e.Outcome.Value
		}
		b.late[lateKey{p.account, e.Outcome.Name, cell.day, bandit.AgeOf((time.Duration(e.At-x.At) * time.Millisecond).Hours() / 24)}]++
	}
	b.cells[cell] = b.cells[cell].plus(inCell)
	b.days[day] = b.days[day].plus(onDay)
	last := b.ads[x.AdID]
	b.ads[x.AdID] = extent{last.events + 1, e.Seq, max(last.latest, e.At)}
}

// plus adds two tallies.
func (t tally) plus(u tally) tally {
	return tally{t.impressions + u.impressions, t.clicks + u.clicks, t.conversions + u.conversions, min(t.money+u.money, mostMoney)}
}

// mostMoney is the most that a tally comes to, in millionths: whoever has a click's token may name what conversions are worth, and a sum beyond 64 bits
// would stop the fold.
const mostMoney = 1_000_000_000_000_000_000

// write adds the batch to the tables, in the order of the keys so that two processes never wait for each other crosswise.
func (b *batch) write(ctx context.Context, tx store.Tx) error {
	for _, k := range slices.SortedFunc(maps.Keys(b.cells), cellKey.compare) {
		t := b.cells[k]
		_, err := tx.Exec(ctx, `INSERT INTO learn_cells (ad_id, creative_id, signature, combination, day, event, impressions, clicks, conversions, value)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (ad_id, creative_id, signature, combination, day, event) DO UPDATE SET
			impressions = learn_cells.impressions + excluded.impressions, clicks = learn_cells.clicks + excluded.clicks,
			conversions = learn_cells.conversions + excluded.conversions,
			value = CASE WHEN learn_cells.value + excluded.value > ? THEN ? ELSE learn_cells.value + excluded.value END`,
			k.ad, k.creative, k.signature, k.combination, k.day, k.event, t.impressions, t.clicks, t.conversions, t.money, mostMoney, mostMoney)
		if err != nil {
			return fmt.Errorf("deliver: count cells: %w", err)
		}
	}
	for _, k := range slices.SortedFunc(maps.Keys(b.days), dayKey.compare) {
		t := b.days[k]
		_, err := tx.Exec(ctx, `INSERT INTO learn_days (ad_id, day, event, impressions, clicks, conversions, spend)
			VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (ad_id, day, event) DO UPDATE SET
			impressions = learn_days.impressions + excluded.impressions, clicks = learn_days.clicks + excluded.clicks,
			conversions = learn_days.conversions + excluded.conversions, spend = learn_days.spend + excluded.spend`,
			k.ad, k.day, k.event, t.impressions, t.clicks, t.conversions, t.money)
		if err != nil {
			return fmt.Errorf("deliver: count days: %w", err)
		}
	}
	for _, k := range slices.SortedFunc(maps.Keys(b.late), lateKey.compare) {
		_, err := tx.Exec(ctx, `INSERT INTO learn_delays (account_id, event, day, age, conversions) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (account_id, event, day, age) DO UPDATE SET conversions = learn_delays.conversions + excluded.conversions`,
			k.account, k.event, k.day, k.age, b.late[k])
		if err != nil {
			return fmt.Errorf("deliver: count delays: %w", err)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(b.ads)) {
		_, err := tx.Exec(ctx, `INSERT INTO learn_ads (ad_id, events, position, latest) VALUES (?, ?, ?, ?)
			ON CONFLICT (ad_id) DO UPDATE SET events = learn_ads.events + excluded.events, position = excluded.position,
			latest = CASE WHEN excluded.latest > learn_ads.latest THEN excluded.latest ELSE learn_ads.latest END`,
			id, b.ads[id].events, b.ads[id].position, b.ads[id].latest)
		if err != nil {
			return fmt.Errorf("deliver: count ads: %w", err)
		}
	}
	return nil
}

// compare orders rows of learn_cells by their key.
func (k cellKey) compare(o cellKey) int {
	return cmp.Or(cmp.Compare(k.ad, o.ad), cmp.Compare(k.creative, o.creative), cmp.Compare(k.signature, o.signature),
		cmp.Compare(k.combination, o.combination), cmp.Compare(k.day, o.day), cmp.Compare(k.event, o.event))
}

// compare orders rows of learn_days by their key.
func (k dayKey) compare(o dayKey) int {
	return cmp.Or(cmp.Compare(k.ad, o.ad), cmp.Compare(k.day, o.day), cmp.Compare(k.event, o.event))
}

// compare orders rows of learn_delays by their key.
func (k lateKey) compare(o lateKey) int {
	return cmp.Or(cmp.Compare(k.account, o.account), cmp.Compare(k.event, o.event), cmp.Compare(k.day, o.day), cmp.Compare(k.age, o.age))
}

// locate reads what is not known yet of the ads and creatives that the events name: three queries, however many events.
func (f *Fold) locate(ctx context.Context, tx store.Tx, events []eventlog.Event) error {
	missing := map[string]*eventlog.Exposure{}
	var ids []string
	for i := range events {
		x := events[i].Exposure
		if x == nil {
			continue
		}
		key := x.AdID + "/" + x.CreativeID
		if _, known := f.places[key]; !known && missing[key] == nil {
			missing[key] = x
			ids = append(ids, x.AdID, x.CreativeID)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	found, err := tx.Objects(ctx, ids)
	if err != nil {
		return err
	}
	var owners []string
	for _, o := range found {
		owners = append(owners, "act_"+o.AccountID)
	}
	accounts, err := tx.Objects(ctx, owners)
	if err != nil {
		return err
	}
	for key, x := range missing {
		if p, ok := placeOf(found[x.AdID], found[x.CreativeID], accounts); ok {
			f.places[key] = p
		}
	}
	return nil
}

// placeOf puts a place together; not ok when something of it is not there.
func placeOf(ad, made *store.Object, accounts map[string]*store.Object) (place, bool) {
	if ad == nil || made == nil || accounts["act_"+ad.AccountID] == nil {
		return place{}, false
	}
	feed, err := creative.FeedOf(edition.Content(made))
	if err != nil {
		return place{}, false
	}
	account := accounts["act_"+ad.AccountID]
	return place{account: ad.AccountID, zone: account.Zone(), currency: text(account.Data, "currency"), space: bandit.Space{Sizes: feed.Sizes()}}, true
}
