package eventlog

// Kind is what happened.
type Kind string

// The kinds of event.
const (
	Impression Kind = "impression" // the ad was rendered on a page, and a first part of it came on screen
	View       Kind = "view"       // half of its pixels were on screen for one second
	Click      Kind = "click"
	Conversion Kind = "conversion"
)

// Event is one line of the log. It carries all that the folds need, so that folding reads nothing that can change later.
type Event struct {
	Seq      int64     `json:"-"`              // position in the log, from 1, without gaps; set by Append
	Kind     Kind      `json:"kind"`           //
	At       int64     `json:"at"`             // unix milliseconds at which it happened
	Key      string    `json:"-"`              // an event with a key that the log already has is a duplicate and is dropped
	Exposure *Exposure `json:"ad,omitempty"`   // the decision that it belongs to; nil for a conversion that came without a click token
	Outcome  *Outcome  `json:"out,omitempty"`  // for Kind Conversion
	Card     int       `json:"card,omitempty"` // of a click in a carousel: which card, from 1, in the order of the creative
	Arrived  int64     `json:"ar,omitempty"`   // unix milliseconds at which it became known, where that was later than At
	Invalid  string    `json:"inv,omitempty"`  // why no person can have caused it: it is counted apart, and nothing else comes of it
}

// Exposure is a decision as the signed token carries it: who was shown what, where, with which probability.
type Exposure struct {
	Decision   uint64  `json:"d"`            // id of the decision
	At         int64   `json:"t"`            // unix milliseconds of the decision
	AdID       string  `json:"ad"`           //
	CreativeID string  `json:"cr"`           // the slots index this creative's feed; creatives never change
	Slots      []uint8 `json:"s"`            // chosen asset per slot, in creative.Slots order
	Viewer     uint64  `json:"v,omitempty"`  // keyed hash of the viewer's opaque id; 0 when unknown
	Context    Context `json:"c"`            //
	Propensity float64 `json:"p"`            // probability with which this combination was chosen
	Price      int64   `json:"$,omitempty"`  // what the impression costs, in millionths of the account's currency
	Policy     string  `json:"po,omitempty"` // name of the policy that chose
	Sandbox    bool    `json:"sb,omitempty"` // the decision was made at a time that the caller named
	Item       string  `json:"it,omitempty"` // id of the catalog item that was shown
	Control    bool    `json:"ct,omitempty"` // of the control slice, in which all combinations are shown evenly
	Windows    Windows `json:"w,omitempty"`  // of the ad set, when the decision was made
	Bid        bool    `json:"b,omitempty"`  // it was a bid to an exchange, which names the price
	Process    uint8   `json:"n,omitempty"`  // number of the process that decided, of several that share budgets
}

// Context is what is known of the viewer and of the place, in the words of the insights breakdowns. Empty means unknown.
type Context struct {
	Age       string `json:"a,omitempty"`  // "18-24" … "65+"
	Gender    string `json:"g,omitempty"`  // male, female
	Country   string `json:"co,omitempty"` // ISO 3166 alpha-2
	Region    string `json:"r,omitempty"`  //
	Placement string `json:"pl,omitempty"` // preview format name such as MOBILE_FEED_STANDARD
	Device    string `json:"de,omitempty"` // as sent: mobile, desktop, iphone, …
	Exposure  string `json:"ex,omitempty"` // how often the viewer has been shown this ad, this time included: 1, 2-3 or 4+
}

// Outcome is something a viewer did on the advertiser's side, as the pixel or the Conversions API reported it.
type Outcome struct {
	PixelID   string `json:"px"`           //
	AccountID string `json:"ac"`           // owner of the pixel, digits
	Name      string `json:"n"`            // "Purchase", "Lead", or a custom name
	EventID   string `json:"id,omitempty"` // the sender's id, for de-duplication
	Viewer    uint64 `json:"v,omitempty"`  // keyed hash of external_id, in the same space as Exposure.Viewer
	Value     int64  `json:"va,omitempty"` // millionths of Currency
	Currency  string `json:"cu,omitempty"` // ISO 4217
	Source    string `json:"so,omitempty"` // website, app, physical_store, …

	Items []string `json:"it,omitempty"` // what it was about, by the shop's own numbers
}
