package ads

import (
	"context"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// minimumBudgets answers the least daily budgets in the account's currency: those without a cap, or those that a bid cap asks for.
func minimumBudgets(_ context.Context, call *graph.Call, _ store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	least := func(billing string) int64 {
		if bid := object.Whole(call.Args, "bid_amount"); bid > 0 {
			return leastCapped(billing, bid)
		}
		return leastDaily(billing)
	}
	return &graph.Rows{Total: 1, Data: []any{object.Ordered{
		{Name: "currency", Value: object.Text(call.Node.Data, "currency")},
		{Name: "min_daily_budget_imp", Value: least("IMPRESSIONS")},
		{Name: "min_daily_budget_high_freq", Value: least("LINK_CLICKS")},
		{Name: "min_daily_budget_low_freq", Value: least("APP_INSTALLS")},
		{Name: "min_daily_budget_video_views", Value: least("THRUPLAY")},
	}}}, nil
}

// leastCapped is the smallest daily budget under a bid cap: one that pays for fewer than five actions a day can't be spent.
func leastCapped(billing string, bid int64) int64 {
	if billing == "IMPRESSIONS" {
		return bid
	}
	return 5 * bid
}

// pixelAccounts is the account that owns a pixel.
func pixelAccounts(_ context.Context, call *graph.Call, _ store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	return &graph.Rows{Objects: []*store.Object{call.Account}, Total: 1}, nil
}
