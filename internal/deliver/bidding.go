package deliver

import (
	"github.com/marquetry/marquetry/internal/auction"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// perReturn is by what the platform's `roas_average_floor` is larger than the return on spend that it means.
const perReturn = 10_000

// bidding reads how an ad set bids: by its own strategy, or its campaign's when that has the budget. A cap without an amount is none.
func (set *adset) bidding(o, campaign *store.Object) {
	strategy := text(o.Data, "bid_strategy")
	funds := whole(campaign.Data, "daily_budget") > 0 || whole(campaign.Data, "lifetime_budget") > 0
	if shared := text(campaign.Data, "bid_strategy"); shared != "" && (strategy == "" || funds) {
		strategy = shared
	}
	goal := text(o.Data, "optimization_goal")
	set.shown = goal == "IMPRESSIONS" || goal == "REACH"
	limit := set.amount(o)
	switch strategy {
	case "LOWEST_COST_WITH_BID_CAP":
		set.strategy = auction.BidCap
	case "COST_CAP":
		set.strategy = auction.CostCap
	case "LOWEST_COST_WITH_MIN_ROAS":
		set.strategy, limit = auction.MinReturn, float64(whole(members(o.Data, "bid_constraints"), "roas_average_floor"))/perReturn
	}
	if set.limit = limit; limit <= 0 {
		set.strategy = auction.Automatic
	}
}

// amount is the bid of an ad set, or of an ad in it, for one event, in millionths; 0 for none.
func (set *adset) amount(o *store.Object) float64 {
	bid := float64(whole(o.Data, "bid_amount")) * float64(object.MicrosPerMinor(set.account.currency))
	if set.shown {
		return bid / 1000 // such bids are for a thousand
	}
	return bid
}
