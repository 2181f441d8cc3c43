package auction

import "math"

// Strategy is what an advertiser wants of the price.
type Strategy uint8

// The strategies, as the platform has them.
const (
	Automatic Strategy = iota // the most events for the budget, whatever each costs
	BidCap                    // no bid above the limit
	CostCap                   // events cost the limit on average
	MinReturn                 // as CostCap; the limit is the value of an event divided by the least return on spend
)

// Terms are an ad set's strategy and what it has had so far. Money is in millionths.
type Terms struct {
	Strategy Strategy
	Limit    float64 // per event; positive but for Automatic
	Usual    float64 // what an event usually costs: where an automatic bid starts
	Spent    float64 // since the strategy or its limit was last changed
	Events   float64 // since then
	Behind   float64 // days' budgets by which spending is behind its schedule; negative when it is ahead, 0 without a budget
}

// How bids follow what was spent.
const (
	haste    = 4  // a bid rises by e^haste over a day in which nothing of the budget is spent
	patience = 10 // events over which what a cost cap has saved, or lost, is made good
	leeway   = 4  // factor by which that may take a bid away from the cap
)

// Bid is the bid for one event.
//
// Both multipliers are those of dual mirror descent (Balseiro, Lu and Mirrokni 2023; adaptive pacing, Balseiro and Gur 2019): each step adds what was
// spent beyond plan to the dual variable of a constraint. The steps add up to counters that are at hand, so that the bid is a function of them and
// needs no state of its own: it is the same in every process and after every start.
func (t Terms) Bid() float64 {
	pace := math.Exp(haste * min(max(t.Behind, -1), 1))
	switch t.Strategy {
	case BidCap:
		return t.Limit * min(1, pace)
	case CostCap, MinReturn:
		return t.Limit * min(1, pace) * t.balance()
	case Automatic:
	}
	return t.Usual * pace
}

// balance is the factor on a cost cap that brings the average cost to it: in a second price auction events cost less than was bid for
// them, and what was saved is bid for the next ones.
func (t Terms) balance() float64 {
	saved := t.Limit*t.Events - t.Spent
	return min(max(1+saved/(patience*t.Limit), 1.0/leeway), leeway)
}
