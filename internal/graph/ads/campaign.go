package ads

import (
	"context"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// noCap is the number by which the platform's clients remove a spend cap.
const noCap = 922337203685478

// leastCap is the smallest spend cap of a campaign, in minor units.
const leastCap = 10_000

// campaign checks a campaign.
func (s *service) campaign(ctx context.Context, w *graph.Write) error {
	if !standing(ctx, w) {
		return nil
	}
	categories(w)
	campaignBudget(w)
	if w.Creating() {
		s.newCampaign(w)
		return nil
	}
	return campaignBelow(ctx, w)
}

// newCampaign checks what holds at creation only.
func (s *service) newCampaign(w *graph.Write) {
	if objective := object.Text(w.Data, "objective"); !slices.Contains(object.Outcomes(), objective) {
		w.Fault(object.Broken("campaign.objective", 0, "objective "+objective+" is no longer possible for new campaigns; use one of "+
			strings.Join(object.Outcomes(), ", "), "objective"))
	}
	_, stated := w.Sent["is_adset_budget_sharing_enabled"]
	if w.Version >= 240 && !stated && !hasBudget(w.Data) {
		w.Fault(object.Broken("campaign.budget_sharing", 4834011, "is_adset_budget_sharing_enabled must be true or false, since v24.0, "+
			"for a campaign without a budget of its own", "is_adset_budget_sharing_enabled"))
	}
}

// categories makes the special categories agree: NONE stands alone, and the old single value is the first of the list.
func categories(w *graph.Write) {
	if one, sent := w.Sent["special_ad_category"].(string); sent {
		w.Data["special_ad_categories"] = []any{one}
	}
	list := object.IDs(w.Data["special_ad_categories"])
	if slices.Contains(list, "NONE") && len(list) > 1 {
		w.Fault(object.Broken("campaign.categories", 0, "special_ad_categories holds NONE beside other categories", "special_ad_categories"))
	}
	w.Data["special_ad_category"] = "NONE"
	if len(list) > 0 {
		w.Data["special_ad_category"] = list[0]
	}
}

// campaignBudget checks the money of the campaign itself.
func campaignBudget(w *graph.Write) {
	oneBudget(w)
	atLeast(w, "daily_budget", leastDaily("IMPRESSIONS"))
	atLeast(w, "lifetime_budget", leastDaily("IMPRESSIONS"))
	if limit := object.Whole(w.Data, "spend_cap"); limit == noCap {
		delete(w.Data, "spend_cap")
	} else if _, sent := w.Sent["spend_cap"]; sent {
		atLeast(w, "spend_cap", leastCap)
	}
	if hasBudget(w.Data) && w.Data["bid_strategy"] == nil {
		w.Data["bid_strategy"] = "LOWEST_COST_WITHOUT_CAP"
	}
}

// campaignBelow checks a change against the ad sets that exist.
func campaignBelow(ctx context.Context, w *graph.Write) error {
	toBudget := hasBudget(w.Data) && !hasBudget(w.Old.Data)
	newGoal := object.Text(w.Data, "objective") != object.Text(w.Old.Data, "objective")
	if !toBudget && !newGoal {
		return nil
	}
	sets, err := children(ctx, w.Tx, "adset", "campaign_id", w.Old.ID)
	if err != nil {
		return err
	}
	if newGoal && len(sets) > 0 {
		w.Fault(object.Broken("campaign.objective", 0, "objective can't change once the campaign has ad sets", "objective"))
	}
	if toBudget && slices.ContainsFunc(sets, func(o *store.Object) bool { return hasBudget(o.Data) }) {
		w.Fault(object.Broken("campaign.budget_level", 1885621, "ad sets of the campaign have budgets of their own; "+
			"a budget is either the campaign's or the ad sets'", "daily_budget"))
	}
	return nil
}
