package ads

import (
	"context"
	"fmt"
	"strings"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Significant edits begin the learning phase of ad sets anew. The platform lists them (targeting, content, a new ad, the bid strategy, a pause
// of a week) and says that money counts "by magnitude" without a number; largeChange is ours.
const (
	largeChange = 0.20 // of a budget or bid, relative to what it was
	longPause   = 7 * day
	assembly    = 3600 // seconds in which a new ad set gets its ads
)

// pausedSince is when a campaign or an ad set was paused, unix seconds. It is kept beside the declared fields.
const pausedSince = "paused_since"

// significant notes an edit of a campaign or an ad set that begins learning anew, and warns of it when there are ads that learn.
func significant(ctx context.Context, w *graph.Write) error {
	if w.Creating() {
		return nil
	}
	edits := pauses(w)
	for _, name := range []string{"targeting", "bid_strategy"} {
		if _, sent := w.Sent[name]; sent && jsonText(w.Data[name]) != jsonText(w.Old.Data[name]) {
			edits = append(edits, name)
		}
	}
	for _, name := range append(budgets(), "bid_amount") {
		if large(object.Whole(w.Old.Data, name), object.Whole(w.Data, name)) {
			edits = append(edits, name)
		}
	}
	if len(edits) == 0 {
		return nil
	}
	ads, err := w.Tx.Count(ctx, store.Listing{Type: "ad", Field: w.Type.Name + "_id", To: w.Old.ID})
	if err != nil || ads == 0 {
		return err
	}
	relearn(w, edits...)
	return nil
}

// relearn notes a significant edit of the given fields and warns of it.
func relearn(w *graph.Write, fields ...string) {
	w.Data[object.LearningSince] = w.Now
	w.Warnings = append(w.Warnings, object.Warning{Rule: "learning.restarts", Path: fields[:1], Message: fmt.Sprintf(
		"a significant edit (%s): the learning phase begins anew and its 50 results are counted from today; what is known of the assets stays",
		strings.Join(fields, ", "))})
}

// pauses keeps the time of a pause, and names status when a long one ends.
func pauses(w *graph.Write) []string {
	was, is := w.Old.Status, object.Text(w.Data, "status")
	since := object.Whole(w.Data, pausedSince)
	switch {
	case was == object.Active && is == object.Paused:
		w.Data[pausedSince] = w.Now
	case was == object.Paused && is == object.Active:
		delete(w.Data, pausedSince)
		if since > 0 && w.Now-since >= longPause {
			return []string{"status"}
		}
	}
	return nil
}

// large reports whether an amount of money changed by much. One that was not set before, or is not any more, moved to another place.
func large(was, is int64) bool {
	return was > 0 && is > 0 && (float64(is) > float64(was)*(1+largeChange) || float64(is) < float64(was)*(1-largeChange))
}

// relearns notes when an ad begins the learning phase of its ad set anew: it shows another creative than before, or joins others in a set that
// is no longer being put together.
func (c *adChecks) relearns(ctx context.Context) error {
	if c.creative == nil || c.set == nil {
		return nil
	}
	if !c.Creating() {
		if object.Text(c.Old.Data, "creative_id") != c.creative.ID {
			relearn(c.Write, "creative")
		}
		return nil
	}
	if n, err := c.siblings(ctx); err != nil || n == 0 || c.Now-c.set.Created < assembly {
		return err
	}
	relearn(c.Write, "adset_id")
	return nil
}
