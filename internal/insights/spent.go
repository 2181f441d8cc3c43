package insights

import (
	"context"
	"fmt"

	"github.com/marquetry/marquetry/internal/store"
)

// Today is the day that it is in an account's time zone at a time in unix seconds.
func Today(account *store.Object, now int64) Day { return dayOf(now*1000, accountOf(account).location) }

// Spent is what the impressions of accounts (by their digits), campaigns, ad sets or ads have cost from a day on (0 for all of
// them), in millionths of the account's currency: one query for all of them. Ids without delivery are absent.
func Spent(ctx context.Context, tx store.Tx, level Level, ids []string, from Day) (map[string]int64, error) {
	out := map[string]int64{}
	err := delivered(ctx, tx, level, ids, "rollup_days", nil, []string{sum("f.spend")}, from, func(id string, _ []string, sums []int64) {
		out[id] = sums[0]
	})
	return out, err
}

// Delivery is what one object has had so far.
type Delivery struct {
	Impressions, Clicks, Spend int64            // Spend in millionths of the account's currency
	Events                     map[string]int64 // attributed conversions by the pixel's name of the event
}

// Delivered is what campaigns, ad sets, ads or accounts (by their digits) have had so far: two queries for all of them. Ids without
// delivery are absent.
func Delivered(ctx context.Context, tx store.Tx, level Level, ids []string) (map[string]*Delivery, error) {
	out := map[string]*Delivery{}
	err := delivered(ctx, tx, level, ids, "rollup_days", nil, []string{sum("f.impressions"), sum("f.clicks"), sum("f.spend")}, 0,
		func(id string, _ []string, sums []int64) {
			out[id] = &Delivery{sums[0], sums[1], sums[2], map[string]int64{}}
		})
	if err != nil {
		return nil, err
	}
	err = delivered(ctx, tx, level, ids, "rollup_actions", []string{"f.event"}, []string{sum("f.count")}, 0,
		func(id string, keys []string, sums []int64) {
			if d := out[id]; d != nil {
				d.Events[keys[0]] = sums[0]
			}
		})
	return out, err
}

// delivered adds up a fact table per object of a level, over everything since a day.
func delivered(ctx context.Context, tx store.Tx, level Level, ids []string, facts string, extra, sums []string, from Day, group func(id string, extra []string, sums []int64)) error {
	if level.depth() < 0 {
		return fmt.Errorf("insights: no level %q", level)
	}
	if len(ids) == 0 {
		return nil
	}
	column := "c." + level.idColumn()
	p := &plan{keys: []string{"0", column}, step: 1}
	p.restrict(column, false, ids)
	p.where = append(p.where, fmt.Sprintf("f.day >= %d", from))
	return p.aggregate(ctx, tx, facts, extra, sums, 0, func(_ int, keys []string, sums []int64) error {
		group(keys[0], keys[1:], sums)
		return nil
	})
}
