package target

import (
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/atlas"
	"github.com/marquetry/marquetry/internal/object"
)

// compiler reads targeting with the help of the tables.
type compiler struct{ world *atlas.Tables }

// places are those of geo_locations or excluded_geo_locations; none when the whole world is among them.
func (c *compiler) places(data map[string]any) []place {
	var all []place
	for _, code := range object.IDs(data["countries"]) {
		all = append(all, place{level: country, country: strings.ToUpper(code)})
	}
	for _, group := range object.IDs(data["country_groups"]) {
		if group == "worldwide" {
			return nil
		}
		for _, code := range c.world.InGroup(group) {
			all = append(all, place{level: country, country: code})
		}
	}
	for l, list := range []string{region: "regions", city: "cities", zip: "zips"} {
		for _, elem := range object.Listed(data, list) {
			one, _ := elem.(map[string]any)
			all = append(all, c.place(level(l), one))
		}
	}
	for name := range strings.FieldsSeq(`custom_locations places geo_markets neighborhoods subcities subneighborhoods metro_areas small_geo_areas
		medium_geo_areas large_geo_areas electoral_districts political_districts location_cluster_ids`) {
		for _, elem := range object.Listed(data, name) {
			one, _ := elem.(map[string]any)
			all = append(all, place{level: elsewhere, country: strings.ToUpper(object.Text(one, "country"))})
		}
	}
	return all
}

// place reads a region, a city or a ZIP code; the tables know those that are named by their key alone.
func (c *compiler) place(l level, data map[string]any) place {
	key := object.Text(data, "key")
	known := c.world.ByKey[[]string{region: "region", city: "city", zip: "zip"}[l]+" "+key]
	either := func(said, known string) string {
		if said != "" {
			return said
		}
		return known
	}
	p := place{
		level: l, country: strings.ToUpper(either(object.Text(data, "country"), known.Country)),
		region: named{Fold(either(object.Text(data, "region_id"), known.Region)), Fold(either(object.Text(data, "region"), known.RegionName))},
		own:    named{Fold(key), Fold(either(known.Name, object.Text(data, "name")))},
	}
	if code, rest, ok := strings.Cut(key, ":"); ok && l == zip { // US:94025
		p.country, p.own = strings.ToUpper(code), named{Fold(rest), Fold(rest)}
	}
	return p
}

// spots are the placements with what targeting, and what reports, call their positions.
func spots() []struct{ placement, positions string } {
	return []struct{ placement, positions string }{
		{"MOBILE_FEED_STANDARD", "feed"}, {"DESKTOP_FEED_STANDARD", "feed"}, {"MOBILE_FEED_BASIC", "feed"},
		{"FACEBOOK_STORY_MOBILE", "story facebook_stories"}, {"FACEBOOK_REELS_MOBILE", "facebook_reels"},
		{"RIGHT_COLUMN_STANDARD", "right_hand_column"}, {"MARKETPLACE_MOBILE", "marketplace"},
		{"INSTAGRAM_STANDARD", "stream feed"}, {"INSTAGRAM_STORY", "story instagram_stories"}, {"INSTAGRAM_REELS", "reels instagram_reels"},
		{"INSTAGRAM_EXPLORE_CONTEXTUAL", "explore explore_home instagram_explore"}, {"INSTAGRAM_EXPLORE_IMMERSIVE", "explore explore_home instagram_explore"},
		{"INSTAGRAM_EXPLORE_GRID_HOME", "explore explore_home instagram_explore"},
		{"MOBILE_BANNER", "classic an_classic"}, {"MOBILE_INTERSTITIAL", "classic an_classic"}, {"MOBILE_NATIVE", "classic an_classic"},
		{"AUDIENCE_NETWORK_OUTSTREAM_VIDEO", "rewarded_video"}, {"AUDIENCE_NETWORK_REWARDED_VIDEO", "rewarded_video"},
		{"MESSENGER_MOBILE_INBOX_MEDIA", "messenger_home messenger_inbox"},
	}
}

// positions are the placements that the positions of their platform leave, where it names some; nil for all.
func positions(targeting map[string]any) []string {
	var left []string
	all := spots()
	for _, s := range all {
		platform, _, _ := object.Placement(s.placement)
		wanted := words(targeting, platform+"_positions")
		if len(wanted) == 0 || slices.ContainsFunc(strings.Fields(s.positions), func(name string) bool { return slices.Contains(wanted, name) }) {
			left = append(left, s.placement)
		}
	}
	switch len(left) {
	case len(all):
		return nil
	case 0:
		return []string{"nowhere"}
	}
	return left
}
