package sim

import (
	"math"

	"github.com/marquetry/marquetry/internal/auction"
)

// Policy says who gets an impression.
type Policy string

// The policies. The last three are ours with another credit for what is not known: none; the rate drawn from what is believed of it; none needed,
// as the true rates are known.
const (
	Ours      Policy = "value"
	FirstCome Policy = "first-come" // in turns, at the floor
	BidOnly   Policy = "bid-only"   // the highest bid for an event; the second highest is paid
	Mean      Policy = "value-mean"
	Drawn     Policy = "value-drawn"
	Truth     Policy = "value-truth"
)

// Policies are those that can be run.
func Policies() []Policy { return []Policy{Ours, FirstCome, BidOnly, Mean, Drawn, Truth} }

// turns is how far the scores of equals differ, so that they take turns.
const turns = 1e-3

// score is the logarithm of what an ad's place in the order follows, given its bid for an event, its rate and how far that may be off (all
// logarithms), and a draw with how bold it is.
func (p Policy) score(bid, rate, spread, boldness, draw float64) float64 {
	switch p {
	case FirstCome:
		return draw
	case BidOnly:
		return bid + turns*draw
	case Mean, Truth:
		return bid + rate + turns*draw
	case Drawn:
		return bid + rate + spread*draw
	case Ours:
	}
	return auction.Score(bid+rate, spread, boldness, draw)
}

// price is what the winner pays.
func (p Policy) price(won, next *auction.Lot) float64 {
	if p == FirstCome {
		return floor
	}
	return won.Price(next)
}

// admits reports whether an ad whose bid has a cap may show at the floor.
func (p Policy) admits(score, bid, rate float64) bool {
	if p == FirstCome || p == BidOnly {
		score = bid + rate
	}
	return score >= math.Log(floor)
}
