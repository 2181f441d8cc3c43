package insights

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/store"
)

// Today is the day that it is in an account's time zone at a time in unix seconds.
func Today(account *store.Object, now int64) Day { return dayOf(now*1000, accountOf(account).location) }

// Spent is what the impressions of accounts (by their digits), campaigns, ad sets or ads have cost from a day on (0 for all of
// them), in millionths of the account's currency: one query for all of them. Ids without delivery are absent.
func Spent(ctx context.Context, tx store.Tx, level Level, ids []string, from Day) (map[string]int64, error) {
	out := map[string]int64{}
	p, err := since(level, ids, from)
	if err != nil || len(ids) == 0 {
		return out, err
	}
	err = p.aggregate(ctx, tx, "rollup_days", nil, []string{sum("f.spend")}, 0, func(_ int, keys []string, sums []int64) error {
		out[keys[0]] = sums[0]
		return nil
	})
	return out, err
}

// Ever is all days that a report may cover, days to come included: a sandbox may be ahead of the clock.
func Ever(account *store.Object, now int64) *Range {
	const century = 36525
	today := Today(account, now)
	return &Range{oldest(today), today + century}
}

// Delivery is what one object or combination has had so far.
type Delivery struct {
	Impressions, Clicks, Spend int64            // Spend in millionths of the account's currency
	Events                     map[string]int64 // attributed conversions by the pixel's name of the event
}

// Delivered is what campaigns, ad sets, ads or accounts (by their digits) have had so far: two queries for all of them. Ids without
// delivery are absent.
func Delivered(ctx context.Context, tx store.Tx, level Level, ids []string) (map[string]*Delivery, error) {
	p, err := since(level, ids, 0)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return p.deliveries(ctx, tx)
}

// DeliveredByCombination is what the combinations of a feed have had so far in an ad, by their number in the feed: also from creatives and
// editions that the ad showed before and that have the same assets.
func DeliveredByCombination(ctx context.Context, tx store.Tx, adID string, feed creative.Feed) (map[int]*Delivery, error) {
	p, err := since(AdLevel, []string{adID}, 0)
	if err != nil {
		return nil, err
	}
	columns := slices.DeleteFunc(assetColumns(), func(column string) bool { return column == "ad_format_asset" })
	p.keys[1] = "c." + strings.Join(columns, " || ' ' || c.")
	byAssets, err := p.deliveries(ctx, tx)
	out := make(map[int]*Delivery, len(byAssets))
	for assets, d := range byAssets {
		if slots := slotsWith(feed, strings.Fields(assets)); slots != nil {
			out[feed.Index(slots)] = d
		}
	}
	return out, err
}

// slotsWith are the slots that show exactly some assets, by their ids; nil when a feed cannot.
func slotsWith(feed creative.Feed, ids []string) []uint8 {
	if len(ids) != len(feed.Pools) {
		return nil
	}
	slots := make([]uint8, len(ids))
	for i, pool := range feed.Pools {
		k := slices.IndexFunc(pool.Assets, func(a creative.Asset) bool { return slices.Contains(ids, a.ID) })
		if k < 0 {
			return nil
		}
		slots[i] = uint8(k)
	}
	return slots
}

// since plans sums per object of a level over everything from a day on.
func since(level Level, ids []string, from Day) (*plan, error) {
	if level.depth() < 0 {
		return nil, fmt.Errorf("insights: no level %q", level)
	}
	column := "c." + level.idColumn()
	p := &plan{keys: []string{"0", column}, step: 1, where: []string{fmt.Sprintf("f.day >= %d", from)}}
	p.restrict(column, false, ids)
	return p, nil
}

// deliveries adds up everything for each value of the plan's one key.
func (p *plan) deliveries(ctx context.Context, tx store.Tx) (map[string]*Delivery, error) {
	out := map[string]*Delivery{}
	err := p.aggregate(ctx, tx, "rollup_days", nil, []string{sum("f.impressions"), sum("f.clicks"), sum("f.spend")}, 0,
		func(_ int, keys []string, sums []int64) error {
			out[keys[0]] = &Delivery{sums[0], sums[1], sums[2], map[string]int64{}}
			return nil
		})
	if err != nil {
		return nil, err
	}
	err = p.aggregate(ctx, tx, countedActions, []string{"f.event"}, []string{sum("f.count")}, 0, func(_ int, keys []string, sums []int64) error {
		if d := out[keys[0]]; d != nil {
			d.Events[keys[1]] = sums[0]
		}
		return nil
	})
	return out, err
}
