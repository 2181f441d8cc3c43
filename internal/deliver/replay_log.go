package deliver

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/offpolicy"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/store"
)

// Bounds of reading a log for a replay: an event takes some microseconds, and an impression 40 bytes of memory.
const (
	maxReplayed  = 1_000_000 // newest events of the log, of all ads together, up to the ad's last one
	replayWindow = 20_000    // events looked at by one query
)

// history is an ad's impressions of what it shows now, with what came of them.
type history struct {
	ad          *ad
	attributes  []string
	shown       []impression
	signatures  []bandit.Signature
	numbers     map[bandit.Signature]int32
	outcomes    map[uint64]outcome // by decision
	other       int                // impressions of what it showed before
	first, last int64              // unix milliseconds of impressions
	complete    bool               // the log was read from its beginning
}

// impression is one of many, and so small.
type impression struct {
	decision    uint64
	propensity  float64
	signature   int32
	combination int32
	day         int32
}

// outcome is what came of a decision. Value is in millionths of the account's currency.
type outcome struct{ clicks, conversions, value int64 }

// readHistory reads the log of an ad.
func (s *Service) readHistory(ctx context.Context, a *ad) (*history, error) {
	h := &history{ad: a, attributes: s.cfg.Attributes, numbers: map[bandit.Signature]int32{}, outcomes: map[uint64]outcome{}}
	if _, err := s.folder.CatchUp(ctx); err != nil {
		return nil, err
	}
	last, err := s.lastOf(ctx, a.id)
	if err != nil {
		return nil, err
	}
	from := max(0, last-maxReplayed)
	h.complete = from == 0
	for ; from < last; from += replayWindow {
		events, err := s.events.About(ctx, a.id, from, min(from+replayWindow, last))
		if err != nil {
			return nil, fmt.Errorf("deliver: replay: %w", err)
		}
		for i := range events {
			h.take(&events[i])
		}
	}
	return h, nil
}

// lastOf is the position of an ad's last event, 0 without any.
func (s *Service) lastOf(ctx context.Context, adID string) (position int64, err error) {
	err = s.db.Read(ctx, func(tx store.Tx) error {
		return tx.QueryRow(ctx, "SELECT COALESCE(MAX(position), 0) FROM learn_ads WHERE ad_id = ?", adID).Scan(&position)
	})
	return position, err
}

// take notes an event.
func (h *history) take(e *eventlog.Event) {
	if !teaches(e) {
		return
	}
	x := e.Exposure
	if x.CreativeID != h.ad.creative.id || !fits(h.ad.creative.space, x.Slots) || !(x.Propensity > 0) {
		if e.Kind == eventlog.Impression {
			h.other++
		}
		return
	}
	got := h.outcomes[x.Decision]
	switch e.Kind {
	case eventlog.Impression:
		h.show(x)
		return
	case eventlog.Click:
		got.clicks = 1
	case eventlog.Conversion:
		if e.Outcome.Name != h.ad.adset.event {
			return
		}
		got.conversions++
		if currency := h.ad.adset.account.currency; cmp.Or(e.Outcome.Currency, currency) == currency {
			got.value += e.Outcome.Value
		}
	}
	h.outcomes[x.Decision] = got
}

// show notes an impression.
func (h *history) show(x *eventlog.Exposure) {
	sig := signatureOf(h.attributes, &x.Context)
	number, known := h.numbers[sig]
	if !known {
		number = int32(len(h.signatures))
		h.numbers[sig] = number
		h.signatures = append(h.signatures, sig)
	}
	if len(h.shown) == 0 {
		h.first = x.At
	}
	h.first, h.last = min(h.first, x.At), max(h.last, x.At)
	h.shown = append(h.shown, impression{
		x.Decision, x.Propensity, number, int32(h.ad.creative.space.Index(x.Slots)), dayOf(time.UnixMilli(x.At), h.ad.adset.account.zone),
	})
}

// at is the i-th impression as a replay takes it.
func (h *history) at(i int) offpolicy.Shown {
	x := h.shown[i]
	came := h.outcomes[x.decision]
	return offpolicy.Shown{Propensity: x.propensity, Cell: bandit.Cell{
		Signature: h.signatures[x.signature], Combination: int(x.combination), Day: x.day,
		Impressions: 1, Clicks: came.clicks, Conversions: came.conversions, Value: came.value,
	}}
}

// events is how many optimisation events came of the impressions.
func (h *history) events() (n int64) {
	for _, x := range h.shown {
		if came := h.outcomes[x.decision]; h.ad.adset.objective == bandit.Clicks {
			n += came.clicks
		} else {
			n += came.conversions
		}
	}
	return n
}
