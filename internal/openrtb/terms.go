package openrtb

import (
	"cmp"
	"slices"
	"strings"
)

// NoBid is why there is no bid, in the order in which it is found out: the further a request got, the more there is to say.
type NoBid uint8

// The reasons.
const (
	Bidding     NoBid = iota // there is a bid
	Children                 // coppa
	PrivateDeal              // only deals may bid
	NoForm                   // neither banner nor native
	NoMarkup                 // no HTML, or no picture
	NoSize                   // too small, or no size at all
	NoAd                     // no ad may be shown here and now
	Seat                     // wseat or bseat
	Currency                 // cur, or a floor in another currency
	Category                 // acat: ours are not known
	Insecure                 // secure, and we are not
	Blocked                  // badv
	Assets                   // a required asset of a native ad is missing, or too long or small
	BelowFloor               // bidfloor
	TooLate                  // tmax
)

// String is the reason in a word.
func (n NoBid) String() string {
	return [...]string{"", "coppa", "private_auction", "form", "markup", "size", "no_ad", "seat", "currency", "category", "secure", "badv", "assets", "bidfloor", "tmax"}[n]
}

// Code is the reason as nbr has it: numbers from 500 are the bidder's own.
func (n NoBid) Code() int { return 500 + int(n) }

// Offer is an ad that could be bid, as far as a request has a say in that.
type Offer struct {
	Seat     string
	Currency string   // ISO 4217
	Domains  []string // hosts to which it may lead
	Secure   bool     // nothing in its markup is loaded or reported over http
}

// Refuses says which rule of a request keeps an ad from an imp, but for its price; Bidding when there is none.
func (r *BidRequest) Refuses(imp *Imp, o *Offer) NoBid {
	switch {
	case len(r.WSeat) > 0 && !slices.Contains(r.WSeat, o.Seat) || slices.Contains(r.BSeat, o.Seat):
		return Seat
	case !r.pays(o.Currency) || imp.Floor > 0 && cmp.Or(imp.FloorCur, defaultCurrency) != o.Currency:
		return Currency
	case len(r.ACat) > 0:
		return Category
	case imp.Secure == 1 && r.Test != 1 && !o.Secure:
		return Insecure
	case slices.ContainsFunc(o.Domains, r.blocks):
		return Blocked
	}
	return Bidding
}

// defaultCurrency is that of requests and floors that name none.
const defaultCurrency = "USD"

// pays reports whether bids may be in a currency.
func (r *BidRequest) pays(currency string) bool {
	if len(r.Cur) == 0 {
		return currency == defaultCurrency
	}
	return slices.Contains(r.Cur, currency)
}

// blocks reports whether a host is one of the blocked advertisers' or below it.
func (r *BidRequest) blocks(host string) bool {
	host = strings.ToLower(host)
	for _, domain := range r.BAdv {
		domain = strings.ToLower(strings.TrimPrefix(domain, "www."))
		if rest, ok := strings.CutSuffix(host, domain); ok && domain != "" && (rest == "" || strings.HasSuffix(rest, ".")) {
			return true
		}
	}
	return false
}

// FloorMicros is the least that one impression must pay, in millionths of the floor's currency, rounded up.
func (imp *Imp) FloorMicros() int64 {
	micros := imp.Floor * microsPerCPM
	whole := int64(micros)
	if float64(whole) < micros-1e-6 { // a floor of 0.3 is not 300.00000000000006
		whole++
	}
	return whole
}

// microsPerCPM is what one impression costs, in millionths, at a price of 1 for a thousand.
const microsPerCPM = 1000

// CPM is the price of a thousand impressions in units of a currency, of one in millionths.
func CPM(micros int64) float64 { return float64(micros) / microsPerCPM }

// SecondPrice reports whether the winner pays what the next one bid.
func (r *BidRequest) SecondPrice() bool { return r.AT == 0 || r.AT == 2 }
