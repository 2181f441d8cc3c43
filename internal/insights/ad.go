package insights

import (
	"context"
	"fmt"
	"slices"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Learner knows what has been learnt of ads.
type Learner interface {
	// Learned is the published state of one ad; not ok before anything was learnt.
	Learned(adID string) (*bandit.Learned, bool)
}

// adReport is what the rows of one ad share.
type adReport struct {
	base     string
	feeds    map[string]creative.Feed // by id of creative or edition: an ad may have changed either
	homes    []string                 // ids of those that it has shown, the present one first; only for pairs
	current  string                   // the creative or edition that has been learnt of
	promoted string                   // pixel event that the ad set optimises for
	learned  *bandit.Learned          // nil before anything was learnt
	best     []float64                // probability to be best, by combination number
}

// readAds prepares reports on ads but for their feeds: two store calls, for ads and for ad sets with creatives, and the learner's answers.
func (re *Reporter) readAds(ctx context.Context, tx store.Tx, q *Request, ids map[string]bool) (map[string]*adReport, error) {
	ads, err := tx.Objects(ctx, missing(map[string]bool{}, ids))
	if err != nil {
		return nil, fmt.Errorf("insights: read ads: %w", err)
	}
	wanted := map[string]bool{}
	for _, ad := range ads {
		wanted[ad.Text("adset_id")], wanted[ad.Text("creative_id")] = true, true
	}
	others, err := tx.Objects(ctx, missing(map[string]bool{}, wanted))
	if err != nil {
		return nil, fmt.Errorf("insights: read ad sets: %w", err)
	}
	out := map[string]*adReport{}
	for id := range ids {
		a := &adReport{base: q.Base, current: ads[id].Text("creative_id"), promoted: "Purchase"}
		if made := others[a.current]; made != nil {
			a.current = or(made.Text("edition_id"), a.current)
		}
		if set := others[ads[id].Text("adset_id")]; set != nil {
			a.promoted = object.PromotedEvent(set.Data)
		}
		if learned, ok := re.learned(id); ok {
			a.learned, a.best = learned, learned.Model.ProbabilityBest()
		}
		out[id] = a
	}
	return out, nil
}

// readFeeds gives reports the feeds of these creatives and editions: one store call.
func readFeeds(ctx context.Context, tx store.Tx, ads map[string]*adReport, creatives map[string]bool) error {
	found, err := tx.Objects(ctx, missing(map[string]bool{}, creatives))
	if err != nil {
		return fmt.Errorf("insights: read creatives: %w", err)
	}
	feeds := map[string]creative.Feed{}
	for id, o := range found {
		feeds[id], _ = creative.FeedOf(edition.Content(o)) // a creative without a feed has no assets to list
	}
	for _, a := range ads {
		a.feeds = feeds
	}
	return nil
}

// learned asks the learner, if there is one.
func (re *Reporter) learned(ad string) (*bandit.Learned, bool) {
	if re.Learner == nil {
		return nil, false
	}
	l, ok := re.Learner.Learned(ad)
	return l, ok && l != nil && l.Model != nil
}

// Fits reports whether what was learnt (nil for nothing) is about the combinations of this feed.
func Fits(l *bandit.Learned, feed creative.Feed) bool {
	return l != nil && slices.Equal(l.Space.Sizes, feed.Sizes())
}

// present is what was learnt of what the ad shows now; nil when that is nothing.
func (a *adReport) present() *bandit.Learned {
	if feed, ok := a.feeds[a.current]; ok && Fits(a.learned, feed) {
		return a.learned
	}
	return nil
}
