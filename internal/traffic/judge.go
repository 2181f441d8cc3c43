package traffic

// Reason is why an event is invalid, "" when it is not.
type Reason string

// The reasons, in the order in which they are looked for.
const (
	Prefetch Reason = "prefetch" // the browser loads ahead what nobody may come to see
	Crawler  Reason = "crawler"  // a search engine, link preview or monitor that says so
	Program  Reason = "program"  // an HTTP library, a browser without a screen, or nothing that says what it is; only in Strict
	TooFast  Reason = "too_fast" // a click sooner after the decision than anybody can see and click
	Flood    Reason = "flood"    // more clicks than anybody makes
)

// Mode is how much is taken for invalid.
type Mode string

// The modes. HTTP libraries and browsers without a screen are what sites report from and are tested with: only Strict counts them apart.
const (
	Off    Mode = "off"
	Count  Mode = "count"
	Strict Mode = "strict"
)

// Modes lists the modes.
func Modes() []Mode { return []Mode{Off, Count, Strict} }

// fastest is the least time in milliseconds from the decision to a person's click: seeing something takes that long before the hand moves.
const fastest = 100

// Event is what is known of an event and of who reported it.
type Event struct {
	Agent   string // User-Agent of the viewer's browser; "" when it is not known
	Asked   bool   // the request that reported it was the viewer's own
	Purpose string // what the request says that it is for, such as prefetch; "" when nothing
	Click   bool
	After   int64 // milliseconds since the decision
	Clicks  int   // of this viewer or address on this ad within a minute, this one included; 0 when they are not counted
	Limit   int   // of Clicks
}

// Judge names the first reason why no person can have caused an event.
func (m Mode) Judge(e Event) Reason {
	switch {
	case m == Off:
		return ""
	case prefetches(e.Purpose):
		return Prefetch
	case crawls(e.Agent):
		return Crawler
	case m == Strict && (e.Asked || e.Agent != "") && automatic(e.Agent):
		return Program
	case e.Click && e.After < fastest && browses(e.Agent):
		return TooFast
	case e.Click && e.Limit > 0 && e.Clicks > e.Limit:
		return Flood
	}
	return ""
}
