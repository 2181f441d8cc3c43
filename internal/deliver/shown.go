package deliver

import (
	"cmp"
	"net/url"
	"strings"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/openrtb"
	"github.com/marquetry/marquetry/internal/target"
)

// shown is a creative, or an edition of one, prepared for being shown. Neither ever changes, so it is made once and shared by all snapshots.
type shown struct {
	id        string
	page      string // name of the Page that speaks
	feed      creative.Feed
	space     bandit.Space
	assets    [][]client.Asset // per pool of the feed; addresses on this server are paths
	even      *bandit.Rotation
	rules     creative.CustomRules       // none when the same may be shown everywhere
	allowed   [][][]bool                 // by rule, pool and asset: what may be shown where the rule fits; one without rules, where not all of it may
	audiences []*target.Spec             // by rule, see [audiencesOf]
	carousels []*creative.Carousel       // by rule, one without rules; nil where there are no cards
	waits     bool                       // a video was not there yet
	films     map[string]film            // by video id
	tags      string                     // url_tags of the creative
	created   int64                      // unix seconds
	data      map[string]any             // what it shows, as package edition reads it
	formed    map[string]bool            // placements in which some picture takes another form
	set       string                     // product set whose items it shows, "" for none
	template  string                     // address of a click on an item, with tags; "" for the item's own
	offer     offering                   // to an exchange
	sizes     map[string]openrtb.Picture // of uploaded pictures, by hash, without address
	backdrops []backdrop                 // the pool of backgrounds, the item's own picture first; nil without one
}

// prepare reads the content of a stored creative or edition.
func prepare(id string, created int64, data map[string]any, page string) (*shown, error) {
	feed, err := creative.FeedOf(data)
	if err != nil {
		return nil, err
	}
	c := &shown{id: id, page: page, feed: feed, space: bandit.Space{Sizes: feed.Sizes()}, tags: text(data, "url_tags"), created: created, data: data,
		formed: edition.Formed(data)}
	if members(members(data, "object_story_spec"), "template_data") != nil {
		c.set, c.template, c.backdrops = text(data, "product_set_id"), text(data, "template_url"), backdropsOf(data, feed)
	}
	if c.even, err = bandit.NewRotation(c.space, nil); err != nil {
		return nil, err
	}
	c.customise()
	for _, pool := range feed.Pools {
		assets := make([]client.Asset, len(pool.Assets))
		for i, a := range pool.Assets {
			assets[i] = client.Asset{Index: i, ID: a.ID, Text: a.Text, Hash: a.Hash, URL: a.URL, Type: a.Type, VideoID: a.VideoID}
			if a.Hash != "" {
				assets[i].URL = "/media/" + a.Hash
			}
		}
		c.assets = append(c.assets, assets)
	}
	c.offer, c.sizes, c.films = offeringOf(c), map[string]openrtb.Picture{}, map[string]film{}
	return c, nil
}

// chosen lists the assets of a combination by slot, with absolute addresses; a picture in the form that it has in the placement.
func (c *shown) chosen(slots []uint8, base, placement string) map[string]client.Asset {
	assets := make(map[string]client.Asset, len(slots))
	for i, pool := range c.feed.Pools {
		asset := c.assets[i][slots[i]]
		if pool.Name == "image" {
			size := c.size(asset.Hash, asset.URL, placement)
			asset.Width, asset.Height = size.W, size.H
			if asset.VideoID != "" {
				c.play(&asset, asset.VideoID)
			} else if form, ok := edition.Rendition(c.data, cmp.Or(asset.Hash, asset.URL), placement); ok {
				asset.URL, asset.Rendition = "/media/"+edition.Light(form.Hash), form.Feature
			}
		}
		absolute(&asset, base)
		asset.Srcset = creative.Srcset(variants(asset))
		assets[pool.Name] = asset
	}
	return assets
}

// view is what a combination shows, with its clicks going to click.
func (c *shown) view(assets map[string]client.Asset, click string) creative.View {
	v := creative.View{
		PageName: c.page, Body: assets["body"].Text, Title: assets["title"].Text,
		Description: assets["description"].Text, Button: assets["call_to_action"].Type, Display: hostOf(assets["link"].URL), Link: click,
	}
	c.depict(&v, assets["image"])
	return v
}

// depict puts a picture or video into a view, with the widths in which it is served.
func (c *shown) depict(v *creative.View, a client.Asset) {
	v.Image, v.Video, v.Width, v.Height, v.Variants = a.URL, a.VideoURL, a.Width, a.Height, variants(a)
}

// hostOf is the host of an address, without www.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}

// link is the address of the link that a combination shows, "" when it has none, and the tags to append to it: those of the chosen
// assets, then the creative's.
func (c *shown) link(slots []uint8) (address string, tags []string) {
	for _, asset := range c.feed.Assets(slots) {
		if asset.Slot == creative.Link {
			address = asset.URL
		}
		if asset.Tags != "" {
			tags = append(tags, asset.Tags)
		}
	}
	if c.tags != "" {
		tags = append(tags, c.tags)
	}
	return address, tags
}
