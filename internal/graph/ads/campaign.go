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
	if ok, err := s.standing(ctx, w); !ok || err != nil {
		return err
	}
	categories(w)
	campaignBudget(w)
	sharing(w)
	frequency(w)
	periods(ctx, w)
	handOver(ctx, w)
	if w.Creating() {
		newCampaign(w)
		return s.capacity(ctx, w)
	}
	if err := s.beyondSpent(ctx, w); err != nil {
		return err
	}
	if err := significant(ctx, w); err != nil {
		return err
	}
	return campaignBelow(ctx, w)
}

// newCampaign checks what holds at creation only.
func newCampaign(w *graph.Write) {
	if objective := object.Text(w.Data, "objective"); objective != "" && !slices.Contains(object.Outcomes(), objective) {
		f := object.Broken("campaign.objective", 0, "objective "+objective+" is no longer possible for new campaigns; use one of "+
			strings.Join(object.Outcomes(), ", "), "objective")
		w.Fault(set(f, outcome(objective)))
	}
	if kind := object.Text(w.Data, "smart_promotion_type"); w.Version >= 250 && (kind == "AUTOMATED_SHOPPING_ADS" || kind == "SMART_APP_PROMOTION") {
		w.Fault(drop(object.Broken("campaign.advantage", 0, "Advantage+ shopping and app campaigns can't be created since v25.0: leave smart_promotion_type out, "+
			"a campaign is Advantage+ by its settings", "smart_promotion_type")))
	}
}

// outcome is the objective that took the place of an older one.
func outcome(objective string) string {
	switch objective {
	case "BRAND_AWARENESS", "REACH", "LOCAL_AWARENESS", "STORE_VISITS":
		return "OUTCOME_AWARENESS"
	case "CONVERSIONS", "PRODUCT_CATALOG_SALES", "OFFER_CLAIMS":
		return "OUTCOME_SALES"
	case "APP_INSTALLS":
		return "OUTCOME_APP_PROMOTION"
	case "LEAD_GENERATION":
		return "OUTCOME_LEADS"
	case "LINK_CLICKS":
		return "OUTCOME_TRAFFIC"
	}
	return "OUTCOME_ENGAGEMENT"
}

// sharing checks is_adset_budget_sharing_enabled: since v24 it is stated where budgets sit on the ad sets, and since v26 it needs a bid
// strategy and is not switched on while ads run.
func sharing(w *graph.Write) {
	const name = "is_adset_budget_sharing_enabled"
	shares, stated := w.Sent[name].(bool)
	running := !w.Creating() && w.Old.Status == object.Active && w.Old.Data[name] != true
	switch {
	case w.Creating() && w.Version >= 240 && !stated && !hasBudget(w.Data):
		f := set(object.Broken("campaign.budget_sharing", 4834011, name+" must be true or false, since v24.0, for a campaign without a budget of its own", name), false)
		f.Title, f.Detail = "Say whether ad sets share their budgets", "Add is_adset_budget_sharing_enabled=false, or true to let ad sets lend each other up to a fifth of their budgets."
		w.Fault(f)
	case w.Version < 260 || !shares:
	case hasBudget(w.Data):
	case w.Data["bid_strategy"] == nil:
		w.Fault(set(object.Broken("campaign.budget_sharing", 4834005, name+"=true needs a bid_strategy of the campaign, since v26.0", "bid_strategy"), automatic))
	case running:
		w.Fault(drop(object.Broken("campaign.budget_sharing", 3858418, name+" can't be switched on while the campaign runs, since v26.0; pause it first", name)))
	}
}

// categories makes the special categories agree: NONE stands alone, and the old single value is the first of the list.
func categories(w *graph.Write) {
	if one, sent := w.Sent["special_ad_category"].(string); sent && w.Sent["special_ad_categories"] == nil {
		w.Data["special_ad_categories"] = []any{one}
	}
	list := object.IDs(w.Data["special_ad_categories"])
	if slices.Contains(list, "NONE") && len(list) > 1 {
		f := object.Broken("category.none", 0, "special_ad_categories holds NONE beside other categories", "special_ad_categories")
		w.Fault(set(f, slices.DeleteFunc(slices.Clone(object.Listed(w.Data, "special_ad_categories")), func(c any) bool { return c == "NONE" })))
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
		w.Data["bid_strategy"] = automatic
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
		w.Fault(drop(object.Broken("campaign.objective", 0, "objective can't change once the campaign has ad sets", "objective")))
	}
	if toBudget && slices.ContainsFunc(sets, func(o *store.Object) bool { return hasBudget(o.Data) }) {
		f := object.Broken("budget.level", 1885621, "ad sets of the campaign have budgets of their own; a budget is either the campaign's or the ad sets'", "daily_budget")
		if w.Data["daily_budget"] == nil {
			f.Path = []string{"lifetime_budget"}
		}
		w.Fault(drop(f))
	}
	return nil
}
