package ads

import (
	"slices"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Bid strategies, and the bounds of a return on spend, times 10000.
const (
	automatic  = "LOWEST_COST_WITHOUT_CAP"
	bidCap     = "LOWEST_COST_WITH_BID_CAP"
	costCap    = "COST_CAP"
	minROAS    = "LOWEST_COST_WITH_MIN_ROAS"
	leastFloor = 100
	mostFloor  = 10_000_000
)

// adsetBid completes the bid strategy from the bid and checks that both fit the goal and the campaign.
func adsetBid(w *graph.Write, campaign map[string]any) {
	_, strategySent := w.Sent["bid_strategy"]
	auto, _ := w.Data["autobid"].(bool)
	delete(w.Data, "autobid")
	bid := object.Whole(w.Data, "bid_amount")
	switch {
	case auto && bid > 0:
		w.Fault(drop(object.Broken("bid.automatic", 1885204, "bid_amount was sent although the bid is automatic", "bid_amount")))
	case auto:
		w.Data["bid_strategy"] = automatic
	case !strategySent && (w.Creating() || w.Sent["bid_amount"] != nil):
		w.Data["bid_strategy"] = impliedBid(bid, campaign)
	}
	if touched(w, "bid_strategy", "bid_amount", "bid_constraints", "optimization_goal", "autobid") {
		bidFits(w, object.Text(w.Data, "bid_strategy"), bid, campaign)
	}
}

// bidFits checks a strategy against its bid, the goal and the campaign's own strategy.
func bidFits(w *graph.Write, strategy string, bid int64, campaign map[string]any) {
	capped := slices.Contains([]string{costCap, bidCap}, strategy)
	floor, hasFloor := object.Members(w.Data, "bid_constraints")["roas_average_floor"]
	goal, shared := object.Text(w.Data, "optimization_goal"), object.Text(campaign, "bid_strategy")
	switch {
	case bid < 0:
		w.Fault(drop(object.Broken("bid.amount", 1487989, "bid_amount must be positive, in minor units of the currency", "bid_amount")))
	case capped && bid < 1:
		w.Fault(object.Broken("bid.amount", 0, "bid_amount is required with bid_strategy "+strategy, "bid_amount"))
	case strategy == automatic && bid > 0 && w.Sent["bid_strategy"] != nil && w.Sent["bid_amount"] != nil:
		w.Fault(drop(object.Broken("bid.automatic", 1885204, "bid_strategy "+automatic+" takes no bid_amount", "bid_amount")))
	case capped && slices.Contains([]string{"AD_RECALL_LIFT", "VALUE"}, goal):
		f := object.Broken("bid.automatic", 1885204, "optimization_goal "+goal+" takes no cap: its bid is automatic", "bid_strategy")
		w.Fault(drop(set(f, automatic), "bid_amount"))
	case strategy == minROAS && !hasFloor:
		w.Fault(object.Broken("bid.floor", 0, "bid_constraints.roas_average_floor is required with bid_strategy "+strategy, "bid_constraints", "roas_average_floor"))
	case strategy == minROAS && goal != "VALUE" && goal != "":
		w.Fault(set(object.Broken("bid.floor", 0, "bid_strategy "+minROAS+" needs optimization_goal VALUE", "bid_strategy"), automatic))
	case hasFloor && (object.Whole(map[string]any{"floor": floor}, "floor") < leastFloor || object.Whole(map[string]any{"floor": floor}, "floor") > mostFloor):
		w.Fault(object.Broken("bid.floor", 1487989, "roas_average_floor is a return times 10000 and must be 100 to 10000000", "bid_constraints", "roas_average_floor"))
	case w.Sent["bid_strategy"] != nil && hasBudget(campaign) && shared != "" && strategy != shared:
		w.Fault(set(object.Broken("bid.shared", 0, "the campaign has the budget, so its bid_strategy "+shared+" is that of all its ad sets", "bid_strategy"), shared))
	}
}

// impliedBid is the strategy of an ad set that states none: its campaign's, or what its bid amounts to.
func impliedBid(bid int64, campaign map[string]any) string {
	if shared := object.Text(campaign, "bid_strategy"); shared != "" && hasBudget(campaign) {
		return shared
	}
	if bid > 0 {
		return bidCap
	}
	return automatic
}

// bidInfo is an ad set's bid by what it is for.
func bidInfo(_ *graph.Call, o *store.Object) any {
	bid := object.Whole(o.Data, "bid_amount")
	if bid == 0 {
		return nil
	}
	event := "ACTIONS"
	switch goal := object.Text(o.Data, "optimization_goal"); {
	case goal == "IMPRESSIONS" || goal == "REACH":
		event = goal
	case object.Text(o.Data, "billing_event") == "LINK_CLICKS":
		event = "CLICKS"
	}
	return map[string]any{event: bid}
}
