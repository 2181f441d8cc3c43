// Package openrtbtest judges answers to bid requests by what the specifications say of them. It shares no code with what makes the answers but their
// types, so that it can disagree.
package openrtbtest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/marquetry/marquetry/internal/openrtb"
)

// Check lists what is wrong with an answer to a request.
func Check(r *openrtb.BidRequest, a *openrtb.BidResponse) []string {
	c := &checker{request: r, answer: a}
	c.want(a.ID == r.ID, "the answer has the id %q", a.ID)
	c.want(len(a.SeatBid) > 0 || a.NBR >= 500, "no bids and no reason: %d", a.NBR)
	c.want(len(a.SeatBid) == 0 || a.NBR == 0, "bids, and the reason %d against them", a.NBR)
	for _, seat := range a.SeatBid {
		c.want(len(r.WSeat) == 0 || slices.Contains(r.WSeat, seat.Seat), "the seat %s may not bid", seat.Seat)
		c.want(len(seat.Bid) > 0, "the seat %s has no bids", seat.Seat)
		for i := range seat.Bid {
			c.bid(&seat.Bid[i])
		}
	}
	return c.wrong
}

// checker collects what is wrong.
type checker struct {
	request *openrtb.BidRequest
	answer  *openrtb.BidResponse
	wrong   []string
	imps    []string // with a bid
	ads     []string // that are bid
}

// want notes a broken rule.
func (c *checker) want(ok bool, format string, args ...any) {
	if !ok {
		c.wrong = append(c.wrong, fmt.Sprintf(format, args...))
	}
}

// bid checks one bid against its imp.
func (c *checker) bid(b *openrtb.Bid) {
	at := slices.IndexFunc(c.request.Imp, func(imp openrtb.Imp) bool { return imp.ID == b.ImpID })
	if at < 0 {
		c.want(false, "a bid on an imp that was not offered: %s", b.ImpID)
		return
	}
	imp := &c.request.Imp[at]
	c.want(!slices.Contains(c.imps, b.ImpID), "two bids on %s", b.ImpID)
	c.want(!slices.Contains(c.ads, b.AdID), "two bids of the ad %s", b.AdID)
	c.imps, c.ads = append(c.imps, b.ImpID), append(c.ads, b.AdID)
	c.want(b.ID != "" && b.AdM != "" && b.CrID != "" && b.CID != "" && len(b.ADomain) == 1, "a bid without id, markup, ad or advertiser: %+v", b)
	c.want(imp.PMP.Private != 1 && c.request.Regs.COPPA != 1, "a bid on what we may not have")
	c.price(imp, b)
	c.places(imp, b)
	for _, domain := range c.request.BAdv {
		c.want(b.ADomain[0] != domain && !strings.HasSuffix(b.ADomain[0], "."+domain), "the advertiser %v is blocked", b.ADomain)
	}
	if b.MType == openrtb.MarkupNative {
		c.native(imp, b)
		return
	}
	c.banner(imp, b)
}

// price checks price and currency.
func (c *checker) price(imp *openrtb.Imp, b *openrtb.Bid) {
	allowed, floor := c.request.Cur, imp.FloorCur
	if len(allowed) == 0 {
		allowed = []string{"USD"}
	}
	if floor == "" {
		floor = "USD"
	}
	c.want(slices.Contains(allowed, c.answer.Cur), "the currency %s is not one of %v", c.answer.Cur, allowed)
	c.want(b.Price > 0 && b.Price >= imp.Floor, "the price %g is below the floor %g", b.Price, imp.Floor)
	c.want(imp.Floor == 0 || floor == c.answer.Cur, "a floor in %s for a bid in %s", floor, c.answer.Cur)
}

// places checks the addresses of a bid.
func (c *checker) places(imp *openrtb.Imp, b *openrtb.Bid) {
	billed := c.request.Test != 1
	c.want((b.BURL != "") == billed && (b.NURL != "") == billed && (b.LURL != "") == billed, "notices %q, %q and %q with test %d", b.NURL, b.BURL, b.LURL, c.request.Test)
	c.want(!billed || strings.Contains(b.BURL, "${AUCTION_PRICE}"), "no price in %s", b.BURL)
	c.want(strings.Contains(b.AdM, "AUCTION_PRICE") == billed, "the markup counts impressions with test %d", c.request.Test)
	if imp.Secure == 1 && billed {
		for _, address := range []string{b.NURL, b.BURL, b.LURL, b.IURL, b.AdM} {
			c.want(!strings.Contains(address, "http://"), "not secure: %s", address)
		}
	}
}

// banner checks size and markup.
func (c *checker) banner(imp *openrtb.Imp, b *openrtb.Bid) {
	if imp.Banner == nil {
		c.want(false, "a banner for %s, which is none", imp.ID)
		return
	}
	size := openrtb.Format{W: b.W, H: b.H}
	c.want(slices.Contains(append(slices.Clone(imp.Banner.Format), openrtb.Format{W: imp.Banner.W, H: imp.Banner.H}), size), "a size of %v was not asked for", size)
	c.want(b.MType == openrtb.MarkupBanner && strings.Contains(b.AdM, fmt.Sprintf("width:%dpx;height:%dpx", b.W, b.H)), "the markup is not as large as the bid says")
	c.want(!strings.Contains(strings.ToLower(b.AdM), "<script"), "there is a script in %s", b.AdM)
}

// native checks that every asset was asked for, fits, and that none that is required is missing.
func (c *checker) native(imp *openrtb.Imp, b *openrtb.Bid) {
	if imp.Banner != nil || imp.Native == nil {
		c.want(false, "a native ad for %s, which is none", imp.ID)
		return
	}
	asked := imp.Native.Asked
	var ad openrtb.NativeResponse
	text := []byte(b.AdM)
	if asked.Wrapped {
		var around map[string]json.RawMessage
		c.want(json.Unmarshal(text, &around) == nil && len(around) == 1, "not wrapped: %s", b.AdM)
		text = around["native"]
	}
	c.want(json.Unmarshal(text, &ad) == nil && ad.Ver == "1.2" && ad.Link.URL != "", "not a native ad: %s", b.AdM)
	counted := len(ad.ImpTrackers)
	for _, e := range ad.EventTrackers {
		if e.Event == 1 {
			counted++
		}
	}
	c.want(counted == 1-c.request.Test, "the impression is counted in %d ways", counted)
	for i := range asked.Assets {
		c.asset(&asked.Assets[i], ad.Assets)
	}
	c.want(len(ad.Assets) <= len(asked.Assets) && len(ad.Assets) > 0, "%d assets of %d that were asked for", len(ad.Assets), len(asked.Assets))
}

// asset checks one wish against what was given; several wishes may have one id.
func (c *checker) asset(wish *openrtb.NativeWish, given []openrtb.NativeAsset) {
	found := false
	for _, a := range given {
		switch {
		case a.ID != wish.ID:
			continue
		case wish.Title != nil && a.Title != nil:
			found = found || short(a.Title.Text, wish.Title.Len)
		case wish.Data != nil && a.Data != nil && wish.Data.Type == a.Data.Type:
			found = found || short(a.Data.Value, wish.Data.Len)
		case wish.Img != nil && a.Img != nil:
			found = found || a.Img.URL != "" && a.Img.W >= wish.Img.WMin && a.Img.H >= wish.Img.HMin
		}
	}
	c.want(found || wish.Required != 1, "the required asset %d is missing, or does not fit", wish.ID)
}

// short reports whether a text has at least one character and at most so many; 0 is no limit.
func short(text string, limit int) bool {
	n := utf8.RuneCountInString(text)
	return n > 0 && (limit <= 0 || n <= limit)
}
