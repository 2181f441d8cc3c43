package deliver

import (
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/openrtb"
)

// bidExpiry is how long after a bid its impression is expected, in seconds: as long as a frequency cap holds the place for it. The token is good for longer.
const bidExpiry = 600

// bid is the bid of a decision.
func (t *terms) bid(d *decided, markup string) openrtb.Bid {
	bid := openrtb.Bid{
		ID: strconv.FormatUint(d.id, 10), ImpID: t.imp.ID, Price: openrtb.CPM(d.price), AdID: d.ad.id, AdM: markup, IURL: d.card.assets["image"].URL,
		CID: d.ad.adset.campaign, CrID: d.card.combination, W: t.slot.Size.W, H: t.slot.Size.H, MType: openrtb.MarkupBanner, Exp: bidExpiry,
	}
	if host := hostOf(d.card.assets["link"].URL); host != "" {
		bid.ADomain = []string{host}
	}
	if t.slot.Native != nil {
		bid.MType = openrtb.MarkupNative
	}
	if t.asked.Test != 1 {
		bid.NURL, bid.BURL = t.base+pathWin+"?d="+string(d.token), t.counting(pathBilling, d)
		bid.LURL = t.base + pathLoss + "?d=" + string(d.token) + "&r=" + openrtb.AuctionLoss
	}
	return bid
}

// counting is an address that counts the impression of a decision at the price at which the exchange sold it.
func (t *terms) counting(path string, d *decided) string {
	return t.base + path + "?d=" + string(d.token) + "&p=" + openrtb.AuctionPrice
}

// markup is the ad, with an address in it that counts its impression: whichever of it and burl is called first counts. In a test nothing counts: links
// lead straight to their destination. Not ok for an item that does not fit, or leads to a blocked place: it is known once it was drawn.
func (t *terms) markup(d *decided) (text string, ok bool) {
	owner, all := d.ad.adset.account, d.card.assets
	drawn := openrtb.Offer{
		Seat: owner.id, Currency: owner.currency, Domains: []string{hostOf(all["link"].URL)}, Secure: t.secure() && !strings.HasPrefix(all["image"].URL, "http:"),
	}
	if t.asked.Refuses(t.imp, &drawn) != openrtb.Bidding {
		return "", false
	}
	if t.slot.Native == nil {
		return t.banner(d), true
	}
	assets, ok := t.slot.Native.Compose(t.content(d))
	if !ok {
		return "", false
	}
	if t.asked.Test == 1 {
		return string(quoted(t.slot.Native.Respond(assets, all["link"].URL, "", ""))), true
	}
	seen := pathSold
	if t.asked.App != nil { // an app reports by a program, not by a browser
		seen = pathBilling
	}
	return string(quoted(t.slot.Native.Respond(assets, d.card.click+string(d.token), t.counting(seen, d), d.card.viewable+string(d.token)))), true
}

// banner is the ad in exactly the size that was asked for.
func (t *terms) banner(d *decided) string {
	if t.asked.Test == 1 {
		return creative.RenderBanner(d.ad.creative.view(d.card.assets, d.card.assets["link"].URL), t.slot.Size.W, t.slot.Size.H)
	}
	return strings.Join(d.card.html, string(d.token)) + beacon(t.counting(pathSold, d))
}

// content is what a decision can fill a native request with. The icon is a small copy of the picture.
func (t *terms) content(d *decided) *openrtb.Content {
	all := d.card.assets
	c := &openrtb.Content{
		Title: all["title"].Text, Body: all["body"].Text, Description: all["description"].Text, Sponsor: d.ad.creative.page,
		Button: creative.ButtonLabel(all["call_to_action"].Type), Display: hostOf(all["link"].URL),
	}
	picture := all["image"]
	c.Picture = openrtb.Picture{URL: picture.URL, W: picture.Width, H: picture.Height}
	if picture.VideoID != "" { // the size is the video's
		c.Picture.W, c.Picture.H = 0, 0
	}
	c.Icon = iconOf(c.Picture, t.base, picture.Hash)
	return c
}
