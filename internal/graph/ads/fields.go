package ads

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// above finds the objects that others name in the given fields, with one store call.
func above(ctx context.Context, tx store.Tx, objs []*store.Object, fields ...string) (map[string]*store.Object, error) {
	var wanted []string
	for _, o := range objs {
		for _, field := range fields {
			if id := object.Text(o.Data, field); id != "" {
				wanted = append(wanted, id)
			}
		}
	}
	return tx.Objects(ctx, slices.Compact(slices.Sorted(slices.Values(wanted)))) // many rows have few parents
}

// adTargeting is what the ad sets of ads aim at.
func adTargeting(ctx context.Context, _ *graph.Call, tx store.Tx, objs []*store.Object, _ *graph.Selection) ([]any, error) {
	sets, err := above(ctx, tx, objs, "adset_id")
	values := make([]any, len(objs))
	for i, o := range objs {
		if set := sets[object.Text(o.Data, "adset_id")]; set != nil {
			values[i] = set.Data["targeting"]
		}
	}
	return values, err
}

// budgetRemaining is the budget less what was spent, of today or of the whole run; never negative, nil without a budget.
func (s *service) budgetRemaining(ctx context.Context, call *graph.Call, tx store.Tx, objs []*store.Object, _ *graph.Selection) ([]any, error) {
	values := make([]any, len(objs))
	if s.config.Spent == nil {
		return values, nil
	}
	for _, budget := range []string{"daily_budget", "lifetime_budget"} {
		spent, err := s.config.Spent(ctx, call, tx, objs, budget == "daily_budget")
		if err != nil {
			return nil, err
		}
		for i, o := range objs {
			if n := object.Whole(o.Data, budget); n > 0 {
				values[i] = max(0, n-spent[i])
			}
		}
	}
	return values, nil
}

// pageToken is the token of the call: there are no others for Pages here, and clients ask Pages for theirs before they use one.
func pageToken(call *graph.Call, _ *store.Object) any { return some(call.AccessToken()) }

// canUseSpendCap is true for every campaign here.
func canUseSpendCap(*graph.Call, *store.Object) any { return true }

// bidType is how the platform bids for every goal that is an action.
func bidType(*graph.Call, *store.Object) any { return "ABSOLUTE_OCPM" }

// minDailyBudget is the least daily budget for impressions, in minor units.
func minDailyBudget(*graph.Call, *store.Object) any { return leastDaily("IMPRESSIONS") }

// minSpendCap is the least spend cap of a campaign, in minor units.
func minSpendCap(*graph.Call, *store.Object) any { return int64(leastCap) }

// timezoneOffset is the account's hours ahead of UTC at this moment.
func timezoneOffset(call *graph.Call, o *store.Object) any {
	zone, err := time.LoadLocation(object.Text(o.Data, "timezone_name"))
	if err != nil {
		return nil // the hook keeps such names out
	}
	_, seconds := time.Unix(call.Now, 0).In(zone).Zone()
	return float64(seconds) / 3600
}

// age is the days since the account was made.
func age(call *graph.Call, o *store.Object) any { return float64(call.Now-o.Created) / day }

// creationTime is the pixel's name for created_time.
func creationTime(_ *graph.Call, o *store.Object) any { return o.Created }

// pixelCode reports a page view when it is pasted into a page.
func pixelCode(call *graph.Call, o *store.Object) any {
	return fmt.Sprintf(`<img height="1" width="1" alt="" style="display:none" src="%s?id=%s&amp;ev=PageView">`, call.Base.JoinPath("/tr"), o.ID)
}

// owningAccount finds the accounts that own objects.
func owningAccount(ctx context.Context, _ *graph.Call, tx store.Tx, objs []*store.Object, _ *graph.Selection) ([]any, error) {
	var wanted []string
	for _, o := range objs {
		wanted = append(wanted, "act_"+o.AccountID)
	}
	found, err := tx.Objects(ctx, wanted)
	values := make([]any, len(objs))
	for i, id := range wanted {
		if account := found[id]; account != nil {
			values[i] = account
		}
	}
	return values, err
}
