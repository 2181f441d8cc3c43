package deliver

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/audience"
	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/frequency"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/target"
)

// Limits of a request.
const (
	maxCount       = 20 // ads in one answer
	maxExplained   = 10 // combinations in an explanation
	maxObjectIDLen = 64 // bytes
	maxShown       = 200

	minSide, maxSide = 16, 4096 // of a banner, in CSS pixels
)

// Caller is who asks for a decision.
type Caller struct {
	Base     string   // scheme and host under which the caller reached us; the answer's addresses begin with it
	Sandbox  bool     // may name the time of the decision
	Accounts []string // digits of those in which it may; all when there are none
	Reads    func(account string) bool

	terms *terms // of an exchange that sells the place; nil for places of our own
	slot  string // id of the place, where a request is for several
	seed  string // from which the draws follow, instead of random ones; for one ad
}

// query is a checked request.
type query struct {
	asked   asked
	count   int
	context eventlog.Context
	viewer  uint64 // keyed hash
	seen    frequency.Ask
	known   target.Viewer // what targeting asks of the viewer

	viewerID string          // as sent
	member   audience.Member // of whatever audience, once one was looked at
	claimed  []string        // ids of audiences to which the caller knows the viewer to belong

	occasion creative.Occasion // what customization rules ask of the context
	products []string          // ids or shop's numbers of items that the viewer looked at

	now     time.Time
	sandbox bool // the caller named the time
	stale   bool // what is known was not renewed for long
	explain bool

	excluded *exclusions // nil unless explained

	terms *terms // nil for places of our own

	width, height int      // of a banner, in CSS pixels; 0 for a card
	shown         []string // ids of the ads that the page has already
	slot          string   // id of the place, where a request is for several
	seed          string   // from which the draws follow, instead of random ones
}

// mayRead reports whether the caller may see the inside of an account's ads.
func (c Caller) mayRead(owner *account) bool { return c.Reads != nil && c.Reads(owner.id) }

// mayDate reports whether the caller may name the time of what happens to an account's ads: it changes reports of the past, and the
// reason of an empty answer tells what is planned.
func (c Caller) mayDate(owner *account) bool {
	return len(c.Accounts) == 0 || slices.Contains(c.Accounts, owner.id)
}

// forbidden refuses what the caller's token does not allow.
func forbidden(field, rule, message string) error {
	return &refusal{status: http.StatusForbidden, message: message, field: field, rule: rule}
}

// query checks a request.
func (s *Service) query(req *client.DecisionRequest, caller Caller, now time.Time) (query, error) {
	q := query{
		count: max(1, req.Count), now: now, explain: req.Explain, terms: caller.terms, width: req.Width, height: req.Height, shown: req.Shown,
		slot: caller.slot, seed: caller.seed,
	}
	q.asked = asked{account: strings.TrimPrefix(req.AccountID, "act_"), adset: req.AdSetID, ad: req.AdID, business: req.BusinessID}
	if err := q.asked.check(); err != nil {
		return q, err
	}
	if req.Count < 0 || req.Count > maxCount {
		return q, invalid("count", "count.range", fmt.Sprintf("count is %d, 1 to %d are accepted", req.Count, maxCount))
	}
	err := q.checkPlace()
	if err != nil {
		return q, err
	}
	if err := s.checkPlacement(req.Placement); err != nil {
		return q, err
	}
	if q.context, err = contextOf(req.Placement, &req.Viewer); err != nil {
		return q, err
	}
	q.occasion, q.products = s.occasion(&q.context), req.Viewer.Products
	q.viewer = s.viewers.hash(req.Viewer.ID)
	if err := q.date(req.Time, caller); err != nil {
		return q, err
	}
	q.seen = frequency.Ask{Viewer: q.viewer, Now: q.now.UnixMilli(), Dated: q.sandbox}
	if c := req.Viewer.Counter; c != "" && q.viewer == 0 {
		kept := s.openCounter(c, q.sandbox, q.seen.Now)
		q.seen.Viewer, q.seen.Past = kept.Viewer, kept.Past
	}
	q.known, q.viewerID, q.claimed = knownOf(&req.Viewer, &q.context), req.Viewer.ID, req.Viewer.Audiences
	q.known.LocalHour = s.zones.localHour(req.Viewer.Timezone, q.now)
	return q, nil
}

// date takes the time that the caller names.
func (q *query) date(text string, caller Caller) (err error) {
	if text == "" {
		return nil
	}
	if !caller.Sandbox {
		return forbidden("time", "time.scope", "time is accepted only with a token that has the sandbox scope")
	}
	q.sandbox = true
	if q.now, err = time.Parse(time.RFC3339Nano, text); err != nil {
		return invalid("time", "time.format", "time is not RFC 3339, such as 2026-11-22T12:00:00Z")
	}
	return nil
}

// check refuses a request that does not say from where ads are wanted, or says it twice.
func (a asked) check() error {
	given := 0
	for _, id := range []string{a.account, a.adset, a.ad, a.business} {
		if id != "" {
			given++
		}
		if len(id) > maxObjectIDLen {
			return invalid("", "id.max_length", fmt.Sprintf("an id has %d bytes, at most %d are accepted", len(id), maxObjectIDLen))
		}
	}
	if given != 1 {
		return invalid("adset_id", "scope.one", "give exactly one of business_id, account_id, adset_id and ad_id")
	}
	return nil
}

// checkPlace refuses a banner of half a size, and too long a list of what the page has already.
func (q *query) checkPlace() error {
	if (q.width == 0) != (q.height == 0) {
		return invalid("width", "size.both", "a banner has both width and height")
	}
	if q.width != 0 && (min(q.width, q.height) < minSide || max(q.width, q.height) > maxSide) {
		return invalid("width", "size.range", fmt.Sprintf("a banner of %d × %d is asked for, sides of %d to %d are accepted", q.width, q.height, minSide, maxSide))
	}
	if q.slot != "" || q.terms != nil { // what the places before have is among them
		return nil
	}
	return checkShown(q.shown)
}

// checkPlacement refuses a place that is no preview format: misspelt, it would be served as one of which nothing is known. Formats that only previews tell
// apart are such places.
func (s *Service) checkPlacement(name string) error {
	if _, _, reported := object.Placement(name); reported || name == "" || s.places[name].Name != "" {
		return nil
	}
	var known []string
	for _, format := range slices.Sorted(maps.Keys(s.places)) {
		if _, _, reported := object.Placement(format); reported {
			known = append(known, format)
		}
	}
	return invalid("placement", "placement.enum", fmt.Sprintf("placement %.64q is no preview format; reports tell apart %s", name, strings.Join(known, ", ")))
}

// checkShown refuses too long a list of what the page has already.
func checkShown(shown []string) error {
	if len(shown) > maxShown {
		return invalid("shown", "max_count", fmt.Sprintf("shown has %d entries, at most %d are accepted", len(shown), maxShown))
	}
	return nil
}
