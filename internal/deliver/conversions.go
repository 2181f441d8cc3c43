package deliver

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/marquetry/marquetry/internal/catalog"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/object"
)

// How old a reported outcome may be, by where it happened.
const (
	maxOnlineAge = 7 * 24 * time.Hour
	maxStoreAge  = 62 * 24 * time.Hour // physical_store
)

// Conversions takes the events of a Conversions API request for a pixel of an account (digits). All are recorded or, when one is faulty, none;
// the faults then name each. data is the request's `data` member: a list, or a string that holds one as JSON.
func (s *Service) Conversions(ctx context.Context, pixelID, accountID string, data any, now time.Time) (received int, faults object.Faults, err error) {
	list, fault := conversionList(data)
	if fault != nil {
		return 0, object.Faults{fault}, nil
	}
	events := make([]eventlog.Event, 0, len(list))
	for i, item := range list {
		c := conversion{path: []string{"data", strconv.Itoa(i)}}
		c.members, _ = item.(map[string]any)
		outcome, at := c.read(now)
		if faults = append(faults, c.faults...); len(c.faults) > 0 {
			continue
		}
		outcome.PixelID, outcome.AccountID, outcome.Viewer = pixelID, accountID, s.viewers.hash(c.userText("external_id"))
		x := s.clickOf(s.snapshot.Load().objects, accountID, tokenOfFBC(c.userText("fbc")), at) // its age counts when the outcome happened
		event := s.conversionEvent(x, outcome, at.UnixMilli())
		if now.After(at) {
			event.Arrived = now.UnixMilli()
		}
		s.judge(&event, reporter{agent: c.userText("client_user_agent")})
		events = append(events, event)
	}
	if len(faults) > 0 {
		return 0, faults, nil
	}
	if _, err := s.record(ctx, events); err != nil {
		return 0, nil, err
	}
	return len(list), nil, nil
}

// conversionList is the list that data is or holds.
func conversionList(data any) ([]any, *object.Fault) {
	if text, ok := data.(string); ok {
		d := json.NewDecoder(strings.NewReader(text))
		d.UseNumber()
		data = nil
		if err := d.Decode(&data); err != nil {
			return nil, &object.Fault{Path: []string{"data"}, Rule: "data.json", Message: "data must be a JSON list of events"}
		}
	}
	if one, ok := data.(map[string]any); ok {
		data = []any{one}
	}
	list, ok := data.([]any)
	switch {
	case !ok:
		return nil, &object.Fault{Path: []string{"data"}, Rule: "data.required", Message: "data must be a list of events"}
	case len(list) == 0 || len(list) > maxBatch:
		return nil, &object.Fault{
			Path: []string{"data"}, Rule: "data.count", Message: fmt.Sprintf("data has %d events, 1 to %d are accepted", len(list), maxBatch),
			Sent: len(list), Limit: maxBatch,
		}
	}
	return list, nil
}

// conversion is one event of a request while it is being read.
type conversion struct {
	path    []string
	members map[string]any // nil when it is no object
	faults  object.Faults
}

// read checks an event and returns its outcome, without what the request as a whole says, and when it happened.
func (c *conversion) read(now time.Time) (*eventlog.Outcome, time.Time) {
	if c.members == nil {
		c.fault("", "event.object", "an event must be an object")
		return nil, time.Time{}
	}
	o := &eventlog.Outcome{Name: c.text("event_name", true, maxName), EventID: c.text("event_id", false, maxEventID)}
	o.Source = c.text("action_source", true, maxName)
	if o.Source != "" && !slices.Contains(actionSources(), o.Source) {
		c.fault("action_source", "action_source.enum", "action_source must be one of "+strings.Join(actionSources(), ", "))
	}
	at := c.time(o.Source, now)
	if user, ok := c.members["user_data"].(map[string]any); !ok || len(user) == 0 {
		c.fault("user_data", "user_data.required", "user_data must have at least one member")
	}
	c.custom(o)
	return o, at
}

// actionSources are the places where an outcome can happen.
func actionSources() []string {
	return []string{"email", "website", "app", "phone_call", "chat", "physical_store", "system_generated", "business_messaging", "other"}
}

// time reads event_time, in unix seconds.
func (c *conversion) time(source string, now time.Time) time.Time {
	seconds, ok := number(c.members["event_time"])
	oldest := maxOnlineAge
	if source == "physical_store" {
		oldest = maxStoreAge
	}
	at := time.Unix(int64(seconds), 0)
	const firstMillis = 1e11 // as seconds that is the year 5138
	switch {
	case !ok:
		c.fault("event_time", "event_time.required", "event_time must be a number of seconds since 1970")
	case seconds >= firstMillis:
		c.fault("event_time", "event_time.seconds", "event_time must be in seconds, not in milliseconds")
	case at.After(now.Add(maxFutureSkew)):
		c.fault("event_time", "event_time.future", "event_time lies in the future")
	case now.Sub(at) > oldest:
		c.fault("event_time", "event_time.old", fmt.Sprintf("event_time is more than %d days ago", int(oldest.Hours()/24)))
	}
	return at
}

// custom reads items, value and currency.
func (c *conversion) custom(o *eventlog.Outcome) {
	custom, _ := c.members["custom_data"].(map[string]any)
	o.Items = contentsOf(custom["content_ids"], custom["contents"])
	if raw, sent := custom["value"]; sent && raw != nil {
		value, ok := number(raw)
		if ok {
			o.Value, ok = valueMicros(value)
		}
		if !ok {
			c.fault("custom_data.value", "value.range", fmt.Sprintf("value must be a number between 0 and %g", maxValue))
		}
	}
	if raw, sent := custom["currency"]; sent && raw != nil {
		code, _ := raw.(string)
		if o.Currency = strings.ToUpper(code); !catalog.IsCurrency(o.Currency) {
			c.fault("custom_data.currency", "currency.iso4217", fmt.Sprintf("currency %.20q is not a code of ISO 4217, such as USD", code))
		}
	}
}

// text reads a member that is a string, or a number where a string is meant.
func (c *conversion) text(name string, required bool, limit int) string {
	var value string
	switch v := c.members[name].(type) {
	case string:
		value = v
	case json.Number:
		value = v.String()
	case nil:
	default:
		c.fault(name, name+".string", name+" must be a string")
		return ""
	}
	switch {
	case value == "" && required:
		c.fault(name, name+".required", name+" is required")
	case len(value) > limit:
		c.fault(name, name+".length", fmt.Sprintf("%s has %d bytes, at most %d are accepted", name, len(value), limit))
	case name == "event_name" && strings.ContainsFunc(value, unprintable):
		c.fault(name, name+".text", name+" has characters that cannot be printed")
	}
	return value
}

// userText is a member of user_data, which is a string or a list of strings; the first counts.
func (c *conversion) userText(name string) string {
	user, _ := c.members["user_data"].(map[string]any)
	value := user[name]
	if list, ok := value.([]any); ok && len(list) > 0 {
		value = list[0]
	}
	text, _ := value.(string)
	return text
}

// fault adds a broken rule of a member, whose name may have dots.
func (c *conversion) fault(member, rule, message string) {
	path := slices.Clone(c.path)
	if member != "" {
		path = append(path, strings.Split(member, ".")...)
	}
	c.faults = append(c.faults, &object.Fault{Path: path, Rule: "conversions." + rule, Message: message, Subcode: 2804003})
}

// number reads a number in any of the forms that decoded JSON has, or a string of one.
func number(value any) (float64, bool) {
	switch v := value.(type) {
	case json.Number:
		f, err := v.Float64()
		return f, err == nil
	case float64:
		return v, true
	case int64:
		return float64(v), true
	case string:
		f, err := strconv.ParseFloat(v, 64)
		return f, err == nil
	}
	return 0, false
}
