package deliver

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/catalog"
	"github.com/marquetry/marquetry/internal/eventlog"
)

// Limits of a batch.
const (
	maxBatch     = 1000    // events
	maxBatchBody = 2 << 20 // bytes
	maxName      = 100     // bytes of an event's name
	maxEventID   = 200     // bytes of an event's id
)

// batchEvents answers POST /v1/events. The tokens are the permission: whoever was shown an ad may report what came of it.
func (s *Service) batchEvents(w http.ResponseWriter, r *http.Request) {
	var batch client.EventBatch
	err := readJSON(w, r, maxBatchBody, &batch)
	if err == nil && (len(batch.Events) == 0 || len(batch.Events) > maxBatch) {
		err = invalid("events", "events.count", fmt.Sprintf("events has %d entries, 1 to %d are accepted", len(batch.Events), maxBatch))
	}
	if err != nil {
		writeFailure(w, r, s.log, err)
		return
	}
	results, err := s.takeBatch(r.Context(), batch.Events, s.sources.Now())
	if err != nil {
		writeFailure(w, r, s.log, err)
		return
	}
	writeJSON(w, http.StatusOK, results)
}

// takeBatch records the good events of a batch and says of each what became of it.
func (s *Service) takeBatch(ctx context.Context, sent []client.Event, now time.Time) (client.EventResults, error) {
	answer := client.EventResults{Results: make([]client.EventResult, len(sent))}
	var events []eventlog.Event
	var origin []int // index in sent of each element of events
	for i := range sent {
		e, err := s.reported(&sent[i], now)
		if err == nil {
			events, origin = append(events, e), append(origin, i)
			continue
		}
		told := refusalOf(err)
		if told == nil {
			return answer, err
		}
		answer.Refused++
		answer.Results[i] = client.EventResult{Status: "refused", Error: &client.EventFault{Message: told.message, Field: told.field, Rule: told.rule}}
	}
	receipts, err := s.record(ctx, events)
	if err != nil {
		return answer, err
	}
	for j, receipt := range receipts {
		if receipt.Duplicate {
			answer.Duplicate++
			answer.Results[origin[j]].Status = "duplicate"
		} else {
			answer.Accepted++
			answer.Results[origin[j]].Status = "accepted"
			answer.Results[origin[j]].Invalid = events[j].Invalid
		}
	}
	return answer, nil
}

// reported checks one reported event.
func (s *Service) reported(e *client.Event, now time.Time) (eventlog.Event, error) {
	x, err := s.exposure(e.Token, now)
	if err != nil {
		return eventlog.Event{}, err
	}
	named, err := namedTime(e.Time, x.Sandbox)
	if err != nil {
		return eventlog.Event{}, err
	}
	if named != 0 && !follows(x, named) {
		return eventlog.Event{}, invalid("time", "time.range", "time is before the decision or more than 62 days after it")
	}
	out := eventlog.Event{}
	switch at := happened(x, now, named); e.Type {
	case "impression", "view", "click":
		out = exposureEvent(eventlog.Kind(e.Type), x, at)
	case "conversion":
		outcome, err := s.outcome(e, x)
		if err != nil {
			return out, err
		}
		out = s.conversionEvent(x, outcome, at)
	default:
		return out, invalid("type", "type.enum", "type is none of impression, view, click and conversion")
	}
	s.judge(&out, reporter{agent: e.UserAgent})
	return out, nil
}

// namedTime reads the time that the reporter names, in unix milliseconds; 0 for none.
func namedTime(text string, sandbox bool) (int64, error) {
	if text == "" {
		return 0, nil
	}
	if !sandbox {
		return 0, invalid("time", "time.scope", "time is accepted only for decisions that were made at a named time")
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return 0, invalid("time", "time.format", "time is not RFC 3339, such as 2026-11-22T12:00:00Z")
	}
	return t.UnixMilli(), nil
}

// outcome is the conversion of a reported event: by the ad set's own pixel in the account's currency, unless the report says otherwise.
func (s *Service) outcome(e *client.Event, x *eventlog.Exposure) (*eventlog.Outcome, error) {
	objects := s.snapshot.Load().objects
	a := objects.ads[x.AdID]
	if a == nil {
		return nil, invalid("token", "token.ad", "the token's ad is not known here any more")
	}
	o := &eventlog.Outcome{
		PixelID: e.PixelID, AccountID: a.adset.account.id, Name: e.Name, EventID: e.EventID, Viewer: x.Viewer, Currency: e.Currency, Source: "website",
	}
	if o.PixelID == "" {
		o.PixelID = a.adset.pixel
	} else if objects.pixels[o.PixelID] != o.AccountID {
		return nil, invalid("pixel_id", "pixel_id.account", "pixel_id is not a pixel of the ad's account")
	}
	if o.Currency == "" {
		o.Currency = a.adset.account.currency
	}
	if err := checkOutcome(o, e.Value); err != nil {
		return nil, err
	}
	return o, s.checkName(o)
}

// checkOutcome completes an outcome by its value, in whole units of currency, and checks its texts.
func checkOutcome(o *eventlog.Outcome, value float64) error {
	micros, ok := valueMicros(value)
	o.Value = micros
	switch {
	case o.Name == "" || len(o.Name) > maxName:
		return invalid("name", "name.length", fmt.Sprintf("a conversion needs a name of 1 to %d bytes", maxName))
	case strings.ContainsFunc(o.Name, unprintable):
		return invalid("name", "name.text", "the name of a conversion has characters that cannot be printed")
	case len(o.EventID) > maxEventID:
		return invalid("event_id", "event_id.length", fmt.Sprintf("event_id has %d bytes, at most %d are accepted", len(o.EventID), maxEventID))
	case !ok:
		return invalid("value", "value.range", fmt.Sprintf("value must lie between 0 and %g", maxValue))
	case o.Currency != "" && !catalog.IsCurrency(o.Currency):
		return invalid("currency", "currency.iso4217", fmt.Sprintf("currency %.20q is not a code of ISO 4217 in capital letters, such as USD", o.Currency))
	}
	return nil
}
