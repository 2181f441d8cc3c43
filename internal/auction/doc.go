// Package auction decides between ads of several advertisers by what an impression is worth to each.
//
// A bid is money per optimisation event ([Terms.Bid]); times how often such an event is expected to follow an impression ([Rate]) it is what the
// impression is worth, and with a draw of how far that expectation may be off it is the ad's score ([Lot]). The best score wins and pays what the
// next advertiser's would have taken ([Price]).
//
// Money is in millionths of one currency. The package is pure: callers pass seeds and counters, and nothing here reads a clock.
package auction
