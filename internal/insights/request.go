package insights

import (
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Level is what one row stands for.
type Level string

// The levels, from the top down.
const (
	AccountLevel  Level = "account"
	CampaignLevel Level = "campaign"
	AdSetLevel    Level = "adset"
	AdLevel       Level = "ad"
)

// Request is one insights query. Parse fills it from parameters; the caller adds Object and Base.
type Request struct {
	Object *store.Object // whose delivery is reported: an ad account, campaign, ad set or ad
	Base   string        // scheme and host that the client used: the start of image addresses
	Now    int64         // unix seconds

	Level      Level    // "" for the object's own
	Fields     []string // in the order of the answer; empty for the default ones
	Preset     string   // a date_preset, "" for none
	Range      *Range   // time_range; beats Preset
	Ranges     []Range  // time_ranges; beats both
	Increment  int      // days per row, Monthly, or 0 for one row
	Breakdowns []string
	Windows    []string // action_attribution_windows to show beside the total
	Filters    []Filter
	Sort       []Order
	Limit      int
	After      int      // rows to skip, decoded from a cursor
	Summary    []string // fields of the row of totals; nil for none
}

// Order is one criterion of sort.
type Order struct {
	Field      string // a field, a breakdown, or actions with an Action
	Action     string // action type, for lists of actions
	Descending bool
}

// Result is one page of rows.
type Result struct {
	Rows    []object.Ordered
	Days    Range          // first and last day that was asked about
	First   string         // cursor of the page's first row, "" on an empty page
	Last    string         // cursor of its last row
	Next    string         // cursor of the following page, "" on the last
	Prev    string         // cursor of the preceding page, "" on the first
	Total   int            // rows on all pages
	Summary object.Ordered // totals over all rows, nil unless asked for
}

// Limits of a request.
const (
	defaultRows = 25
	maxRows     = 5000
	maxList     = 250     // members of a list parameter
	maxRanges   = 100     // time_ranges
	maxGroups   = 100_000 // rows of all pages together; more is refused as too much data
)

// depth orders the levels from the account down; unknown ones are -1.
func (l Level) depth() int {
	for i, known := range levels() {
		if l == known {
			return i
		}
	}
	return -1
}

// levels lists the levels from the account down.
func levels() []Level { return []Level{AccountLevel, CampaignLevel, AdSetLevel, AdLevel} }

// idColumn is the column and field that holds the id of a level's object.
func (l Level) idColumn() string { return string(l) + "_id" }

// levelOf is the level of an object, "" for objects without insights.
func levelOf(o *store.Object) Level {
	if o.Type == "adaccount" {
		return AccountLevel
	}
	if l := Level(o.Type); l.depth() > 0 {
		return l
	}
	return ""
}
