package deliver

import (
	"html"
	"strconv"

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
		bid.NURL, bid.BURL = t.base+pathWin+"?d="+string(d.token), t.billing(d)
	}
	return bid
}

// billing is the address that counts the impression of a decision at the price at which the exchange sold it.
func (t *terms) billing(d *decided) string {
	return t.base + pathBilling + "?d=" + string(d.token) + "&p=" + openrtb.AuctionPrice
}

// markup is the ad, with the address that counts its impression in it: whichever of it and burl is called first counts. In a test nothing
// counts: links lead straight to their destination. Not ok for a native ad of an item that does not fit, or leads to a blocked place.
func (t *terms) markup(d *decided) (text string, ok bool) {
	link, seen := d.card.click+string(d.token), []string{t.billing(d)}
	if t.asked.Test == 1 {
		link, seen = d.card.assets["link"].URL, nil
	}
	if t.asked.Refuses(t.imp, &openrtb.Offer{Seat: d.ad.adset.account.id, Currency: d.ad.adset.account.currency, Secure: true, Domains: []string{hostOf(d.card.assets["link"].URL)}}) != openrtb.Bidding {
		return "", false
	}
	if t.slot.Native == nil {
		return t.banner(d, link, seen), true
	}
	assets, ok := t.slot.Native.Compose(t.content(d))
	if !ok {
		return "", false
	}
	return string(quoted(t.slot.Native.Respond(assets, link, seen...))), true
}

// banner is the ad in exactly the size that was asked for.
func (t *terms) banner(d *decided, link string, seen []string) string {
	text := creative.RenderBanner(d.ad.creative.view(d.card.assets, link), t.slot.Size.W, t.slot.Size.H)
	for _, address := range seen {
		text += `<img src="` + html.EscapeString(address) + `" alt="" width="1" height="1" style="position:absolute;visibility:hidden"/>`
	}
	return text
}

// content is what a decision can fill a native request with. The icon is a small copy of the picture.
func (t *terms) content(d *decided) *openrtb.Content {
	all := d.card.assets
	c := &openrtb.Content{
		Title: all["title"].Text, Body: all["body"].Text, Description: all["description"].Text, Sponsor: d.ad.creative.page,
		Button: creative.ButtonLabel(all["call_to_action"].Type), Display: hostOf(all["link"].URL),
	}
	picture := all["image"]
	c.Picture = d.ad.creative.size(picture.Hash, picture.URL, t.slot.Placement)
	c.Picture.URL = picture.URL
	c.Icon = iconOf(c.Picture, t.base, picture.Hash)
	return c
}
