package creative

import (
	"maps"
	"slices"
	"strconv"
)

// crops checks the crops of an image, wherever it stands: the ratio that a name says, and the one that is retired.
func (c *checker) crops(p at, image map[string]any) {
	crops := dig(image, "image_crops")
	p = p.member("image_crops")
	if crops["191x100"] != nil {
		c.fault(p.key("191x100"), "retired", "crop 191x100 is no longer usable, use 100x100").drop(p.key("191x100")).Subcode = 2490085
	}
	for _, name := range slices.Sorted(maps.Keys(crops)) {
		box, ok := Crop(crops[name])
		w, h := ratioOf(name)
		if !ok || w == 0 || h == 0 {
			continue // the shape has a fault for it already
		}
		width, height := box[2]-box[0], box[3]-box[1]
		if off := width*h - height*w; off > max(w, h) || off < -max(w, h) {
			c.fault(p.key(name), "ratio", "the crop is %dx%d pixels, which is not the ratio %s", width, height, name).drop(p.key(name))
		}
	}
}

// ratioOf reads the name of a crop, such as 400x500.
func ratioOf(name string) (width, height int) {
	for i := range name {
		if name[i] == 'x' {
			width, _ = strconv.Atoi(name[:i]) // an unknown name has a fault already
			height, _ = strconv.Atoi(name[i+1:])
		}
	}
	return width, height
}

// postCrops checks the crops outside the feed: those of the post, its cards, and the creative itself.
func (c *checker) postCrops(spec map[string]any) {
	c.crops(at{nil, "creative"}, spec)
	for _, name := range []string{"link_data", "template_data"} {
		link := dig(spec, "object_story_spec", name)
		p := storyAt(name)
		c.crops(p, link)
		for i, elem := range elems(link, "child_attachments") {
			if card, ok := elem.(map[string]any); ok {
				c.crops(p.member("child_attachments").index(i), card)
			}
		}
	}
}
