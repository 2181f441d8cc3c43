package deliver

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/marquetry/marquetry/internal/eventlog"
)

// exposure verifies a token and counts its refusal.
func (s *Service) exposure(token string, now time.Time) (*eventlog.Exposure, error) {
	e, err := s.signer.Load().Verify(token, now)
	s.refuseToken(err)
	return e, err
}

// refuseToken counts why a token or counter is not accepted; nil is none.
func (s *Service) refuseToken(err error) {
	switch {
	case errors.Is(err, ErrMalformed):
		s.counts.malformed.Add(1)
	case errors.Is(err, ErrForged):
		s.counts.forged.Add(1)
	case errors.Is(err, ErrStale):
		s.counts.stale.Add(1)
	}
}

// clickExposure is the exposure of a click id that may as well be another network's: what is not ours is nobody's fault and not
// counted, what is ours but forged or stale is. nil when the conversion cannot be joined to a decision.
func (s *Service) clickExposure(token string, now time.Time) *eventlog.Exposure {
	if token == "" {
		return nil
	}
	if _, err := decodeToken(token); err != nil {
		return nil
	}
	e, _ := s.exposure(token, now) // counted there
	return e
}

// record appends events and returns once they are durable, with the receipts in order. What was logged before is counted: as a replay of
// its token or, of a conversion, which pixel and server usually both report, as a duplicate.
func (s *Service) record(ctx context.Context, events []eventlog.Event) ([]eventlog.Receipt, error) {
	receipts, err := s.events.Append(ctx, events)
	if err != nil {
		return nil, fmt.Errorf("deliver: append to the event log: %w: %w", errAway, err)
	}
	for i, r := range receipts {
		switch {
		case !r.Duplicate:
			s.sawAll(events[i:i+1], false) //nolint:gosec // a receipt for each event
		case events[i].Kind == eventlog.Conversion: //nolint:gosec // a receipt for each event
			s.counts.duplicate.Add(1)
		default:
			s.counts.replayed.Add(1)
		}
	}
	return receipts, nil
}

// happened is when an event of a decision took place: now, or in the sandbox, where time stands still between calls, the time that the
// caller names if it can be, and otherwise that of the decision.
func happened(e *eventlog.Exposure, now time.Time, named int64) int64 {
	switch {
	case !e.Sandbox:
		return now.UnixMilli()
	case follows(e, named):
		return named
	}
	return e.At
}

// follows reports whether something at a time, in unix milliseconds, can have come of a decision: not before it, and not later than any
// outcome is taken.
func follows(e *eventlog.Exposure, at int64) bool {
	return at >= e.At && at <= e.At+maxStoreAge.Milliseconds()
}

// exposureEvent is the event of an impression, view or click; a decision has at most one of each.
func exposureEvent(kind eventlog.Kind, e *eventlog.Exposure, at int64) eventlog.Event {
	prefix := map[eventlog.Kind]string{eventlog.Impression: "i:", eventlog.View: "s:", eventlog.Click: "c:"}
	return eventlog.Event{Kind: kind, At: at, Key: prefix[kind] + strconv.FormatUint(e.Decision, 36), Exposure: e}
}

// conversionEvent is the event of an outcome. The sender's event id makes it unique per pixel and name; without one, two reports are the
// same when decision (or viewer), name, value and second are, and anonymous reports are all different.
func (s *Service) conversionEvent(e *eventlog.Exposure, o *eventlog.Outcome, at int64) eventlog.Event {
	var key string
	switch {
	case o.EventID != "":
		key = hashOf("id", o.PixelID, o.Name, o.EventID)
	case e != nil:
		key = hashOf("decision", o.PixelID, strconv.FormatUint(e.Decision, 36), o.Name, strconv.FormatInt(o.Value, 10), strconv.FormatInt(at/1000, 10))
	case o.Viewer != 0:
		key = hashOf("viewer", o.PixelID, strconv.FormatUint(o.Viewer, 36), o.Name, strconv.FormatInt(o.Value, 10), strconv.FormatInt(at/1000, 10))
	default:
		key = hashOf("random", strconv.FormatUint(s.random(), 36))
	}
	return eventlog.Event{Kind: eventlog.Conversion, At: at, Key: "v:" + key, Exposure: e, Outcome: o}
}

// hashOf is 32 hex digits over parts of any content.
func hashOf(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		var size [8]byte
		binary.BigEndian.PutUint64(size[:], uint64(len(p)))
		h.Write(size[:])
		h.Write([]byte(p))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// maxValue bounds what one outcome may be worth, in whole units of its currency.
const maxValue = 1e9

// valueMicros turns an amount in whole units of a currency into millionths.
func valueMicros(value float64) (int64, bool) {
	if math.IsNaN(value) || value < 0 || value > maxValue {
		return 0, false
	}
	return int64(math.Round(value * 1e6)), true
}
