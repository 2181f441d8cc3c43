package creative

import (
	"cmp"
	"slices"
)

// mostCards is how many cards a carousel shows.
const mostCards = 10

// Carousel is the cards of a creative that has several, in their order.
type Carousel struct {
	Cards []CarouselCard
	Fixed bool // the first card comes first; otherwise any may that has a picture of the feed, and the others follow in their order
}

// CarouselCard is one card. What it leaves out is as in the combination.
type CarouselCard struct {
	Media       Asset // image, or video; the zero one for a card without a picture
	At          int   // its position in the media pool, -1 for none
	Title       string
	Description string
	Action      string // call-to-action type
	Link        string
	Tags        string // url_tags
	VideoID     string // of a video for which Media stands, "" for none
	labelled    []Asset
}

// CarouselOf reads the cards of a stored creative, narrowed to a place if it has rules; feed is that of the whole creative. Nil for one that has
// fewer than two cards, or shows items of a catalog.
//
// The cards of a post stand as multi_share_optimized says, which is true where it is left out: then which card comes first is learnt, as the media
// slot of the combination. The cards of a feed of the format CAROUSEL are its pictures, and which comes first is learnt. Those that carousels
// describes by labels keep their order, as their assets belong together.
func CarouselOf(data map[string]any, feed Feed) *Carousel {
	spec, link := dig(data, "asset_feed_spec"), dig(data, "object_story_spec", "link_data")
	var c *Carousel
	switch {
	case dig(data, "object_story_spec", "template_data") != nil:
	case len(elems(link, "child_attachments")) > 0:
		c = attachedCards(link)
	case len(elems(spec, "carousels")) > 0:
		c = labelledCards(spec)
	case first(elems(spec, "ad_formats")) == "CAROUSEL" || first(elems(spec, "ad_formats")) == "CAROUSEL_IMAGE":
		c = &Carousel{}
		for _, list := range []string{"images", "videos"} {
			for _, a := range listAssets(spec, list) {
				c.Cards = append(c.Cards, CarouselCard{Media: a})
			}
		}
	}
	if c == nil || len(c.Cards) < 2 {
		return nil
	}
	c.Cards = c.Cards[:min(len(c.Cards), mostCards)]
	for i := range c.Cards {
		c.Cards[i].At = slices.IndexFunc(feed.pool("image"), func(a Asset) bool { return a.ID == c.Cards[i].Media.ID })
	}
	return c
}

// attachedCards are the cards of a post. The picture that stands for a video is what the learner knows the card by.
func attachedCards(link map[string]any) *Carousel {
	optimised, said := link["multi_share_optimized"].(bool)
	c := &Carousel{Fixed: said && !optimised}
	for _, elem := range elems(link, "child_attachments") {
		card, _ := elem.(map[string]any)
		c.Cards = append(c.Cards, CarouselCard{
			Media: picture(str(card, "image_hash"), str(card, "picture")), Title: str(card, "name"), Description: str(card, "description"),
			Action: str(dig(card, "call_to_action"), "type"), VideoID: str(card, "video_id"), Link: cmp.Or(str(card, "link"), str(dig(card, "call_to_action", "value"), "link")),
		})
	}
	return c
}

// labelledCards are the cards of the first of a feed's carousels.
func labelledCards(spec map[string]any) *Carousel {
	carousel, _ := elems(spec, "carousels")[0].(map[string]any)
	c := &Carousel{Fixed: true}
	for _, elem := range elems(carousel, "child_attachments") {
		record, _ := elem.(map[string]any)
		var card CarouselCard
		for _, slot := range []string{"image", "video", "title", "description", "link_url", "call_to_action_type"} {
			a := withLabel(spec, listOfSlot(slot), str(dig(record, slot+"_label"), "name"))
			switch a.Slot {
			case Image, Video:
				card.Media = a
			case Title:
				card.Title = a.Text
			case Description:
				card.Description = a.Text
			case Link:
				card.Link, card.Tags = a.URL, a.Tags
			case CallToAction:
				card.Action = a.Type
			case Body, Background:
			}
			if a.ID != "" {
				card.labelled = append(card.labelled, a)
			}
		}
		c.Cards = append(c.Cards, card)
	}
	return c
}

// withLabel is the first asset of a list that carries a label; the zero one without it.
func withLabel(spec map[string]any, list, label string) Asset {
	for _, elem := range elems(spec, list) {
		if label != "" && carries(elem, label) {
			if found := listAssets(map[string]any{list: []any{elem}}, list); len(found) > 0 {
				return found[0]
			}
		}
	}
	return Asset{}
}

// Allowed marks the assets of a feed that the combination of a carousel can have, by pool: the pictures of its cards, or of the first where the
// order is fixed, and with it what else that card names. A pool of which no card has anything is free.
func (c *Carousel) Allowed(feed Feed) [][]bool {
	var first, media []Asset
	first = append(first, c.Cards[0].labelled...)
	for _, card := range c.Cards {
		if card.At >= 0 && (!c.Fixed || len(media) == 0) {
			media = append(media, card.Media)
		}
	}
	marks := make([][]bool, len(feed.Pools))
	for i, pool := range feed.Pools {
		among := first
		if pool.Name == "image" {
			among = media
		}
		named := func(a Asset) bool { return slices.ContainsFunc(among, func(b Asset) bool { return a.ID == b.ID }) }
		free := !slices.ContainsFunc(pool.Assets, named)
		for _, a := range pool.Assets {
			marks[i] = append(marks[i], free || named(a))
		}
	}
	return marks
}

// Order is the positions of the cards when the media asset at a position of its pool comes first; without the cards whose picture is stopped.
func (c *Carousel) Order(first int, stopped []bool) []int {
	var order []int
	lead := slices.IndexFunc(c.Cards, func(card CarouselCard) bool { return card.At == first })
	for i, card := range c.Cards {
		if card.At >= 0 && stopped != nil && stopped[card.At] {
			continue
		}
		if i == lead {
			order = slices.Insert(order, 0, i)
		} else {
			order = append(order, i)
		}
	}
	return order
}
