package steer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/object"
)

// Limits of an ad's lists.
const (
	maxAssets = 200
	maxPairs  = 200
)

// Check finds what is wrong with the fields of an ad that a caller sent and, if the ad has a feed, whether they leave anything of it to show.
// Data is the whole new state; its pairs are put into one spelling.
func Check(sent, data map[string]any, feed *creative.Feed) object.Faults {
	c := checks{sent: sent, data: data}
	c.choosing()
	c.spelling()
	if feed == nil || c.faults != nil {
		return c.faults
	}
	c.known(placesOf(*feed))
	c.left(*feed)
	return c.faults
}

// checks is one write.
type checks struct {
	sent, data map[string]any
	faults     object.Faults
}

// fault adds a fault of a field.
func (c *checks) fault(rule, message string, path ...string) {
	c.faults = append(c.faults, object.Broken("ad.learning."+rule, 0, message, path...))
}

// choosing checks the policy and the control slice.
func (c *checks) choosing() {
	if name := object.Text(c.data, fieldPolicy); name != "" && !slices.Contains(Policies(), name) {
		c.fault("policy", fmt.Sprintf("%s is %q, known are %s", fieldPolicy, name, strings.Join(Policies(), ", ")), fieldPolicy)
	}
	if share, set := c.data[fieldShare].(float64); set && !(share >= 0 && share <= MaxControlShare) {
		c.fault("control_share", fmt.Sprintf("%s is %v, 0 to %v is allowed", fieldShare, share, MaxControlShare), fieldShare)
	}
}

// spelling checks the sizes of the lists and the form of the pairs.
func (c *checks) spelling() {
	for _, field := range []string{fieldStopped, fieldPinned} {
		if n := len(object.Listed(c.data, field)); n > maxAssets {
			c.fault("max", fmt.Sprintf("%s has %d ids, at most %d are allowed", field, n, maxAssets), field)
		}
	}
	pairs := object.Listed(c.data, fieldForbidden)
	if n := len(pairs); n > maxPairs {
		c.fault("max", fmt.Sprintf("%s has %d pairs, at most %d are allowed", fieldForbidden, n, maxPairs), fieldForbidden)
		return
	}
	for i, elem := range pairs {
		ids := pairOf(elem)
		if len(ids) != 2 || ids[0] == ids[1] {
			c.fault("pair", "a pair is a list of two different ids of assets", fieldForbidden, strconv.Itoa(i))
			continue
		}
		pairs[i] = []any{ids[0], ids[1]}
	}
}

// pairOf reads the ids of a pair; numbers count as ids, too.
func pairOf(elem any) []string {
	list, _ := elem.([]any)
	var ids []string
	for i := range list {
		ids = append(ids, object.Text(map[string]any{"id": list[i]}, "id"))
	}
	return ids
}

// known checks that what was sent names assets of the feed, and pairs those of different slots. What was sent earlier may be of an earlier creative.
func (c *checks) known(at map[string]place) {
	for _, field := range []string{fieldStopped, fieldPinned} {
		for i, id := range object.IDs(c.sent[field]) {
			c.asset(at, id, field, strconv.Itoa(i))
		}
	}
	if c.sent[fieldForbidden] == nil {
		return
	}
	for i, elem := range object.Listed(c.data, fieldForbidden) {
		ids, index := pairOf(elem), strconv.Itoa(i)
		known := c.asset(at, ids[0], fieldForbidden, index, "0") && c.asset(at, ids[1], fieldForbidden, index, "1")
		if known && at[ids[0]].slot == at[ids[1]].slot {
			c.fault("slot", "the two are never shown together: both are assets of one slot", fieldForbidden, index)
		}
	}
}

// asset checks that an id is of the feed.
func (c *checks) asset(at map[string]place, id string, path ...string) bool {
	_, known := at[id]
	if !known {
		c.fault("asset", fmt.Sprintf("%q is no asset of the ad; %s lists their ids", id, "the edge combinations"), path...)
	}
	return known
}

// left checks that there is something to show, and blames the list that was sent.
func (c *checks) left(feed creative.Feed) {
	w := Of(c.data)
	for f, marks := range w.stopped(feed) {
		if !slices.Contains(marks, false) {
			c.fault("slot_empty", "every "+feed.Pools[f].Name+" would be stopped; an ad shows one of each slot", c.blamed())
			return
		}
	}
	if legal := w.Legal(feed); legal != nil {
		if _, err := bandit.NewRotation(bandit.Space{Sizes: feed.Sizes()}, legal); err != nil {
			c.fault("nothing_left", "no combination would be left to show", c.blamed())
		}
	}
}

// blamed is the list that was sent, or that there is.
func (c *checks) blamed() string {
	for _, from := range []map[string]any{c.sent, c.data} {
		for _, field := range []string{fieldStopped, fieldPinned, fieldForbidden} {
			if len(object.Listed(from, field)) > 0 {
				return field
			}
		}
	}
	return "creative"
}
