package main

import (
	"embed"
	"fmt"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/world"
)

// photos are the demonstration's pictures; demo/CREDITS.md names their authors and licences.
//
//go:embed demo/*.jpg
var photos embed.FS

// shop is what a small shop hands over: assets that an ad may be put together from.
type shop struct {
	name         string
	link         string
	images       []string // file names
	titles       []string
	bodies       []string
	descriptions []string
	buttons      []string // call to action types
}

// larder is an invented shop. Its first picture and first title belong together: the mug, and the cup of coffee.
func larder() shop {
	return shop{
		name:   "Larder Lane",
		link:   "https://larder-lane.example/kitchen",
		images: []string{"mug.jpg", "jar.jpg", "shakers.jpg"},
		titles: []string{"For the first cup of the day", "Plain things, made to be used", "A kitchen you like to look at"},
		bodies: []string{
			"Glass, stoneware and steel for every day. All of it can go in the dishwasher.",
			"We pick a few good pieces each season and leave the rest. Have a look at the new twelve.",
			"A small present that gets used every morning. Wrapped on request, at no charge.",
		},
		descriptions: []string{"Sent within two working days", "Thirty days to change your mind"},
		buttons:      []string{"SHOP_NOW", "LEARN_MORE"},
	}
}

// slots is the shop's assets as a world sees them, in the order of pools.
func (s shop) slots() []world.Slot {
	return []world.Slot{
		{Name: "image", Size: len(s.images)}, {Name: "title", Size: len(s.titles)}, {Name: "body", Size: len(s.bodies)},
		{Name: "description", Size: len(s.descriptions)}, {Name: "call_to_action", Size: len(s.buttons)},
	}
}

// pair is the picture and the title that belong together.
func (s shop) pair() world.Pair {
	return world.Pair{A: world.Place{Slot: 0, Asset: 0}, B: world.Place{Slot: 1, Asset: 0}}
}

// asset names an asset for a reader.
func (s shop) asset(slot, index int) string {
	return [][]string{s.images, s.titles, s.bodies, s.descriptions, s.buttons}[slot][index]
}

// named is a combination as its assets' names by slot.
func (s shop) named(combination []int) map[string]string {
	names := make(map[string]string, len(combination))
	for slot, index := range combination {
		names[s.slots()[slot].Name] = s.asset(slot, index)
	}
	return names
}

// feed is the asset_feed_spec over the uploaded pictures.
func (s shop) feed(images []client.Image) map[string]any {
	hashes := make([]map[string]string, len(images))
	for i, image := range images {
		hashes[i] = map[string]string{"hash": image.Hash}
	}
	return map[string]any{
		"ad_formats": []string{"SINGLE_IMAGE"}, "images": hashes,
		"titles": texts(s.titles), "bodies": texts(s.bodies), "descriptions": texts(s.descriptions),
		"call_to_action_types": s.buttons,
		"link_urls":            []map[string]string{{"website_url": s.link}},
	}
}

// texts is a list of texts as a feed holds them.
func texts(list []string) []map[string]string {
	spec := make([]map[string]string, len(list))
	for i, text := range list {
		spec[i] = map[string]string{"text": text}
	}
	return spec
}

// photo is one embedded picture's file.
func photo(name string) ([]byte, error) {
	file, err := photos.ReadFile("demo/" + name)
	if err != nil {
		return nil, fmt.Errorf("photo: %w", err)
	}
	return file, nil
}
