package previews

import (
	"cmp"
	"errors"
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/marquetry/marquetry/internal/catalog"
	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/object"
)

// Most of what a preview shows, so that it fits into a link.
const (
	mostText  = 1024 // characters of a text
	mostCards = 10
)

// scene is everything that a preview shows, or the ad that it is to look up. Names are short because they travel in the link.
type scene struct {
	Until   int64  `json:"u"`           // unix seconds
	Ad      string `json:"a,omitempty"` // show what this ad is then; the rest but for Format is empty
	Format  string `json:"f,omitempty"`
	Page    string `json:"p,omitempty"` // name of who speaks
	Body    string `json:"b,omitempty"`
	Display string `json:"d,omitempty"`
	Cards   []card `json:"c,omitempty"` // one, or those of a carousel
	AI      bool   `json:"g,omitempty"` // a model made a picture of it, or parts of one
	Sample  bool   `json:"m,omitempty"` // a picture is still being made: an example stands for it
	style   string // of the pictures of items, while they are looked for

	Dark   bool   `json:"k,omitempty"` // how it is looked at
	Stress string `json:"r,omitempty"` // "long" or "rtl", in place of the ad's own texts
	Safe   bool   `json:"s,omitempty"` // with what controls cover
	Wide   int    `json:"W,omitempty"` // of a picture of it, in CSS pixels; 0 for a page
	High   int    `json:"H,omitempty"`
}

// card is one picture with what leads away from it.
type card struct {
	Hash        string `json:"h,omitempty"` // of an image of this server
	URL         string `json:"i,omitempty"` // of an image elsewhere
	Width       int    `json:"w,omitempty"` // of the image, in pixels; 0 while it is not known
	Height      int    `json:"x,omitempty"`
	Box         [4]int `json:"o,omitzero"` // crop that the advertiser drew: left, top, right, bottom
	Video       bool   `json:"v,omitempty"`
	video       string // its id, while the picture is looked for
	ref         string // what names the picture in the creative
	Title       string `json:"t,omitempty"`
	Description string `json:"e,omitempty"`
	Button      string `json:"n,omitempty"` // what it says
	Link        string `json:"l,omitempty"`
}

// choice is which combination of a feed is shown: the one of an id, else the one whose turn it is.
type choice struct {
	id   string
	turn int64
}

// of is the feed of a creative in a placement, and which of its assets are shown. A combination that has an id is one of the whole feed, also
// of parts that no rule lets into the placement.
func (c choice) of(spec map[string]any, format object.PreviewFormat) (creative.Feed, []uint8, error) {
	if c.id == "" {
		feed, err := creative.FeedOf(creative.Customised(spec, format.Platform, format.Position))
		if err != nil {
			return feed, nil, err
		}
		const stride = 2654435761 // a prime far above any number of combinations: following turns differ
		return feed, feed.Slots(int(uint64(c.turn) * stride % uint64(feed.Combinations()))), nil
	}
	feed, err := creative.FeedOf(spec)
	if err != nil {
		return feed, nil, err
	}
	k, ok := feed.Find(c.id)
	if !ok {
		return feed, nil, object.Broken("preview.combination", 0, "(#100) combination_id must be one of those that the ad or its creative lists as combinations", "combination_id")
	}
	return feed, feed.Slots(k), nil
}

// compose lays a creative out for a placement; items are what a catalogue creative shows at a time. What shows nothing at all is ErrNoAssets.
func compose(spec map[string]any, format object.PreviewFormat, which choice, items []catalog.Item, now int64) (scene, error) {
	feed, slots, err := which.of(spec, format)
	if errors.Is(err, creative.ErrNoAssets) && len(items) > 0 {
		return showcase(format.Name, items), nil
	}
	if err != nil {
		return scene{}, err
	}
	if which.id == "" {
		spec = creative.Customised(spec, format.Platform, format.Position)
	}
	chosen := map[string]creative.Asset{}
	for i, a := range feed.Assets(slots) {
		chosen[feed.Pools[i].Name] = a
	}
	first := card{
		Title: chosen["title"].Text, Description: strings.TrimSpace(chosen["description"].Text),
		Button: creative.ButtonLabel(chosen["call_to_action"].Type), Link: chosen["link"].URL,
	}
	s := scene{Format: format.Name, style: chosen["background"].Type, Body: chosen["body"].Text, Cards: pictured(spec, feed, chosen["image"], first)}
	s.fill(items, now)
	s.Display = hostOf(s.Cards[0].Link)
	return s, nil
}

// pictured are the cards of a creative: those of its carousel in their order, else one.
func pictured(spec map[string]any, feed creative.Feed, image creative.Asset, like card) []card {
	carousel := creative.CarouselOf(spec, feed)
	if carousel == nil {
		if cards := object.Listed(post(spec), "child_attachments"); len(cards) > 0 { // of a catalogue creative, or one alone
			return attached(cards, like)
		}
		return []card{like.showing(image, spec)}
	}
	var list []card
	for _, one := range carousel.Cards {
		c := like.showing(one.Media, spec)
		if one.VideoID != "" {
			c.Video, c.video = true, one.VideoID
		}
		c.Title, c.Description, c.Link = cmp.Or(one.Title, c.Title), cmp.Or(one.Description, c.Description), cmp.Or(one.Link, c.Link)
		if one.Action != "" {
			c.Button = creative.ButtonLabel(one.Action)
		}
		list = append(list, c)
	}
	return list
}

// fill puts items into the tags of a catalogue creative, one card for each when there is one card to repeat, and cuts all texts to what fits.
func (s *scene) fill(items []catalog.Item, now int64) {
	if len(items) > 0 {
		s.Body = catalog.Fill(s.Body, items[0], now)
		like := s.Cards[0]
		for i, item := range items {
			if len(s.Cards) <= i {
				s.Cards = append(s.Cards, like)
			}
			s.Cards[i].fill(item, now)
		}
	}
	s.Body = clipped(s.Body)
	for i := range s.Cards {
		for _, text := range []*string{&s.Cards[i].Title, &s.Cards[i].Description, &s.Cards[i].Link, &s.Cards[i].URL} {
			*text = clipped(*text)
		}
	}
}

// fill puts an item into a card. Its picture stands in where the card has none.
func (c *card) fill(item catalog.Item, now int64) {
	for _, text := range []*string{&c.Title, &c.Description} {
		*text = catalog.Fill(*text, item, now)
	}
	c.Link = catalog.FillLink(c.Link, item, now)
	if c.Hash == "" && c.URL == "" {
		c.URL = item.Text("image_url")
	}
}

// showcase shows items by themselves, for a creative that says nothing about them.
func showcase(format string, items []catalog.Item) scene {
	s := scene{Format: format}
	for _, item := range items {
		s.Cards = append(s.Cards, card{Title: item.Text("name"), Description: catalog.Fill("{{product.current_price}}", item, 0), Link: item.Text("url"), URL: item.Text("image_url")})
	}
	s.fill(nil, 0)
	return s
}

// post is the part of a creative that describes a post with a link.
func post(spec map[string]any) map[string]any {
	story := object.Members(spec, "object_story_spec")
	if link := object.Members(story, "link_data"); link != nil {
		return link
	}
	return object.Members(story, "template_data")
}

// attached are the cards of a carousel; what a card leaves out is as in the post.
func attached(cards []any, like card) []card {
	var list []card
	for _, elem := range cards[:min(len(cards), mostCards)] {
		data, _ := elem.(map[string]any)
		c := like
		c.Hash, c.URL, c.video = object.Text(data, "image_hash"), object.Text(data, "picture"), object.Text(data, "video_id")
		c.Video = c.video != ""
		c.Title, c.Description = object.Text(data, "name"), object.Text(data, "description")
		c.Link = cmp.Or(object.Text(data, "link"), like.Link)
		if action := object.Text(object.Members(data, "call_to_action"), "type"); action != "" {
			c.Button = creative.ButtonLabel(action)
		}
		list = append(list, c)
	}
	return list
}

// showing is a card with an asset as its picture; of a video the picture is what the creative gives as its thumbnail.
func (c card) showing(a creative.Asset, spec map[string]any) card {
	c.Hash, c.URL, c.Video = a.Hash, a.URL, a.VideoID != ""
	if c.Video {
		c.video = a.VideoID
		c.Hash, c.URL = creative.Poster(spec, a.VideoID)
	}
	return c
}

// holding finds the object of a spec that has a value under one of some names.
func holding(v any, value string, names ...string) map[string]any {
	switch v := v.(type) {
	case map[string]any:
		for _, name := range names {
			if v[name] == value {
				return v
			}
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if found := holding(v[name], value, names...); found != nil {
				return found
			}
		}
	case []any:
		for _, inner := range v {
			if found := holding(inner, value, names...); found != nil {
				return found
			}
		}
	}
	return nil
}

// crop sets the picture's size, and the box that the advertiser drew for a ratio that the placement allows.
func (c *card) crop(spec map[string]any, image map[string]any, format object.PreviewFormat) {
	c.Width, c.Height = int(object.Whole(image, "width")), int(object.Whole(image, "height"))
	crops := object.Members(holding(spec, c.Hash, "hash", "image_hash"), "image_crops")
	for _, name := range cropNames() {
		box, ok := creative.Crop(crops[name])
		if ok && within(box[2]-box[0], box[3]-box[1], format) && box[2] <= c.Width && box[3] <= c.Height {
			c.Box = box
			return
		}
	}
}

// cropNames are the ratios of crops, the tallest first: a phone has more room for it.
func cropNames() []string {
	return []string{"90x160", "400x500", "300x400", "100x100", "100x72", "600x360", "400x150"}
}

// within reports whether a picture needs no cropping in a placement, within three parts in a hundred.
func within(width, height int, format object.PreviewFormat) bool {
	tallest, widest := format.Tallest, format.Widest
	return width*tallest.Height*103 >= height*tallest.Width*100 && width*widest.Height*100 <= height*widest.Width*103
}

// clipped cuts a text to what a preview shows.
func clipped(s string) string {
	if utf8.RuneCountInString(s) <= mostText {
		return s
	}
	return string([]rune(s)[:mostText-1]) + "…"
}

// hostOf is the host of an address, without www.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}
