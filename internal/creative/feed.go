package creative

// Slot is one place of an ad that takes one asset.
type Slot string

// The slots. An impression fills Image or Video, and every other slot for which the feed has assets.
const (
	Image        Slot = "image"
	Video        Slot = "video"
	Title        Slot = "title"
	Body         Slot = "body"
	Description  Slot = "description"
	CallToAction Slot = "call_to_action"
	Link         Slot = "link"
	Background   Slot = "background" // how the picture of a catalogue item is set off; only editions have it
)

// Asset is one thing that can stand in a slot. Exactly the members of its slot are set.
type Asset struct {
	ID      string // stable: a hash of slot and content, so that a reordered feed keeps its history
	Slot    Slot
	Text    string // Title, Body, Description
	Hash    string // Image: the account's image hash
	URL     string // Image given by address; Link: website_url
	VideoID string // Video
	Type    string // CallToAction: SHOP_NOW, …; Background: the name of a style
	Tags    string // url_tags of this asset
}

// Feed is the asset pools of one ad, normalised: every pool that the ad uses, in Slots order, without empty ones. Media (images
// and videos together) is one pool, because an impression shows one of them.
type Feed struct {
	Format string // SINGLE_IMAGE, SINGLE_VIDEO, CAROUSEL, AUTOMATIC_FORMAT
	Pools  []Pool
}

// Pool is the assets that compete for one slot, in the order of the feed.
type Pool struct {
	Name   string // "image", "title", "body", "description", "call_to_action", "link", "background": the keys of a decision's assets
	Assets []Asset
}
