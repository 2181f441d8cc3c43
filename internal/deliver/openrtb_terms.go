package deliver

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/marquetry/marquetry/internal/auction"
	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/openrtb"
)

// offering is what an exchange can hold against a creative, whichever of its combinations is shown.
type offering struct {
	domains []string        // of all its links
	plain   bool            // a picture is loaded over http
	largest openrtb.Content // the longest text of each slot, without pictures
}

// offeringOf goes over the pools of a feed.
func offeringOf(c *shown) offering {
	o := offering{largest: openrtb.Content{Sponsor: c.page}}
	for _, pool := range c.feed.Pools {
		for _, a := range pool.Assets {
			o.add(a)
		}
		switch pool.Name {
		case "title":
			o.largest.Title = longest(pool.Assets)
		case "body":
			o.largest.Body = longest(pool.Assets)
		case "description":
			o.largest.Description = longest(pool.Assets)
		}
	}
	return o
}

// longest is the text of the most characters, "" when one of the texts is none: a single space.
func longest(pool []creative.Asset) (text string) {
	for _, a := range pool {
		if strings.TrimSpace(a.Text) == "" {
			return ""
		}
		if utf8.RuneCountInString(a.Text) > utf8.RuneCountInString(text) {
			text = a.Text
		}
	}
	return text
}

// add notes where an asset leads and from where it is loaded.
func (o *offering) add(a creative.Asset) {
	switch a.Slot {
	case creative.Link:
		if host := hostOf(a.URL); host != "" && !slices.Contains(o.domains, host) {
			o.domains = append(o.domains, host)
			o.largest.Display = host
		}
	case creative.Image:
		o.plain = o.plain || strings.HasPrefix(a.URL, "http:")
	case creative.CallToAction:
		if label := creative.ButtonLabel(a.Type); len(label) > len(o.largest.Button) {
			o.largest.Button = label
		}
	}
}

// terms is what one imp asks of an ad.
type terms struct {
	*bidding
	imp  *openrtb.Imp
	slot openrtb.Slot
	why  openrtb.NoBid // of the ad that came furthest
}

// admits reports whether an ad that may be shown may also bid on the imp. Whether it fits is asked of all that it could show, so that what is chosen
// among its combinations stays as probable as the policy says.
func (t *terms) admits(a *ad, lot *auction.Lot) bool {
	why := t.refuses(a, worth(lot))
	t.why = max(t.why, why)
	return why == openrtb.Bidding
}

// maxBid bounds a bid for one impression, in millionths: what is expected of an ad is an estimate.
const maxBid = 1_000_000_000

// worth is the most that an ad pays for the impression, in millionths of its account's currency.
func worth(lot *auction.Lot) int64 { return int64(min(max(lot.Value, lot.Floor), maxBid)) }

// leastBid is the lowest bid for one impression, in millionths: 0.01 for a thousand. Nobody sells for nothing.
const leastBid = 10

// price is the bid for the impression: where the second price is paid all that it is worth, otherwise what it would cost on a place of our own, and at
// least the floor.
func (t *terms) price(lot *auction.Lot, own int64) int64 {
	if t.asked.SecondPrice() {
		return worth(lot)
	}
	return max(own, t.imp.FloorMicros(), leastBid)
}

// refuses says which rule keeps an ad that pays at most so much from the imp.
func (t *terms) refuses(a *ad, worth int64) openrtb.NoBid {
	account, o := a.adset.account, &a.creative.offer
	if t.answer.Cur != "" && t.answer.Cur != account.currency { // an answer has one currency
		return openrtb.Currency
	}
	offer := openrtb.Offer{
		Seat: account.id, Currency: account.currency, Domains: o.domains, Secure: t.secure() && !o.plain,
	}
	if why := t.asked.Refuses(t.imp, &offer); why != openrtb.Bidding {
		return why
	}
	if t.slot.Native != nil && a.creative.set == "" && !t.holds(a.creative) {
		return openrtb.Assets
	}
	if worth < max(t.imp.FloorMicros(), leastBid) {
		return openrtb.BelowFloor
	}
	return openrtb.Bidding
}

// secure reports whether our own addresses are.
func (t *terms) secure() bool { return strings.HasPrefix(t.base, "https:") }

// holds reports whether a native ad has room for everything that a creative may show in its place.
func (t *terms) holds(c *shown) bool {
	content := c.offer.largest
	content.Picture = c.smallest(t.slot.Placement)
	content.Icon = content.Picture.Within(iconWidth)
	_, ok := t.slot.Native.Compose(&content)
	return ok
}
