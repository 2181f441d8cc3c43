package creative

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// isClassic reports whether a feed is Dynamic Creative proper: the server combines its assets freely.
func isClassic(feed map[string]any) bool {
	return slices.Contains([]string{"", "REGULAR"}, optimization(feed))
}

// optimization is a feed's optimization_type; where it is left out, rules that name places make it PLACEMENT.
func optimization(feed map[string]any) string {
	if given := str(feed, "optimization_type"); given != "" {
		return given
	}
	for _, rule := range elems(feed, "asset_customization_rules") {
		rule, _ := rule.(map[string]any)
		for name := range dig(rule, "customization_spec") {
			if strings.HasSuffix(name, "_positions") || name == "publisher_platforms" {
				return "PLACEMENT"
			}
		}
	}
	return ""
}

// feed checks what a feed's shape can't say.
func (c *checker) feed(feed map[string]any, rules Rules) {
	c.total(feed)
	for _, name := range feedLists() {
		c.unique(feed, name)
	}
	c.media(feed)
	c.labels(feed)
	switch kind := optimization(feed); kind {
	case "", "REGULAR":
		c.format(feed, 1, 1)
		c.classic(feed, rules)
	case "DEGREES_OF_FREEDOM":
		c.format(feed, 0, 1)
		if count(feed, "videos") > 0 && count(feed, "link_urls") == 0 {
			c.limit(feedAt("link_urls"), "required", 0, 1, "link_urls is required beside videos").Subcode = noLink
		}
	case "FORMAT_AUTOMATION":
		c.format(feed, 1, 2) // carousel and collection
	case "PLACEMENT", "LANGUAGE", "ASSET_CUSTOMIZATION":
		c.format(feed, 1, 1)
		c.custom(feed, kind)
		if rules.Set != AnySet && count(feed, "link_urls") == 0 {
			c.limit(feedAt("link_urls"), "required", 0, 1, "%s needs at least one of link_urls", kind).Subcode = 1885800
		}
	}
}

// feedLists are the lists whose values must differ and which count towards the total.
func feedLists() []string {
	return []string{"images", "videos", "bodies", "titles", "descriptions", "link_urls", "call_to_action_types", "call_to_actions", "ad_formats"}
}

// total checks the sum over all lists. Buttons are often sent twice, as types and as call_to_actions; they count once.
func (c *checker) total(feed map[string]any) {
	n := 0
	for _, name := range feedLists() {
		if name != "call_to_actions" {
			n += len(elems(feed, name))
		}
	}
	n += max(0, len(elems(feed, "call_to_actions"))-len(elems(feed, "call_to_action_types")))
	if n > maxAssets {
		c.limit(top("asset_feed_spec", "feed"), "total", n, maxAssets,
			"the feed has %d assets over all its lists, the format included; at most %d are allowed", n, maxAssets)
	}
}

// unique checks that no value of a list is there twice.
func (c *checker) unique(feed map[string]any, name string) {
	first := map[string]int{}
	for i, elem := range elems(feed, name) {
		key := content(name, elem)
		if j, again := first[key]; again && key != "" {
			c.fault(feedAt(name).index(i), "unique", "%s[%d] repeats %s[%d]; all values of a list must differ", name, i, name, j).drop(feedAt(name).index(i)).Subcode = 1815629
		} else {
			first[key] = i
		}
	}
}

// content is what makes an element of a list different from the others; "" when it has none.
func content(list string, elem any) string {
	asset, isRecord := elem.(map[string]any)
	if !isRecord {
		return id(elem)
	}
	switch list {
	case "images":
		return cmp.Or(str(asset, "hash"), str(asset, "url"))
	case "videos":
		return str(asset, "video_id")
	case "link_urls":
		return str(asset, "website_url")
	case "call_to_actions":
		return str(asset, "type")
	case "backgrounds":
		return str(asset, "style")
	}
	return str(asset, "text")
}

// media checks that an image says which one it is, and its crops.
func (c *checker) media(feed map[string]any) {
	for i, elem := range elems(feed, "images") {
		image, ok := elem.(map[string]any)
		if !ok {
			continue
		}
		p := feedAt("images").index(i)
		if (str(image, "hash") == "") == (str(image, "url") == "") {
			f := c.fault(p, "source", "an image needs either hash or url")
			if image["hash"] != nil && image["url"] != nil {
				f.drop(p.member("url"))
			}
		}
		c.crops(p, image)
	}
}

// format checks how many ad_formats there are.
func (c *checker) format(feed map[string]any, least, most int) {
	switch p, n := feedAt("ad_formats"), count(feed, "ad_formats"); {
	case n < least:
		c.limit(p, "required", n, least, "ad_formats is required: %d format", least).put(p, []any{formatFor(feed)})
	case n > most:
		c.limit(p, "max", n, most, "%d ad_formats were sent, at most %d are allowed", n, most).put(p, []any{formatFor(feed)})
	}
}

// classic checks what Dynamic Creative asks for beyond the limits of every feed.
func (c *checker) classic(feed map[string]any, rules Rules) {
	if formats := elems(feed, "ad_formats"); len(formats) == 1 {
		c.fits(feed, id(formats[0]))
	}
	if len(elems(feed, "asset_customization_rules")) > 0 {
		c.fault(feedAt("asset_customization_rules"), "classic", "Dynamic Creative takes no asset_customization_rules").drop(feedAt("asset_customization_rules"))
	}
	for i, elem := range elems(feed, "images") {
		image, _ := elem.(map[string]any)
		if n := len(dig(image, "image_crops")); n > 1 {
			p := feedAt("images").index(i).member("image_crops")
			f := c.limit(p, "max", n, 1, "%d crops were sent, Dynamic Creative takes one per image", n)
			for _, name := range slices.Sorted(maps.Keys(dig(image, "image_crops")))[1:] {
				f.drop(p.key(name))
			}
		}
	}
	if count(feed, "titles")+count(feed, "bodies") == 0 {
		c.limit(feedAt("bodies"), "required", 0, 1, "at least one of bodies and titles is required")
	}
	c.goal(feed, rules.Objective)
}

// fits checks the media against the one format of a Dynamic Creative feed.
func (c *checker) fits(feed map[string]any, format string) {
	images, videos := count(feed, "images"), count(feed, "videos")
	switch format {
	case "SINGLE_IMAGE":
		c.atLeast(feed, "images", format, images, 1)
		c.none(feed, "videos", format, videos)
	case "SINGLE_VIDEO":
		c.atLeast(feed, "videos", format, videos, 1)
		c.none(feed, "images", format, images)
	case "CAROUSEL", "CAROUSEL_IMAGE":
		c.atLeast(feed, "images", format, images, minCards)
	case "AUTOMATIC_FORMAT":
		if images == 0 {
			c.atLeast(feed, "images", format+" without videos", videos, 1)
		}
	case "COLLECTION":
		c.fault(feedAt("ad_formats"), "automation", "COLLECTION needs optimization_type FORMAT_AUTOMATION").put(feedAt("ad_formats"), []any{formatFor(feed)}).Subcode = noFormat
	}
}

// noFormat is the subcode for a spec that no format can be made from.
const noFormat = 1885502

// atLeast checks that a list is long enough for a format.
func (c *checker) atLeast(feed map[string]any, list, format string, sent, least int) {
	if sent < least {
		c.limit(feedAt(list), "min", sent, least, "%s needs at least %d %s, %d were sent", format, least, list, sent).shown(feed, format).Subcode = noFormat
	}
}

// none checks that a list is empty, because the format would never show it.
func (c *checker) none(feed map[string]any, list, format string, sent int) {
	if sent > 0 {
		c.limit(feedAt(list), "format", sent, 0, "%s shows no %s, %d were sent", format, list, sent).shown(feed, format).Subcode = noFormat
	}
}

// noGoal is the subcode for an objective that needs a website and a button.
const noGoal = 2446383

// goal checks the members that the campaign's objective needs. Without an objective only the link is asked for, which all need.
func (c *checker) goal(feed map[string]any, objective string) {
	if objective != "" && !dynamicObjective(objective) {
		c.fault(feedAt("optimization_type"), "objective", "objective %s takes no Dynamic Creative", clip(objective)).Subcode = 1885392
	}
	links, app := count(feed, "link_urls"), objective == "OUTCOME_APP_PROMOTION" || objective == "APP_INSTALLS"
	switch {
	case links == 0:
		f := c.limit(feedAt("link_urls"), "required", 0, 1, "link_urls is required: at least one")
		if objective != "" {
			f.Subcode = noGoal
		}
	case links > 1 && app:
		c.limit(feedAt("link_urls"), "app", links, 1, "%d link_urls were sent, an app campaign takes exactly one, its store page", links).dropFrom(feedAt("link_urls"), 1, links)
	}
	awareness := slices.Contains([]string{"", "OUTCOME_AWARENESS", "BRAND_AWARENESS", "REACH"}, objective)
	if !awareness && count(feed, "call_to_action_types")+count(feed, "call_to_actions") == 0 {
		p := feedAt("call_to_action_types")
		c.limit(p, "required", 0, 1, "objective %s needs at least one call_to_action_types", clip(objective)).put(p, []any{"LEARN_MORE"}).
			Subcode = noGoal
	}
}

// dynamicObjective reports whether a campaign with that objective may hold Dynamic Creative.
func dynamicObjective(objective string) bool {
	return strings.HasPrefix(objective, "OUTCOME_") || slices.Contains(strings.Fields(
		"APP_INSTALLS CONVERSIONS LINK_CLICKS BRAND_AWARENESS REACH LEAD_GENERATION VIDEO_VIEWS POST_ENGAGEMENT"), objective)
}
