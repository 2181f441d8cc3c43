package creative

// sourcing checks media_sourcing_spec, the pictures and videos of a multi-media ad.
func (c *checker) sourcing(spec map[string]any) {
	media := dig(spec, "media_sourcing_spec")
	if media == nil {
		return
	}
	p := top("media_sourcing_spec", "media")
	if n := count(media, "images") + count(media, "videos"); n > maxMedia {
		c.limit(p, "max", n, maxMedia, "%d images and videos were sent, at most %d are allowed", n, maxMedia)
	}
	if media["related_media"] != nil && count(media, "images")+count(media, "videos") > 0 {
		c.fault(p.member("related_media"), "exclusive", "related_media can't stand beside images and videos").drop(p.member("related_media"))
	}
	there := map[string]bool{}
	for _, list := range []string{"images", "videos"} {
		for i, elem := range elems(media, list) {
			key := content(list, elem)
			if key != "" && there[key] {
				c.fault(p.member(list).index(i), "unique", "%s[%d] repeats another one; all media must differ", list, i).drop(p.member(list).index(i)).Subcode = 1815629
			}
			there[key] = true
		}
	}
	link := dig(spec, "object_story_spec", "link_data")
	if hash := str(link, "image_hash"); hash != "" && count(media, "images") > 0 && !there[hash] {
		c.fault(p.member("images"), "anchor", "the image of object_story_spec must be among the images")
	}
}
