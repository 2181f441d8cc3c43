package openrtb

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Content is what an ad can fill a native request with. An empty text is none; a single space is the platform's way to say so.
type Content struct {
	Title, Body, Description string
	Sponsor                  string // who advertises
	Button                   string // what the button says
	Display                  string // host of the destination
	Picture, Icon            Picture
}

// Picture is the address of an image and its size in pixels, 0 where it is not known.
type Picture struct {
	URL  string
	W, H int
}

// Within is the picture scaled down to a width; one that is smaller stays as it is.
func (p Picture) Within(width int) Picture {
	if p.W > width {
		p.W, p.H = width, p.H*width/p.W
	}
	return p
}

// Kinds of assets in Native 1.2.
const (
	imgIcon = 1
	imgMain = 3

	dataSponsored   = 1
	dataDescription = 2
	dataMore        = 10
	dataDisplay     = 11
	dataButton      = 12
)

// Compose fills the wished assets; not ok when a required one is missing or does not fit. One that nobody requires is then left out.
func (n *NativeRequest) Compose(c *Content) (assets []NativeAsset, ok bool) {
	assets = make([]NativeAsset, 0, len(n.Assets))
	for i := range n.Assets {
		wish := &n.Assets[i]
		asset := NativeAsset{ID: wish.ID, Required: wish.Required}
		if c.fill(wish, &asset) {
			assets = append(assets, asset)
		} else if wish.Required == 1 {
			return nil, false
		}
	}
	return assets, len(assets) > 0
}

// fill puts what was wished into an asset.
func (c *Content) fill(wish *NativeWish, asset *NativeAsset) bool {
	switch {
	case wish.Title != nil:
		n, ok := fits(c.Title, wish.Title.Len)
		asset.Title = &NativeTitle{Text: c.Title, Len: n}
		return ok
	case wish.Data != nil:
		text := c.data(wish.Data.Type)
		n, ok := fits(text, wish.Data.Len)
		asset.Data = &NativeData{Type: wish.Data.Type, Len: n, Value: text}
		return ok
	case wish.Img != nil:
		p := c.picture(wish.Img.Type)
		asset.Img = &NativeImg{Type: wish.Img.Type, URL: p.URL, W: p.W, H: p.H}
		return wish.Img.takes(p)
	}
	return false
}

// fits counts the characters of a text, and reports whether there are any and not more than a limit; 0 is no limit.
func fits(text string, limit int) (n int, ok bool) {
	n = utf8.RuneCountInString(text)
	return n, strings.TrimSpace(text) != "" && (limit <= 0 || n <= limit)
}

// data is the text of a kind.
func (c *Content) data(kind int) string {
	switch kind {
	case dataSponsored:
		return c.Sponsor
	case dataDescription:
		return c.Body
	case dataMore:
		return c.Description
	case dataDisplay:
		return c.Display
	case dataButton:
		return c.Button
	}
	return ""
}

// picture is the picture of a kind; one without a kind is the main one.
func (c *Content) picture(kind int) Picture {
	switch kind {
	case imgIcon:
		return c.Icon
	case imgMain, 0:
		return c.Picture
	}
	return Picture{}
}

// takes reports whether a picture is large enough. One whose size is not known is taken where no size is demanded. The size that is wished for is no
// demand: who shows the picture scales it.
func (w *ImgWish) takes(p Picture) bool {
	image := len(w.Mimes) == 0 || slices.ContainsFunc(w.Mimes, func(mime string) bool { return strings.HasPrefix(mime, "image/") })
	return p.URL != "" && p.W >= w.WMin && p.H >= w.HMin && image
}

// Events of Native 1.2, and the way to report them that we have: an address that is loaded as an image.
const (
	eventImpression = 1
	eventViewable   = 2 // half of the ad for a second
	byImage         = 1
)

// Respond puts a native ad together: the assets, where a click goes, and the addresses that count its impression and that it was in view, "" for none.
// Who says by which methods an impression can be reported gets event trackers, everybody else the list of before version 1.2: both would be called.
func (n *NativeRequest) Respond(assets []NativeAsset, click, impression, viewable string) any {
	r := NativeResponse{Ver: "1.2", Assets: assets, Link: NativeLink{URL: click}}
	track := func(event int, address string) bool {
		if address == "" || !n.reports(event) {
			return false
		}
		r.EventTrackers = append(r.EventTrackers, NativeTracker{Event: event, Method: byImage, URL: address})
		return true
	}
	if !track(eventImpression, impression) && impression != "" {
		r.ImpTrackers = []string{impression}
	}
	track(eventViewable, viewable)
	if n.Wrapped {
		return map[string]NativeResponse{"native": r}
	}
	return r
}

// reports says whether an event can be reported by an image.
func (n *NativeRequest) reports(event int) bool {
	return slices.ContainsFunc(n.Trackers, func(e NativeEvents) bool { return e.Event == event && slices.Contains(e.Methods, byImage) })
}
