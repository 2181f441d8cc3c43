package insights

import (
	"context"
	"fmt"
	"slices"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// readCombinations prepares the ads of combination rows: four store calls, two of them for where the combinations are.
func (re *Reporter) readCombinations(ctx context.Context, tx store.Tx, q *Request, rows []*row) (map[string]*adReport, error) {
	ids := map[string]bool{}
	for _, r := range rows {
		ids[r.shown.ad] = true
	}
	out, err := re.readAds(ctx, tx, q, ids)
	if err != nil {
		return nil, err
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
	for _, a := range ads {
		creatives[a.current] = true
	}
	return readFeeds(ctx, tx, ads, creatives)
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

// members is what a combination row says beyond the fields: which combination, how often the promoted event followed, the
// posterior of its rate with the 95 % interval, how likely it is the best of its ad, how likely it is shown now, and the verdict with its reason.
func (a *adReport) members(r *row) object.Ordered {
	feed, slots, now := a.where(r.shown.in)
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
	switch l := a.present(); {
	case k < 0 || !now:
		return append(out, verdict(VerdictLearning, "The ad does not show this combination any more, and nothing more is learnt of it.")...)
	case l == nil:
		return append(out, verdict(VerdictLearning, nothingLearnt)...)
	default:
		out = append(out, object.Member{Name: "posterior", Value: interval(l.Model.Rate("", k))},
			object.Member{Name: "probability_best", Value: decimals(a.best[k])},
			object.Member{Name: "propensity", Value: decimals(l.Propensity(k))})
		return append(out, verdict(VerdictOf(l, k), a.whyCombination(l, k))...)
	}
}

// where is the feed and the slots in it that a combination is described by: what the ad shows now where that can have the combination,
// shown or not, and else its home.
func (a *adReport) where(in home) (feed creative.Feed, slots []uint8, now bool) {
	feed, slots = a.feeds[in.creative], slotsOf(in.slots)
	if in.creative == a.current || !fits(feed, slots) {
		return feed, slots, in.creative == a.current
	}
	var ids []string
	for _, asset := range feed.Assets(slots) {
		ids = append(ids, asset.ID)
	}
	if moved := slotsWith(a.feeds[a.current], ids); moved != nil {
		return a.feeds[a.current], moved, true
	}
	return feed, slots, false
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
