package ads

import (
	"fmt"
	"slices"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
)

// day is a day of a lifetime budget, in seconds.
const day = 86_400

// hasBudget reports whether a campaign or an ad set has a budget of its own.
func hasBudget(data map[string]any) bool {
	return object.Whole(data, "daily_budget") > 0 || object.Whole(data, "lifetime_budget") > 0
}

// leastDaily is the smallest daily budget in minor units, by what is charged for: the platform's figures in US dollars for its larger
// markets, for impressions, for clicks and the like, and for rare actions.
func leastDaily(billing string) int64 {
	switch billing {
	case "APP_INSTALLS", "OFFER_CLAIMS", "PURCHASE":
		return 4000
	case "CLICKS", "LINK_CLICKS", "PAGE_LIKES", "POST_ENGAGEMENT", "THRUPLAY", "LISTING_INTERACTION":
		return 500
	}
	return 100
}

// oneBudget checks that a budget is of a day or of the whole run, and that a run does not change from one to the other. A budget
// of zero is none.
func oneBudget(w *graph.Write) {
	for _, name := range []string{"daily_budget", "lifetime_budget"} {
		if object.Whole(w.Data, name) == 0 {
			delete(w.Data, name)
		}
	}
	daily, lifetime := w.Data["daily_budget"] != nil, w.Data["lifetime_budget"] != nil
	switch {
	case daily && lifetime && !w.Creating() && hasBudget(w.Old.Data):
		w.Fault(object.Broken("budget.switch", 0, "a daily budget can't become a lifetime budget, nor the other way round", "lifetime_budget"))
	case daily && lifetime:
		w.Fault(object.Broken("budget.one", 0, "daily_budget and lifetime_budget exclude each other", "lifetime_budget"))
	}
}

// atLeast checks an amount that the caller sent against a minimum in minor units.
func atLeast(w *graph.Write, name string, least int64) {
	sent := object.Whole(w.Data, name)
	if _, changed := w.Sent[name]; !changed || sent == 0 || sent >= least {
		return
	}
	subcode := 1885272
	if !w.Creating() {
		subcode = 1885650
	}
	f := object.Broken("budget.min", subcode, fmt.Sprintf("%s is %d, it must be at least %d (in minor units of the currency)", name, sent, least), name)
	f.Sent, f.Limit = int(sent), int(least)
	w.Fault(f)
}

// adsetBudget checks an ad set's money against that of its campaign.
func adsetBudget(w *graph.Write, campaign map[string]any) {
	oneBudget(w)
	switch own, shared := hasBudget(w.Data), hasBudget(campaign); {
	case own && shared:
		name := "daily_budget"
		if w.Data[name] == nil {
			name = "lifetime_budget"
		}
		w.Fault(object.Broken("budget.level", 1885621, "the campaign has a budget; a budget is either the campaign's or the ad sets'", name))
	case !own && !shared:
		w.Fault(object.Broken("budget.required", 0, "daily_budget or lifetime_budget is required: the campaign has no budget", "daily_budget"))
	}
	least := leastDaily(object.Text(w.Data, "billing_event"))
	if bid := object.Whole(w.Data, "bid_amount"); object.Text(w.Data, "bid_strategy") == "LOWEST_COST_WITH_BID_CAP" && bid > 0 {
		least = leastCapped(object.Text(w.Data, "billing_event"), bid)
	}
	atLeast(w, "daily_budget", least)
	if end, start := object.Whole(w.Data, "end_time"), object.Whole(w.Data, "start_time"); end > start {
		least *= (end - start + day - 1) / day
	}
	atLeast(w, "lifetime_budget", least)
}

// adsetBid completes the bid strategy from the bid and checks that both fit.
func adsetBid(w *graph.Write, campaign map[string]any) {
	_, strategySent := w.Sent["bid_strategy"]
	automatic, _ := w.Data["autobid"].(bool)
	delete(w.Data, "autobid")
	bid := object.Whole(w.Data, "bid_amount")
	switch {
	case automatic && bid > 0:
		w.Fault(object.Broken("bid.automatic", 1885204, "bid_amount was sent although the bid is automatic", "bid_amount"))
	case automatic:
		w.Data["bid_strategy"] = "LOWEST_COST_WITHOUT_CAP"
	case !strategySent && (w.Creating() || w.Sent["bid_amount"] != nil):
		w.Data["bid_strategy"] = impliedBid(bid, campaign)
	}
	switch strategy := object.Text(w.Data, "bid_strategy"); {
	case slices.Contains([]string{"COST_CAP", "LOWEST_COST_WITH_BID_CAP"}, strategy) && bid < 1:
		w.Fault(object.Broken("bid.amount", 0, "bid_amount is required with bid_strategy "+strategy, "bid_amount"))
	case strategy == "LOWEST_COST_WITH_MIN_ROAS" && object.Whole(object.Members(w.Data, "bid_constraints"), "roas_average_floor") < 1:
		w.Fault(object.Broken("bid.floor", 0, "bid_constraints.roas_average_floor is required with bid_strategy "+strategy, "bid_constraints", "roas_average_floor"))
	}
}

// impliedBid is the strategy of an ad set that states none: its campaign's, or what its bid amounts to.
func impliedBid(bid int64, campaign map[string]any) string {
	if shared := object.Text(campaign, "bid_strategy"); shared != "" && hasBudget(campaign) {
		return shared
	}
	if bid > 0 {
		return "LOWEST_COST_WITH_BID_CAP"
	}
	return "LOWEST_COST_WITHOUT_CAP"
}

// smallBudget is the advice on money for dynamic creative: with less than the guard's daily budget there is too little traffic to
// learn from. Nil when the budget is large enough, of a lifetime, or the guard is off.
func (s *service) smallBudget(adset, campaign map[string]any) *object.Warning {
	daily := max(object.Whole(adset, "daily_budget"), object.Whole(campaign, "daily_budget"))
	if s.config.DailyBudget == Off || daily == 0 || daily >= s.config.LeastDailyBudget {
		return nil
	}
	return &object.Warning{Rule: "guard.daily_budget", Path: []string{"daily_budget"}, Message: fmt.Sprintf(
		"the daily budget is %d minor units; dynamic creative learns too slowly below %d", daily, s.config.LeastDailyBudget)}
}

// guard reports advice as strictly as the guard says.
func guard(w *graph.Write, g Guard, advice ...object.Warning) {
	for _, a := range advice {
		switch g {
		case Enforce:
			w.Fault(object.Broken(a.Rule, 0, a.Message+" (this instance enforces the advice)", a.Path...))
		case Warn:
			w.Warnings = append(w.Warnings, a)
		}
	}
}
