package marquetry_test

import (
	"net/url"
	"testing"

	"github.com/marquetry/marquetry/client"
)

// selling is an ad that shows the items of a set that has some.
func (s shop) selling(template string, numbers ...string) (ad string) {
	s.Helper()
	catalog := s.catalog()
	for _, number := range numbers {
		s.product(catalog, number, client.Params{"name": number + " & more", "image_url": "https://shop.example/a.jpg", "url": "https://shop.example/?id=" + number, "availability": "in stock", "brand": "Acme"})
	}
	set := s.get(catalog+"/product_sets", nil).List("data")[0].ID()
	creative := client.Params{"product_set_id": set, "object_story_spec": client.Params{"page_id": s.fresh.PageID, "template_data": client.Params{
		"message": "Now: {{product.name | titleize}}", "link": "https://shop.example/"}}}
	if template != "" {
		creative["template_url"] = template
	}
	return s.ad(s.set(nil), creative, nil).ID()
}

func TestDiff213ValuesStayInTheirPartOfAnAddress(t *testing.T) {
	s := newShop(t)
	ad := s.selling("https://count.example/?n={{product.name}}&u={{product.url | urlencode}}&last=1", "mug")
	assets := s.show(client.DecisionRequest{AdID: ad}).Assets
	want(s, "text", assets["body"].Text, "Now: Mug & More")
	u, err := url.Parse(assets["link"].URL)
	if err != nil {
		t.Fatal(err)
	}
	want(s, "name", u.Query().Get("n"), "mug & more")
	want(s, "address", u.Query().Get("u"), "https://shop.example/?id=mug")
	want(s, "last", u.Query().Get("last"), "1")
}

func TestDiff214WhatTheViewerLookedAtComesFirst(t *testing.T) {
	s := newShop(t)
	ad := s.selling("", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j")
	share := func(viewer client.Viewer) (n int) {
		for range 100 {
			d := s.ask(client.DecisionRequest{AdID: ad, Viewer: viewer}).Decisions[0]
			if d.Assets["link"].URL == "https://shop.example/?id=c" {
				n++
			}
		}
		return n
	}
	if n := share(client.Viewer{}); n > 35 {
		t.Errorf("one of ten is shown %d times of 100 to anybody", n)
	}
	if n := share(client.Viewer{Products: []string{"c"}}); n < 30 || n > 80 {
		t.Errorf("what the viewer looked at is shown %d times of 100", n)
	}
}

func TestDiff215TheFirstCardIsLearnt(t *testing.T) {
	s := newShop(t)
	var cards []client.Params
	for _, name := range []string{"One", "Two", "Three"} {
		cards = append(cards, client.Params{"name": name, "link": "https://shop.example/" + name, "picture": "https://shop.example/" + name + ".jpg"})
	}
	orders := map[string]bool{}
	ad := s.ad(s.set(nil), s.link(client.Params{"child_attachments": cards, "picture": nil}), nil).ID()
	for range 60 {
		d := s.decide(client.DecisionRequest{AdID: ad})
		orders[d.Cards[0].Title+d.Cards[1].Title+d.Cards[2].Title] = true
	}
	want(s, "orders", len(orders), 3)
	want(s, "the first in front", orders["OneTwoThree"], true)
	want(s, "the last in front", orders["ThreeOneTwo"], true)
	d := s.decide(client.DecisionRequest{AdID: ad})
	d.ClickURL = d.Cards[1].ClickURL
	want(s, "link", s.click(d).Path, "/"+d.Cards[1].Title)
}
