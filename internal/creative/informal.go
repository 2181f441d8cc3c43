package creative

import "slices"

// informalList is a list that the informal shape keeps inside link_data.
type informalList struct {
	name   string // inside link_data
	feed   string // the list of asset_feed_spec that it stands for
	elem   string // the member of the list's elements that a bare string stands for
	single string // the member of link_data that holds one such value; it comes first
}

// informalLists are all of them. Titles, descriptions and the like in the singular are link_data's own.
func informalLists() []informalList {
	return []informalList{
		{"image_hashes", "images", "hash", "image_hash"},
		{"video_ids", "videos", "video_id", ""},
		{"titles", "titles", "text", "name"},
		{"messages", "bodies", "text", "message"},
		{"bodies", "bodies", "text", "message"},
		{"descriptions", "descriptions", "text", "description"},
		{"call_to_actions", "call_to_actions", "type", "call_to_action"},
		{"links", "link_urls", "website_url", "link"},
	}
}

// informal turns lists of assets inside link_data into an asset_feed_spec beside what is left of object_story_spec. Without such a list,
// or beside an asset_feed_spec, link_data stays as it is.
func (n *Normalised) informal() {
	story, post := dig(n.Spec, "object_story_spec"), dig(n.Spec, "object_story_spec", "link_data")
	if n.Spec["asset_feed_spec"] != nil || !slices.ContainsFunc(informalLists(), func(l informalList) bool { return isList(post[l.name]) }) {
		return
	}
	n.Informal = true
	feed := map[string]any{}
	for _, l := range informalLists() {
		n.single(feed, post, l)
		n.list(feed, post, l)
	}
	n.picture(feed, post)
	n.assume(feed)
	n.Spec["asset_feed_spec"] = decoded(feedShape(), feed)
	if len(post) == 0 {
		delete(story, "link_data")
	}
}

// linkData is the sent path of a member of link_data.
func linkData(member string) at { return storyAt("link_data").member(member) }

// isList reports whether v is a list or a string that decodes to one.
func isList(v any) bool {
	_, ok := unquote(v).([]any)
	return ok
}

// list moves one list: bare values become objects with one member, objects stay.
func (n *Normalised) list(feed, post map[string]any, l informalList) {
	values, ok := unquote(post[l.name]).([]any)
	if !ok {
		return
	}
	delete(post, l.name)
	sent, target := linkData(l.name), feedAt(l.feed)
	assets := elems(feed, l.feed)
	n.moved(target.path, sent.path)
	twice := len(assets) == 1 // a single value stands there already
	for i, v := range values {
		asset, bare := wrap(v, l.elem)
		if twice && content(l.feed, assets[0]) == content(l.feed, asset) {
			twice = false // said as the single value and in the list: meant once
			continue
		}
		n.placed(target.index(len(assets)), sent.index(i), l.elem, bare)
		assets = append(assets, asset)
	}
	if len(assets) > 0 {
		feed[l.feed] = assets
	}
	n.changed(l.name, sent.path, target.path, "read as asset_feed_spec."+l.feed)
}

// wrap makes a bare value the named member of an object. An object that came as a JSON string is decoded, if it has that member.
func wrap(v any, member string) (asset any, bare bool) {
	if object, ok := unquote(v).(map[string]any); ok && object[member] != nil {
		return object, false
	}
	switch v.(type) {
	case map[string]any, []any, nil:
		return v, false
	}
	return map[string]any{member: v}, true
}

// placed records where an asset was sent; what a bare value became is blamed on the value itself.
func (n *Normalised) placed(place, sent at, elem string, bare bool) {
	n.moved(place.path, sent.path)
	if bare {
		n.moved(place.member(elem).path, sent.path)
	}
}

// single moves the one value that link_data holds outside the list, to the head of the list.
func (n *Normalised) single(feed, post map[string]any, l informalList) {
	v, ok := post[l.single]
	if !ok || l.single == "" {
		return
	}
	delete(post, l.single)
	asset, bare := wrap(v, l.elem)
	sent := linkData(l.single)
	n.moved(feedAt(l.feed).path, sent.path)
	n.placed(feedAt(l.feed).index(0), sent, l.elem, bare)
	feed[l.feed] = []any{asset}
	n.changed(l.single, sent.path, feedAt(l.feed).path, "read as the first of asset_feed_spec."+l.feed)
}

// picture moves what else of link_data belongs to an image or a link: an image by address, the crop of the single image, the link's caption.
func (n *Normalised) picture(feed, post map[string]any) {
	if url, ok := post["picture"].(string); ok && len(elems(feed, "images")) == 0 {
		n.single(feed, map[string]any{"picture": url}, informalList{"", "images", "url", "picture"})
		delete(post, "picture")
	}
	n.adopt(feed, post, "image_crops", "images", "image_crops")
	n.adopt(feed, post, "caption", "link_urls", "display_url")
}

// adopt moves a member of link_data into the only element of a list of the feed.
func (n *Normalised) adopt(feed, post map[string]any, member, list, as string) {
	v, sent := post[member]
	assets := elems(feed, list)
	if !sent || len(assets) != 1 {
		return
	}
	asset, ok := assets[0].(map[string]any)
	if !ok || asset[as] != nil {
		return
	}
	delete(post, member)
	asset[as] = v
	n.moved(feedAt(list).index(0).member(as).path, linkData(member).path)
	n.changed(member, linkData(member).path, feedAt(list).path, "read as asset_feed_spec."+list+"[0]."+as)
}

// assume adds the format, which the informal shape leaves out, and says where missing lists would have been looked for.
func (n *Normalised) assume(feed map[string]any) {
	format := "SINGLE_IMAGE"
	if feed["videos"] != nil {
		format = "AUTOMATIC_FORMAT"
	}
	feed["ad_formats"] = []any{format}
	sent := storyAt("link_data").path
	n.moved(feedAt("ad_formats").path, sent)
	n.changed("ad_formats", sent, feedAt("ad_formats").path, "ad_formats was not sent and is taken to be "+format)
	for _, l := range informalLists() {
		expected := l.name
		if l.single == "link" {
			expected = l.single // nearly every caller has one
		}
		if feed[l.feed] == nil {
			n.moved(feedAt(l.feed).path, linkData(expected).path)
		}
	}
	if feed["call_to_actions"] == nil {
		n.moved(feedAt("call_to_action_types").path, linkData("call_to_actions").path)
	}
}
