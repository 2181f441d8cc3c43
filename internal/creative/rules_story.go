package creative

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// badStory is the subcode for an ill-formed object_story_spec.
const badStory = 1443048

// noLink is the subcode for a post or a feed that leads nowhere.
const noLink = 2061015

// storyAt is the place of a member of object_story_spec.
func storyAt(member string) at { return top("object_story_spec", "story").member(member) }

// story checks object_story_spec, and that the creative says somewhere what it shows.
func (c *checker) story(spec map[string]any, rules Rules) {
	story, given := spec["object_story_spec"].(map[string]any)
	if !given {
		c.source(spec, rules)
		return
	}
	if str(spec, "object_story_id") != "" {
		c.fault(top("object_story_id", "story"), "exclusive", "object_story_id and object_story_spec exclude each other").drop(top("object_story_id", "story")).Subcode = badStory
	}
	if story["page_id"] == nil {
		c.fault(storyAt("page_id"), "required", "page_id is required")
	}
	c.instagram(story, rules)
	c.members(spec, story)
	c.post(spec, story)
	c.buttons(spec, story)
	feed := dig(spec, "asset_feed_spec")
	if feed != nil && story["instagram_user_id"] != nil && count(feed, "ad_formats") == 0 && !isClassic(feed) {
		c.limit(feedAt("ad_formats"), "instagram", 0, 1, "ad_formats is required beside instagram_user_id").Subcode = badStory
	}
}

// source checks a creative without object_story_spec: it must refer to something that can be shown.
func (c *checker) source(spec map[string]any, rules Rules) {
	if rules.Strict && spec["asset_feed_spec"] != nil && spec["object_story_spec"] == nil {
		c.fault(storyAt("page_id"), "required", "an asset feed needs object_story_spec with page_id")
	}
	for _, name := range []string{
		"object_story_spec", "asset_feed_spec", "object_story_id", "product_set_id", "object_id", "object_url", "source_instagram_media_id",
		"media_sourcing_spec", "image_hash", "image_url", "image_file", "video_id",
	} {
		if spec[name] != nil {
			return
		}
	}
	c.fault(top("object_story_spec", "story"), "required",
		"a creative needs object_story_spec, asset_feed_spec, object_story_id, product_set_id or object_id").Subcode = noFormat
}

// instagram checks which Instagram account is meant.
func (c *checker) instagram(story map[string]any, rules Rules) {
	switch p := storyAt("instagram_actor_id"); {
	case story["instagram_actor_id"] == nil:
	case story["instagram_user_id"] != nil:
		c.fault(p, "exclusive", "instagram_user_id and instagram_actor_id exclude each other").drop(p).Subcode = 2238055
	case !c.stored && (rules.Version == 0 || rules.Version >= 220):
		c.fault(p, "ended", "instagram_actor_id is not accepted since v22.0, use instagram_user_id").drop(p).put(storyAt("instagram_user_id"), story["instagram_actor_id"])
	}
}

// members checks how many kinds of post the story describes: one, none beside a feed that is a whole ad by itself.
func (c *checker) members(spec, story map[string]any) {
	hasFeed := spec["asset_feed_spec"] != nil
	var sent []string
	for _, name := range storyMembers() {
		if story[name] != nil {
			sent = append(sent, name)
		}
	}
	p := top("object_story_spec", "story")
	switch kind := optimization(dig(spec, "asset_feed_spec")); {
	case !hasFeed && len(sent) == 0:
		c.limit(p, "one", 0, 1, "exactly one of %s is required", strings.Join(storyMembers(), ", ")).Subcode = badStory
	case len(sent) > 1:
		f := c.limit(p, "one", len(sent), 1, "%s exclude each other", strings.Join(sent, " and "))
		f.Subcode = badStory
		for _, name := range sent[1:] {
			f.drop(p.member(name))
		}
	case !hasFeed:
	case kind == "DEGREES_OF_FREEDOM":
		if !slices.Contains(sent, "link_data") && !slices.Contains(sent, "video_data") && !slices.Contains(sent, "template_data") {
			c.fault(p.member("link_data"), "anchor", "a DEGREES_OF_FREEDOM feed needs link_data or video_data to vary").Subcode = badStory
		}
	case kind == "FORMAT_AUTOMATION":
		if !slices.Contains(sent, "template_data") {
			c.fault(p.member("template_data"), "anchor", "a FORMAT_AUTOMATION feed needs template_data").Subcode = badStory
		}
	case len(sent) == 1:
		c.fault(p.member(sent[0]), "feed", "%s (%s) can't stand beside an asset feed, which carries the assets",
			sent[0], clip(strings.Join(slices.Sorted(maps.Keys(dig(story, sent[0]))), ", "))).drop(p.member(sent[0])).Subcode = badStory
	}
}

// post checks what one kind of post needs beyond its shape.
func (c *checker) post(spec, story map[string]any) {
	if video := dig(story, "video_data"); video != nil && video["image_url"] == nil && video["image_hash"] == nil {
		c.fault(storyAt("video_data").member("image_hash"), "required", "video_data needs a thumbnail: image_hash or image_url").Subcode = 1443226
	}
	if photo := dig(story, "photo_data"); photo != nil && photo["url"] == nil && photo["image_hash"] == nil {
		c.fault(storyAt("photo_data").member("image_hash"), "required", "photo_data needs image_hash or url")
	}
	if story["template_data"] != nil && spec["product_set_id"] == nil {
		c.fault(top("product_set_id", "product_set_id"), "required", "template_data needs product_set_id")
	}
	c.link(spec, story)
}

// link checks what a link post and its carousel need. Beside a classic feed it should not be there at all, and is not asked for more.
func (c *checker) link(spec, story map[string]any) {
	link := dig(story, "link_data")
	if feed := dig(spec, "asset_feed_spec"); link == nil || feed != nil && isClassic(feed) {
		return
	}
	if link["link"] == nil {
		p := storyAt("link_data").member("link")
		f := c.fault(p, "required", "link is required")
		f.Subcode = noLink
		if address := anyLink(link); address != nil {
			f.put(p, address)
		}
	}
	p, cards := storyAt("link_data").member("child_attachments"), elems(link, "child_attachments")
	if n := len(cards); n > 0 && n < minCards {
		c.limit(p, "min", n, minCards, "%d cards were sent, a carousel has %d to %d", n, minCards, maxCards).drop(p)
	}
	for i, card := range cards {
		if card, ok := card.(map[string]any); ok && card["link"] == nil {
			f := c.fault(p.index(i).member("link"), "required", "link is required")
			if address := cmp.Or(link["link"], anyLink(card)); address != nil {
				f.put(p.index(i).member("link"), address)
			}
		}
	}
}

// maxActionValue is the most members that the value of a call to action may have.
const maxActionValue = 10

// buttons checks the size of the values of calls to action.
func (c *checker) buttons(spec, story map[string]any) {
	check := func(p at, holder map[string]any) {
		if n := len(dig(holder, "call_to_action", "value")); n > maxActionValue {
			f := c.limit(p.member("call_to_action").member("value"), "max", n, maxActionValue, "%d parameters were sent, at most %d are allowed", n, maxActionValue)
			f.Code, f.Subcode = 105, 1815630
		}
	}
	check(at{nil, "creative"}, spec)
	for _, name := range storyMembers() {
		check(storyAt(name), dig(story, name))
	}
}

// anyLink is an address that a post or a card names elsewhere than in its link: with its button, or on one of its cards. Nil for none.
func anyLink(post map[string]any) any {
	if address := dig(post, "call_to_action", "value")["link"]; address != nil {
		return address
	}
	for _, card := range elems(post, "child_attachments") {
		card, _ := card.(map[string]any)
		if address := cmp.Or(card["link"], dig(card, "call_to_action", "value")["link"]); address != nil {
			return address
		}
	}
	return nil
}
