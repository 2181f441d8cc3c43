package deliver

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/creative"
)

// customise finds out what the rules of a creative, and the order of its cards, let through of what it has.
func (c *shown) customise() {
	c.rules = creative.CustomRulesOf(c.data)
	if len(c.rules) == 0 {
		cards := creative.CarouselOf(c.data, c.feed)
		c.carousels = []*creative.Carousel{cards}
		if cards == nil {
			return
		}
		marks := cards.Allowed(c.feed)
		if slices.ContainsFunc(marks, func(pool []bool) bool { return slices.Contains(pool, false) }) {
			c.allowed = [][][]bool{marks}
		}
		return
	}
	for i := range c.rules {
		marks, cards := c.rules[i].Allowed(c.data, c.feed), c.rules[i].Carousel(c.data, c.feed)
		if cards != nil {
			for f, pool := range cards.Allowed(c.feed) {
				for a, ok := range pool {
					marks[f][a] = marks[f][a] && ok
				}
			}
		}
		c.allowed, c.carousels = append(c.allowed, marks), append(c.carousels, cards)
	}
}

// mostCards is more cards than any carousel has; a card's number is that of its rule times this and its position.
const mostCards = 10

// cards are those of a combination of a carousel, in their order: without those whose picture is stopped, and none when one alone is left.
func (key *cardKey) cards(slots []uint8) []client.Card {
	c := key.creative
	carousel := c.carousels[key.rule]
	if carousel == nil {
		return nil
	}
	media := slices.IndexFunc(c.feed.Pools, func(p creative.Pool) bool { return p.Name == "image" })
	first, stopped := -1, []bool(nil)
	if media >= 0 {
		first = int(slots[media])
		if key.legal != nil && key.legal.Stopped != nil {
			stopped = key.legal.Stopped[media]
		}
	}
	order := carousel.Order(first, stopped)
	if len(order) < 2 {
		return nil
	}
	cards := make([]client.Card, len(order))
	for i, at := range order {
		from := carousel.Cards[at]
		cards[i] = client.Card{
			Index: at, Title: from.Title, Description: from.Description, CallToAction: from.Action, URL: from.Link,
			ClickURL: key.base + pathClick + "?c=" + strconv.Itoa(key.rule*mostCards+at) + "&d=",
		}
		if from.At >= 0 {
			with := slices.Clone(slots)
			with[media] = uint8(from.At)
			picture := c.chosen(with, key.base, key.form)["image"]
			if from.VideoID != "" {
				c.play(&picture, from.VideoID)
				absolute(&picture, key.base)
				picture.Srcset = ""
			}
			cards[i].Image = &picture
		}
	}
	return cards
}

// html is a card, or a banner, as HTML, with [tokenHole] at the end of its click addresses.
func (key *cardKey) html(c *card) string {
	v := key.creative.view(c.assets, c.click+tokenHole)
	if key.width != 0 {
		return creative.RenderBanner(v, key.width, key.height)
	}
	for _, one := range c.cards {
		slide := v
		slide.Cards, slide.Link = nil, one.ClickURL+tokenHole
		slide.Title, slide.Description = cmp.Or(one.Title, v.Title), cmp.Or(one.Description, v.Description)
		slide.Button, slide.Display = cmp.Or(one.CallToAction, v.Button), cmp.Or(hostOf(one.URL), v.Display)
		var shot client.Asset
		if one.Image != nil {
			shot = *one.Image
		}
		key.creative.depict(&slide, shot)
		v.Cards = append(v.Cards, slide)
	}
	return creative.Render(v)
}

// cardsJSON is a list of cards as JSON, cut where the token belongs; nil for none.
func cardsJSON(cards []client.Card) [][]byte {
	if cards == nil {
		return nil
	}
	part := []byte("[")
	var parts [][]byte
	for i, c := range cards {
		click := c.ClickURL
		c.ClickURL = ""
		if i > 0 {
			part = append(part, ',')
		}
		part = append(append(part, bytes.TrimSuffix(quoted(c), []byte(`"}`))...), inner(click)...) // click_url is the last member
		parts, part = append(parts, part), []byte(`"}`)
	}
	return append(parts, append(part, ']'))
}

// cardsWith are the cards with the token of a decision.
func cardsWith(cards []client.Card, token string) []client.Card {
	cards = slices.Clone(cards)
	for i := range cards {
		cards[i].ClickURL += token
	}
	return cards
}

// cardOf is the card of a number that a click names; nil for none, which leads where the ad does.
func (c *shown) cardOf(number string) *creative.CarouselCard {
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n/mostCards >= len(c.carousels) {
		return nil
	}
	carousel := c.carousels[n/mostCards]
	if carousel == nil || n%mostCards >= len(carousel.Cards) {
		return nil
	}
	return &carousel.Cards[n%mostCards]
}
