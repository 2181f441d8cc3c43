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

// Verdict is what can be said of one combination.
type Verdict string

// The verdicts.
const (
	VerdictLearning Verdict = "LEARNING"               // too early; a winner is withheld
	VerdictLimited  Verdict = "LEARNING_LIMITED"       // not enough optimisation events to ever tell
	VerdictWinner   Verdict = "WINNER"                 // declared best
	VerdictBehind   Verdict = "BEHIND"                 // another combination was declared best
	VerdictEven     Verdict = "NO_MATERIAL_DIFFERENCE" // all are about as good
)

// adReport is what the combination rows of one ad share.
type adReport struct {
	base     string
	feeds    map[string]creative.Feed // by id of creative or edition: an ad may have changed either
	current  string                   // the creative or edition that has been learnt of
	promoted string                   // pixel event that the ad set optimises for
	learned  *bandit.Learned          // nil before anything was learnt
	best     []float64                // probability to be best, by combination number
}

// readAds prepares the ads of combination rows: two store calls, for ads and ad sets with creatives, two for where the combinations
// are, and the learner's answers.
func (re *Reporter) readAds(ctx context.Context, tx store.Tx, q *Request, rows []*row) (map[string]*adReport, error) {
	ids, wanted := map[string]bool{}, map[string]bool{}
	for _, r := range rows {
		ids[r.shown.ad] = true
	}
	ads, err := tx.Objects(ctx, missing(map[string]bool{}, ids))
	if err != nil {
		return nil, fmt.Errorf("insights: read ads: %w", err)
	}
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
	return out, settle(ctx, tx, out, rows)
}

// settle finds a home of each row's combination, the ad's present creative where it has it and else the newest, and reads their feeds.
func settle(ctx context.Context, tx store.Tx, ads map[string]*adReport, rows []*row) error {
	homes, err := homesOf(ctx, tx, rows)
	if err != nil {
		return err
	}
	creatives := map[string]bool{}
	for _, r := range rows {
		r.shown.in = homeIn(homes[*r.shown], ads[r.shown.ad].current)
		creatives[r.shown.in.creative] = true
	}
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

// homeIn is the home in the present creative, or else in the newest, whose id is the highest.
func homeIn(homes []home, current string) (at home) {
	for _, h := range homes {
		if at.creative != current && (h.creative == current || h.creative > at.creative) {
			at = h
		}
	}
	return at
}

// homesOf lists where the combinations of rows are, by ad and combination: one query.
func homesOf(ctx context.Context, tx store.Tx, rows []*row) (map[shown][]home, error) {
	homes := map[shown][]home{}
	var ads []any
	for _, r := range rows {
		homes[*r.shown] = nil
		if !slices.Contains(ads, any(r.shown.ad)) {
			ads = append(ads, r.shown.ad)
		}
	}
	if len(rows) == 0 {
		return homes, nil
	}
	found, err := tx.Query(ctx, "SELECT ad_id, combination_id, creative_id, slots FROM rollup_combinations WHERE ad_id IN ("+marks(len(ads))+")", ads...)
	if err != nil {
		return nil, fmt.Errorf("insights: find combinations: %w", err)
	}
	return homes, each(found, func() error {
		var of shown
		var in home
		err := found.Scan(&of.ad, &of.combination, &in.creative, &in.slots)
		if _, wanted := homes[of]; wanted {
			homes[of] = append(homes[of], in)
		}
		return err
	})
}

// learned asks the learner, if there is one.
func (re *Reporter) learned(ad string) (*bandit.Learned, bool) {
	if re.Learner == nil {
		return nil, false
	}
	l, ok := re.Learner.Learned(ad)
	return l, ok && l != nil && l.Model != nil
}

// members is what a combination row says beyond the fields: which combination, how often the promoted event followed, the
// posterior of its rate with the 95 % interval, how likely it is the best of its ad, and the verdict.
func (a *adReport) members(r *row) object.Ordered {
	feed, slots := a.feeds[r.shown.in.creative], slotsOf(r.shown.in.slots)
	combination := object.Ordered{{Name: "id", Value: r.shown.combination}}
	k := -1
	if fits(feed, slots) {
		k = feed.Index(slots)
		combination = append(combination, object.Member{Name: "index", Value: k}, object.Member{Name: "assets", Value: a.assets(feed, slots)})
	}
	var conversions int64
	if t := r.events[a.promoted]; t != nil {
		conversions = total(t.count)
	}
	out := object.Ordered{{Name: "conversions", Value: count(conversions)}, {Name: "combination", Value: combination}}
	verdict := VerdictLearning
	if k >= 0 && r.shown.in.creative == a.current && Fits(a.learned, feed) {
		rate := a.learned.Model.Rate("", k)
		out = append(out, object.Member{Name: "posterior", Value: object.Ordered{
			{Name: "mean", Value: decimals(rate.Mean)}, {Name: "low", Value: decimals(rate.Low)}, {Name: "high", Value: decimals(rate.High)}}},
			object.Member{Name: "probability_best", Value: decimals(a.best[k])})
		verdict = VerdictOf(a.learned, k)
	}
	return append(out, object.Member{Name: "verdict", Value: verdict})
}

// Fits reports whether what was learnt (nil for nothing) is about the combinations of this feed.
func Fits(l *bandit.Learned, feed creative.Feed) bool {
	return l != nil && slices.Equal(l.Space.Sizes, feed.Sizes())
}

// assets is the chosen asset of each pool, as a decision writes them.
func (a *adReport) assets(feed creative.Feed, slots []uint8) object.Ordered {
	var out object.Ordered
	for i, asset := range feed.Assets(slots) {
		value := object.Ordered{{Name: "index", Value: int(slots[i])}}
		value = append(value, assetValue(a.base, asset)...)
		out = append(out, object.Member{Name: feed.Pools[i].Name, Value: value})
	}
	return out
}

// VerdictOf says what can be said of combination k. How long to withhold a winner is the learner's guardrail, and in its state.
func VerdictOf(l *bandit.Learned, k int) Verdict {
	switch {
	case l.State == bandit.LearningLimited:
		return VerdictLimited
	case l.State == bandit.StableEven:
		return VerdictEven
	case l.State == bandit.StableWinner && l.Winner == k:
		return VerdictWinner
	case l.State == bandit.StableWinner:
		return VerdictBehind
	}
	return VerdictLearning
}
