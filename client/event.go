package client

// Event is one thing that happened to a decided ad, reported with the token of its decision.
type Event struct {
	Type    string  `json:"type"`               // impression, view, click or conversion
	Token   string  `json:"token"`              //
	Time    string  `json:"time,omitempty"`     // RFC 3339; only for decisions that were made at a named time
	Name    string  `json:"name,omitempty"`     // of a conversion: Purchase, Lead, or one of your own
	EventID string  `json:"event_id,omitempty"` // of a conversion: the same id is counted once per pixel and name
	PixelID string  `json:"pixel_id,omitempty"` // of a conversion: the ad set's pixel when empty
	Value   float64 `json:"value,omitempty"`    // of a conversion: in whole units of Currency
	// Currency of a conversion's value, ISO 4217; the account's when empty.
	Currency string `json:"currency,omitempty"`
	// UserAgent of the viewer's browser, if you pass it on, tells crawlers from people.
	UserAgent string `json:"user_agent,omitempty"`
}

// EventBatch is the body of POST /v1/events, at most 1000 events.
type EventBatch struct {
	Events []Event `json:"events"`
}

// EventResults answers an EventBatch: one result per event, in order.
type EventResults struct {
	Results   []EventResult `json:"results"`
	Accepted  int           `json:"accepted"`
	Duplicate int           `json:"duplicate"`
	Refused   int           `json:"refused"`
}

// EventResult is what became of one event. It is answered once the event is on disk.
type EventResult struct {
	Status string      `json:"status"` // accepted, duplicate or refused
	Error  *EventFault `json:"error,omitempty"`
	// Invalid is why no person can have caused an accepted event, such as crawler: it is counted apart.
	Invalid string `json:"invalid,omitempty"`
}

// EventFault says why an event was refused.
type EventFault struct {
	Message string `json:"message"`
	Field   string `json:"field,omitempty"`
	Rule    string `json:"rule"`
}
