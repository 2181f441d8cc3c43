package auction

import (
	"cmp"
	"math"
)

// Lot is one ad in the auction of one impression. Money is in millionths of one currency.
type Lot struct {
	At    int32   // the caller's number of the ad
	Owner int32   // the advertiser's number: nobody bids against themselves
	Value float64 // what the impression is expected to be worth at the ad's bid
	Score float64 // logarithm of Value, with the draw
	Floor float64 // what an impression costs at least
	Order uint64  // between equals
}

// Compare orders lots, the best first.
func (l *Lot) Compare(o *Lot) int {
	switch {
	case l.Score > o.Score:
		return -1
	case l.Score < o.Score:
		return 1
	}
	return cmp.Compare(l.Order, o.Order)
}

// before is Compare where that is all that matters.
func (l *Lot) before(o *Lot) bool {
	return l.Score > o.Score || l.Score == o.Score && l.Order < o.Order
}

// Demotion is what is taken off the score of an ad below the quality floor, so that it comes behind all that are not.
const Demotion = 100

// Price is what the winner pays for the impression: the least bid with which it would still have won, at the rate that is expected of it, but no
// less than the floor. Next is the best lot of another advertiser behind it, nil when there is none. (Vickrey 1961; with rates as weights,
// Edelman, Ostrovsky and Schwarz 2007.)
func (l *Lot) Price(next *Lot) float64 {
	if next == nil {
		return l.Floor
	}
	return max(l.Floor, l.Value*math.Exp(min(0, next.Score-l.Score)))
}

// credit is how far the score of a lot is over its value, in standard deviations of what is believed of its rate, so that an ad of which little is
// known is shown until it is known.
const credit = 0.15

// Boldness is how far the draws of a decision between so many ads may move their scores, in standard deviations: those of many ads would otherwise
// be outbid by the luckiest of them. One is Thompson sampling (1933), which in simulation (marquetry bench auction) is too bold for what a few weeks
// of traffic can tell.
func Boldness(ads int) float64 { return min(0.5, 1.2/math.Sqrt(float64(ads))) }

// Score is the logarithm of a lot's value and of what is credited to it, as its rate may be better than what is known says.
func Score(value, spread, boldness, draw float64) float64 {
	return value + spread*(credit+boldness*draw)
}

// Luckiest is more than any Draw: whose score would be too low with it needs none.
const Luckiest = 3.47

// Draw is a number between ±3.47 for one ad in one decision, by nearly the standard normal distribution: the sum of four uniform ones. Draws of
// different salts are unrelated.
func Draw(seed, salt uint64) float64 {
	const middle, deviation = 2 * 65535, 65536 / 1.7320508075688772
	x := mix(seed ^ salt)
	return (float64(x&0xFFFF+x>>16&0xFFFF+x>>32&0xFFFF+x>>48) - middle) / deviation
}

// mix is the finisher of SplitMix64: neighbouring numbers give unrelated ones.
func mix(x uint64) uint64 {
	x += 0x9E3779B97F4A7C15
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

// curiosity is the share of decisions in which the quality floor does not hold, so that an ad below it can still show that it has become better.
const curiosity = 0.02

// Curious reports whether a decision is one of those.
func Curious(seed uint64) bool { return float64(mix(^seed)>>11)/(1<<53) < curiosity }
